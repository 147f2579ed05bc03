"""Word documents (DOCX): paragraphs, lists, tables and text boxes as they are read, changes accepted."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from extractor.documents.blocks import Blocks, one_line
from extractor.documents.document import Document
from extractor.documents.jsonl import as_date
from extractor.documents.limits import MAX_UNPACKED, read_all
from extractor.documents.xml import parse
from extractor.errors import ExtractorError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CORE = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}
_OLE = b"\xd0\xcf\x11\xe0"


def read(stream: BinaryIO, name: str) -> Iterator[Document]:
    """The one document that a Word file is.

    Raises `ExtractorError` E111 (broken), E112 (with a password), E113 (unpacks to too much), E114 (no text).
    """
    data = read_all(stream)
    if data.startswith(_OLE):
        raise ExtractorError(
            "E112", "a Word file with a password, or of the old .doc kind: save it as .docx without one"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
                raise ExtractorError("E113")
            body = parse(archive.read("word/document.xml")).find(f"{_W}body")
            core = parse(archive.read("docProps/core.xml")) if "docProps/core.xml" in archive.namelist() else None
    except (zipfile.BadZipFile, KeyError, NotImplementedError, OSError, EOFError) as error:
        raise ExtractorError("E111", f"a broken Word file ({error})") from None
    except RuntimeError:
        raise ExtractorError("E112", "a Word file with a password") from None
    blocks = Blocks()
    title = ""
    for paragraph in body.iter(f"{_W}p") if body is not None else ():
        text = _text(paragraph)
        if not title and _style(paragraph) in ("Title", "Heading1"):
            title = one_line(text)
        blocks.add(text)
    document = blocks.document(
        doc_id=name,
        title=_core(core, "dc:title") or title,
        published=as_date(_core(core, "dcterms:created")),
        byline=_core(core, "dc:creator"),
    )
    if not document.text:
        raise ExtractorError("E114", "a Word file without text")
    return iter([document])


def _text(paragraph: Any) -> str:
    """What a reader sees of a paragraph: inserted words with it, deleted ones not, a text box once, by itself."""
    parts = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if next(element.iterancestors(f"{_W}p")) is paragraph and next(element.iterancestors(_FALLBACK), None) is None:
            parts.append({"t": element.text or "", "noBreakHyphen": "‑"}.get(element.tag.removeprefix(_W), " "))
    return one_line("".join(parts))


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style.get(f"{_W}val", "") if style is not None else ""


def _core(core: Any, path: str) -> str:
    found = core.findtext(path, "", _CORE) if core is not None else ""
    return one_line(found or "")
