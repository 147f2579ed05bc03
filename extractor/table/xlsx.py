"""A workbook for a fact-checker's desk: frozen header, filters, widths, links, and a sheet on what the columns mean."""

import io
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, BinaryIO

from extractor.documents.decoding import without_surrogates
from extractor.documents.document import Document
from extractor.errors import ExtractorError
from extractor.table.schema import Column, as_text

_LONGEST_CELL = 32_767
_LONGEST_URL = 2_079
_MOST_LINKS = 65_000
_MOST_ROWS = 1_048_576
_FIRST_DAY = date(1900, 3, 1)  # before it Excel's calendar is wrong
_NO_TEXT = re.compile("[\ufffe\uffff]")
_SHARES = ("check_worthiness", "confidence")


def write(results: Iterable[tuple[Document, list[Any]]], stream: BinaryIO, columns: tuple[Column, ...]) -> None:
    """Rows to a workbook; a cell too long for Excel ends in `` …``. Columns of spans are there, but hidden."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    ) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # the same rows give the same bytes
        sheet = book.add_worksheet("table")
        bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        top = book.add_format({"valign": "top", "text_wrap": True})
        day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
        share = book.add_format({"valign": "top", "num_format": "0.00"})
        address = book.add_format({"valign": "top", "font_color": "#0563C1", "underline": 1})
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width, None, {"hidden": column.type == "spans"})
            sheet.write_string(0, index, column.name, bold)
        number = links = 0
        for _, rows in results:
            for row in rows:
                number += 1
                if number >= _MOST_ROWS:
                    raise ExtractorError("E301", f"more than the {_MOST_ROWS - 1} rows that a sheet can hold")
                for index, column in enumerate(columns):
                    value = getattr(row, column.name)
                    if value is None or value == "":
                        continue
                    if column.type in ("float", "integer"):
                        sheet.write_number(number, index, value, share if column.name in _SHARES else top)
                    elif column.type == "boolean":
                        sheet.write_boolean(number, index, value, top)
                    elif column.type == "date" and value >= _FIRST_DAY:
                        sheet.write_datetime(number, index, datetime(value.year, value.month, value.day), day)
                    elif column.name in ("link", "url") and _is_link(value) and links < _MOST_LINKS:
                        links += 1
                        sheet.write_url(number, index, value, address, string=_cell(value))
                    else:
                        sheet.write_string(number, index, _cell(as_text(value, column.type)), top)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(number, 1), len(columns) - 1)
        help = book.add_worksheet("columns")
        help.set_column(0, 0, 20)
        help.set_column(1, 1, 110)
        for index, column in enumerate(columns):
            help.write_string(index, 0, column.name, bold)
            help.write_string(index, 1, column.doc, top)
    stream.write(buffer.getvalue())


def _is_link(value: str) -> bool:
    return value.startswith(("http://", "https://")) and len(value) <= _LONGEST_URL


def _cell(text: str) -> str:
    text = _NO_TEXT.sub("\ufffd", without_surrogates(text))
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 2] + " …"
