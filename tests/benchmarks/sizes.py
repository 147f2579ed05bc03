"""How much is measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Words and documents of each measure, and how often it is taken.

    rounds: of each measure that lasts; starts: of each command that is only started.
    words: of the newspaper articles for speed and for the shares of time.
    worker_words: of the articles for one worker and for two.
    lengths: of documents, in words; each is read for as many words as the longest has.
    letters: documents for the growth of memory; letter_words: of each.
    """

    rounds: int
    starts: int
    words: int
    worker_words: int
    lengths: tuple[int, ...]
    letters: int
    letter_words: int


FULL = Sizes(
    rounds=5,
    starts=11,
    words=60_000,
    worker_words=400_000,
    lengths=(100, 1_000, 10_000, 100_000),
    letters=20_000,
    letter_words=80,
)
QUICK = Sizes(
    rounds=1, starts=1, words=1_500, worker_words=3_000, lengths=(100, 1_000, 2_000), letters=100, letter_words=60
)
