"""W3C Web Annotation (https://www.w3.org/TR/annotation-model/): each statement marked in its document.

Offsets of a `TextPositionSelector` count code points, as the model has it; a `TextQuoteSelector` finds the words also
where the page has changed.
"""

from collections.abc import Iterable
from typing import Any, BinaryIO
from urllib.parse import quote

from extractor.documents.document import Document
from extractor.statements.statement import Statement
from extractor.table.jsonl import dumps
from extractor.table.schema import Column

_CONTEXT = 32


def write(results: Iterable[tuple[Document, list[Any]]], stream: BinaryIO, columns: tuple[Column, ...]) -> None:
    """One `AnnotationPage` with an annotation for each statement."""
    items = [annotation(document, row) for document, rows in results for row in rows]
    page = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": items}
    stream.write(dumps(page, indent=1) + b"\n")


def annotation(document: Document, row: Statement) -> dict[str, Any]:
    """The annotation of one statement: its kind as a tag, who said it as a description, where it stands."""
    text, start, end = document.text, row.start, row.end
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": row.kind}]
    about = " ".join(part for part in (row.speaker, row.cue) if part)
    if about:
        bodies.append({"type": "TextualBody", "purpose": "describing", "value": about, "format": "text/plain"})
    return {
        "id": f"urn:extractor:statement:{row.statement_id}",
        "type": "Annotation",
        "motivation": "highlighting",
        "body": bodies,
        "target": {
            "source": document.url or f"urn:extractor:document:{quote(document.doc_id, safe='')}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - _CONTEXT) : start],
                    "suffix": text[end : end + _CONTEXT],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
    }
