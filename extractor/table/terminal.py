"""The table in a terminal: as many columns as its width can show in readable lines."""

import io
import re
import shutil
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from extractor.documents.document import Document
from extractor.statements.statement import Statement
from extractor.table.schema import STATEMENTS, Column

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_UNSAFE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # would steer the terminal
_LONGEST = 600
_KIND_STYLES = {"quote": "green", "attribution": "cyan", "statistic": "yellow"}
_MEDIUM, _WIDE = 100, 160


def write(results: Iterable[tuple[Document, list[Any]]], stream: BinaryIO, columns: tuple[Column, ...]) -> None:
    """A table for each document, in colour where ``stream`` is a terminal (and ``NO_COLOR`` is not set)."""
    from rich.console import Console

    terminal = stream.isatty()
    width = shutil.get_terminal_size((120, 24)).columns
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", write_through=True)
    console = Console(file=text, width=width, force_terminal=terminal, highlight=False)
    make = statement_table if columns == STATEMENTS else ranking_table
    for document, rows in results:
        heading = _line(document.title or (document.doc_id if document.doc_id != "-" else "standard input"))
        with console.capture() as printed:  # the console itself would end the program when a pipe is closed
            if heading:
                console.print(heading, style="bold", markup=False)
            if rows:
                console.print(make(rows, width))
            else:
                console.print("No statements.", style="dim")
        text.write(printed.get())
    text.flush()
    text.detach()


def statement_table(rows: Sequence[Statement], width: int) -> "Table":
    """Statements for a terminal of ``width`` characters.

    Narrow: speaker with the kind beneath, statement with the cue before it in brackets, worthiness. From 100: the
    figure too. From 160: kind and cue each in a column, what the figure says, confidence and offsets.
    """
    from rich.text import Text

    wide, medium = width >= _WIDE, width >= _MEDIUM
    table = _table(width)
    table.add_column("who", width=28 if wide else 24 if medium else min(20, width // 3))
    if wide:
        table.add_column("kind", no_wrap=True)
        table.add_column("cue", width=20)
    table.add_column("statement", ratio=1)
    if medium:
        table.add_column("figure", width=34 if wide else 16)
    table.add_column("check", justify="right", no_wrap=True)
    if wide:
        table.add_column("sure", justify="right", no_wrap=True)
        table.add_column("at", justify="right", no_wrap=True)
    for row in rows:
        style = _KIND_STYLES.get(row.kind, "")
        kind = Text(row.kind, style)
        who = Text(_line(row.speaker) or "–", "bold")
        if wide and row.speaker_role:
            who.append("\n" + _line(row.speaker_role), "not bold dim")
        if not wide:
            who.append("\n").append(row.kind, f"not bold {style}")
        cells = [who, *([kind, Text(_cue(row), "dim")] if wide else []), _statement(row, with_cue=not wide)]
        if medium:
            cells.append(_figure(row, wide))
        cells.append(_score(row.check_worthiness))
        if wide:
            cells += [_score(row.confidence), Text(f"{row.start}–{row.end}", "dim")]
        table.add_row(*cells)
    return table


def ranking_table(rows: Sequence[Any], width: int) -> "Table":
    """Ranked sentences for a terminal of ``width`` characters; of several documents, from 100 on, with their names."""
    from rich.text import Text

    named = width >= _MEDIUM and len({row.doc_id for row in rows}) > 1
    table = _table(width)
    table.add_column("check", justify="right", no_wrap=True)
    table.add_column("sentence", ratio=1)
    table.add_column("speaker", width=min(24, width // 4))
    if named:
        table.add_column("document", width=20)
    if width >= _WIDE:
        table.add_column("at", justify="right", no_wrap=True)
    for row in rows:
        cells = [_score(row.check_worthiness), Text(_line(row.sentence)), Text(_line(row.speaker), "bold")]
        if named:
            cells.append(Text(_line(row.doc_id), "dim"))
        if width >= _WIDE:
            cells.append(Text(f"{row.start}–{row.end}", "dim"))
        table.add_row(*cells)
    return table


def _table(width: int) -> "Table":
    from rich import box
    from rich.table import Table

    return Table(
        box=box.SIMPLE_HEAD, width=width, expand=True, pad_edge=False, header_style="bold", leading=1, show_edge=False
    )


def _line(text: str) -> str:
    """``text`` on one line, with nothing in it that a terminal would obey."""
    line = _UNSAFE.sub("\ufffd", " ".join(text.split()))
    return line if len(line) <= _LONGEST else line[:_LONGEST] + " …"


def _cue(row: Statement) -> str:
    return ("not: " if row.negated else "") + _line(row.cue)


def _statement(row: Statement, with_cue: bool) -> "Text":
    """The words; those of a direct quote in quotation marks, the figure of a statistic marked."""
    from rich.text import Text

    line = _line(row.text)
    text = Text(f"“{line}”" if row.quotation == "direct" and row.kind == "quote" else line)
    figure = _line(row.figure)
    if figure and (at := text.plain.find(figure)) >= 0:
        text.stylize("bold yellow", at, at + len(figure))
    if with_cue and row.cue and row.kind != "statistic":
        return Text().append(f"[{_cue(row)}] ", "dim").append(text)
    return text


def _figure(row: Statement, wide: bool) -> "Text":
    """What the figure says, short: modifier, figure, direction; in a wide table what it is of and since when."""
    from rich.text import Text

    if not row.figure:
        return Text()
    comparator = "" if row.comparator == "exactly" else row.comparator
    parts = [comparator, _line(row.figure), {"up": "↑", "down": "↓"}.get(row.change, "")]
    text = Text(" ".join(part for part in parts if part), "yellow")
    if row.baseline is not None:
        text.append(f" from {row.baseline:,.12g}", "yellow")
    details = [f"of {_line(row.of)}" if row.of else "", _line(row.period), _line(row.place), _line(row.evidence)]
    if wide and any(details):
        text.append("\n" + " · ".join(detail for detail in details if detail), "dim")
    return text


def _score(value: float | None) -> "Text":
    from rich.text import Text

    if value is None:
        return Text("–", "dim")
    return Text(f"{value:.2f}", "bold red" if value >= 0.75 else "" if value >= 0.4 else "dim")
