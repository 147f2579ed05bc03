"""Any text at all gives rows or none, never an error, and every offset holds what its row shows."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import extractor
from extractor.statements.statement import Statement

MARKS = ["“", "”", '"', "‘", "’", "'", "«", "»", "``", "''", "(", ")", "—", "…", ".", ",", ":", "-"]
SPACES = ["\n", "\n\n", "\r\n", "\t", "\x00", "\x1b", "\ufeff", "\u2028", " ", "\u00a0", "\u202e"]
LETTERS = ["é", "e\u0301", "👩‍👩‍👧", "🇬🇧", "שלום", "مرحبا", "½", "x" * 300]
WORDS = ["Ms Adeyemi", "she", "said", "told", "that", "according to", "the council had failed", "HOLT:", "Q:"]
NUMBERS = ["91 percent", "£2.3bn", "one in five", "from 12% to 9%", "2,000-3,000", "10^400", "1,2,3,4,5", "0"]
PIECES = st.lists(st.sampled_from([*MARKS, *SPACES, *LETTERS, *WORDS, *NUMBERS]), max_size=40)
TEXTS = st.one_of(PIECES.map(" ".join), PIECES.map("".join), st.text(max_size=80))


def check(text: str, rows: list[Statement]) -> None:
    for row in rows:
        assert 0 <= row.start < row.end <= len(text)
        if row.kind == "statistic":
            assert text[row.start : row.end] == row.text
            assert " ".join(text[s:e] for s, e in row.figure_spans) == row.figure
            assert all(row.start <= s < e <= row.end for s, e in row.figure_spans)
        else:
            assert " […] ".join(text[s:e] for s, e in row.content_spans) == row.text
            assert (row.start, row.end) == (row.content_spans[0][0], row.content_spans[-1][1])
        assert " ".join(text[s:e] for s, e in row.cue_spans) == row.cue
        assert row.sentence in text
        assert 0 <= (row.confidence or 0) <= 1 and 0 <= (row.check_worthiness or 0) <= 1


@pytest.mark.usefixtures("nlp")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_any_text(text: str) -> None:
    check(text, list(extractor.extract(text)))


@pytest.mark.usefixtures("nlp")
@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "a", "“", "\x00", "”“", "é" * 500, "\r\n\r\n"])
def test_hardly_any_text(text: str) -> None:
    check(text, list(extractor.extract(text)))


@pytest.mark.usefixtures("nlp")
@pytest.mark.parametrize("piece", ["word ", "a", "“ ", "12 "], ids=["words", "letters", "marks", "numbers"])
def test_a_long_text_without_breaks(piece: str) -> None:
    text = (piece * 50_000)[:50_000]
    begun = time.perf_counter()
    check(text, list(extractor.extract(text)))
    assert time.perf_counter() - begun < 120
