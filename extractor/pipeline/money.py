"""Amounts of money as they are printed, whatever the currency: a figure beside the name or code of one."""

import re
from functools import cache
from importlib import resources

_NUMBER = r"\d[\d.,]*(?<![.,])"
_SCALE = r"(?:[ -]?(?:hundred|thousand|million|billion|trillion|lakh|crore|bn|mn|m|k)\b)?"
_FIGURE = rf"{_NUMBER}(?: ?[–-] ?{_NUMBER})?{_SCALE}"
_SIGN = r"[$£€¥₹] ?"
_RANGE = rf"{_SIGN}{_NUMBER}{_SCALE} ?[–-] ?(?:{_SIGN})?{_NUMBER}{_SCALE}"
_LINE_WITH_FIGURE = re.compile(r"^[^\n\d]*\d[^\n]*", re.MULTILINE)
_AMBIGUOUS = frozenset({"pounds", "pound", "sterling", "real", "crowns", "won", "bob", "buck", "bucks", "gel", "lak"})
"""Nouns that often mean something else after a figure; with the name of a country before them they are money."""


@cache
def _amount() -> re.Pattern[str]:
    table = resources.files("extractor.statements.statistics").joinpath("currencies.tsv").read_text(encoding="utf-8")
    codes, nouns, owners = set(), set(), set()
    for line in table.splitlines():
        if line and not line.startswith("#"):
            _, symbols, after, whose, *_ = line.split("\t")
            codes |= {c for c in symbols.split("|") if c.isalpha() and len(c) > 1}
            nouns |= {n for n in after.split("|") if n.isalpha()}
            owners |= {w for w in whose.split("|") if w.replace(".", "").isalpha()}
    owner, noun, plain = _any(owners), _any(nouns), _any(nouns - _AMBIGUOUS)
    return re.compile(
        rf"(?<![\w.,])(?:(?:{_any(codes)})\.? ?{_FIGURE}(?!\w)|{_FIGURE} (?i:{owner} (?:{noun})|{plain})\b"
        rf"|(?i:{owner} (?:{noun})) {_FIGURE}(?!\w)|{_RANGE}(?!\w))"
    )


def _any(words: set[str]) -> str:
    return f"(?:{'|'.join(re.escape(w) for w in sorted(words, key=len, reverse=True))})"


def amounts(text: str) -> list[tuple[int, int]]:
    """Character offsets of each amount, in order; a sign before a single figure is left to the reader."""
    lines = [line.span() for line in _LINE_WITH_FIGURE.finditer(text)]  # the rest is not worth so large a pattern
    return [m.span() for line in lines for m in _amount().finditer(text, *line)]
