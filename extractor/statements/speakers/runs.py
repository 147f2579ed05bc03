"""Runs of capitalised words that may be names."""

import re

from extractor.statements.speakers.titles import POSSESSIVE, SPACE, UPPER, plain, titled
from extractor.statements.speakers.words import alternation, table, words

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
_OFFICE_OF = re.compile(r"(?:Secretary|Minister)[ \u00a0]of[ \u00a0]$")
_PEER = re.compile(r"\b(?:Lord|Lady|Baroness|Baron|Earl|Viscount)[ \u00a0]$")
_AFTER_OF = re.compile(r"\b(?:of|for)[ \u00a0]$")
_BODIES = words("body names") | words("thing words")
_MERE_MODIFIERS = words("role modifiers") - _BODIES
_HONORIFICS = words("honorifics male") | words("honorifics female") | words("honorifics open")
_TITLE_CASE = 0.87
"""The share of capitals among the longer words from which on a line is set like a headline."""
_LONGEST = 7
"""How many words of a headline are tried as one name."""
_PARTIES = frozenset({"republican", "conservative", "liberal", "socialist", "tory", "democrat"})
_SENTENCES = re.compile(r"[.!?][\"”’]?\s+[A-Z“\"]")


def _split_at_roles(pieces: list[tuple[int, int, str]], after_of: bool) -> list[list[tuple[int, int, str]]]:
    """Cut a run of capitalised words after each possessive and each title or role that stands in it.

    after_of: whether "of" or "for" stands before the run and its first word may be a plural, so that it may end the
    name of a body ("Department of Veterans Affairs").
    """
    runs: list[list[tuple[int, int, str]]] = [[]]
    for index, piece in enumerate(pieces):
        word = piece[2]
        if _is_role(word) and not _is_within_name(pieces, index, bool(runs[-1]), after_of):
            runs.append([])
        else:
            runs[-1].append(piece)
            if POSSESSIVE.search(word):
                runs.append([])
    for run in runs[:-1]:
        while run and run[-1][2].lower() in _MERE_MODIFIERS:
            run.pop()
    return [run for run in runs if run and not all(p[2].lower() in _MERE_MODIFIERS for p in run)]


def _is_within_name(pieces: list[tuple[int, int, str]], index: int, begun: bool, after_of: bool) -> bool:
    """Whether a word that may be a title or role is part of a name; begun: whether a name stands right before it."""
    word, last, left = pieces[index][2].lower(), pieces[-1][2].lower(), len(pieces) - index - 1
    if last in _BODIES and (left == 1 or (left and word in _PARTIES)):
        return True
    if index == 0 and after_of:
        return True
    surname = not left and word in words("surnames too") and (begun or not index)
    return surname or (begun and word in _BODIES)


def _is_role(word: str) -> bool:
    if not word[0].isupper() or word in ("Men", "Women"):  # "Maritime Women" is a body
        return False
    low = word.lower().rstrip(".")
    roles = words("roles")
    return (
        low in _HONORIFICS or low in table("role titles") or low in roles or (low.endswith("s") and low[:-1] in roles)
    )


def _strip_function_words(run: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    function = words("function words")
    while run and run[0][2].lower() in function:
        run = run[1:]
    while run and run[-1][2].lower() in function and len(run[-1][2]) < 5 and run[-1][2] not in ("May", "Back"):
        run = run[:-1]
    return run


def _is_title_case(line: str) -> bool:
    """Whether a line is set like a headline, so that capitals tell nothing."""
    long = [word for word in re.findall(r"[^\W\d_]{4,}", line) if word not in words("function words")]
    if len(_SENTENCES.findall(line)) > 1:
        return False
    return len(long) >= 4 and sum(word[0].isupper() for word in long) > _TITLE_CASE * len(long)


def headlines_of(text: str) -> list[tuple[int, int]]:
    return [
        (m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m.end() - m.start() < 200 and _is_title_case(m[0])
    ]


def known_in(text: str, lines: list[tuple[int, int]], known: set[str]) -> list[tuple[int, int]]:
    """The names in headlines that the rest of the text knows, the longest first."""
    found = []
    for start, end in lines:
        pieces = [(start + w.start(), start + w.end()) for w in re.finditer(r"[\w’'.&/-]*[\w]", text[start:end])]
        at = 0
        while at < len(pieces):
            for width in range(min(_LONGEST, len(pieces) - at), 0, -1):
                first, last = pieces[at][0], pieces[at + width - 1][1]
                form = POSSESSIVE.sub("", plain(text[first:last]))
                if form in known and form.lower() not in words("function words"):
                    found.append((first, first + len(form)))
                    break
            else:
                width = 1
            at += width
    return found


def capitalised(text: str, headlines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Offsets of runs of capitalised words that may be names, in order; none in headlines."""
    found: list[tuple[int, int]] = []
    next_headline = 0
    for match in _SEQUENCE.finditer(text):
        while next_headline < len(headlines) and headlines[next_headline][1] <= match.start():
            next_headline += 1
        if next_headline < len(headlines) and headlines[next_headline][0] <= match.start():
            continue
        at = match.start()
        pieces = [(w.start(), w.end(), w[0]) for w in _WORD.finditer(text, at, match.end())]
        if len(pieces) > 1 and _OFFICE_OF.search(text[max(0, at - 16) : at]):
            pieces = pieces[1:]
        after_of = pieces[0][2].endswith("s") and bool(_AFTER_OF.search(text[max(0, at - 5) : at]))
        for run in _split_at_roles(pieces, after_of):
            stripped = _strip_function_words(run)
            if len(stripped) < len(run) and titled(text, run[0][0]):
                stripped = run
            if stripped:
                found.append((stripped[0][0], stripped[-1][1]))
    return found


def joined_names(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join names of bodies that hold "of", "for" and the like ("Institute for Fiscal Studies")."""
    bodies = words("body names")
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start - joined[-1][1] <= 12:
            before = text[joined[-1][0] : joined[-1][1]]
            between = _JOINER.fullmatch(text[joined[-1][1] : start])
            if between and not POSSESSIVE.search(before):
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


def without_openers(text: str, runs: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Take a word off the head of a run when the rest is a name used without it ("Trust Hugo Stahl", "Stahl")."""
    forms = {plain(text[s:e]) for s, e, _ in runs}
    shorter = []
    for start, end, label in runs:
        first, _, rest = plain(text[start:end]).partition(" ")
        if " " in rest and rest in forms and rest.rsplit(" ", 1)[-1] in forms:
            start += len(first) + 1
        shorter.append((start, end, label))
    return shorter
