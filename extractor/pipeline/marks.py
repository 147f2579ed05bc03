"""Quotation marks of every style: where quoted text begins and ends.

Marks are read paragraph by paragraph, so an odd number of them spoils no more than its own paragraph. Inside a
paragraph a double mark opens or closes by its shape; a straight one, or one of the wrong shape, by its neighbours.
A quotation that is still open at the end of its paragraph reaches to that end (a quotation over several paragraphs is
opened in each and closed once). Single marks count only where they cannot be apostrophes.
"""

import re
from bisect import bisect_right

OPENING, CLOSING, STRAIGHT = "“„«‟〝", "”»〞", '"＂'
_DOUBLE = re.compile(f"[{OPENING}{CLOSING}{STRAIGHT}]|``|''")
_SINGLE = re.compile("[‘’'‚‹›]")
_LINE = re.compile(r"[^\r\n\u2028\u2029\x85\x0b\x0c]+")
_ELISION = re.compile(r"(?:em|til|tis|twas|cause|bout|n|round|\d0s)\b", re.IGNORECASE)

Region = tuple[int, int]


def quotation_regions(text: str) -> list[Region]:
    """Every outermost stretch of quoted text as ``(start, end)`` character offsets, the marks included.

    Regions are sorted and disjoint. A region without its closing mark ends where its paragraph ends.
    Runs in time linear in the length of the text.
    """
    regions: list[Region] = []
    for line in _LINE.finditer(text):
        doubles = _double_regions(text, *line.span())
        regions.extend(doubles)
        regions.extend(_single_regions(text, *line.span(), doubles))
    return sorted(regions)


def _double_regions(text: str, start: int, end: int) -> list[Region]:
    marks = [m.span() for m in _DOUBLE.finditer(text, start, end)]
    surplus = [0]  # closing marks less opening ones, from each mark to the end of the paragraph
    for at, _ in reversed(marks):
        surplus.append(surplus[-1] + (text[at] in CLOSING) - (text[at] in OPENING))
    surplus.reverse()
    regions: list[Region] = []
    opened: int | None = None
    depth = 0
    for index, (at, after) in enumerate(marks):
        if opened is None:
            if _opens(text, at, after, start, end) or (text[at] == "«" and surplus[index] >= 0):
                opened, depth = at, 1
            continue
        if text[at] in OPENING and _has_space_before(text, at, start) and not _has_space_after(text, after, end):
            if text[opened] != text[at]:
                continue  # a quotation inside this one, in other marks: its close is taken for none of ours below
            if surplus[index] > 0:
                depth += 1
            else:  # this one was never closed: it ends with its last whole sentence, and another begins here
                stop = max(text.rfind(c, opened, at) for c in ".?!,")
                if stop > opened + 1:
                    regions.append((opened, stop + 1))
                opened = at
            continue
        depth -= 1
        if depth <= 0:
            regions.append((opened, after))
            opened = None
    if opened is not None and end - opened > 1:
        regions.append((opened, end))
    return regions


def _opens(text: str, at: int, after: int, start: int, end: int) -> bool:
    """Whether a double mark met outside quoted text can open a quotation."""
    if _has_space_after(text, after, end):
        return False  # a stray bullet, an inch mark, or the close of a quotation whose opening is missing
    shape = text[at]
    if shape in OPENING or text[at:after] == "``":
        return True
    if shape in CLOSING or text[at:after] == "''":
        return _has_space_before(text, at, start)
    return at == start or not text[at - 1].isalnum()


def _has_space_before(text: str, at: int, start: int) -> bool:
    return at == start or text[at - 1].isspace() or text[at - 1] in "([{—–-:‘'…"


def _has_space_after(text: str, after: int, end: int) -> bool:
    return after >= end or text[after].isspace()


def _single_regions(text: str, start: int, end: int, doubles: list[Region]) -> list[Region]:
    """Quotations in single marks, outside those in double ones."""
    starts = [region[0] for region in doubles]

    def inside(at: int) -> bool:
        k = bisect_right(starts, at) - 1
        return k >= 0 and at < doubles[k][1]

    marks = [m.start() for m in _SINGLE.finditer(text, start, end) if not inside(m.start())]
    regions: list[Region] = []
    opened: int | None = None
    for index, at in enumerate(marks):
        if opened is None:
            if _single_opens(text, at, start, end) and _closing_follows(text, marks, index, end, starts, at):
                opened = at
        elif _single_closes(text, at, start, end) and not _is_possessive(text, marks, index, end):
            regions.append((opened, at + 1))
            opened = None
    return regions


def _single_opens(text: str, at: int, start: int, end: int) -> bool:
    if at + 1 >= end or text[at + 1].isspace() or text[at] in "›":
        return False
    if at > start and (text[at - 1].isalnum() or text[at - 1] in ".,"):
        return False
    if text[at] in "’'" and _ELISION.match(text, at + 1):
        return False
    return text[at] != "’" or (at == start or text[at - 1].isspace())


def _single_closes(text: str, at: int, start: int, end: int) -> bool:
    if text[at] in "‘‚‹" or at == start or text[at - 1].isspace():
        return False
    return at + 1 >= end or not text[at + 1].isalnum()


def _closing_follows(text: str, marks: list[int], index: int, end: int, starts: list[int], at: int) -> bool:
    """Whether a mark that can close stands after the one at ``index``, with no double quotation between.

    Only the next few marks are looked at: more apostrophes than that in one quotation are rare, and the look must not
    grow with the text.
    """
    k = bisect_right(starts, at)
    limit = starts[k] if k < len(starts) else end
    for later in marks[index + 1 : index + 40]:
        if later >= limit:
            return False
        if _single_closes(text, later, at, end) and later - at > 1:
            return True
    return False


def _is_possessive(text: str, marks: list[int], index: int, end: int) -> bool:
    """Whether a mark that could close ("the members’ vote’") is a plural possessive, the real close still to come."""
    at = marks[index]
    if text[at - 1] not in "sS" or at + 1 >= end or text[at + 1] != " " or not text[at + 2 : at + 3].islower():
        return False
    for later in marks[index + 1 : index + 40]:
        if text[later] in "‘‚‹" or _single_opens(text, later, 0, end):
            return False
        if _single_closes(text, later, at, end):
            return True
    return False
