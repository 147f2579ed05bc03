"""The text of a document cut where statements begin and end, so that overlapping ones can all be shown.

HTML elements can only nest, statements may also cross; so each stretch between two ends becomes a segment that names
every statement it belongs to. Working on code points here, the page has no offsets to convert.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from extractor.documents.document import Document
from extractor.statements.statement import Statement

Segment = str | dict[str, Any]
"""Plain text; or ``text`` with, for each of ``content``, ``figure``, ``cue``, ``mention``, the numbers of the rows
that it is that part of, and ``furniture`` (true)."""

_BETWEEN_BLOCKS = re.compile(r"\n\s*\n\s*")
_ROLES = ("content", "figure", "cue", "mention")
_FURNITURE = "furniture"


def blocks(document: Document, rows: Sequence[Statement]) -> list[dict[str, Any]]:
    """The paragraphs of the text: ``segments`` (list of `Segment`) and, where the format has pages, ``page`` (from 1).

    The empty lines between paragraphs are left out.
    """
    text = document.text
    edges = _edges(document, rows)
    positions = sorted(edges)
    active: dict[str, set[int]] = {role: set() for role in (*_ROLES, _FURNITURE)}
    found, next_edge = [], 0
    for start, end in _blocks(text):
        segments: list[Segment] = []
        at = start
        while at < end:
            while next_edge < len(positions) and positions[next_edge] <= at:
                for role, row, opens in edges[positions[next_edge]]:
                    (active[role].add if opens else active[role].discard)(row)
                next_edge += 1
            until = min(end, positions[next_edge]) if next_edge < len(positions) else end
            segments.append(_segment(text[at:until], active))
            at = until
        block: dict[str, Any] = {"segments": segments}
        if document.pages:
            block["page"] = max(1, bisect_right(document.pages, start))
        found.append(block)
    return found


def _blocks(text: str) -> list[tuple[int, int]]:
    start, found = len(text) - len(text.lstrip()), []
    end = len(text.rstrip())
    for gap in _BETWEEN_BLOCKS.finditer(text, start, end):
        found.append((start, gap.start()))
        start = gap.end()
    return [*found, (start, end)] if start < end else found


def _edges(document: Document, rows: Sequence[Statement]) -> dict[int, list[tuple[str, int, bool]]]:
    """Where a part of a row begins or ends: position -> (role, number of the row, whether it begins)."""
    edges: dict[int, list[tuple[str, int, bool]]] = defaultdict(list)
    for number, row in enumerate(rows):
        content = row.content_spans if row.kind != "statistic" else ()
        parts = (content or ((row.start, row.end),), row.figure_spans, row.cue_spans, row.mention_spans)
        for role, spans in zip(_ROLES, parts, strict=True):
            for start, end in _apart(spans):
                edges[start].append((role, number, True))
                edges[end].append((role, number, False))
    for start, end in _apart(document.furniture):
        edges[start].append((_FURNITURE, 0, True))
        edges[end].append((_FURNITURE, 0, False))
    return edges


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """``spans`` without empty ones, in order, those that touch or overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _segment(text: str, active: dict[str, set[int]]) -> Segment:
    parts: dict[str, Any] = {role: sorted(active[role]) for role in _ROLES if active[role]}
    if active[_FURNITURE]:
        parts[_FURNITURE] = True
    return {"text": text, **parts} if parts else text
