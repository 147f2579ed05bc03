"""The words that come again and again, which spaCy is made to keep."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

_MOST = 10_000  # as many as spaCy's tokenizer keeps
_LONGEST = 30  # characters; what is longer is an address or a code


class FamiliarWords:
    """The common words of a pipeline's texts, up to a fixed number.

    Inside a memory zone spaCy's tokenizer keeps no word that it has cut, and its vocabulary forgets each with the zone:
    every "the" of a text would be cut anew. What is cut outside a zone is kept.
    """

    def __init__(self, nlp: "Language") -> None:
        self._tokenizer = nlp.tokenizer
        self._known: set[str] = set()

    def learn(self, texts: Iterable[str]) -> None:
        """Have the words kept that come more than once in the texts, the most common first; not in a memory zone."""
        room = _MOST - len(self._known)
        if room <= 0:
            return
        met = Counter(chain.from_iterable(map(str.split, texts)))
        common = [word for word, times in met.most_common() if times > 1 and len(word) <= _LONGEST]
        new = [word for word in common if word not in self._known][:room]
        for word in new:  # one by one: spaCy keeps nothing that comes after a word like "don't"
            self._tokenizer(word)
        self._known.update(new)
