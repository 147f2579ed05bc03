"""Check-worthiness and coreference on the ``Doc``, from the encoder's reading."""

from functools import partial

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipeline.encoder import Reading
from extractor.pipeline.labelled import LabelledComponent


class DiscourseComponent(LabelledComponent):
    """spaCy component ``extractor_discourse``.

    Sets ``doc._.worthiness``: a function of two character offsets that gives how much the stretch between them is
    worth checking, 0 to 1; and ``doc._.coreference``: (tokens, 2, d) vectors of each token as anaphor and as
    antecedent, whose dot product over the root of d says how well the two go together.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        super().__init__(name)
        for extension in ("worthiness", "coreference"):
            if not Doc.has_extension(extension):
                Doc.set_extension(extension, default=None)

    def __call__(self, doc: Doc) -> Doc:
        reading: Reading = doc._.reading
        doc._.worthiness = partial(self._worthiness, reading.worth, reading.starts)
        if len(reading.words):
            d = (reading.coref.shape[1] - 1) // 2
            vectors = np.zeros((len(doc), 2 * d), dtype=reading.coref.dtype)
            vectors[reading.words] = reading.coref[:, : 2 * d]
            doc._.coreference = vectors.reshape(-1, 2, d)
            reading.let_go("coref")
        return doc

    def _worthiness(self, worth: NDArray[np.float32], offsets: NDArray[np.int64], start: int, end: int) -> float:
        a, b = np.searchsorted(offsets, (start, end))
        if a >= b:
            return 0.0
        slope = self.settings["worthiness"]
        return float(1 / (1 + np.exp(-(slope["bias"] + pooled(worth[a:b]) @ np.asarray(slope["weights"])))))


def pooled(worth: NDArray[np.float32]) -> NDArray[np.float32]:
    """(2,) the scores of a stretch of words for the two notions: each word's value weighted by how much it matters.

    worth: (w, 4), value and weight for each notion.
    """
    values, weights = worth[:, 0::2], worth[:, 1::2]
    share = np.exp(weights - weights.max(0))
    return np.asarray((values * share).sum(0) / share.sum(0))
