"""Any rendering of a number in any of the forms is read back as that number, and offsets are exact."""

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.statements.statistics import Statistic, find_statistics

blank = spacy.blank("en")

UNITS = "zero one two three four five six seven eight nine".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))


def words(n: int, british: bool = True) -> str:
    """A whole number in words, "and" before the tens in British usage."""
    if n < 10:
        return UNITS[n]
    if n < 20:
        return TEENS[n - 10]
    if n < 100:
        return TENS[n // 10] + (f"-{UNITS[n % 10]}" if n % 10 else "")
    if n < 1000:
        rest = n % 100
        joint = " and " if british else " "
        return f"{UNITS[n // 100]} hundred" + (joint + words(rest, british) if rest else "")
    for scale, name in SCALES:
        if n >= scale:
            rest = n % scale
            joint = " and " if british and 0 < rest < 100 else " "
            return f"{words(n // scale, british)} {name}" + (joint + words(rest, british) if rest else "")
    raise AssertionError


def spaced(n: int, space: str = " ") -> str:
    return f"{n:,}".replace(",", space)


def indian(n: int) -> str:
    head, tail = divmod(n, 1000)
    if not head:
        return str(n)
    groups = []
    while head:
        head, group = divmod(head, 100)
        groups.append(f"{group:02d}" if head else str(group))
    return ",".join([*reversed(groups), f"{tail:03d}"])


def only(text: str) -> Statistic:
    rows = find_statistics(blank(text))
    assert len(rows) == 1, (text, rows)
    assert text[rows[0].figure_spans[0][0] : rows[0].figure_spans[0][1]] == rows[0].figure
    return rows[0]


def near(a: float | None, b: float) -> bool:
    return a is not None and abs(a - b) <= 1e-9 * max(1.0, abs(b))


@given(st.integers(2101, 10**12))
def test_digits_with_commas(n: int) -> None:
    assert near(only(f"They counted {n:,} voters.").value, n)


@given(st.integers(2101, 10**9), st.sampled_from((" ", "\u00a0", "\u202f", "\u2009")))
def test_digits_with_spaces(n: int, space: str) -> None:
    assert near(only(f"They counted {spaced(n, space)} voters.").value, n)


@given(st.integers(2101, 10**9))
def test_indian_groups(n: int) -> None:
    assert near(only(f"They counted {indian(n)} voters.").value, n)


@given(st.integers(2, 10**13), st.booleans())
def test_words(n: int, british: bool) -> None:
    row = only(f"They counted {words(n, british)} voters.")
    assert near(row.value, n)
    assert row.figure == words(n, british)


@given(
    st.decimals(min_value="0.1", max_value="999", places=1),
    st.sampled_from(
        (("million", 1e6), ("bn", 1e9), (" billion", 1e9), ("tn", 1e12), (" trillion", 1e12), ("m", 1e6), ("k", 1e3))
    ),
    st.sampled_from(
        (("£", "GBP"), ("$", "USD"), ("€", "EUR"), ("₹", "INR"), ("A$", "AUD"), ("US$", "USD"), ("CHF", "CHF"))
    ),
)
def test_money(amount: object, scale: tuple[str, float], currency: tuple[str, str]) -> None:
    row = only(f"The plan cost {currency[0]}{amount}{scale[0]} in all.")
    assert near(row.value, float(str(amount)) * scale[1])
    assert row.unit == currency[1]


@given(
    st.decimals(min_value="0", max_value="100", places=2),
    st.sampled_from(("%", " %", " percent", " per cent", "pc", " per cent.", "-percent")),
)
def test_percent(amount: object, form: str) -> None:
    row = only(f"They hold {amount}{form} of the land")
    assert near(row.value, float(str(amount)))
    assert row.unit == "percent"


@given(
    st.integers(1, 98),
    st.integers(1, 900),
    st.sampled_from(("{} to {} per cent", "{} - {} per cent", "{}-{}%", "{}% to {}%", "{} or {} percent")),
)
def test_ranges(low: int, step: int, form: str) -> None:
    row = only("It takes " + form.format(low, low + step) + " of the land.")
    assert (row.value, row.low, row.high, row.unit) == (None, low, low + step, "percent")


@given(
    st.integers(2, 9),
    st.integers(1, 9),
    st.sampled_from(("{} in {}", "{} out of {}", "{} in every {}", "{} out of every {}")),
    st.booleans(),
)
def test_shares(n: int, more: int, form: str, spelt: bool) -> None:
    m = n + more
    row = only("About " + form.format(*((words(n), words(m)) if spelt else (n, m))) + " voters agreed.")
    assert near(row.value, 100 * n / m)
    assert (row.unit, row.comparator) == ("percent", "about")


@given(st.integers(2, 9), st.integers(3, 10))
def test_fractions(n: int, d: int) -> None:
    parts = {
        3: "thirds",
        4: "quarters",
        5: "fifths",
        6: "sixths",
        7: "sevenths",
        8: "eighths",
        9: "ninths",
        10: "tenths",
    }
    row = only(f"They hold {words(n)}-{parts[d]} of the land.")
    assert near(row.value, 100 * n / d)


@given(st.integers(2, 99), st.sampled_from(("year", "month", "mile", "tonne", "hectare", "hour")), st.booleans())
def test_measures(n: int, unit: str, hyphen: bool) -> None:
    row = only(f"They built a {n}-{unit} line." if hyphen else f"The work took {n} {unit}s.")
    assert (row.value, row.unit) == (n, unit)


@given(st.integers(2, 60), st.integers(2, 60))
def test_change_with_its_start(before: int, after: int) -> None:
    if before == after:
        return
    row = only(f"The rate went from {before}% to {after}% in a year.")
    assert (row.value, row.baseline, row.change) == (after, before, "up" if after > before else "down")


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789 .,%£$€-–/()':;\n½²aAmpxYz"), max_size=80))
def test_any_text(text: str) -> None:
    rows = find_statistics(blank(text))
    for row in rows:
        ((start, end),) = row.figure_spans
        assert text[start:end] == row.figure
        assert row.start <= start < end <= row.end
        assert any(x is not None for x in (row.value, row.low, row.high))
    assert [r.figure_spans[0] for r in rows] == sorted(r.figure_spans[0] for r in rows)


WORDS = (
    "one two half a third of million per cent percent dozens hundreds in out every between and to from more than at"
    " least £5 $3bn 12% 2016 May 14 twice as many doubled year-old the a no . , ( ) — - “ ” people years rose fell by"
    " points"
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=30).map(" ".join))
def test_any_words(text: str) -> None:
    for row in find_statistics(blank(text)):
        ((start, end),) = row.figure_spans
        assert text[start:end] == row.figure
        assert row.low is None or row.high is None or row.low <= row.high
