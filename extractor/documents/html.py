"""Web pages: the article without its site, with title, byline and date (trafilatura)."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from extractor.documents.blocks import Blocks, one_line
from extractor.documents.decoding import decode
from extractor.documents.document import Document
from extractor.documents.jsonl import as_date
from extractor.documents.limits import read_all
from extractor.errors import ExtractorError

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)
_WORDS = re.compile(r"\w+")
_BLOCKS = ("p", "head", "quote", "item", "cell", "code")
_PULL_QUOTE_WORDS = 4


def read(stream: BinaryIO, name: str) -> Iterator[Document]:
    """The one document that a page is."""
    data = read_all(stream)
    declared = _CHARSET.search(data[:4096])
    yield from_html(decode(data, declared.group(1).decode("ascii") if declared else None), name)


def from_html(page: str, doc_id: str = "", url: str = "") -> Document:
    """The article of a page: its headline, then its paragraphs, pull quotes that repeat the text left out.

    Raises `ExtractorError` E114 when no article is found.
    """
    import logging

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it says is said here with a code
    found: Any = bare_extraction(
        page, url=url or None, with_metadata=True, include_comments=False, include_tables=True, include_images=False
    )
    body = getattr(found, "body", None)
    paragraphs = _paragraphs(body) if body is not None else []
    if not any(paragraphs):
        raise ExtractorError("E114", "no article was found on the page")
    title = one_line(found.title or "")
    blocks = Blocks()
    if title and _key(title) != _key(paragraphs[0]):
        blocks.add(title)
    for paragraph in _without_repeats(paragraphs):
        blocks.add(paragraph)
    return blocks.document(
        doc_id=doc_id,
        title=title,
        url=url or found.url or "",
        published=as_date(found.date),
        byline=one_line(found.author or ""),
    )


def _paragraphs(body: Any) -> list[str]:
    """Text of the innermost blocks of trafilatura's tree, in order."""
    paragraphs = []
    for element in body.iter(*_BLOCKS):
        if next(element.iterchildren(*_BLOCKS), None) is None:
            paragraphs.append(one_line("".join(element.itertext())))
        else:
            paragraphs.append(one_line(element.text or ""))
    return [paragraph for paragraph in paragraphs if paragraph]


def _key(text: str) -> str:
    """The words alone, so that marks and case make no difference."""
    return " ".join(_WORDS.findall(text.casefold()))


def _without_repeats(paragraphs: list[str]) -> Iterator[str]:
    """Paragraphs without those whose words stand again in a longer one, or before: pull quotes, repeated captions."""
    keys = [f" {_key(paragraph)} " for paragraph in paragraphs]
    for index, paragraph in enumerate(paragraphs):
        key = keys[index]
        if len(key.split()) < _PULL_QUOTE_WORDS:
            yield paragraph
            continue
        quoted = _quoted_part(paragraph)
        inner = f" {_key(quoted)} " if quoted else key
        repeated = any(
            (inner in other and (len(other), index) > (len(key), position))
            for position, other in enumerate(keys)
            if position != index
        )
        if not repeated:
            yield paragraph


def _quoted_part(paragraph: str) -> str:
    """The words in marks of a paragraph that is a quotation and at most its author's name; else nothing."""
    found = re.fullmatch(r"[“\"‘«]\s*(.{20,}?)\s*[”\"’»]\s*(?:[-–—]?\s*(?:\w[\w.'’-]*,?\s*){0,8})", paragraph)
    return found.group(1) if found else ""
