"""The smallest pieces that the grammar reads: digit groups, words and signs, by their offsets in the text."""

import re

_ATOM = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|_")


class Atoms:
    """A text cut into digit groups, words and single signs.

    Independent of any tokenizer, so that "£2.3bn", "2.3 bn" and "30,000-strong" all come apart the same way.

    text: the text itself.
    raw, low: each piece verbatim and in lower case, with straight apostrophes.
    start, end: its character offsets.
    """

    __slots__ = ("end", "low", "raw", "start", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        matches = list(_ATOM.finditer(text))
        self.raw = [m[0] for m in matches]
        self.low = [w.lower() if w.isascii() else w.lower().replace("’", "'") for w in self.raw]
        self.start = [m.start() for m in matches]
        self.end = [m.end() for m in matches]

    def __len__(self) -> int:
        return len(self.raw)

    def word(self, i: int) -> str:
        """The piece in lower case, "" outside the text."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def is_digits(self, i: int) -> bool:
        return 0 <= i < len(self.low) and self.low[i][0].isdigit()

    def is_word(self, i: int) -> bool:
        return 0 <= i < len(self.low) and self.low[i][0].isalpha()

    def glued(self, i: int) -> bool:
        """Whether piece ``i`` follows the one before it without a space."""
        return 0 < i < len(self.raw) and self.start[i] == self.end[i - 1]

    def broken(self, i: int) -> bool:
        """Whether a paragraph ends, or the text, between piece ``i - 1`` and piece ``i``."""
        if i <= 0 or i >= len(self.raw):
            return True
        if self.start[i] - self.end[i - 1] < 2:
            return False
        return self.text.count("\n", self.end[i - 1], self.start[i]) > 1

    def line_start(self, i: int) -> bool:
        return i == 0 or "\n" in self.text[self.end[i - 1] : self.start[i]]

    def span(self, a: int, b: int) -> tuple[int, int]:
        """Character offsets of the pieces ``a`` to ``b - 1``."""
        return self.start[a], self.end[b - 1]

    def match(self, i: int, phrase: tuple[str, ...]) -> bool:
        """Whether the pieces from ``i`` on are the phrase."""
        return tuple(self.low[i : i + len(phrase)]) == phrase
