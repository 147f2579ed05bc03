"""Score the statistics' numbers on the news half of NewsQuant (CQE).

usage: python -m models.training.evaluate_newsquant newsquant-dev.json [--model PATH] [--show]

A quantity of the gold counts as found when a row of the same sentence has its value; with the unit when the unit's
name agrees too. F1 over all sentences. The two sides define some things differently; the differences that this script
levels are in ``_gold_value``, ``_gold_unit`` and ``_ours``, those that it leaves are counted against us:

* NewsQuant holds all quantities, ages, scores, "two sides" that point back, durations that say when ("those three
  months") and rate denominators ("every 33 years") among them. With ``--quantities`` what the statistics leave out
  for being such (``_NO_STATISTIC``) is scored too, so that the grammar is compared, not the choice of rows.
* A baseline ("up from 50 per cent") is a quantity of its own there; so it is with ``--quantities``.
* A bare "one" ("one man", "one of the best") is a quantity there.
* A vague plural is the range from its unit to the next there ("dozens" is 12-120), a lower bound here.
* A share ("a third") is 0.33 there, 33.3 percent here; percentage points are percents there.
* A counted noun is a unit there ("7 European countries"), ``of`` here, so a plain count is compared with ``of``.
"""

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from extractor.pipeline import load
from extractor.statements.statistics import Statistic, find_statistics
from extractor.statements.statistics.finder import read_quantities
from extractor.statements.statistics.lexicon import lexicon

_NO_STATISTIC = frozenset(("age", "when, not how long", "rate denominator", "pointing back", "compound descriptor"))
Interval = tuple[float, float]

_SAME = {
    "percentage": {"percent", "percentage point"},
    "percentage point": {"percent", "percentage point"},
    "celsius": {"degree celsius"},
    "fahrenheit": {"degree fahrenheit"},
    "degree": {"degree"},
    "count": {"", "times"},
    "year of age": {"year", ""},
    "decade": {"year"},
    "century": {"year"},
}


