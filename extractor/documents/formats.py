"""Which reader an input goes to: found here and nowhere else, by its content first and its suffix second."""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import PurePosixPath
from typing import BinaryIO

from extractor.documents.document import Document
from extractor.errors import Failure

Reader = Callable[[BinaryIO, str], Iterator[Document | Failure]]
"""Takes the bytes and the name of an input and gives its documents."""

SUFFIXES: dict[str, tuple[str, ...]] = {
    "text": (".txt", ".text"),
    "jsonl": (".jsonl", ".ndjson"),
}
"""Format -> suffixes of its files. The reader of a format is ``extractor.documents.FORMAT.read``."""

_FORMAT_OF_SUFFIX = {suffix: format for format, suffixes in SUFFIXES.items() for suffix in suffixes}

_CONTENT: tuple[tuple[str, re.Pattern[bytes]], ...] = ()
_JSON_LINE = re.compile(rb"\s*\{\s*\"")


def find_format(name: str, head: bytes) -> str:
    """The format of an input called ``name`` whose first bytes are ``head``."""
    for format, pattern in _CONTENT:
        if pattern.match(head):
            return format
    named = _FORMAT_OF_SUFFIX.get(PurePosixPath(name).suffix.lower())
    if named:
        return named
    return "jsonl" if _JSON_LINE.match(head) and b'"text"' in head else "text"


def is_readable_name(name: str) -> bool:
    """True when a file of this name, met in a folder, is taken as a document."""
    return PurePosixPath(name).suffix.lower() in _FORMAT_OF_SUFFIX


def reader(format: str) -> Reader:
    """The function that reads ``format``; its module is imported only now."""
    read: Reader = import_module(f"extractor.documents.{format}").read
    return read
