"""Printed amounts of money: ``[…]`` marks each."""

import re

import pytest

from extractor.pipeline.money import amounts

MARKED = (
    "The toll is [Dh 5,000] for lorries and [1,200 colones] for cars.",
    "Half of [70 billion cedis] went to [150,000 Egyptian pounds] of debt.",
    "Rent of [250-300 rupees] a day, or [$3.18-$3.81].",
    "She won 3 games, lost 5 pounds and met 12 real problems.",
)


@pytest.mark.parametrize("marked", MARKED)
def test_amounts_are_found_whole(marked: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    assert [text[a:b] for a, b in amounts(text)] == re.findall(r"\[(.*?)\]", marked)
