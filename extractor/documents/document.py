"""What every reader of an input format returns: the text that offsets count in, and what is known about it."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Turn:
    """A stretch of a transcript or a letter whose words are one person's.

    start, end: character offsets of the words (without the speaker label) in ``Document.text``.
    speaker: the name as the document gives it ("HOLT", "Mr. Ed Davey").
    """

    start: int
    end: int
    speaker: str


@dataclass(frozen=True)
class Document:
    """One document. ``text`` is never altered after reading: all offsets count in it, in code points.

    speaker: when set, the whole text is that person's words (a letter, one speech).
    turns: given speakers of parts of the text, in order and not overlapping; empty when the format gives none.
    pages: offset at which each page begins, where the format has pages; empty otherwise.
    furniture: character spans of site furniture (breadcrumbs, share bars, image placeholders) in which no
        statement is looked for.
    """

    text: str
    doc_id: str = ""
    title: str = ""
    url: str = ""
    published: date | None = None
    byline: str = ""
    speaker: str = ""
    turns: tuple[Turn, ...] = ()
    pages: tuple[int, ...] = ()
    furniture: tuple[tuple[int, int], ...] = field(default=(), repr=False)
