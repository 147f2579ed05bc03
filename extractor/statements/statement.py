"""One row of the table, and the learned attribution that most rows start from."""

from dataclasses import dataclass
from datetime import date

Spans = tuple[tuple[int, int], ...]
"""Character offsets ``(start, end)`` in the document's text, in order."""


@dataclass(slots=True)
class Statement:
    """One statement that a fact-checker may have to check. Field names are the column names of the table."""

    statement_id: str = ""
    doc_id: str = ""
    title: str = ""
    url: str = ""
    published: date | None = None
    kind: str = ""
    quotation: str = ""
    text: str = ""
    speaker: str = ""
    speaker_mention: str = ""
    speaker_role: str = ""
    speaker_method: str = "none"
    cue: str = ""
    negated: bool = False
    figure: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    comparator: str = ""
    change: str = ""
    baseline: float | None = None
    of: str = ""
    period: str = ""
    place: str = ""
    evidence: str = ""
    check_worthiness: float | None = None
    confidence: float | None = None
    within: str = ""
    sentence: str = ""
    paragraph: int = 0
    start: int = 0
    end: int = 0
    content_spans: Spans = ()
    cue_spans: Spans = ()
    mention_spans: Spans = ()
    figure_spans: Spans = ()
    link: str = ""
