"""Names in a text: those the pipeline's entities give, and capitalised words where it missed them."""

import re
from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Doc

from extractor.statements.speakers.words import alternation, table, words

UPPER = "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper())
"""Capital letters of the Latin, Greek, Cyrillic and Armenian scripts, for use inside ``[...]``."""
SPACE = r"[ \u00a0\u2009]"

_INITIALS = rf"(?:[{UPPER}]\.){{2,}}|[{UPPER}]\.(?={SPACE}[{UPPER}])"
_CAPITALISED = rf"(?:{_INITIALS}|[{UPPER}][\w&]*(?:['’‘\-‐‑/]\w+)*)"
_PARTICLE = rf"(?:{alternation(words('particles'))})"
_SEQUENCE = re.compile(
    rf"(?<![\w@#/.])(?:(?:al|el)-)?{_CAPITALISED}"
    rf"(?:{SPACE}(?:{_PARTICLE}{SPACE}){{0,2}}(?:(?:al|el|bin)-)?{_CAPITALISED})*"
)
_WORD = re.compile(r"[^ \u00a0\u2009]+")
_JOINER = re.compile(rf"{SPACE}(of|for|on|to|and|&|against|in)(?:{SPACE}(?:the|a|an|Our))?{SPACE}$")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=[sS])['’])$")
_TITLE = (
    rf"(?:{alternation(words('honorifics male') | words('honorifics female') | words('honorifics open'))}"
    rf"|{alternation(words('role titles'))})"
)
TITLE_BEFORE = re.compile(rf"(?:\b{_TITLE}\b\.?{SPACE}+)+$", re.IGNORECASE)
LEADING_TITLE = re.compile(rf"^(?:{_TITLE}\b\.?{SPACE}+)+(?=\S)", re.IGNORECASE)
_ARTICLE = re.compile(rf"^(?:the|a|an){SPACE}+", re.IGNORECASE)
_PLURAL_PEOPLE = re.compile(rf"^[{UPPER}]\w+(?:ans|ists|ites|crats|ish|ese|ors|ries)$")
_LOOK_BEHIND = 48

PERSONS = frozenset({"PERSON", "PER"})
BODIES = frozenset({"ORG"})
PLACES = frozenset({"LOC", "GPE"})
THINGS = frozenset({"DATE", "MONEY", "PRODUCT", "MISC", "FAC", "LAW", "EVENT", "WORK_OF_ART", "TIME", "PERCENT"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands: ``text[start:end]`` without titles, articles and possessive endings."""

    start: int
    end: int
    text: str
    label: str


def _split_at_roles(pieces: list[tuple[int, int, str]]) -> list[list[tuple[int, int, str]]]:
    """Cut a run of capitalised words after each possessive and each title or role that stands in it."""
    roles, modifiers = words("roles"), words("role modifiers")
    honorifics = words("honorifics male") | words("honorifics female") | words("honorifics open")
    titles = table("role titles")
    runs: list[list[tuple[int, int, str]]] = [[]]
    for piece in pieces:
        word = piece[2]
        low = word.lower().rstrip(".")
        if (low in roles or low in honorifics or low in titles) and not (runs[-1] and low in words("body names")):
            runs.append([])
        elif low in roles and runs[-1] and low not in ("king", "prince", "bishop", "miner", "judge", "page"):
            runs.append([])
        else:
            runs[-1].append(piece)
            if _POSSESSIVE.search(word):
                runs.append([])
    return [run for run in runs if run and not all(p[2].lower() in modifiers for p in run)]


def _strip_function_words(run: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    function = words("function words")
    while run and run[0][2].lower() in function:
        run = run[1:]
    while run and run[-1][2].lower() in function and run[-1][2] != "May":
        run = run[:-1]
    return run


def _is_title_case(line: str) -> bool:
    """Whether a line is set like a headline, so that capitals tell nothing."""
    long = [word for word in re.findall(r"[^\W\d_]{4,}", line)]
    return len(long) >= 4 and sum(word[0].isupper() for word in long) > 0.7 * len(long)


def _capitalised(text: str) -> list[tuple[int, int]]:
    """Offsets of runs of capitalised words that may be names, in order."""
    found: list[tuple[int, int]] = []
    headlines = [
        (m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m.end() - m.start() < 200 and _is_title_case(m[0])
    ]
    next_headline = 0
    for match in _SEQUENCE.finditer(text):
        while next_headline < len(headlines) and headlines[next_headline][1] <= match.start():
            next_headline += 1
        if next_headline < len(headlines) and headlines[next_headline][0] <= match.start():
            continue
        pieces = [(match.start() + w.start(), match.start() + w.end(), w[0]) for w in _WORD.finditer(match[0])]
        for run in _split_at_roles(pieces):
            stripped = _strip_function_words(run)
            if stripped:
                found.append((stripped[0][0], stripped[-1][1]))
    return found


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join names of bodies that hold "of", "for" and the like ("Institute for Fiscal Studies")."""
    bodies = words("body names")
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start - joined[-1][1] <= 12:
            before = text[joined[-1][0] : joined[-1][1]]
            between = _JOINER.fullmatch(text[joined[-1][1] : start])
            if between and not _POSSESSIVE.search(before):
                head, tail = before.lower().split(), text[start:end].lower().split()
                fits = (
                    any(word in bodies for word in head)
                    if between[1] not in ("and", "&", "in")
                    else tail[-1] in bodies and len(tail) > 1 and (" of " in before or head[0] == "house")
                    if between[1] in ("and", "&")
                    else False
                )
                if fits:
                    joined[-1] = (joined[-1][0], end)
                    continue
        joined.append((start, end))
    return joined


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Take articles, titles, quotation marks and a possessive ending off a name."""
    raw = text[start:end]
    end -= len(raw) - len(raw.rstrip(" \u00a0\n.,;:\"“”'’‘") if not re.search(r"\.\w\.$", raw) else raw)
    raw = text[start:end]
    possessive = _POSSESSIVE.search(raw)
    if possessive:
        end = start + possessive.start()
    for pattern in (_ARTICLE, LEADING_TITLE):
        match = pattern.match(text[start:end])
        if match:
            start += match.end()
    return start, end


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip()


def find_names(doc: Doc) -> list[Name]:
    """All names in a document, in order and not overlapping.

    Entities of ``doc.ents`` come first; capitalised words fill in where there is none. A single capitalised word
    at the head of a sentence counts when it stands capitalised elsewhere inside a sentence too.
    """
    text = doc.text
    taken: list[tuple[int, int, str]] = []
    for ent in doc.ents:
        start, end = _trimmed(text, ent.start_char, ent.end_char)
        if end > start and ent.label_ not in ("DATE", "MONEY", "TIME", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"):
            taken.append((start, end, ent.label_))
    spans = _without_overlap(_joined(text, _capitalised(text)), taken)
    inner = Counter(text[s:e] for s, e in spans if not _opens_sentence(text, s))
    parts = {word for s, e in spans if " " in text[s:e] for word in text[s:e].split()}
    parts.update(word for s, e, _ in taken for word in text[s:e].split())
    names = list(taken)
    for start, end in spans:
        start, end = _trimmed(text, start, end)
        word = text[start:end]
        if not word or word.lower() in words("function words") and not _titled(text, start):
            continue
        single = " " not in word and "\u00a0" not in word
        if single and _opens_sentence(text, start) and not inner[word] and word not in parts and not word.isupper():
            if not _titled(text, start):
                continue
        names.append((start, end, "NORP" if single and _PLURAL_PEOPLE.match(word) else ""))
    return [_whole_body(text, s, e, label) for s, e, label in sorted(names)]


_GROUP_AFTER = re.compile(rf"{SPACE}(?:{alternation(words('group words'))})\b(?!{SPACE}(?:of|for)\b)", re.IGNORECASE)
_BODY_AFTER = re.compile(
    rf"{SPACE}(?:[a-z]+{SPACE})?(?:committee|subcommittee|council|commission|court|party|police|department)\b"
)


def _whole_body(text: str, start: int, end: int, label: str) -> Name:
    """A name with the lower-case words that make a body of it ("Obama administration", "Senate banking committee")."""
    group = _GROUP_AFTER.match(text, end)
    body = _BODY_AFTER.match(text, end) if label not in PERSONS else None
    if group or body:
        end = group.end() if group else body.end() if body else end
        label = "ORG"
    return Name(start, end, _plain(text[start:end]), label)


def _titled(text: str, start: int) -> bool:
    return bool(TITLE_BEFORE.search(text[max(0, start - _LOOK_BEHIND) : start]))


_OPENING = re.compile(r"(?:^|[.!?:\n\"“‘(—–-])[\s\"“‘(]*$")


def _opens_sentence(text: str, start: int) -> bool:
    return bool(_OPENING.search(text[max(0, start - 4) : start])) or start == 0


def _without_overlap(spans: list[tuple[int, int]], taken: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    free, k = [], 0
    for start, end in spans:
        while k < len(taken) and taken[k][1] <= start:
            k += 1
        if k == len(taken) or taken[k][0] >= end:
            free.append((start, end))
    return free
