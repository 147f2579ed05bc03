"""The formats that a table can be written in: one entry here, one module each, found by name or by suffix."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from extractor.documents.document import Document
from extractor.errors import ExtractorError
from extractor.table.schema import Column

Results = Iterable[tuple[Document, list[Any]]]
"""Documents, each with its rows."""
Writer = Callable[[Results, BinaryIO, tuple[Column, ...]], None]


@dataclass(frozen=True)
class Format:
    """A format: its module in `extractor.table` (with a `Writer` called ``write``), suffixes and one line of help.

    binary: not for a terminal or a pipe: the command line asks for ``-o``.
    ranking: a ranking of sentences can be written in it, not only statements.
    texts: its writer looks at the documents' texts, not only at their rows and what they are called.
    """

    module: str
    suffixes: tuple[str, ...]
    doc: str
    binary: bool = False
    ranking: bool = True
    texts: bool = True


FORMATS: dict[str, Format] = {
    "table": Format("terminal", (".txt",), "for reading in a terminal"),
    "csv": Format("csv", (".csv",), "for Excel, Sheets and pandas; formulas made harmless", texts=False),
    "jsonl": Format("jsonl", (".jsonl", ".ndjson"), "one JSON object a row, exact", texts=False),
    "parquet": Format("parquet", (".parquet",), "for pandas, DuckDB and the like, exact", binary=True, texts=False),
    "xlsx": Format(
        "xlsx", (".xlsx",), "a workbook with filters, links and a sheet on the columns", binary=True, texts=False
    ),
    "html": Format("page", (".html", ".htm"), "a page to review in the browser, with marks and notes", ranking=False),
    "annotations": Format(
        "annotations",
        (".annotations.json",),
        "W3C Web Annotation: each statement marked in its document",
        ranking=False,
    ),
    "quotations": Format(
        "quotations", (".quotations.json",), "schema.org Quotation as JSON-LD, of the quotes", ranking=False
    ),
    "claims": Format(
        "claims", (".claims.json",), "drafts of schema.org ClaimReview; the rating is left to people", ranking=False
    ),
    "labelstudio": Format("labelstudio", (".labelstudio.json",), "Label Studio tasks with predictions", ranking=False),
    "prodigy": Format("prodigy", (".prodigy.jsonl",), "Prodigy tasks with spans and relations", ranking=False),
}


def find_format(name: str) -> Format:
    """The format of this name; raises E303 when there is none."""
    if name not in FORMATS:
        raise ExtractorError("E303", f"no format is called {name!r}; there are {', '.join(FORMATS)}")
    return FORMATS[name]


def format_of_path(path: Path) -> str:
    """The name of the format that goes with a path's suffix; raises E303 when none does."""
    file = path.name.lower()
    found = [(len(s), name) for name, format in FORMATS.items() for s in format.suffixes if file.endswith(s)]
    if found:
        return max(found)[1]
    raise ExtractorError("E303", f"no format goes with {path.suffix or 'a name without a suffix'}; give --format")


def writer(name: str) -> Writer:
    """The function that writes the format ``name``; its module is imported only now."""
    write: Writer = import_module(f"extractor.table.{find_format(name).module}").write
    return write
