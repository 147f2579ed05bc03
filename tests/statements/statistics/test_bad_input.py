"""Input that is no prose: nothing absurd, no crash, and time that grows with the text."""

import math
import time

import pytest
import spacy

from extractor.statements.statistics import Statistic, find_statistics

blank = spacy.blank("en")


def rows(text: str) -> list[Statistic]:
    found = find_statistics(blank(text))
    for row in found:
        for number in (row.value, row.low, row.high, row.baseline):
            assert number is None or math.isfinite(number)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1" + "0" * 400,
        "It is 1" + "0" * 400 + " percent.",
        "1,2,3,4,5",
        "192.168.1.2",
        "12\t15\t17\n13\t16\t18\n14\t17\t19\n",
        "1 2 3 4 5 6 7 8 9 10",
        "020 7946 0000\n020 7946 0001\n020 7946 0002\n",
        "555-0100 555-0101 (555) 010-0102",
        "0x1F 1e10 3.4.5 v1.2.3",
        "https://example.org/2020/01/15/12345?x=99",
        "@user99 #1 #2024",
    ],
)
def test_no_rows(text: str) -> None:
    assert rows(text) == []


def test_long_digits_are_no_number() -> None:
    assert rows("7" * 100_000) == []
    assert rows(",".join("123" for _ in range(30_000))) == []


def test_many_numbers_take_linear_time() -> None:
    def seconds(count: int) -> float:
        doc = blank(" ".join(f"They sold {n},{n % 900 + 100} homes for £{n}m and" for n in range(10, 10 + count)))
        start = time.process_time()
        assert len(find_statistics(doc)) >= count
        return time.process_time() - start

    seconds(100)
    small, large = min(seconds(500) for _ in range(3)), min(seconds(5000) for _ in range(2))
    assert large < 40 * small


def test_ten_thousand_bare_numbers() -> None:
    start = time.process_time()
    rows(" ".join(str(n) for n in range(10_000)))
    rows(" and ".join(str(n) for n in range(10_000)))
    rows(" to ".join(str(n) for n in range(10_000)))
    rows(" percent, ".join(str(n) for n in range(10_000)))
    assert time.process_time() - start < 60


def test_words_without_end() -> None:
    start = time.process_time()
    rows("one " * 10_000)
    rows("million " * 10_000)
    rows("hundreds of " * 10_000)
    rows("half a " * 10_000)
    rows("more than " * 10_000 + "5 people")
    assert time.process_time() - start < 60
