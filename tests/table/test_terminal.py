"""The table in a terminal, at the widths that terminals have."""

import pytest
from rich.cells import cell_len

from extractor.statements.ranking import RankedSentence
from extractor.statements.statement import Statement
from extractor.table.statements import Ranking, Statements


def lines(table, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    return table.to_bytes("table").decode().splitlines()


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_fits_and_shows_the_words(statements, monkeypatch, width):
    shown = lines(statements, monkeypatch, width)
    assert max(map(cell_len, shown)) <= width
    words = " ".join(" ".join(shown).split())
    assert "“We built" in words and "Quint" in words and "0.90" in words


def test_a_wide_one_shows_more(statements, monkeypatch):
    narrow, medium, wide = ("\n".join(lines(statements, monkeypatch, w)) for w in (80, 120, 200))
    assert "figure" not in narrow and "figure" in medium
    assert "sure" not in medium and "sure" in wide
    assert "of homes" in wide and "not: denied that" in wide and "1–19" in wide


def test_nothing_in_a_text_steers_the_terminal(document, monkeypatch):
    row = Statement(text="a\x1b[31mb\x07\u202ec [bold]d[/bold]", speaker="\x1b]0;title\x07")
    shown = "\n".join(lines(Statements([(document, [row])]), monkeypatch, 80))
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert "[bold]d[/bold]" in shown


def test_no_statements_is_said(document, monkeypatch):
    assert "No statements." in lines(Statements([(document, [])]), monkeypatch, 80)


def test_a_ranking_names_documents_only_where_there_are_several(document, monkeypatch):
    rows = [RankedSentence(name, "Rents rose by 12 per cent.", "Oke", 0.9, 0, 26) for name in ("a.txt", "b.txt")]
    several = "\n".join(lines(Ranking([(document, rows)]), monkeypatch, 100))
    assert "document" in several and "b.txt" in several
    one = lines(Ranking([(document, rows[:1])]), monkeypatch, 100)
    assert "a.txt" not in "\n".join(one[1:]) and any("Rents rose by 12 per cent." in line for line in one)


def test_what_a_figure_was_before_is_shown_in_full(document, monkeypatch):
    row = Statement(kind="statistic", text="it fell", figure="£3 million", baseline=6_000_000.0)
    assert "from 6,000,000" in "\n".join(lines(Statements([(document, [row])]), monkeypatch, 200))
