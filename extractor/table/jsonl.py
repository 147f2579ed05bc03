"""JSON Lines: one row a line, exact; spans are lists, an empty number or date is null."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from extractor.documents.document import Document
from extractor.statements.statement import Statement
from extractor.table.schema import STATEMENTS, Column, as_text, from_text, plain


def write(results: Iterable[tuple[Document, list[Any]]], stream: BinaryIO, columns: tuple[Column, ...]) -> None:
    """Rows, as they come, to ``stream``."""
    for _, rows in results:
        for row in rows:
            stream.write(dumps(record(row, columns)) + b"\n")


def record(row: Any, columns: tuple[Column, ...] = STATEMENTS) -> dict[str, Any]:
    """One row as what JSON can hold."""
    cells = {c.name: plain(getattr(row, c.name), c.type) for c in columns}
    return {c.name: as_text(cells[c.name], "date") or None if c.type == "date" else cells[c.name] for c in columns}


def dumps(value: Any, indent: int | None = None) -> bytes:
    """JSON in UTF-8; what is no character (a lone surrogate) stays an escape."""
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False).encode("utf-8", "backslashreplace")


def read(stream: BinaryIO) -> Iterator[Statement]:
    """The rows of a file that `write` wrote."""
    for line in stream:
        if line.strip():
            yield restored(json.loads(line))


def restored(cells: dict[str, Any]) -> Statement:
    """The row that `record` was made of."""
    return Statement(**{c.name: _restored(cells[c.name], c) for c in STATEMENTS if c.name in cells})


def _restored(value: Any, column: Column) -> Any:
    if column.type == "spans":
        return tuple((start, end) for start, end in value)
    return from_text(value, "date") if column.type == "date" and value else value
