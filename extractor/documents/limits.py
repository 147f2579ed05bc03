"""How much of one document is read, at most: the bounds that keep one bad input from taking the batch with it."""

from typing import BinaryIO

from extractor.errors import ExtractorError

MAX_BYTES = 32 * 2**20
"""Of one document as it comes. A year of one member's speeches is under two."""
MAX_UNPACKED = 128 * 2**20
"""Of one packed document (DOCX), unpacked."""


def read_all(stream: BinaryIO, limit: int | None = None) -> bytes:
    """The bytes of ``stream``; raises `ExtractorError` E105 when there are more than ``limit`` (`MAX_BYTES`)."""
    limit = MAX_BYTES if limit is None else limit
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise ExtractorError("E105", f"larger than the {limit // 2**20} MB that one document may have")
    return data
