"""Web pages: the article without its site, with title, byline and date (trafilatura)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from extractor.documents.blocks import Blocks, one_line
from extractor.documents.decoding import decode
from extractor.documents.document import Document
from extractor.documents.formats import SINGLE_FILE
from extractor.documents.jsonl import as_date
from extractor.documents.limits import read_all
from extractor.errors import ExtractorError

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)
_DATE_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d\d-\d\d)')
_WORDS = re.compile(r"\w+")
_BLOCKS = ("p", "head", "quote", "item", "cell", "code")
_PULL_QUOTE_WORDS = 4
_NAME_WORDS = 8  # at most, of the credit under a pull quote
_LINK_WORDS = 4  # a paragraph of as many or more, all of them in links, leads to another article
_ABOVE_HEADLINE = 5  # paragraphs, at most, that stand above it: the section, the day
_KICKER_WORDS = 8  # at most, of what is there
_QUOTE_OR_FIGURE = re.compile(r"[\d“”\"‘]")
_SHARE_AGAIN = 0.65  # of a heading's words
_BYLINE_END = re.compile(r"\s+(?:is|was|has|writes|reports)\s.*", re.DOTALL)


@dataclass(frozen=True)
class _Paragraph:
    """A block of the page. key: its words alone, so that marks and case make no difference."""

    text: str
    is_heading: bool
    key: str


def read(stream: BinaryIO, name: str) -> Iterator[Document]:
    """The one document that a page is; raises `ExtractorError` E111 for a single-file page without a page in it."""
    data = read_all(stream)
    if SINGLE_FILE.match(data):
        yield _from_single_file(data, name)
        return
    declared = _CHARSET.search(data[:4096])
    yield from_html(decode(data, declared.group(1).decode("ascii") if declared else None), name)


def _from_single_file(data: bytes, name: str) -> Document:
    """A page as browsers save it "as a single file" (MHTML): its first part of HTML, and the address it came from."""
    from email import message_from_bytes

    message = message_from_bytes(data)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            page = decode(content if isinstance(content, bytes) else b"", part.get_content_charset())
            return from_html(page, name, one_line(message.get("Snapshot-Content-Location", "")))
    raise ExtractorError("E111", "a page saved as a single file, without a page in it")


def from_html(page: str, doc_id: str = "", url: str = "") -> Document:
    """The article of a page: its headline, then its paragraphs, pull quotes that repeat the text left out.

    Raises `ExtractorError` E114 when no article is found.
    """
    import logging

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it says is said here with a code
    found: Any = bare_extraction(
        page,
        url=url or None,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_links=True,
        date_extraction_params={"extensive_search": False},
    )
    body = getattr(found, "body", None)
    paragraphs = _paragraphs(body) if body is not None else []
    if not any(paragraphs):
        raise ExtractorError("E114", "no article was found on the page")
    title = one_line(found.title or "")
    blocks = Blocks()
    blocks.add(title)
    for paragraph in _without_summaries(_without_repeats(_below(title, paragraphs))):
        blocks.add(paragraph.text)
    return blocks.document(
        doc_id=doc_id,
        title=title,
        url=url or found.url or "",
        published=as_date(found.date or _published(page)),
        byline=_BYLINE_END.sub("", one_line(found.author or "")),
    )


def _published(page: str) -> str:
    """The day that a page's schema.org data names; any day in the text would only be a guess."""
    found = _DATE_PUBLISHED.search(page)
    return found.group(1) if found else ""


def _paragraphs(body: Any) -> list[_Paragraph]:
    """The innermost blocks of trafilatura's tree, in order, without links to other articles."""
    paragraphs = []
    for element in body.iter(*_BLOCKS):
        inner = next(element.iterchildren(*_BLOCKS), None) is None
        text = one_line("".join(element.itertext()) if inner else element.text or "")
        linked = one_line(" ".join("".join(link.itertext()) for link in element.iter("ref")))
        if text and not (inner and linked == text and len(text.split()) >= _LINK_WORDS):
            paragraphs.append(_Paragraph(text, element.tag == "head", _key(text)))
    return paragraphs


def _below(title: str, paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    """What stands below the headline, which is the title or begins it ("Headline | The Courier")."""
    key = f"{_key(title)} "
    for index, paragraph in enumerate(paragraphs[: _ABOVE_HEADLINE + 1]):
        if paragraph.is_heading or index == 0:
            whole = paragraph.key == key.strip()
            if whole or (key.startswith(f"{paragraph.key} ") and len(paragraph.key.split()) >= _PULL_QUOTE_WORDS):
                return [p for p in paragraphs[:index] if _is_prose(p.text)] + paragraphs[index + 1 :]
    return paragraphs


def _is_prose(text: str) -> bool:
    return len(text.split()) > _KICKER_WORDS or text[-1] in ".!?”"


def _key(text: str) -> str:
    return " ".join(_WORDS.findall(text.casefold()))


def _without_repeats(paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    """Paragraphs without those whose words stand again in a longer one, or before: pull quotes, repeated captions."""
    return [p for index, p in enumerate(paragraphs) if not _is_repeated(index, paragraphs)]


def _is_repeated(index: int, paragraphs: list[_Paragraph]) -> bool:
    paragraph = paragraphs[index]
    words = (_key(_quoted_part(paragraph.text)) or paragraph.key).split()
    if len(words) < _PULL_QUOTE_WORDS:
        return False
    size = (-len(paragraph.key), index)
    others = [other for n, other in enumerate(paragraphs) if n != index and (-len(other.key), n) < size]
    return any(_stands_in(words, paragraph.text, other.key) for other in others)


def _stands_in(words: list[str], text: str, other: str) -> bool:
    """Whether the words stand in the other paragraph: all of them; all but the name under them; or with gaps."""
    spaced = f" {other} "
    if f" {' '.join(words)} " in spaced:
        return True
    if text[-1] not in ".!?" and any(
        f" {' '.join(words[:end])} " in spaced for end in range(len(words) - 1, max(len(words) - _NAME_WORDS, 7), -1)
    ):
        return True
    return bool(_quoted_part(text)) and len(words) > _NAME_WORDS and _in_order(words, other.split())


def _in_order(words: list[str], others: list[str]) -> bool:
    """Whether the words come in this order, from the first to the last within twice their number."""
    for start, word in enumerate(others):
        if word == words[0]:
            rest = iter(others[start : start + 2 * len(words)])
            if all(word in rest for word in words):
                return True
    return False


def _without_summaries(paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    """Paragraphs without headings that give a quote or a figure of the text beneath them, up to the next heading."""
    kept = []
    for index, paragraph in enumerate(paragraphs):
        beneath: set[str] = set()
        for other in paragraphs[index + 1 :]:
            if other.is_heading:
                break
            beneath.update(other.key.split())
        words = paragraph.key.split()
        again = sum(word in beneath for word in words) >= _SHARE_AGAIN * len(words)
        if not (paragraph.is_heading and again and _QUOTE_OR_FIGURE.search(paragraph.text)):
            kept.append(paragraph)
    return kept


def _quoted_part(paragraph: str) -> str:
    """The words in marks of a paragraph that is a quotation and at most its author's name; else nothing."""
    found = re.fullmatch(r"[“\"‘«]\s*(.{20,}?)\s*[”\"’»]\s*(?:[-–—]?\s*(?:\w[\w.'’-]*,?\s*){0,8})", paragraph)
    return found.group(1) if found else ""
