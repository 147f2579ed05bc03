"""PDF: lines by where they stand on the page, columns one after the other, words split over a line end mended."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, BinaryIO

from extractor.documents.blocks import Blocks, one_line
from extractor.documents.document import Document
from extractor.documents.jsonl import as_date
from extractor.documents.layout import Line, in_reading_order
from extractor.documents.limits import read_all
from extractor.documents.words import words
from extractor.errors import ExtractorError

_MOST_PAGES = 2000
_HYPHENS = "-\u00ad\u2010\ufffe\x02"
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:…][”\"’')\]]*$")
_MARGIN = 0.1  # of the page's height at top and bottom, where running heads stand


@dataclass(frozen=True)
class _Paragraph:
    text: str
    size: float  # height of its letters, in points
    page: int


def read(stream: BinaryIO, name: str) -> Iterator[Document]:
    """The one document that a PDF is.

    Raises `ExtractorError` E105 (too many pages), E111 (broken), E112 (with a password),
    E114 (a scan without a text layer).
    """
    import pypdfium2 as pdfium

    data = read_all(stream)
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ExtractorError("E112", "a PDF with a password") from None
        raise ExtractorError("E111", "a PDF that is broken or cut short") from None
    try:
        if len(pdf) > _MOST_PAGES:
            raise ExtractorError("E105", f"{len(pdf):,} pages, more than the {_MOST_PAGES:,} of one document: split it")
        pages = [_pieces(pdf[number]) for number in range(len(pdf))]
        facts = pdf.get_metadata_dict()
    except pdfium.PdfiumError:
        raise ExtractorError("E111", "a PDF with a page that is broken") from None
    finally:
        pdf.close()
    yield _document(pages, facts, name)


def _document(pages: list[list[Line]], facts: dict[str, str], name: str) -> Document:
    running = _running_heads(pages)
    counts = Counter(word for lines in pages for line in lines for word in re.findall(r"[\w-]+", line.text.casefold()))
    paragraphs: list[_Paragraph] = []
    for number, lines in enumerate(pages):
        kept = in_reading_order([line for line in lines if not _is_running_head(line, running)])
        for paragraph in _paragraphs(kept, number, counts):
            last = paragraphs[-1] if paragraphs else None
            if last and _goes_on(last, paragraph):
                paragraphs[-1] = _Paragraph(_joined(last.text, paragraph.text, counts), last.size, last.page)
            else:
                paragraphs.append(paragraph)
    blocks = Blocks()
    page = -1
    for paragraph in paragraphs:
        while page < paragraph.page:
            blocks.page()
            page += 1
        blocks.add(paragraph.text)
    document = blocks.document(
        doc_id=name,
        title=one_line(facts.get("Title", "")) or _largest(paragraphs),
        published=as_date(re.sub(r"^D:(\d{4})(\d\d)(\d\d).*$", r"\1-\2-\3", facts.get("CreationDate", ""))),
        byline=one_line(facts.get("Author", "")),
    )
    if not document.text:
        raise ExtractorError("E114", "a PDF without text: a scan needs text recognition first")
    return document


def _pieces(page: Any) -> list[Line]:
    """The pieces of lines on a page."""
    import ctypes

    import pypdfium2.raw as raw

    text = page.get_textpage()
    height = page.get_height()
    pieces = []
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        words = text.get_text_bounded(left, bottom, right, top)
        box = raw.FS_RECTF()
        index = text.get_index(left + 1, (top + bottom) / 2, 6, top - bottom)
        if index is not None and raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            bottom, top = box.bottom, box.top  # of the font rather than of the letters: the same for every line
        if words.strip():
            pieces.append(Line(left, height - top, right, height - bottom, " ".join(words.split()), height))
    text.close()
    page.close()
    return pieces


def _paragraphs(lines: list[Line], page: int, counts: Counter[str]) -> Iterator[_Paragraph]:
    """Lines put together; a gap, another size of letters, an indent or a short last line begins a paragraph."""
    if not lines:
        return
    gaps = sorted(b.top - a.top for a, b in pairwise(lines) if 0.8 * a.size < b.top - a.top < 3 * a.size)
    leading = gaps[len(gaps) // 4] if gaps else 0  # of short paragraphs half the gaps are between them
    text, first = "", lines[0]
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and _begins(before, line, leading):
            yield _Paragraph(text, first.size, page)
            text, first = "", line
        text = _joined(text, line.text, counts) if text else line.text
    yield _Paragraph(text, first.size, page)


def _begins(before: Line, line: Line, leading: float) -> bool:
    if line.column != before.column:
        return True  # the next column: whether the paragraph goes on, its words decide
    if (
        abs(line.size - before.size) > 0.15 * before.size
        and abs(line.bottom - line.top - before.bottom + before.top) > 1.5
    ):
        return True
    if line.top - before.top > max(1.35 * leading, 1.2 * before.size):
        return True
    ended = bool(_SENTENCE_END.search(before.text))
    short = before.right < line.column_right - 0.15 * (line.column_right - line.column_left)
    indented = line.left > line.column_left + 0.8 * line.size and before.left <= line.column_left + 0.8 * line.size
    return ended and (short or indented)


def _goes_on(last: _Paragraph, paragraph: _Paragraph) -> bool:
    """Whether a paragraph goes on over a column or a page: no end of a sentence before, no capital after."""
    if abs(last.size - paragraph.size) > 0.15 * last.size or _SENTENCE_END.search(last.text):
        return False
    return paragraph.text[:1].islower() or last.text[-1] in _HYPHENS + ","


def _joined(before: str, after: str, counts: Counter[str]) -> str:
    """Two lines as one; a hyphen at the end of the first goes where the word is written without it."""
    if before[-1] in "\u00ad\ufffe\x02":
        return before[:-1] + after
    if before[-1] not in _HYPHENS or len(before) < 2 or not before[-2].isalpha() or not after[:1].isalpha():
        return f"{before} {after}"
    head = re.search(r"[\w-]+$", before[:-1])
    tail = re.match(r"[\w-]+", after)
    if head is None or tail is None:
        return f"{before} {after}"
    left, right = head.group().casefold(), tail.group().casefold()
    whole, hyphened = counts[left + right], counts[f"{left}-{right}"]
    keeps = after[0].isupper() or left in words("keeps its hyphen") or "-" in left
    keeps = hyphened > whole if whole or hyphened else keeps
    return (before if keeps else before[:-1]) + after


def _running_heads(pages: list[list[Line]]) -> set[str]:
    """Lines in the margins that come on several pages, numbers aside."""
    seen = Counter(key for lines in pages for key in {_head_key(line) for line in lines if _in_margin(line)})
    return {key for key, count in seen.items() if count > max(1, len(pages) // 3)}


def _is_running_head(line: Line, running: set[str]) -> bool:
    return _in_margin(line) and (_head_key(line) in running or bool(_PAGE_NUMBER.fullmatch(line.text.strip())))


def _in_margin(line: Line) -> bool:
    return line.bottom < _MARGIN * line.page_height or line.top > (1 - _MARGIN) * line.page_height


def _head_key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.casefold())


def _largest(paragraphs: list[_Paragraph]) -> str:
    """The paragraph of the first page in the largest letters, where that stands out."""
    first = [paragraph for paragraph in paragraphs if paragraph.page == 0]
    if len(first) < 2:
        return ""
    largest = max(first, key=lambda paragraph: paragraph.size)
    return largest.text if largest.size > 1.15 * median(p.size for p in first) and len(largest.text) < 200 else ""
