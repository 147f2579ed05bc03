"""From what a user names (files, folders, globs, URLs, ``-``) to documents, one after the other."""

import codecs
import glob
import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from extractor.documents.decoding import decode
from extractor.documents.document import Document
from extractor.documents.formats import find_format, is_readable_name, reader
from extractor.documents.limits import MAX_CHARACTERS
from extractor.documents.web import fetch, is_url
from extractor.errors import ExtractorError, Failure

STDIN = "-"
_HEAD = 8192


@dataclass(frozen=True)
class Source:
    """One file, URL, or standard input (``-``). ``name``: what messages call it and what becomes the document's id."""

    name: str


def find_sources(inputs: Iterable[str]) -> Iterator[Source | Failure]:
    """The sources that ``inputs`` stand for; files of a folder come sorted by name, hidden ones are left out."""
    for name in inputs:
        path = Path(name)
        try:
            if "\0" in name:
                yield Failure(name.replace("\0", "\ufffd"), "E101", "no such file or folder")
            elif name == STDIN or is_url(name):
                yield Source(name)
            elif path.is_dir():
                yield from _in_folder(name)
            elif glob.has_magic(name) and not path.exists():
                matches = sorted(m for m in glob.glob(name, recursive=True) if Path(m).is_file())
                yield from map(Source, matches)
                if not matches:
                    yield Failure(name, "E101", "no file goes with this pattern")
            else:
                yield Source(name)
        except OSError as error:
            yield _os_failure(name, error)


def read_source(source: Source) -> Iterator[Document | Failure]:
    """The documents of one source, or the failure that it is. Never raises."""
    try:
        if is_url(source.name):
            yield from _read_url(source)
        else:
            with _opened(source) as stream:
                yield from map(_bounded, reader(find_format(source.name, _peek(stream)))(stream, source.name))
    except ExtractorError as error:
        yield Failure(source.name, error.code, error.message)
    except OSError as error:
        yield _os_failure(source.name, error)
    except Exception as error:
        yield Failure(source.name, "E140", f"{type(error).__name__}: {error}")


def read_documents(inputs: Iterable[str]) -> Iterator[Document | Failure]:
    """Every document that ``inputs`` stand for, in order, with a `Failure` in the place of each that cannot be read."""
    for source in find_sources(inputs):
        if isinstance(source, Failure):
            yield source
        else:
            yield from read_source(source)


def _read_url(source: Source) -> Iterator[Document | Failure]:
    page = fetch(source.name)
    data = page.data
    if page.charset and not page.content_type.startswith("application/"):
        data = codecs.BOM_UTF8 + decode(data, page.charset).encode("utf-8", "replace")
    format = find_format(urlsplit(page.url).path, page.data[:_HEAD], page.content_type)
    for document in map(_bounded, reader(format)(io.BytesIO(data), source.name)):
        yield document if isinstance(document, Failure) or document.url else replace(document, url=page.url)


def _bounded(document: Document | Failure) -> Document | Failure:
    """The document, or a failure in the place of one whose text is too long to be read in bounded memory."""
    if isinstance(document, Failure) or len(document.text) <= MAX_CHARACTERS:
        return document
    size = f"{len(document.text):,} characters, more than the {MAX_CHARACTERS:,} of one document"
    return Failure(document.doc_id, "E105", f"{size}: split it into parts")


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    if source.name == STDIN:
        yield sys.stdin.buffer
    else:
        with Path(source.name).open("rb") as stream:
            yield stream


def _peek(stream: BinaryIO) -> bytes:
    return cast(io.BufferedReader, stream).peek(_HEAD)[:_HEAD]


def _in_folder(folder: str) -> Iterator[Source | Failure]:
    errors: list[OSError] = []
    found = False
    for root, folders, files in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(files):
            path = Path(root) / file
            if is_readable_name(file) and not file.startswith(".") and path.is_file():  # a pipe would wait for ever
                found = True
                yield Source(path.as_posix())
    for error in errors:
        yield _os_failure(str(error.filename or folder), error)
    if not found and not errors:
        yield Failure(folder, "E103", "the folder holds no file that can be read")


def _os_failure(name: str, error: OSError) -> Failure:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        hint = ": an address begins with https://" if name.startswith("www.") else ""
        return Failure(name, "E101", f"no such file or folder{hint}")
    if isinstance(error, PermissionError):
        return Failure(name, "E102", "may not be read (no rights to it)")
    if isinstance(error, IsADirectoryError):
        return Failure(name, "E110", "a folder, not a file")
    return Failure(name, "E104", error.strerror or str(error))
