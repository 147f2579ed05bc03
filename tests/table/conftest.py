"""Rows for the tests of the table: of every kind, as the pipeline would give them, and arbitrary ones."""

from datetime import date

import pytest

from extractor.documents.document import Document
from extractor.statements.statement import Statement
from extractor.table.statements import Statements

TEXT = (
    "“We built 400 homes,” said Orla Quint, the mayor. She denied that "
    "rents rose by 3 percent.\n\n=SUM(1) 😀 she wrote."
)


def span(part: str) -> dict:
    start = TEXT.index(part)
    return {"text": part, "start": start, "end": start + len(part)}


@pytest.fixture
def document() -> Document:
    return Document(TEXT, "a.txt", "Homes & <Rents>", "https://example.org/a?b=1", date(2026, 5, 11))


@pytest.fixture
def rows(document) -> list[Statement]:
    shared = {"doc_id": document.doc_id, "title": document.title, "url": document.url, "published": document.published}
    quote = Statement(
        **shared,
        **span("We built 400 homes"),
        statement_id="q1",
        kind="quote",
        quotation="direct",
        speaker="Orla Quint",
        speaker_mention="Orla Quint",
        speaker_role="mayor",
        speaker_method="named",
        cue="said",
        check_worthiness=0.9,
        confidence=0.95,
        sentence=TEXT[:49],
        content_spans=((1, 19),),
        cue_spans=((22, 26),),
        mention_spans=((27, 37),),
    )
    statistic = Statement(
        **shared,
        **span("We built 400 homes"),
        statement_id="s1",
        kind="statistic",
        quotation="direct",
        speaker="Orla Quint",
        figure="400",
        value=400,
        comparator="exactly",
        of="homes",
        within="q1",
        check_worthiness=0.9,
        confidence=0.5,
        sentence=TEXT[:49],
        figure_spans=((10, 13),),
    )
    denial = Statement(
        **shared,
        **span("rents rose by 3 percent"),
        statement_id="a1",
        kind="attribution",
        quotation="indirect",
        speaker="Orla Quint",
        speaker_mention="She",
        speaker_method="pronoun",
        cue="denied that",
        negated=True,
        sentence=TEXT[50:90],
        confidence=0.7,
    )
    formula = Statement(
        **shared,
        **span("=SUM(1) 😀"),
        statement_id="q2",
        kind="quote",
        quotation="mixed",
        speaker="@quint",
        cue="wrote",
        sentence=TEXT[92:],
        paragraph=1,
    )
    return [quote, statistic, denial, formula]


@pytest.fixture
def statements(document, rows) -> Statements:
    return Statements([(document, rows)])
