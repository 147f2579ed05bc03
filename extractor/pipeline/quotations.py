"""Quotation marks beside what the encoder read: contents that begin and end where their marks do."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractor.pipeline.encoder import Reading
from extractor.pipeline.encoding import PARAGRAPH

CONTENT = 2
LAST = 1 << 60
SHORTEST_REST = 3  # words after a quotation that may belong to what is said; fewer hardly ever do


@dataclass(frozen=True)
class Quotation:
    """A quoted stretch over words: ``[start, end)`` without its marks.

    closed: it has a closing mark. first: it begins its paragraph. alone: it fills its paragraph.
    goes_on: in small letters, after a comma, in the sentence of another that a comma closed. mark: its opening mark.
    apart: it begins its paragraph, or with a capital after a comma, a colon or a sentence, or it goes on.
    stopped: its last word is a full stop, so no cue that follows goes on with its sentence.
    whole: a clause of its own that a comma closes inside the mark; what follows it is the reporter's.
    """

    start: int
    end: int
    closed: bool
    first: bool
    alone: bool
    apart: bool
    goes_on: bool
    mark: str
    stopped: bool
    whole: bool

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


def quotations_of(reading: Reading) -> list[Quotation]:
    """The quoted stretches of a text as words; empty ones are left out."""
    text, words, offsets = reading.text, reading.words, reading.starts
    sentence = ((reading.tags[:, 3] > 0) | (reading.encoding.line == PARAGRAPH)).cumsum()
    found: list[Quotation] = []
    for begin, end in reading.encoding.quoted:
        width = 2 if text[begin : begin + 2] in ("``", "''") else 1
        closed = text[end - 1] in "”\"»〞＂’'›" or text[end - 2 : end] == "''"
        a = int(np.searchsorted(offsets, begin + width))
        b = int(np.searchsorted(offsets, end - (1 if closed else 0)))
        if a >= b:
            continue
        first = bool(reading.encoding.line[max(0, a - 1)] > 0)
        after = (
            b + 1 >= len(words)
            or reading.encoding.line[b + 1] > 0
            or (not closed and (b >= len(words) or reading.encoding.line[b] > 0))
        )
        before = text[max(0, begin - 100) : begin].rstrip()[-1:]
        last = reading.forms[b - 1]
        goes_on = (
            before == ","
            and text[begin + width : begin + width + 1].islower()
            and bool(found)
            and found[-1].closed
            and reading.forms[found[-1].end - 1] == ","
            and bool(sentence[found[-1].end - 1] == sentence[a])
        )
        apart = first or goes_on or (before in ",:.?!" and text[begin + width : begin + width + 1].isupper())
        mark = text[begin : begin + width]
        whole = closed and apart and last == ","
        found.append(Quotation(a, b, closed, first, bool(first and after), apart, goes_on, mark, last == ".", whole))
    return found


def fit_to_marks(
    spans: list[tuple[int, int, int]], quoted: list[Quotation], scores: NDArray[np.float32], reading: Reading
) -> list[tuple[int, int, int]]:
    """Let contents follow the quotation marks they stand in.

    A quoted stretch that the reader takes for content in most of its words is content as a whole. One that fills its
    paragraph and is as long as a sentence is a quotation, whoever it is ascribed to.
    spans: (first word, end, role), sorted; scores: (w, 7) log-probabilities. Returns spans in the same form.
    """
    content = np.exp(scores[:, 1 + 2 * CONTENT : 3 + 2 * CONTENT]).sum(1)
    total = np.concatenate(([0.0], content.cumsum()))
    breaks = np.flatnonzero((reading.tags[:, 3] > 0) | (reading.encoding.line == PARAGRAPH))
    spans = list(spans)
    for q in quoted:
        share = (total[q.end] - total[q.start]) / (q.end - q.start)
        if share >= 0.5 or (q.alone and q.end - q.start >= 8):
            _cover(spans, q, breaks)
    return spans


def _cover(spans: list[tuple[int, int, int]], q: Quotation, breaks: NDArray[np.int64]) -> None:
    """Make the quotation one content, in place of the spans that it overlaps.

    A content that reaches beyond it in the same sentence takes it in as a whole (a mixed quotation); what lies in
    other sentences is dropped. Sources and cues inside the quotation are part of what is said.
    """
    start, end = q.start, q.end
    before = int(breaks[np.searchsorted(breaks, q.start, "right") - 1]) if len(breaks) and breaks[0] <= q.start else 0
    k = int(np.searchsorted(breaks, q.end))
    after = int(breaks[k]) if k < len(breaks) else LAST
    first = bisect_right(spans, q.start, key=lambda s: s[1])
    last = bisect_left(spans, q.end, key=lambda s: s[0])
    for a, b, role in spans[first:last]:
        if role == CONTENT:
            if not q.apart and max(a, before) < q.start - 1:
                start = min(start, max(a, before))
            if not q.whole and min(b, after) - q.end >= SHORTEST_REST:
                end = min(b, after)
    spans[first:last] = [(start, end, CONTENT)]
