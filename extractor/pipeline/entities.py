"""Entities on the ``Doc``, from the encoder's reading."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.pipeline.decoding import best_tags, log_softmax, spans_of
from extractor.pipeline.encoder import Reading
from extractor.pipeline.encoding import PARAGRAPH, Ints
from extractor.pipeline.labelled import LabelledComponent
from extractor.pipeline.money import amounts

Entity = tuple[int, int, int]
"""First word, end, kind."""


class EntitiesComponent(LabelledComponent):
    """spaCy component ``extractor_entities``: ``doc.ents``."""

    def __init__(self, nlp: Language, name: str) -> None:
        super().__init__(name)

    def __call__(self, doc: Doc) -> Doc:
        reading: Reading = doc._.reading
        if not len(reading.words):
            return doc
        labels, words = self.settings["entity"], reading.words
        scores = log_softmax(reading.entity)
        found = within_paragraphs(spans_of(best_tags(scores)), reading.encoding.line)
        names = [doc[int(words[a]) : int(words[b - 1]) + 1].text for a, b, _ in found]
        found = one_kind_a_name(found, names, scores)
        found = with_amounts(found, amounts(reading.text), reading.starts, labels.index("MONEY"))
        doc.set_ents([Span(doc, int(words[a]), int(words[b - 1]) + 1, label=labels[k]) for a, b, k in found])
        return doc


def within_paragraphs(found: Sequence[Entity], line: Ints) -> list[Entity]:
    """The same entities, cut where a paragraph begins: a heading's last word is no part of the name below it.

    line: (w,) as in `Encoding`.
    """
    breaks = np.flatnonzero(line == PARAGRAPH)
    cut: list[Entity] = []
    for a, b, kind in found:
        inside = breaks[np.searchsorted(breaks, a, "right") : np.searchsorted(breaks, b)].tolist()
        cut += [(begin, end, kind) for begin, end in pairwise((a, *inside, b))]
    return cut


def one_kind_a_name(found: Sequence[Entity], names: Sequence[str], scores: NDArray[np.float32]) -> list[Entity]:
    """The same entities, every mention of a name of the kind that its mentions together are most likely of.

    What a name is does not change within a document, while one sentence may leave it open (Gale, Church and Yarowsky
    1992, "One sense per discourse"). scores: (w, 2k + 1) log-probabilities of O, then B and I of each kind.
    """
    if not found:
        return []
    chances = np.exp(scores[:, 1::2]) + np.exp(scores[:, 2::2])
    running = np.vstack((np.zeros((1, chances.shape[1])), chances.cumsum(0, dtype=np.float64)))
    begins, ends = (np.asarray(column) for column in list(zip(*found, strict=True))[:2])
    each = (running[ends] - running[begins]) / (ends - begins)[:, None]
    votes: dict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(chances.shape[1]))
    for name, vote in zip(names, each, strict=True):
        votes[name] += vote
    return [(a, b, int(votes[name].argmax())) for (a, b, _), name in zip(found, names, strict=True)]


def with_amounts(
    found: Sequence[Entity], amounts: Sequence[tuple[int, int]], starts: NDArray[np.int64], money: int
) -> list[Entity]:
    """The same entities, with each printed amount of money in the place of what lies within it.

    amounts: character offsets, sorted. starts: (w,) character offset of each word. An entity that goes beyond an amount
    stays as it is.
    """
    result = list(found)
    for (a, b), (begin, _) in zip(np.searchsorted(starts, amounts).tolist(), amounts, strict=True):
        first = bisect_right(result, a, key=lambda e: e[1])
        last = bisect_left(result, b, key=lambda e: e[0])
        inside = all(a <= e[0] and e[1] <= b for e in result[first:last])
        if inside and a < len(starts) and starts[a] == begin:
            result[first:last] = [(a, b, money)]
    return result
