"""Names in a text: those the pipeline's entities give, and capitalised words where it missed them."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.statements.speakers.words import alternation, table, words

UPPER = "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper())
"""Capital letters of the Latin, Greek, Cyrillic and Armenian scripts, for use inside ``[...]``."""
SPACE = r"[ \u00a0\u2009]"

_INITIALS = rf"(?:[{UPPER}]\.){{2,}}|[{UPPER}]\.(?={SPACE}[{UPPER}])"
_CAPITALISED = rf"(?:{_INITIALS}|[{UPPER}][\w&]*(?:['’‘\-‐‑/]\w+)*)"
_PARTICLE = rf"(?:{alternation(words('particles'))})"
_SEQUENCE = re.compile(
    rf"(?<![\w@#/.$])(?:(?:al|el)-)?{_CAPITALISED}"
    rf"(?:{SPACE}(?:{_PARTICLE}{SPACE}){{0,2}}(?:(?:al|el|bin)-)?{_CAPITALISED})*"
)
_WORD = re.compile(r"[^ \u00a0\u2009]+")
_JOINER = re.compile(rf"{SPACE}(of|for|on|to|against|at)(?:{SPACE}(?:the|a|an))?{SPACE}|{SPACE}(and|&){SPACE}")
_JOINT_BODIES = frozenset(
    "commission services committee department office agency council authority association board institute "
    "enforcement".split()
)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=[sS])['’])$")
_TITLE = (
    rf"(?:{alternation(words('honorifics male') | words('honorifics female') | words('honorifics open'))}"
    rf"|{alternation(words('role titles'))})"
)
TITLE_BEFORE = re.compile(rf"(?:\b{_TITLE}\b\.?{SPACE}+)+$", re.IGNORECASE)
LEADING_TITLE = re.compile(rf"^(?:{_TITLE}\b\.?{SPACE}+)+(?=\S)", re.IGNORECASE)
_OFFICE_OF = re.compile(r"(?:Secretary|Minister)[ \u00a0]of[ \u00a0]$")
_PEER = re.compile(r"\b(?:Lord|Lady|Baroness|Baron|Earl|Viscount)[ \u00a0]$")
_AFTER_OF = re.compile(r"\b(?:of|for)[ \u00a0]$")
_COMPOUND = re.compile(
    r"-(?:\w*ed|led|born|wide|style|only|era|area|like|run|free|friendly|old|long|term|in|to|up|of|given)$"
)
_PARTY_SEAT = re.compile(r"[DRIL]-[A-Z]\w*$")
_ARTICLE = re.compile(rf"^(?:the|a|an){SPACE}+", re.IGNORECASE)
_PLURAL_PEOPLE = re.compile(rf"^[{UPPER}]\w+(?:ans|ists|ites|crats|ish|ese|ors|ries)$")
_LOOK_BEHIND = 48
_TITLE_CASE = 0.87
"""The share of capitals among the longer words from which on a line is set like a headline."""
_LONGEST = 7
"""How many words of a headline are tried as one name."""

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


def _split_at_roles(pieces: list[tuple[int, int, str]], after_of: bool) -> list[list[tuple[int, int, str]]]:
    """Cut a run of capitalised words after each possessive and each title or role that stands in it.

    after_of: whether "of" or "for" stands before the run, so that it may end the name of a body
    ("Department of Veterans Affairs").
    """
    bodies, modifiers = words("body names") | words("thing words"), words("role modifiers")
    runs: list[list[tuple[int, int, str]]] = [[]]
    for index, piece in enumerate(pieces):
        word = piece[2]
        following = pieces[-1][2].lower() if index + 2 == len(pieces) else ""
        whole = following in bodies or (
            word.lower() in _PARTIES and index < len(pieces) - 1 and pieces[-1][2].lower() in bodies
        )
        whole = whole or (after_of and index == 0 and word.endswith("s"))
        surname = index + 1 == len(pieces) and word.lower() in words("surnames too") and (runs[-1] or not index)
        if _is_role(word) and not whole and not surname and not (runs[-1] and word.lower() in bodies):
            runs.append([])
        else:
            runs[-1].append(piece)
            if _POSSESSIVE.search(word):
                runs.append([])
    for run in runs[:-1]:
        while run and run[-1][2].lower() in modifiers and run[-1][2].lower() not in bodies:
            run.pop()
    return [run for run in runs if run and not all(p[2].lower() in modifiers - bodies for p in run)]


_PARTIES = frozenset({"republican", "conservative", "liberal", "socialist", "tory", "democrat"})


def _is_role(word: str) -> bool:
    if not word[0].isupper() or word in ("Men", "Women"):  # "Maritime Women" is a body
        return False
    low = word.lower().rstrip(".")
    roles = words("roles")
    honorifics = words("honorifics male") | words("honorifics female") | words("honorifics open")
    return low in honorifics or low in table("role titles") or low in roles or (low.endswith("s") and low[:-1] in roles)


def _strip_function_words(run: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    function = words("function words")
    while run and run[0][2].lower() in function:
        run = run[1:]
    while run and run[-1][2].lower() in function and len(run[-1][2]) < 5 and run[-1][2] not in ("May", "Back"):
        run = run[:-1]
    return run


_SENTENCES = re.compile(r"[.!?][\"”’]?\s+[A-Z“\"]")


def _is_title_case(line: str) -> bool:
    """Whether a line is set like a headline, so that capitals tell nothing."""
    long = [word for word in re.findall(r"[^\W\d_]{4,}", line) if word not in words("function words")]
    if len(_SENTENCES.findall(line)) > 1:
        return False
    return len(long) >= 4 and sum(word[0].isupper() for word in long) > _TITLE_CASE * len(long)


def _headlines(text: str) -> list[tuple[int, int]]:
    return [
        (m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m.end() - m.start() < 200 and _is_title_case(m[0])
    ]


def _known_in(text: str, lines: list[tuple[int, int]], known: set[str]) -> list[tuple[int, int]]:
    """The names in headlines that the rest of the text knows, the longest first."""
    found = []
    for start, end in lines:
        pieces = [(start + w.start(), start + w.end()) for w in re.finditer(r"[\w’'.&/-]*[\w]", text[start:end])]
        at = 0
        while at < len(pieces):
            for width in range(min(_LONGEST, len(pieces) - at), 0, -1):
                first, last = pieces[at][0], pieces[at + width - 1][1]
                form = _POSSESSIVE.sub("", _plain(text[first:last]))
                if form in known and form.lower() not in words("function words"):
                    found.append((first, first + len(form)))
                    break
            else:
                width = 1
            at += width
    return found


def _capitalised(text: str, headlines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Offsets of runs of capitalised words that may be names, in order; none in headlines."""
    found: list[tuple[int, int]] = []
    next_headline = 0
    for match in _SEQUENCE.finditer(text):
        while next_headline < len(headlines) and headlines[next_headline][1] <= match.start():
            next_headline += 1
        if next_headline < len(headlines) and headlines[next_headline][0] <= match.start():
            continue
        pieces = [(match.start() + w.start(), match.start() + w.end(), w[0]) for w in _WORD.finditer(match[0])]
        if _OFFICE_OF.search(text[max(0, match.start() - 16) : match.start()]) and len(pieces) > 1:
            pieces = pieces[1:]
        after_of = bool(_AFTER_OF.search(text[max(0, match.start() - 5) : match.start()]))
        for run in _split_at_roles(pieces, after_of):
            stripped = run if _titled(text, run[0][0]) else _strip_function_words(run)
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
                peer = bool(_PEER.search(text[max(0, joined[-1][0] - 12) : joined[-1][0]]))
                if between[2]:
                    fits = (tail[-1] in _JOINT_BODIES and len(tail) > 1) or (tail[-1] == "trust" and len(tail) > 2)
                else:
                    fits = any(word in bodies for word in head) and (between[1] != "at" or "university" in head)
                    fits = fits or (peer and between[1] == "of" and len(head) == 1)
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
        if match and text[start + match.end() : end].lower() not in words("body names") | words("thing words"):
            start += match.end()
    return start, end


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip()


