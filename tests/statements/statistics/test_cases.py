"""Every case of ``cases.txt``, read by words alone and with the parser."""

import re
from pathlib import Path

import pytest
import spacy

from extractor.statements.statistics import Statistic, find_statistics
from tests.statements.statistics.marked_cases import Case, Expected, read_cases

CASES = read_cases(Path(__file__).parent / "cases.txt")
OF_FLOOR = 0.9

blank = spacy.blank("en")


def fields(row: Statistic) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("value", "low", "high", "unit", "comparator", "change", "baseline")}


def wanted(expected: Expected) -> dict[str, object]:
    return {
        name: pytest.approx(value, rel=1e-4) if isinstance(value, float) else value
        for name in ("value", "low", "high", "unit", "comparator", "change", "baseline")
        for value in [getattr(expected, name)]
    }


def check(case: Case, rows: list[Statistic]) -> None:
    assert [row.figure for row in rows] == [case.text[f.start : f.end] for f in case.figures]
    for row, expected in zip(rows, case.figures, strict=True):
        assert row.figure_spans == ((expected.start, expected.end),)
        assert fields(row) == wanted(expected)


def test_enough_cases() -> None:
    assert len(CASES) >= 150


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.line}: {case.text[:40]}")
def test_by_words_alone(case: Case) -> None:
    check(case, find_statistics(blank(case.text)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.line}: {case.text[:40]}")
def test_with_the_parser(case: Case, nlp: spacy.Language) -> None:
    check(case, find_statistics(nlp(case.text)))


def test_what_figures_are_of(nlp: spacy.Language) -> None:
    """Most figures name the thing that the case names; the parser is learned, so a floor and not every one."""
    wrong = []
    count = 0
    for case in CASES:
        if not any(f.of for f in case.figures):
            continue
        rows = find_statistics(nlp(case.text))
        for expected in case.figures:
            row = next((r for r in rows if r.figure_spans[0][0] == expected.start), None)
            if expected.of:
                count += 1
                words = re.findall(r"\w+", row.of.casefold()) if row else []
                if expected.of.casefold() not in words:
                    wrong.append((case.text, row.of if row else None, expected.of))
    assert len(wrong) <= (1 - OF_FLOOR) * count, wrong
