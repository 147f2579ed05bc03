"""Words to what the encoder reads: word pieces and the features that an uncased encoder does not see.

Everything is an array over words; a word is a token that is not white space.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractor.pipeline.abbreviations import written_out
from extractor.pipeline.marks import OPENING, Region, quotation_regions

Ints = NDArray[np.int64]

CASES = 6  # lower, Title, UPPER, miXed, with digits, no letters
QUOTES = 5  # outside, inside, opening mark, closing mark, inside single marks
LINES = 3  # within a line, first of a line, first of a paragraph
PARAGRAPH = 2  # the last of these
STOPS = frozenset(".!?…")
CLOSING = frozenset('”"’»)]')
MAX_PIECES_A_WORD = 16  # a longer "word" is a URL or noise; its head says enough


@dataclass
class Encoding:
    """A text's words as arrays.

    pieces: (p,) ids of the word pieces, without special ones.
    first: (w + 1,) index in ``pieces`` of each word's first piece, and the number of pieces at the end.
    case, quote, line: (w,) feature of each word, below CASES, QUOTES and LINES.
    after_stop: (w,) whether the word comes after a full stop or the like: a good place to part the text.
    quoted: the regions of quotation marks, as character offsets.
    """

    pieces: Ints
    first: Ints
    case: Ints
    quote: Ints
    line: Ints
    after_stop: NDArray[np.bool_]
    quoted: list[Region]

    def __len__(self) -> int:
        return len(self.case)


class WordPieces:
    """The encoder's word-piece vocabulary, with every word seen kept, since most words come again."""

    def __init__(self, path: Path, limit: int = 50_000) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._limit = limit
        self._seen: dict[str, tuple[list[int], int]] = {}
        # MPNet's names of the special pieces, else those of BERT: MPNet has both, and learned only its own
        self.begin = self._special("<s>", "[CLS]")
        self.end = self._special("</s>", "[SEP]")
        self.pad = self._special("<pad>", "[PAD]")
        self.unknown = self._special("[UNK]", "<unk>")

    def _special(self, *names: str) -> int:
        """The id of the first of these pieces that there is. Raises KeyError when there is none."""
        for name in names:
            number: int | None = self._tokenizer.token_to_id(name)
            if number is not None:
                return number
        raise KeyError(names[0])

    def __call__(self, word: str) -> tuple[list[int], int]:
        """The piece ids of a word (one at least) and its case class."""
        found = self._seen.get(word)
        if found is None:
            ids = self._ids(written_out().get(word, word))
            if len(self._seen) >= self._limit:
                self._seen.clear()
            found = self._seen[word] = ids, case_of(word)
        return found

    def _ids(self, word: str) -> list[int]:
        """The piece ids of a word; most are a piece by themselves, which takes a tenth of the time to look up."""
        plain = word.isascii() and word.isalpha()
        whole: int | None = self._tokenizer.token_to_id(word.lower()) if plain else None
        if whole is not None:
            return [whole]
        ids: list[int] = self._tokenizer.encode(word, add_special_tokens=False).ids
        return ids[:MAX_PIECES_A_WORD] or [self.unknown]


def case_of(word: str) -> int:
    """The class of a word's letter case, below CASES."""
    if any(c.isdigit() for c in word):
        return 4
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 5
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return 0
    if upper == len(letters) and upper > 1:
        return 2
    return 1 if upper == 1 and letters[0].isupper() else 3


def encode(text: str, words: Sequence[str], starts: Ints, wordpieces: WordPieces) -> Encoding:
    """Encode words that begin at the character offsets ``starts`` of ``text``."""
    pieces: list[int] = []
    first = np.zeros(len(words) + 1, dtype=np.int64)
    case = np.zeros(len(words), dtype=np.int64)
    after_stop = np.zeros(len(words), dtype=bool)
    stopped = False
    for i, word in enumerate(words):
        ids, case[i] = wordpieces(word)
        pieces += ids
        first[i + 1] = len(pieces)
        after_stop[i] = stopped
        stopped = word in STOPS or (stopped and word in CLOSING)
    quoted = quotation_regions(text)
    quote, line = quote_states(text, starts, quoted), line_states(text, starts)
    return Encoding(np.asarray(pieces, dtype=np.int64), first, case, quote, line, after_stop, quoted)


def window_inputs(windows: Sequence[tuple[Encoding, int, int]], wordpieces: WordPieces) -> dict[str, Ints]:
    """What the network takes for stretches of words ``(encoding, start, end)``, shorter ones padded.

    Returns pieces, case, quote, line and mask (b, p), special pieces included, and first (b, w): the place of each
    word's first piece.
    """
    sizes = [int(e.first[b] - e.first[a]) for e, a, b in windows]
    shape = len(windows), max(sizes) + 2
    inputs = {name: np.zeros(shape, dtype=np.int64) for name in ("pieces", "case", "quote", "line", "mask")}
    inputs["pieces"] += wordpieces.pad
    first = np.zeros((len(windows), max(b - a for _, a, b in windows)), dtype=np.int64)
    for row, ((e, a, b), size) in enumerate(zip(windows, sizes, strict=True)):
        begin = int(e.first[a])
        inputs["pieces"][row, 0], inputs["pieces"][row, size + 1] = wordpieces.begin, wordpieces.end
        inputs["pieces"][row, 1 : size + 1] = e.pieces[begin : begin + size]
        inputs["mask"][row, : size + 2] = 1
        counts = np.diff(e.first[a : b + 1])
        for name, values in (("case", e.case), ("quote", e.quote), ("line", e.line)):
            inputs[name][row, 1 : size + 1] = np.repeat(values[a:b], counts)
        first[row, : b - a] = e.first[a:b] - begin + 1
    return {**inputs, "first": first}


def quote_states(text: str, starts: Ints, quoted: list[Region]) -> Ints:
    """(w,) where each word stands to quotation marks: below QUOTES."""
    state = np.zeros(len(starts), dtype=np.int64)
    for begin, end in quoted:
        single = text[begin] in "‘'’‚‹"
        a, b = np.searchsorted(starts, (begin, end))
        state[a:b] = 4 if single else 1
        if a < b and starts[a] == begin:
            state[a] = 2
        if b - a > 1 and starts[b - 1] == end - 1 and not text[end - 1].isalnum() and text[end - 1] not in OPENING:
            state[b - 1] = 3 if text[end - 1] in "”\"»〞＂’'›" else state[b - 1]
    return state


def line_states(text: str, starts: Ints) -> Ints:
    """(w,) whether each word is the first of a line (1) or of a paragraph (2): below LINES."""
    state = np.zeros(len(starts), dtype=np.int64)
    at = -1
    breaks: list[int] = []
    while (at := text.find("\n", at + 1)) >= 0:
        breaks.append(at)
    if breaks:
        count = np.searchsorted(np.asarray(breaks), starts)
        state = np.minimum(np.diff(count, prepend=0), 2)
    if len(starts):
        state[0] = 2
    return state