def main(arguments: list[str] | None = None) -> int:
    """Print value F1 and value-and-unit F1 as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--quantities", action="store_true", help="score quantities that are no statistics too")
    parser.add_argument("--show", action="store_true", help="print what is missed and what is too many")
    options = parser.parse_args(arguments)
    nlp = load(options.model)
    counts: Counter[str] = Counter()
    for item in json.loads(options.gold.read_text(encoding="utf-8")):
        doc = nlp(item["text"])
        rows = find_statistics(doc)
        if options.quantities:
            rows += _left_out(doc)
        missed, extra = _match(item["quantities"], rows, counts)
        if options.show and (missed or extra):
            print(item["text"])
            print("   missed", missed)
            print("   extra ", [(r.figure, r.value, r.low, r.high, r.unit, r.of) for r in extra])
    print(json.dumps({f"{k} F1": _f1(counts, k) for k in ("value", "value and unit")} | dict(counts)))
    return 0


def _left_out(doc: Doc) -> list[Statistic]:
    """Quantities that are no statistics by definition, and baselines, as rows."""
    atoms, kept, rejected, _ = read_quantities(doc)
    rows = []
    for q in kept:
        if q.baseline is not None:
            start, end = atoms.span(q.a, q.b)
            if re.search(r"\bfrom\b[^.;]{0,60}$", atoms.text[:start]):
                continue  # "from 5 to 7" is one quantity there
            rows.append(Statistic(start, end, atoms.text[start:end], ((start, end),), q.baseline, unit=q.unit))
    for q in rejected:
        if q.reject in _NO_STATISTIC:
            start, end = atoms.span(q.a, q.b)
            following = " ".join(atoms.raw[q.b : q.b + 3])
            rows.append(
                Statistic(
                    start, end, atoms.text[start:end], ((start, end),), q.value, q.low, q.high, q.unit, of=following
                )
            )
    return rows


def _f1(counts: Counter[str], key: str) -> float:
    return round(200 * counts[key] / max(1, counts["gold"] + counts["predicted"]), 1)


def _match(
    gold: list[dict[str, Any]], rows: list[Statistic], counts: Counter[str]
) -> tuple[list[Any], list[Statistic]]:
    left = list(rows)
    missed = []
    counts["gold"] += len(gold)
    counts["predicted"] += len(rows)
    for quantity in gold:
        interval = _gold_value(quantity["value"])
        fits = [r for r in left if _near(_ours(r), interval, quantity)]
        fits.sort(key=lambda r: not _unit_agrees(r, quantity))
        if not fits:
            missed.append((quantity["value"], quantity["unit"]))
            continue
        counts["value"] += 1
        agrees = _unit_agrees(fits[0], quantity)
        counts["value and unit"] += agrees
        if not agrees:
            missed.append(("unit", quantity["value"], quantity["normalized_unit"], fits[0].unit, fits[0].of))
        left.remove(fits[0])
    return missed, left


def _gold_value(value: str) -> Interval:
    """ "5-6" is from 5 to 6, "12" is from 12 to 12."""
    value = value.replace(" ", "").replace(",", "")
    parts = re.fullmatch(r"(-?[\d.]+)-(-?[\d.]+)", value)
    if parts:
        return float(parts[1]), float(parts[2])
    return float(value), float(value)


def _ours(row: Statistic) -> list[Interval]:
    """The readings of a row that the gold may have: its range or value, a change with its start, a share of one."""
    scale = {"GBP": 100.0, "USD": 100.0}.get(row.unit, 1.0)
    readings: list[Interval] = []
    if row.value is not None:
        readings += [(row.value, row.value), (row.value * scale, row.value * scale)]
        if row.unit == "percent":
            readings.append((row.value / 100, row.value / 100))
        if row.unit == "year":
            readings += [(row.value / 10, row.value / 10), (row.value / 100, row.value / 100)]
        if row.baseline is not None:
            readings += [(row.baseline, row.value), (row.value, row.baseline)]
    elif row.low is not None:
        high = row.high if row.high is not None else row.low * 10
        readings += [(row.low, high), (row.low, row.low)]
    return readings


def _near(readings: list[Interval], gold: Interval, quantity: dict[str, Any]) -> bool:
    def close(a: float, b: float) -> bool:
        return abs(a - b) <= 2e-3 * max(abs(b), 1e-9)

    return any(close(a, gold[0]) and close(b, gold[1]) for a, b in readings)


def _unit_agrees(row: Statistic, quantity: dict[str, Any]) -> bool:
    name = str(quantity["normalized_unit"]).casefold()
    base = name.split(" per ")[0].strip()
    if row.unit in _SAME.get(base, {base}) or _stems(row.unit) == _stems(name):
        return True
    if row.unit.isupper():
        return any(base.endswith(noun.rstrip("s")) for noun in _nouns(row.unit))
    if row.unit == "percent" and name.startswith("%"):
        return True
    if row.unit:
        return _stems(row.unit.split(" per ")[0]) == _stems(base)
    if name in ("-", ""):
        return True
    ours = {w.rstrip("s") for w in re.findall(r"\w+", f"{row.of} {row.figure}".casefold())}
    theirs = {w.rstrip("s") for w in re.findall(r"\w+", f"{name} {quantity['unit']}".casefold())}
    return bool(ours & theirs)


def _stems(unit: str) -> set[str]:
    return {{"feet": "foot"}.get(w, w.rstrip("s")) for w in re.findall(r"\w+", unit.casefold())}


def _nouns(code: str) -> list[str]:
    """What a currency is called: "dollar", "crown"."""
    after = lexicon().after
    nouns = [phrase[-1] for entries in after.values() for phrase, currency in entries if currency.code == code]
    return [*nouns, "dollar"] if code[2] == "D" else nouns


if __name__ == "__main__":
    sys.exit(main())
