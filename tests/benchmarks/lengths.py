"""Time per word of short documents and of long ones."""

from functools import partial

from figures import Figure, Goal, Part
from memory import peak
from sizes import Sizes
from speed import rows
from texts import described, documents, words_of
from timing import in_turn, shared_core, stay_on_one_core

_USUAL = 1_000
"""Words of the documents that the others are compared with."""


def long_over_short(sizes: Sizes) -> Part:
    """The same stream of paragraphs as documents of each length, for as many words each."""
    stay_on_one_core()
    texts = {length: documents(length, max(sizes.lengths)) for length in sizes.lengths}
    timings = in_turn({str(length): partial(rows, found) for length, found in texts.items()}, min(3, sizes.rounds))
    each = {length: timings[str(length)].seconds / words_of(found) * 1e6 for length, found in texts.items()}
    shown = {f"{length:,} words": spent for length, spent in each.items()}
    longest = max(sizes.lengths)
    heading = "Time per word, by the length of the document"
    figures = [
        Figure(
            f"time per word, documents of {length:,} words over those of {_USUAL:,}",
            spent / each[_USUAL],
            "",
            shown if length == longest else {f"{n:,} words": each[n] for n in (length, _USUAL)},
            "µs/word",
            Goal(1.1, 1.0, fewer=True) if length == longest else None,
            plot=heading if length == longest else "",
        )
        for length, spent in each.items()
        if length != _USUAL
    ]
    figures.append(Figure(f"peak memory with a document of {longest:,} words", peak(), "MB"))
    return Part(figures, [f"texts: {described()}", *shared_core(timings)])
