"""Entities on the ``Doc``, from the encoder's reading."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.pipeline.decoding import best_tags, log_softmax, spans_of
from extractor.pipeline.encoder import Reading
from extractor.pipeline.labelled import LabelledComponent

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
        found = spans_of(best_tags(scores))
        names = [doc[int(words[a]) : int(words[b - 1]) + 1].text for a, b, _ in found]
        found = one_kind_a_name(found, names, scores)
        doc.set_ents([Span(doc, int(words[a]), int(words[b - 1]) + 1, label=labels[k]) for a, b, k in found])
        return doc


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
