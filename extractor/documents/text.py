"""Plain text: a document as it stands, with its furniture marked and its headline found."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from extractor.documents.decoding import decode
from extractor.documents.document import Document
from extractor.documents.furniture import furniture_spans
from extractor.documents.limits import read_all
from extractor.documents.transcript import find_turns

_LONGEST_TITLE = 200
_PARAGRAPH = re.compile(r"\S.*?(?=\s*(?:\r?\n[ \t]*\r?\n|\Z))", re.DOTALL)


def read(stream: BinaryIO, name: str) -> Iterator[Document]:
    """The one document that a text file is; ``name`` becomes its id."""
    yield from_text(decode(read_all(stream)), name)


def from_text(text: str, doc_id: str = "") -> Document:
    """A `Document` of ``text`` exactly as given; where it is a transcript, with its turns."""
    furniture = furniture_spans(text)
    turns, labels = find_turns(text)
    return Document(
        text=text,
        doc_id=doc_id,
        title=_title(text, furniture),
        turns=turns,
        furniture=tuple(sorted({*furniture, *labels})),
    )


def _title(text: str, furniture: tuple[tuple[int, int], ...]) -> str:
    """The headline: the first paragraph that is no furniture, if it is one short line that ends no sentence."""
    ends = dict(furniture)
    position = 0
    while found := _PARAGRAPH.search(text, position):
        if found.start() in ends:
            position = max(ends[found.start()], found.start() + 1)
            continue
        line = found.group()
        follows = text[found.end() :].strip()
        is_title = follows and len(line) <= _LONGEST_TITLE and "\n" not in line and line[-1] not in ".,;:”\"'’"
        return line if is_title else ""
    return ""
