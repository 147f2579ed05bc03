"""schema.org `Quotation` as JSON-LD: every quote with whose words it is and where it was printed."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from extractor.documents.document import Document
from extractor.table.jsonl import dumps
from extractor.table.schema import Column


def write(results: Iterable[tuple[Document, list[Any]]], stream: BinaryIO, columns: tuple[Column, ...]) -> None:
    """One JSON-LD graph; rows of other kinds are left out, denials too (they are not the speaker's words)."""
    graph = [
        {
            "@type": "Quotation",
            "identifier": row.statement_id,
            "text": row.text,
            **({"creator": {"name": row.speaker}} if row.speaker else {}),
            "isPartOf": printed_in(document),
        }
        for document, rows in results
        for row in rows
        if row.kind == "quote" and not row.negated
    ]
    stream.write(dumps({"@context": "https://schema.org", "@graph": graph}, indent=1) + b"\n")


def printed_in(document: Document) -> dict[str, str]:
    """The document as a schema.org `CreativeWork`, with what is known of it."""
    known = {
        "headline": document.title,
        "url": document.url,
        "datePublished": document.published.isoformat() if document.published else "",
        "identifier": "" if document.url else document.doc_id,
    }
    return {"@type": "CreativeWork", **{name: value for name, value in known.items() if value}}
