"""JSON Lines: one document a line; a bad line is reported by its number and the rest goes on."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, BinaryIO

from extractor.documents.decoding import decode, without_surrogates
from extractor.documents.document import Document
from extractor.documents.limits import MAX_BYTES
from extractor.documents.text import from_text
from extractor.errors import ExtractorError, Failure


def read(stream: BinaryIO, name: str) -> Iterator[Document | Failure]:
    """A `Document` for each line ``{"id", "text", "title"?, "published"?, "url"?, "byline"?, "speaker"?}``.

    A document without ``id`` gets ``NAME:LINE``. Blank lines are passed over.
    """
    for number, line in enumerate(_lines(stream), start=1):
        if line is None or line.strip():
            try:
                yield from_record(_parsed(line), f"{name}:{number}")
            except ExtractorError as error:
                yield Failure(f"{name}:{number}", error.code, error.message)


def from_record(record: Mapping[str, Any], name: str) -> Document:
    """A `Document` of one article's fields; raises E120 when there is no text.

    A ``published`` that is no ISO date leaves the document without a date.
    """
    text = record.get("text")
    if not isinstance(text, str):
        raise ExtractorError("E120", "no `text` string" if text is None else "`text` is not a string")
    document = from_text(without_surrogates(text))
    return replace(
        document,
        doc_id=_string(record.get("id")) or name,
        title=_string(record.get("title")) or document.title,
        url=_string(record.get("url")),
        byline=_string(record.get("byline")),
        speaker=_string(record.get("speaker")),
        published=as_date(record.get("published")),
    )


def as_date(value: object) -> date | None:
    """The day of an ISO date or time, given as text or as a date; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        return None


def _string(value: object) -> str:
    return without_surrogates(value) if isinstance(value, str) else "" if value is None else str(value)


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Lines, in bounded memory: None stands for a line longer than one document may be."""
    while line := stream.readline(MAX_BYTES + 1):
        too_long = len(line) > MAX_BYTES
        while too_long and line and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1)
        yield None if too_long else line


def _parsed(line: bytes | None) -> dict[str, Any]:
    if line is None:
        raise ExtractorError("E105")
    try:
        record = json.loads(decode(line, "utf-8"))
    except (ValueError, RecursionError) as error:
        raise ExtractorError("E120", f"not JSON ({str(error).split(':')[0]})") from None
    except ExtractorError:
        raise ExtractorError("E120", "not JSON (not text at all)") from None
    if not isinstance(record, dict):
        raise ExtractorError("E120", "JSON, but not an object with a `text`")
    return record
