"""Quotation marks beside what the encoder read: contents that begin and end where their marks do."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from extractor.pipeline.encoder import Reading

ROLES = 3
CONTENT = 2


@dataclass(frozen=True)
class Quotation:
    """A quoted stretch over words: ``[start, end)`` without its marks. alone: it fills its paragraph."""

    start: int
    end: int
    alone: bool


def quotations_of(doc: Doc, reading: Reading, regions: list[tuple[int, int]]) -> list[Quotation]:
    """The quoted stretches of a text as words; empty ones are left out."""
    if not regions:
        return []
    text, words = doc.text, reading.words
    offsets = np.fromiter((doc[int(i)].idx for i in words), dtype=np.int64, count=len(words))
    found = []
    for begin, end in regions:
        width = 2 if text[begin : begin + 2] in ("``", "''") else 1
        closed = text[end - 1] in "”\"»〞＂’'›" or text[end - 2 : end] == "''"
        a = int(np.searchsorted(offsets, begin + width))
        b = int(np.searchsorted(offsets, end - (1 if closed else 0)))
        if a >= b:
            continue
        before = reading.encoding.line[max(0, a - 1)] > 0
        after = (
            b + 1 >= len(words)
            or reading.encoding.line[b + 1] > 0
            or (not closed and (b >= len(words) or reading.encoding.line[b] > 0))
        )
        found.append(Quotation(a, b, bool(before and after)))
    return found


def fit_to_marks(
    spans: list[tuple[int, int, int]], quoted: list[Quotation], scores: NDArray[np.float32]
) -> list[tuple[int, int, int]]:
    """Let contents follow the quotation marks they stand in.

    A quoted stretch that the reader takes for content in most of its words is content as a whole. One that fills its
    paragraph and is as long as a sentence is a quotation, whoever it is ascribed to.
    spans: (first word, end, role), sorted; scores: (w, 7) log-probabilities. Returns spans in the same form.
    """
    content = np.exp(scores[:, 1 + 2 * CONTENT : 3 + 2 * CONTENT]).sum(1)
    total = np.concatenate(([0.0], content.cumsum()))
    for q in quoted:
        share = (total[q.end] - total[q.start]) / (q.end - q.start)
        if share >= 0.5 or (q.alone and q.end - q.start >= 8):
            spans = _cover(spans, q)
    return spans


def _cover(spans: list[tuple[int, int, int]], q: Quotation) -> list[tuple[int, int, int]]:
    """Make the quotation one content; a content that reaches beyond it keeps what is outside and takes all of it in."""
    start, end = q.start, q.end
    kept = []
    for a, b, role in spans:
        if b <= q.start - 1 or a >= q.end + 1 or (role != CONTENT and (b <= q.start or a >= q.end)):
            kept.append((a, b, role))
        elif role == CONTENT and min(b, q.end) > max(a, q.start):
            start, end = min(start, a), max(end, b)
        elif role == CONTENT:
            kept.append((a, b, role))
        # a source or cue inside the quotation is part of what is said
    kept.append((start, end, CONTENT))
    return sorted(kept)
