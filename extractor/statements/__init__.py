"""``Doc`` to rows: what is said, by whom, and which numbers it rests on."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractor.documents.document import Document
    from extractor.statements.statement import Statement


def statements_of(doc: "Doc", document: "Document") -> list["Statement"]:
    """The statements of a document that the pipeline has read, in order of the text."""
    from extractor.statements.build import build

    return build(doc, document)
