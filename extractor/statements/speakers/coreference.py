"""The encoder's scores of a pronoun and a mention, where the pipeline gives the vectors for them."""

from bisect import bisect_right
from collections.abc import Sequence
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IDX
from spacy.tokens import Doc


class Coreference:
    """How well mentions go with the pronouns of one document.

    vectors: (tokens, 2, d), each token as anaphor and as antecedent; a score is their dot product over the root of d,
    as the encoder has learned it. starts: character offset of each token.
    """

    def __init__(self, vectors: NDArray[np.floating[Any]], starts: Sequence[int]) -> None:
        self._vectors, self._starts = vectors, starts

    @classmethod
    def of(cls, doc: Doc) -> "Coreference | None":
        """That of a document; None when its pipeline gives no vectors."""
        vectors = doc._.coreference if Doc.has_extension("coreference") else None
        return None if vectors is None else cls(vectors, doc.to_array([IDX]).tolist())

    def words(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the first and last word of ``text[start:end]``."""
        return bisect_right(self._starts, start) - 1, bisect_right(self._starts, end - 1) - 1

    def scores(self, pronoun: int, mentions: Sequence[tuple[int, int]]) -> list[float]:
        """The score of the pronoun at a character with mentions, given by their first and last words.

        A mention counts by the better of the two.
        """
        if not mentions:
            return []
        query = self._vectors[bisect_right(self._starts, pronoun) - 1, 0].astype(np.float32)
        theirs = self._vectors[[word for mention in mentions for word in mention], 1].astype(np.float32)
        both = theirs @ (query / sqrt(self._vectors.shape[2]))
        best: list[float] = np.maximum(both[0::2], both[1::2]).tolist()
        return best
