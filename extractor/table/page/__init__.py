"""A page to review the table in a browser: one file, which asks for nothing and runs nothing that a document contains.

The article stands beside the table. The texts go into the page as JSON, in which no markup can begin, and its script
writes them as text only; the page's policy lets no other script or style run and no request be made.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from extractor.documents.document import Document
from extractor.statements.statement import Statement
from extractor.table.jsonl import dumps, record
from extractor.table.page.segments import blocks
from extractor.table.schema import Column

_FOLDER = Path(__file__).parent
_SCRIPTS = ("data.js", "marks.js", "article.js", "table.js", "filters.js", "exports.js", "main.js")
_OF_DOCUMENT = ("doc_id", "title", "url", "published")  # the same in each row: they stand in the page once
_UNSAFE = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def write(results: Iterable[tuple[Document, list[Any]]], stream: BinaryIO, columns: tuple[Column, ...]) -> None:
    """The page of all documents, as they come, to ``stream``."""
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    iterator = iter(results)
    first = list(islice(iterator, 1))  # before the head, so that an error leaves nothing behind
    style = _file("page.css")
    script = "\n".join(map(_file, _SCRIPTS))
    environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    page = environment.get_template("page.html").generate(
        style=Markup(style),
        style_hash=_hash(style),
        script=Markup(script),
        script_hash=_hash(script),
        columns=Markup(_embedded([{"name": c.name, "type": c.type, "doc": c.doc} for c in columns])),
        documents=_documents(chain(first, iterator), columns),
    )
    for part in page:
        stream.write(part.encode("utf-8", "replace"))


def data(document: Document, rows: list[Statement], columns: tuple[Column, ...]) -> dict[str, Any]:
    """A document as the page's script reads it: what is known of it, its text in blocks, its rows.

    Empty cells are left out of the rows; the script puts them back from the types of the columns.
    """
    kept = tuple(c for c in columns if c.name not in _OF_DOCUMENT)
    return {
        "hash": sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        "doc_id": document.doc_id,
        "title": document.title,
        "url": document.url,
        "published": document.published.isoformat() if document.published else None,
        "byline": document.byline,
        "blocks": blocks(document, rows),
        "rows": [{name: cell for name, cell in record(row, kept).items() if _filled(cell)} for row in rows],
    }


def _documents(results: Iterable[tuple[Document, list[Any]]], columns: tuple[Column, ...]) -> Iterator[Any]:
    from markupsafe import Markup

    for document, rows in results:
        yield Markup(_embedded(data(document, rows, columns)))


def _embedded(value: Any) -> str:
    """JSON that stays JSON inside an HTML script element, whatever its strings hold."""
    return dumps(value).decode("utf-8").translate(_UNSAFE)


def _filled(cell: Any) -> bool:
    return cell is not None and cell is not False and cell != "" and cell != []


def _file(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(source: str) -> str:
    return b64encode(sha256(source.encode("utf-8")).digest()).decode("ascii")
