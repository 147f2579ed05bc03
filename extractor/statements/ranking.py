"""Every sentence of a document in the order of what to check first."""

from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

from extractor.documents.document import Document
from extractor.statements.build import build
from extractor.statements.context import Context
from extractor.statements.speakers import speaker_at


@dataclass(slots=True)
class RankedSentence:
    """One sentence: its words, who says it (empty when nobody in particular does) and how much it is worth checking."""

    doc_id: str
    sentence: str
    speaker: str
    check_worthiness: float
    start: int
    end: int


def rank_sentences(doc: Doc, document: Document) -> list[RankedSentence]:
    """The sentences of a document that the pipeline has read, the one most worth checking first."""
    context = Context(doc, document)
    quotes = sorted(
        (s, e, r.speaker) for r in build(doc, document) if r.kind == "quote" and r.speaker for s, e in r.content_spans
    )
    starts = [s for s, _, _ in quotes]
    rows = []
    for sentence in doc.sents:
        text = sentence.text.strip()
        start = sentence.start_char + len(sentence.text) - len(sentence.text.lstrip())
        end = start + len(text)
        if not any(c.isalnum() for c in text) or context.is_furniture(start, end):
            continue
        k = bisect_right(starts, (start + end) // 2) - 1
        quoted = quotes[k][2] if k >= 0 and quotes[k][1] >= (start + end) // 2 else ""
        worth = doc._.worthiness(start, end) if doc._.worthiness else 0.0
        rows.append(
            RankedSentence(document.doc_id, text, quoted or speaker_at(document, start), round(worth, 4), start, end)
        )
    return sorted(rows, key=lambda r: -r.check_worthiness)
