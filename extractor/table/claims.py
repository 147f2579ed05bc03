"""Drafts of schema.org `ClaimReview`: what was claimed, by whom, where it appeared; the rating is left to people."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from extractor.documents.document import Document
from extractor.table.jsonl import dumps
from extractor.table.quotations import printed_in
from extractor.table.schema import Column


def write(results: Iterable[tuple[Document, list[Any]]], stream: BinaryIO, columns: tuple[Column, ...]) -> None:
    """A list of drafts, one a statement; what a speaker denies is no claim of theirs and is left out."""
    drafts = [
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "creativeWorkStatus": "Draft",
            "identifier": row.statement_id,
            "claimReviewed": row.text,
            "itemReviewed": {
                "@type": "Claim",
                **({"author": {"name": row.speaker}} if row.speaker else {}),
                **({"datePublished": document.published.isoformat()} if document.published else {}),
                "appearance": printed_in(document) | ({"url": row.link} if row.link else {}),
            },
        }
        for document, rows in results
        for row in rows
        if not row.negated
    ]
    stream.write(dumps(drafts, indent=1) + b"\n")
