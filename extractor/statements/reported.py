"""Quotes and attributions as rows, from the attributions on the ``Doc``."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from extractor.documents.document import Document
from extractor.pipeline.attribution import Attribution
from extractor.pipeline.encoder import text_of
from extractor.statements.negation import is_negated
from extractor.statements.speakers import Speaker, resolve
from extractor.statements.spoken import as_spoken
from extractor.statements.statement import Spans, Statement

_MARKS = frozenset("\"“”„«»‟〝〞＂‘’'‚‹›`") | {"``", "''"}
_CLOSES = {"”": "“", "»": "«", "’": "‘", '"': '"'}
_OPENS = {opening: closing for closing, opening in _CLOSES.items()}
_LEADING = _MARKS | frozenset(",;:–—-.)]")
_TRAILING = _MARKS | frozenset(",;:–—-.([")
_ASKING = frozenset({"WP", "WP$", "WRB", "WDT"})
_LETTER = re.compile(r"[^\W_]")  # or figure
_LEAST = 0.2  # of what the reader is less sure of, fewer than one in five are right


def reported_statements(doc: Doc, document: Document) -> list[Statement]:
    """One row for each attribution whose content is more than marks and punctuation.

    What is a report where somebody speaks, ``as_spoken`` says.
    """
    text = text_of(doc)  # with blanks for furniture
    quoted = Quoted(doc._.quotations)
    found = as_spoken(doc, document, doc._.attributions, quoted.holds)
    spans = [_spans(a.content, text) for a in found]
    attributions = [a for a, content in zip(found, spans, strict=True) if content]
    speakers = resolve(doc, document, attributions)
    rows = []
    for attribution, content, speaker in zip(attributions, filter(None, spans), speakers, strict=True):
        row = _row(text, document, attribution, content, speaker, quoted)
        if _is_statement(row, attribution):
            rows.append(row)
    return rows


def _row(
    read: str, document: Document, attribution: Attribution, content: Spans, speaker: Speaker, quoted: "Quoted"
) -> Statement:
    text = document.text
    cue = tuple((s.start_char, s.end_char) for s in attribution.cue)
    quotation = quoted.kind([t for part in attribution.content for t in part])
    if quotation == "direct" and _is_fragment(read, content):
        quotation = "mixed"
    return Statement(
        kind="attribution" if quotation == "indirect" else "quote",
        quotation=quotation,
        text=" […] ".join(text[s:e] for s, e in content),
        start=content[0][0],
        end=content[-1][1],
        speaker=speaker.name,
        speaker_mention=speaker.mention,
        speaker_role=speaker.role,
        speaker_method=speaker.method,
        cue=" ".join(text[s:e] for s, e in cue),
        negated=is_negated(attribution.cue),
        content_spans=content,
        cue_spans=cue,
        mention_spans=speaker.mention_spans,
        confidence=round(attribution.probability * (0.5 + 0.5 * speaker.confidence), 3),
    )


def _is_fragment(text: str, content: Spans) -> bool:
    """Whether quoted words are a phrase inside the reporter's own clause ("her call for “drive and decency”").

    Such a phrase begins in lower case right after a word of the reporter's.
    """
    start = content[0][0]
    before = text[max(0, start - 12) : start].rstrip("".join(m for m in _MARKS if len(m) == 1)).rstrip()
    return len(content) == 1 and text[start].islower() and before[-1:].isalnum()


def _spans(content: Sequence[Span], text: str) -> Spans:
    """The character offsets of a content's parts, without outer marks and closing punctuation; empty parts left out.

    Parts that only marks or white space keep apart are one. A mark whose partner stands inside a part is kept.
    """
    spans: list[tuple[int, int]] = []
    for part in content:
        a, b, doc = part.start, part.end, part.doc
        while a < b and (doc[a].text in _LEADING or doc[a].is_space):
            a += 1
        while a < b and (doc[b - 1].text in _TRAILING or doc[b - 1].is_space):
            b -= 1
        if a == b:
            continue
        inside = doc[a:b].text
        after, before = doc[b].text if b < len(doc) else "", doc[a - 1].text if a else ""
        if after in _CLOSES and _is_open(inside, _CLOSES[after], after):
            b += 1
        elif before in _OPENS and _is_open(inside, _OPENS[before], before):
            a -= 1
        start, end = doc[a].idx, doc[b - 1].idx + len(doc[b - 1])
        if spans and not any(c.isalnum() for c in text[spans[-1][1] : start]) and start - spans[-1][1] < 8:
            start = spans.pop()[0]
        spans.append((start, end))
    return tuple(spans)


def _is_open(text: str, mark: str, partner: str) -> bool:
    """Whether a mark stands in a text without its partner."""
    return text.count(mark) % 2 == 1 if mark == partner else text.count(mark) > text.count(partner)


def _is_statement(row: Statement, attribution: Attribution) -> bool:
    """Keep out what is hardly ever a statement, and scare quotes and titles.

    A few quoted words with neither a cue nor a source say nothing of anybody, nor does a "what" whose clause is lost.
    """
    if row.quotation == "indirect" and all(t.tag_ in _ASKING for part in attribution.content for t in part):
        return False
    if attribution.cue or attribution.source:
        return attribution.probability >= _LEAST or row.quotation == "direct"
    return row.quotation == "direct" and len(row.text.split()) >= 4


class Quoted:
    """The quoted stretches of a document, to tell direct from mixed and indirect."""

    def __init__(self, regions: Sequence[tuple[int, int]]) -> None:
        self._regions = regions
        self._starts = [s for s, _ in regions]

    def kind(self, tokens: Sequence[Token]) -> str:
        """``direct`` when every word stands in marks, ``mixed`` when some do, else ``indirect``."""
        words = [t for t in tokens if _LETTER.search(t.text)]
        inside = sum(map(self.holds, words))
        return "indirect" if not inside else "direct" if inside == len(words) else "mixed"

    def holds(self, token: Token) -> bool:
        """Whether a word stands in marks."""
        k = bisect_right(self._starts, token.idx) - 1
        return k >= 0 and token.idx < self._regions[k][1]
