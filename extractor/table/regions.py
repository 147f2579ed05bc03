"""The parts of statements as labelled stretches of text, as labelling tools take them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.statements.statement import Statement


@dataclass(frozen=True)
class Region:
    """A stretch: offsets in the document's text in code points, its label, and the number of its statement."""

    start: int
    end: int
    label: str
    statement: int
    confidence: float | None = None


def regions(rows: Iterable[Statement]) -> Iterator[Region]:
    """For each statement its content (each part), then its cue, its speaker's mention and its figure."""
    for number, row in enumerate(rows):
        content = row.content_spans or ((row.start, row.end),)
        for spans, label in (
            (content, row.kind),
            (row.cue_spans, "cue"),
            (row.mention_spans, "speaker"),
            (row.figure_spans, "figure"),
        ):
            for start, end in spans:
                yield Region(start, end, label, number, row.confidence)
