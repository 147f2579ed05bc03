"""Prodigy tasks (JSON Lines): text, tokens of spaCy's English tokenizer, spans and relations, for ``rel.manual``."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO

from extractor.documents.decoding import without_surrogates
from extractor.documents.document import Document
from extractor.statements.statement import Statement
from extractor.table.jsonl import dumps
from extractor.table.regions import regions
from extractor.table.schema import Column

if TYPE_CHECKING:
    from spacy.language import Language


def write(results: Iterable[tuple[Document, list[Any]]], stream: BinaryIO, columns: tuple[Column, ...]) -> None:
    """A task for each document, as they come."""
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 10**9  # nothing is parsed, so that length costs no memory
    for document, rows in results:
        stream.write(dumps(task(document, rows, nlp)) + b"\n")


def task(document: Document, rows: list[Statement], nlp: "Language") -> dict[str, Any]:
    """One document; a span reaches over the whole of each token that it touches."""
    doc = nlp.make_doc(without_surrogates(document.text))
    spans: list[dict[str, Any]] = []
    relations = []
    firsts: dict[int, dict[str, Any]] = {}
    for region in regions(rows):
        found = doc.char_span(region.start, region.end, alignment_mode="expand")
        if found is None:
            continue
        span = {
            "start": found.start_char,
            "end": found.end_char,
            "token_start": found.start,
            "token_end": found.end - 1,
            "label": region.label,
        }
        if span not in spans:
            spans.append(span)
        first = firsts.setdefault(region.statement, span)
        if first != span:
            label = region.label if region.label in ("cue", "speaker", "figure") else "part"
            relations.append(
                {
                    "head": span["token_end"],
                    "child": first["token_end"],
                    "head_span": span,
                    "child_span": first,
                    "label": label,
                }
            )
    tokens = [
        {
            "text": token.text,
            "start": token.idx,
            "end": token.idx + len(token),
            "id": token.i,
            "ws": bool(token.whitespace_),
        }
        for token in doc
    ]
    meta = {name: value for name, value in (("doc_id", document.doc_id), ("title", document.title)) if value}
    return {"text": doc.text, "tokens": tokens, "spans": spans, "relations": relations, "meta": meta}
