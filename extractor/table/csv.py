"""CSV that opens in Excel and Sheets as it stands, and its reader, which gives back exactly what was written.

UTF-8 with a byte order mark. A spreadsheet runs a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line
end as a formula; such a cell gets an apostrophe before it, and so does one that begins with apostrophes and then one
of these, so that taking one apostrophe off is always right.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, BinaryIO

from extractor.documents.document import Document
from extractor.statements.statement import Statement
from extractor.table.schema import STATEMENTS, Column, as_text, from_text

_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_LONGEST_FIELD = 2**31 - 1


def write(results: Iterable[tuple[Document, list[Any]]], stream: BinaryIO, columns: tuple[Column, ...]) -> None:
    """Header and rows, as they come, to ``stream``."""
    iterator = iter(results)
    first = list(islice(iterator, 1))  # before the header, so that an error leaves nothing behind
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="", write_through=True)
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([c.name for c in columns])
    for _, rows in chain(first, iterator):
        for row in rows:
            writer.writerow([_harmless(as_text(getattr(row, c.name), c.type), c) for c in columns])
    text.flush()
    text.detach()


def read(stream: BinaryIO) -> Iterator[Statement]:
    """The rows of a CSV that `write` wrote; columns that a user took out or added do no harm."""
    csv.field_size_limit(_LONGEST_FIELD)
    types = {c.name: c for c in STATEMENTS}
    lines = csv.reader(io.TextIOWrapper(stream, encoding="utf-8-sig", newline=""))
    header = next(lines, [])
    for line in lines:
        cells = ((types[name], cell) for name, cell in zip(header, line, strict=False) if name in types)
        yield Statement(**{c.name: from_text(_restored(cell, c), c.type) for c, cell in cells})


def _harmless(cell: str, column: Column) -> str:
    return "'" + cell if column.type == "string" and _FORMULA.match(cell) else cell


def _restored(cell: str, column: Column) -> str:
    return cell[1:] if column.type == "string" and cell.startswith("'") and _FORMULA.match(cell) else cell
