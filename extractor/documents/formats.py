"""Which reader an input goes to: found here and nowhere else, by its content first and its suffix second."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath
from typing import BinaryIO

from extractor.documents.document import Document
from extractor.errors import Failure

Reader = Callable[[BinaryIO, str], Iterator[Document | Failure]]
"""Takes the bytes and the name of an input and gives its documents."""


@dataclass(frozen=True)
class Input:
    """A format that is read: the suffixes of its files, and one line of help."""

    suffixes: tuple[str, ...]
    doc: str


INPUTS: dict[str, Input] = {
    "text": Input(
        (".txt", ".text"), "plain text in any encoding; transcripts with the speaker's name before the words"
    ),
    "markdown": Input((".md", ".markdown"), "Markdown, with front matter"),
    "html": Input(
        (".html", ".htm", ".xhtml", ".mhtml", ".mht"),
        "web pages, also saved as a single file: the article without its site",
    ),
    "pdf": Input((".pdf",), "PDF with a text layer; columns are read one after the other"),
    "docx": Input((".docx", ".doc"), "Word documents; of the old .doc kind only a clear error"),
    "xml": Input((".xml",), "Hansard as ParlParse gives it, a document for each debate"),
    "subtitles": Input((".vtt", ".srt"), "subtitles, WebVTT and SRT"),
    "jsonl": Input((".jsonl", ".ndjson"), "one document a line: text, and id, title, published, url, byline, speaker"),
    "csv": Input((".csv", ".tsv"), "articles, one a row: a text (or body, content) column, and those of jsonl"),
    "parquet": Input((".parquet", ".pq"), "articles, one a row, as in csv"),
}
"""Format -> what it is. The reader of a format is ``extractor.documents.FORMAT.read``."""

_FORMAT_OF_SUFFIX = {suffix: name for name, input in INPUTS.items() for suffix in input.suffixes}

SINGLE_FILE = re.compile(
    rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?Content-Type:\s*multipart/related\b", re.IGNORECASE
)
"""How a web page begins that a browser has saved as a single file (MHTML)."""
_CONTENT: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("pdf", re.compile(rb"(?s).{0,1024}?%PDF-\d")),
    ("docx", re.compile(rb"PK\x03\x04|\xd0\xcf\x11\xe0")),
    ("parquet", re.compile(rb"PAR1")),
    ("html", re.compile(rb"(?si)(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html)")),
    ("html", SINGLE_FILE),
    ("xml", re.compile(rb"(?s)(?:\xef\xbb\xbf)?\s*<\?xml")),
    ("subtitles", re.compile(rb"(?:\xef\xbb\xbf)?WEBVTT\b|(?:\xef\xbb\xbf)?\s*\d+\s*\n\d+:\d\d:\d\d,\d{3} -->")),
)
"""Content that tells a format by itself, whatever the name says."""
_CONTENT_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/markdown": "markdown",
    "text/csv": "csv",
    "application/x-ndjson": "jsonl",
}
_JSON_LINE = re.compile(rb"\s*\{\s*\"")


def find_format(name: str, head: bytes, content_type: str = "") -> str:
    """The format of an input called ``name`` whose first bytes are ``head``.

    content_type: what a site's header says it is.
    """
    for format, pattern in _CONTENT:
        if pattern.match(head):
            return format
    if content_type in _CONTENT_TYPES:
        return _CONTENT_TYPES[content_type]
    named = _FORMAT_OF_SUFFIX.get(PurePosixPath(name).suffix.lower())
    if named in ("pdf", "docx", "parquet"):
        return "text" if head else named  # it is not what its name says: text, or refused as no text
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
