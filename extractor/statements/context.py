"""What every row says of the place it stands in: document, sentence, paragraph, worthiness, and its stable id."""

import re
from bisect import bisect_right
from hashlib import blake2b

from spacy.tokens import Doc

from extractor.documents.document import Document
from extractor.pipeline.encoder import text_of
from extractor.statements.speakers import speaker_at
from extractor.statements.statement import Statement

_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)[^\S\r\n]*(?:\r\n|\n|\r)\s*")
_LINE = re.compile(r"[\r\n]\s*")


def _sentences(doc: Doc) -> list[tuple[int, int]]:
    """Where sentences stand, without the white space round them, in whose place furniture may stand."""
    text = text_of(doc)
    found = [(s.start_char, s.end_char, text[s.start_char : s.end_char]) for s in doc.sents]
    return [(end - len(read.lstrip()), start + len(read.rstrip())) for start, end, read in found if read.strip()]


class Context:
    """The sentences and paragraphs of one document."""

    def __init__(self, doc: Doc, document: Document) -> None:
        text = document.text
        self._document, self._worthiness = document, doc._.worthiness
        self._sentences = _sentences(doc)
        self._sentence_starts = [s for s, _ in self._sentences]
        breaks = [m.end() for m in _BLANK_LINE.finditer(text)] or [m.end() for m in _LINE.finditer(text)]
        lead = len(text) - len(text.lstrip())
        self._paragraph_starts = [b for b in breaks if lead < b < len(text)]
        self._furniture = sorted(document.furniture)
        self._furniture_starts = [s for s, _ in self._furniture]
        self._text_hash = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def complete(self, row: Statement) -> None:
        """Fill the columns that depend on where a row stands."""
        document = self._document
        row.doc_id, row.title, row.url, row.published = (
            document.doc_id,
            document.title,
            document.url,
            document.published,
        )
        row.sentence = self.sentence(row.start, row.end)
        row.paragraph = bisect_right(self._paragraph_starts, row.start)
        row.statement_id = self.identify(row)
        if not row.speaker and row.kind == "statistic":
            row.speaker = speaker_at(document, row.start)
            row.speaker_method = "turn" if row.speaker else "none"
        if self._worthiness is not None:
            row.check_worthiness = round(self._worthiness(*self.bounds(row.start, row.end)), 3)

    def identify(self, row: Statement) -> str:
        """A hash of the document's text, the kind and the span of a row (and of the figure: a clause can hold two)."""
        key = f"{row.kind} {row.start} {row.end} {row.content_spans} {row.figure_spans}".encode()
        return blake2b(self._text_hash + key, digest_size=8).hexdigest()

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """The sentence or sentences round a stretch of the text."""
        if not self._sentences:
            return start, end
        a = max(0, bisect_right(self._sentence_starts, start) - 1)
        b = max(a, bisect_right(self._sentence_starts, max(start, end - 1)) - 1)
        return min(start, self._sentences[a][0]), max(end, self._sentences[b][1])

    def sentence(self, start: int, end: int) -> str:
        """The sentence or sentences round a stretch of the text, verbatim."""
        a, b = self.bounds(start, end)
        return self._document.text[a:b].strip()

    def is_furniture(self, start: int, end: int) -> bool:
        """Whether a stretch begins inside site furniture."""
        k = bisect_right(self._furniture_starts, start) - 1
        return k >= 0 and start < self._furniture[k][1]
