"""CSV and TSV of articles, one a row."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from extractor.documents.decoding import decode
from extractor.documents.document import Document
from extractor.documents.limits import MAX_BYTES, MAX_UNPACKED, read_all
from extractor.documents.records import find_columns, read_rows
from extractor.errors import ExtractorError, Failure


def read(stream: BinaryIO, name: str) -> Iterator[Document | Failure]:
    """A document for each row; the separator is the one of ``,``, ``;`` and tab that the header has most of."""
    text = decode(read_all(stream, MAX_UNPACKED, "split it, or save it as Parquet or JSON Lines, which have no limit"))
    header = text.partition("\n")[0]
    csv.field_size_limit(MAX_BYTES)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    try:
        yield from read_rows(rows, find_columns(rows.fieldnames or ()), name, first=2)
    except csv.Error as error:
        raise ExtractorError("E111", f"broken CSV near line {rows.line_num}: {error}") from None
