"""What a run over many documents is made of, and how it is cut into batches.

Where a batch ends depends on the items alone, not on workers nor on what was done before: the encoder reads the
documents of a batch together, so the same batches give the same rows to the last bit.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from extractor.documents.document import Document
from extractor.documents.formats import INPUTS
from extractor.documents.sources import Source, find_sources, read_source
from extractor.documents.web import is_url
from extractor.errors import Failure

Item = Document | Source | Failure
"""A document, a file that holds one document and is yet to be read, or what cannot be read."""

_BATCH_DOCUMENTS = 32
_BATCH_CHARACTERS = 200_000

_TEXTS = tuple(s for name in ("text", "markdown", "subtitles") for s in INPUTS[name].suffixes)
_PACKED = tuple(s for name in ("html", "pdf", "docx") for s in INPUTS[name].suffixes)
_BYTES_FOR_A_CHARACTER = 8  # of a packed document or a web page, roughly
_NO_FILES = ("/dev/", "/proc/")  # what these names stand for differs from process to process


def find_items(inputs: list[str], leave_out: Iterable[Path] = ()) -> Iterator[Item]:
    """What ``inputs`` stand for, in order; files of one document are left for a worker to read.

    leave_out: files not to take when a folder or a pattern yields them (the output, when it lies in the folder).
    """
    own = {path.absolute() for path in leave_out}
    for item in find_sources(inputs):
        if isinstance(item, Failure) or _holds_one_document(item):
            if isinstance(item, Failure) or not _is_own(item, inputs, own):
                yield item
        elif not _is_own(item, inputs, own):
            yield from read_source(item)


def name_of(item: Item) -> str:
    """What messages call it."""
    return item.doc_id if isinstance(item, Document) else item.name if isinstance(item, Source) else item.source


def size_of(item: Item) -> int:
    """How much there is to read of it, roughly, in characters."""
    if isinstance(item, Document):
        return len(item.text)
    if isinstance(item, Failure):
        return 0
    try:
        size = os.stat(item.name).st_size
    except (OSError, ValueError):
        return 0
    return size // _BYTES_FOR_A_CHARACTER if item.name.lower().endswith(_PACKED) else size


def total_size(inputs: list[str]) -> int | None:
    """How much there is to read of all inputs, roughly, in characters; None when only reading will tell."""
    total = 0
    for item in find_sources(inputs):
        if isinstance(item, Source):
            if is_url(item.name) or not Path(item.name).is_file():
                return None
            total += size_of(item)
    return total


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items in order, as many together as the pipeline reads well in one go."""
    batch: list[Item] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += size_of(item)
        if len(batch) >= _BATCH_DOCUMENTS or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def key_of(batch: list[Item]) -> str:
    """A digest of all that a batch holds: another one when a file of it, or a document, has changed."""
    digest = hashlib.blake2b(digest_size=12)
    for item in batch:
        fields = asdict(item) | {"is": type(item).__name__}
        if isinstance(item, Source):
            fields["content"] = _digest(item.name)
        digest.update(json.dumps(fields, default=str).encode() + b"\n")
    return digest.hexdigest()


def _digest(name: str) -> str:
    try:
        with open(name, "rb") as stream:
            return hashlib.file_digest(stream, "blake2b").hexdigest()
    except OSError as error:
        return f"{type(error).__name__}"


def _holds_one_document(source: Source) -> bool:
    path = Path(source.name)
    return (
        source.name.lower().endswith(_TEXTS + _PACKED)
        and not is_url(source.name)
        and not path.as_posix().startswith(_NO_FILES)
        and path.is_file()
    )


def _is_own(source: Source, inputs: list[str], own: set[Path]) -> bool:
    return bool(own) and source.name not in inputs and Path(source.name).absolute() in own
