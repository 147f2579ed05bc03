"""Reads ``cases.txt``: marked-up text and what its figures mean."""

import re
from dataclasses import dataclass, field
from pathlib import Path

COMPARATORS = ("at least", "up to", "more than", "less than", "about")


@dataclass
class Expected:
    """One figure of a case; ``value`` is ``None`` for a range, the bounds are those that the words give."""

    start: int
    end: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    comparator: str = "exactly"
    change: str = ""
    baseline: float | None = None
    of: str = ""


@dataclass
class Case:
    """A text without its marks, its figures, and the spans that must not become one."""

    line: int
    text: str
    figures: list[Expected] = field(default_factory=list)
    rejects: list[tuple[int, int]] = field(default_factory=list)


def read_cases(path: Path) -> list[Case]:
    cases: list[Case] = []
    waiting: list[tuple[int, int]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" "):
            start, end = waiting.pop(0)
            cases[-1].figures.append(_expected(line.strip(), start, end))
            continue
        assert not waiting, f"line {number - 1}: a figure without its meaning"
        text, waiting, rejects = _unmarked(line)
        cases.append(Case(number, text, rejects=rejects))
    return cases


def _unmarked(line: str) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    text, spans = "", {"[": [], "{": []}
    for piece in re.split(r"(\[[^\]]*\]|\{[^}]*\})", line):
        if piece[:1] in spans:
            spans[piece[0]].append((len(text), len(text) + len(piece) - 2))
            piece = piece[1:-1]
        text += piece
    return text, spans["["], spans["{"]


def _expected(line: str, start: int, end: int) -> Expected:
    meaning, _, of = line.partition("|")
    first, *rest = [part.strip() for part in meaning.split(",")]
    amount, _, unit = first.partition(" ")
    expected = Expected(start, end, unit=unit, of=of.strip())
    if ".." in amount:
        low, high = amount.split("..")
        expected.low, expected.high = float(low), float(high) if high else None
    else:
        expected.value = float(amount)
    for part in rest:
        if part in COMPARATORS:
            expected.comparator = part
        elif part in ("up", "down"):
            expected.change = part
        elif part.startswith("from "):
            expected.baseline = float(part.removeprefix("from "))
        else:
            raise ValueError(f"not understood: {part!r} in {line!r}")
    if expected.value is not None and expected.comparator in ("at least", "more than"):
        expected.low = expected.value
    if expected.value is not None and expected.comparator in ("up to", "less than"):
        expected.high = expected.value
    return expected
