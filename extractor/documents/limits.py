"""How much of one document is read, at most: the bounds that keep one bad input from taking the batch with it."""

from typing import BinaryIO

from extractor.errors import ExtractorError

MAX_BYTES = 32 * 2**20
"""Of one document as it comes. A year of one member's speeches is under two."""
MAX_UNPACKED = 128 * 2**20
"""Of one packed document (DOCX), unpacked, and of a table in CSV."""
MAX_CHARACTERS = 5_000_000
"""Of the text of one document: half as much again as the longest novels. Each takes some 0.7 kB of memory to read."""


def read_all(stream: BinaryIO, limit: int | None = None, advice: str = "split it") -> bytes:
    """The bytes of ``stream``; raises `ExtractorError` E105 when there are more than ``limit`` (`MAX_BYTES`).

    advice: what the user can do then.
    """
    limit = MAX_BYTES if limit is None else limit
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise ExtractorError("E105", f"larger than {limit // 2**20} MB, the most for one file of its kind: {advice}")
    return data
