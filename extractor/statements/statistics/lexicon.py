"""The word lists of the grammar, read once from the TSV files beside this module."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractor.statements.statistics.atoms import Atoms

_HERE = Path(__file__).parent


def _rows(name: str) -> Iterator[list[str]]:
    for line in (_HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


Phrases = dict[str, list[tuple[str, ...]]]
"""Phrases by their first (or last) piece, longest first."""


def pieces(phrase: str) -> tuple[str, ...]:
    """The phrase cut as the text is cut."""
    return tuple(Atoms(phrase).low)


def by_first(phrases: list[tuple[str, ...]]) -> Phrases:
    table: Phrases = {}
    for phrase in sorted(set(phrases), key=len, reverse=True):
        table.setdefault(phrase[0], []).append(phrase)
    return table


@dataclass(frozen=True)
class Unit:
    name: str
    kind: str
    factor: float
    glued: bool
    letter: str = ""


@dataclass(frozen=True)
class Currency:
    code: str
    factor: float = 1.0
    glued: bool = False
    capitals: bool = False
    form: str = ""


class Lexicon:
    """Every list of the grammar, keyed the way the grammar looks things up."""

    def __init__(self) -> None:
        self.units_words: dict[str, float] = {}
        self.teens: dict[str, float] = {}
        self.tens: dict[str, float] = {}
        self.scales: dict[str, float] = {}
        self.glued_scales: dict[str, float] = {}
        self.vague: dict[str, float] = {}
        self.parts: dict[str, float] = {}
        self.glyphs: dict[str, float] = {}
        self.multiples: dict[str, tuple[float, str]] = {}
        self._read_numbers()
        self.units: dict[str, list[tuple[tuple[str, ...], Unit]]] = {}
        self._read_units()
        self.before: dict[str, list[tuple[tuple[str, ...], Currency]]] = {}
        self.after: dict[str, list[tuple[tuple[str, ...], Currency]]] = {}
        self.demonyms: dict[str, str] = {}
        self._read_currencies()
        self.countries: dict[str, dict[str, str]] = {}
        for code, noun, words in _rows("countries.tsv"):
            self.countries.setdefault(noun, {}).update(dict.fromkeys(words.split("|"), code))
        self.words: dict[str, frozenset[str]] = {}
        self.phrases: dict[str, list[tuple[str, ...]]] = {}
        for name, entries in _rows("words.tsv"):
            self.words[name] = frozenset(entries.split("|"))
            self.phrases[name] = [pieces(e) for e in entries.split("|")]
        self.comparators = self._comparators()
        self.after_comparators = {
            phrase: name.removeprefix("after ")
            for name, phrases in self.phrases.items()
            if name in ("after at least", "after up to", "after about")
            for phrase in phrases
        }
        self.after_first = by_first(list(self.after_comparators))
        self.idioms = by_first(self.phrases["idiom"])
        self.number_words = frozenset(
            [*self.units_words, *self.teens, *self.tens, *self.scales, *self.vague, *self.glyphs, "half", "couple"]
        )
        self.starters = (
            self.number_words | frozenset(self.multiples) | frozenset(w for w in self.parts if w not in ("second",))
        )

    def _read_numbers(self) -> None:
        tables = {
            "unit": self.units_words,
            "teen": self.teens,
            "ten": self.tens,
            "scale": self.scales,
            "glued": self.glued_scales,
            "vague": self.vague,
            "part": self.parts,
            "glyph": self.glyphs,
        }
        for kind, value, forms in _rows("numbers.tsv"):
            for form in forms.split("|"):
                if kind in tables:
                    tables[kind][form] = float(value)
                else:
                    self.multiples[form] = (float(value), kind)

        for words in (self.units_words, self.teens, self.tens):
            self.multiples |= {f"{word}fold": (value, "fold") for word, value in words.items() if value > 1}
        self.multiples |= {"hundredfold": (100.0, "fold"), "thousandfold": (1000.0, "fold")}

    def _read_units(self) -> None:
        for name, kind, factor, forms in _rows("units.tsv"):
            for form in forms.split("|"):
                glued = form.endswith("!")
                phrase = pieces(form.rstrip("!"))
                self.units.setdefault(phrase[0], []).append(
                    (phrase, Unit(name, kind, float(factor), glued, form[0] if len(form) == 2 else ""))
                )
        for entries in self.units.values():
            entries.sort(key=lambda e: -len(e[0]))

    def _read_currencies(self) -> None:
        def add(table: dict[str, list[tuple[tuple[str, ...], Currency]]], form: str, code: str, factor: float) -> None:
            capitals = form.endswith("!") and form[0].isupper()
            glued = form.endswith("!")
            phrase = pieces(form.rstrip("!"))
            key = phrase[-1] if table is self.before else phrase[0]
            table.setdefault(key, []).append((phrase, Currency(code, factor, glued, capitals, form.rstrip("!"))))

        for code, symbols, nouns, demonyms, minor, worth in _rows("currencies.tsv"):
            for form in symbols.split("|"):
                add(self.before, form, code, 1.0)
            if nouns != "-":
                for form in nouns.split("|"):
                    add(self.after, form, code, 1.0)
            if minor != "-":
                for form in minor.split("|"):
                    add(self.after, form, code, float(worth))
            if demonyms != "-":
                for form in demonyms.split("|"):
                    self.demonyms[" ".join(pieces(form))] = code
        for table in (self.before, self.after):
            for entries in table.values():
                entries.sort(key=lambda e: -len(e[0]))

    def _comparators(self) -> Phrases:
        self.comparator_of: dict[tuple[str, ...], str] = {}
        for name in ("up to", "at least", "more than", "less than", "about", "over sign", "under sign"):
            for phrase in self.phrases[name]:
                kind = {"over sign": "more than", "under sign": "less than"}.get(name, name)
                self.comparator_of.setdefault(phrase, kind)
        table: Phrases = {}
        for phrase in sorted(self.comparator_of, key=len, reverse=True):
            table.setdefault(phrase[-1], []).append(phrase)
        return table


@cache
def lexicon() -> Lexicon:
    """The lists, read on first use."""
    return Lexicon()
