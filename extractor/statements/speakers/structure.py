"""Who speaks where a text's layout says it: tags after a dash and before a colon, quotes inside quotes."""

import re
from collections.abc import Sequence

_TAG_AFTER = re.compile(r"[\"”’']?\s*(?:[—–-]{1,2}|―)\s*(?=[^\W\d_a-z])")
_TAG_BEFORE = re.compile(r"(?:^|[\n.!?]\s*)([^\n.!?:]{2,80}):\s*[\"“‘']?$")


def enclosing(spans: Sequence[Sequence[tuple[int, int]]], points: Sequence[int | None]) -> list[int | None]:
    """For each point, the index of the tightest of the groups of spans that holds it, its own group excepted.

    spans: the character offsets of each attribution's content. points: where each attribution's source or, without
    one, its content begins. Time grows as n log n.
    """
    flat = sorted((s, -e, i) for i, group in enumerate(spans) for s, e in group)
    wanted = sorted((p, i) for i, p in enumerate(points) if p is not None)
    holders: list[int | None] = [None] * len(points)
    stack: list[tuple[int, int]] = []
    at = 0
    for point, index in wanted:
        while at < len(flat) and flat[at][0] <= point:
            start, negative_end, owner = flat[at]
            while stack and stack[-1][0] <= start:
                stack.pop()
            stack.append((-negative_end, owner))
            at += 1
        while stack and stack[-1][0] <= point:
            stack.pop()
        for end, owner in reversed(stack[-8:]):
            if owner != index and end > point:
                holders[index] = owner
                break
    return holders


def tag_after(text: str, end: int) -> int | None:
    """Where a name begins that a dash after a quotation gives ("…” — Jane Okoro"), or None."""
    match = _TAG_AFTER.match(text, end, end + 12)
    return match.end() if match else None


def tag_before(text: str, start: int) -> tuple[int, int] | None:
    """The offsets of the words before a colon that brings in a quotation ("Her advice: “…”"), or None."""
    match = _TAG_BEFORE.search(text, max(0, start - 100), start)
    return (match.start(1), match.end(1)) if match else None