_NO_NAMES = frozenset({"DATE", "MONEY", "TIME", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"})


def find_names(text: str, entities: Iterable[tuple[int, int, str]] = ()) -> list[Name]:
    """All names in a text, in order and not overlapping.

    entities: character offsets and label of the names that a pipeline found, in order. They give the names their
    labels, join runs of capitals that belong together, and add names that have no capitals to tell them.
    A single capitalised word at the head of a sentence counts when an entity says so, or when it stands
    capitalised elsewhere inside a sentence.
    """
    ents = [(s, e, label) for s, e, label in entities if e > s and label not in _NO_NAMES]
    headlines = _headlines(text)
    runs = [(s, e, "") for s, e in _joined(text, _capitalised(text, headlines))]
    runs, loose = _labelled(text, _without_openers(text, runs), ents)
    forms = [(s, _POSSESSIVE.sub("", text[s:e])) for s, e, _ in runs]
    inner = Counter(form for s, form in forms if not _opens_sentence(text, s))
    parts = {word.casefold() for _, form in forms if " " in form for word in form.split()}
    names: list[tuple[int, int, str]] = []
    for start, end, label in runs:
        start, end = _trimmed(text, start, end)
        word = text[start:end]
        if (
            not word
            or _COMPOUND.search(word)
            or _PARTY_SEAT.match(word)
            or (word.lower() in words("function words") and not _titled(text, start))
        ):
            continue
        single = " " not in word and "\u00a0" not in word
        if single and word.lower() in words("surnames too") and word.casefold() not in parts:
            continue
        if single and label not in PERSONS and word.lower() in words("documents"):
            if _opens_sentence(text, start) or re.search(rf"(?<!\w){word.lower()}\b", text):
                continue
        if single and not label and not inner[word] and word.casefold() not in parts and not word.isupper():
            if _opens_sentence(text, start) and not _titled(text, start):
                continue
        names.append((start, end, label or ("NORP" if single and _PLURAL_PEOPLE.match(word) else "")))
    known = {_plain(text[s:e]) for s, e, _ in names}
    known.update(form.split()[-1] for form in list(known))
    labels = {_plain(text[s:e]): label for s, e, label in names}
    for start, end in _without_overlap(_known_in(text, headlines, known), names):
        names.append((start, end, labels.get(_plain(text[start:end]), "")))
    names.sort()
    label_of = {(s, e): label for s, e, label in loose}
    for start, end in _without_overlap(list(label_of), names):
        label = label_of[start, end]
        start, end = _trimmed(text, start, end)
        if text[start:end].lower() not in words("function words") and any(c.isupper() for c in text[start:end]):
            names.append((start, end, label))
    return [_whole_body(text, s, e, label) for s, e, label in sorted(names)]


def _without_openers(text: str, runs: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Take a word off the head of a run when the rest is a name used without it ("Trust Hugo Stahl", "Stahl")."""
    forms = {_plain(text[s:e]) for s, e, _ in runs}
    shorter = []
    for start, end, label in runs:
        first, _, rest = _plain(text[start:end]).partition(" ")
        if " " in rest and rest in forms and rest.rsplit(" ", 1)[-1] in forms:
            start += len(first) + 1
        shorter.append((start, end, label))
    return shorter


def _labelled(
    text: str, runs: list[tuple[int, int, str]], ents: list[tuple[int, int, str]]
) -> tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]]:
    """Runs of capitals with the labels of the entities that they share words with, and the entities without a run."""
    forms = {text[s:e] for s, e, _ in runs}
    labelled: list[tuple[int, int, str]] = []
    loose: list[tuple[int, int, str]] = []
    at = 0
    for start, end, label in ents:
        while at < len(runs) and runs[at][1] <= start:
            labelled.append(runs[at])
            at += 1
        shared = []
        while at < len(runs) and runs[at][0] < end:
            shared.append(runs[at])
            at += 1
        if not shared:
            if labelled and labelled[-1][1] > start:
                labelled[-1] = _with_entity(text, labelled[-1], start, end, label, labelled)
            else:
                loose.append((start, end, label))
        elif len(shared) > 1 and (label in BODIES or _particles_only(text, shared)):
            labelled.append((shared[0][0], shared[-1][1], label))
        elif len(shared) == 1 and label in PERSONS and _runs_into(text, shared[0], start, end, forms):
            labelled.append((start, shared[0][1], label))
        else:
            labelled += [(s, e, label if index == len(shared) - 1 or label not in PERSONS else "")
                         for index, (s, e, _) in enumerate(shared)]  # fmt: skip
    return labelled + runs[at:], loose


def _runs_into(text: str, run: tuple[int, int, str], start: int, end: int, forms: set[str]) -> bool:
    """Whether a run is one capitalised word too long before a person's name that stands alone elsewhere."""
    before, name = text[run[0] : start].strip(), text[start : run[1]]
    return bool(before) and " " not in before and " " in name and abs(end - run[1]) <= 2 and name in forms


def _with_entity(
    text: str, run: tuple[int, int, str], start: int, end: int, label: str, before: list[tuple[int, int, str]]
) -> tuple[int, int, str]:
    """A run that holds a second entity: cut before a full name of a person that ends it, else left whole."""
    if label in PERSONS and end >= run[1] and " " in text[start:end] and start > run[0] and run[2] not in PERSONS:
        before.insert(len(before) - 1, (run[0], start - 1, run[2]))
        return start, run[1], label
    return run


def _particles_only(text: str, runs: list[tuple[int, int, str]]) -> bool:
    return all(
        set(text[one[1] : other[0]].lower().split()) <= words("particles") for one, other in itertools.pairwise(runs)
    )


_GROUP_AFTER = re.compile(rf"{SPACE}(?:{alternation(words('group words'))})\b(?!{SPACE}(?:of|for)\b)", re.IGNORECASE)
_BODY_AFTER = re.compile(
    rf"{SPACE}(?:[a-z]+{SPACE})?(?:committee|subcommittee|council|commission|court|party|police|department)\b"
)


_YEAR_BEFORE = re.compile(r"^(?:1[5-9]|20)\d\d[ \u00a0]$")


def _whole_body(text: str, start: int, end: int, label: str) -> Name:
    """A name with the lower-case words that make a body of it ("Obama administration", "Senate banking committee")."""
    group = _GROUP_AFTER.match(text, end)
    body = _BODY_AFTER.match(text, end) if label not in PERSONS else None
    if group or body:
        end = group.end() if group else body.end() if body else end
        label = "ORG"
    year = _YEAR_BEFORE.search(text[max(0, start - 5) : start])
    if year and text[start:end].rsplit(maxsplit=1)[-1].lower() in words("thing words"):
        start -= 5
    return Name(start, end, _plain(text[start:end]), label)


def _titled(text: str, start: int) -> bool:
    return bool(TITLE_BEFORE.search(text[max(0, start - _LOOK_BEHIND) : start]))


_OPENING = re.compile(r"(?:^|[.!?:\n\"“‘(—–-])[\s\"“‘(]*$")


def _opens_sentence(text: str, start: int) -> bool:
    return bool(_OPENING.search(text[max(0, start - 4) : start])) or start == 0


def _without_overlap(spans: Iterable[tuple[int, int]], taken: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    free, k = [], 0
    for start, end in spans:
        while k < len(taken) and taken[k][1] <= start:
            k += 1
        if k == len(taken) or taken[k][0] >= end:
            free.append((start, end))
    return free
