"""Denials: whether the one cue of each sentence says that a thing was not said or held."""

from typing import Any

import pytest

import extractor

DENIED = {
    "Mr Okafor denied that the bridge was unsafe.": True,
    "Mr Okafor did not say that the bridge was unsafe.": True,
    "Ms Adeyemi never claimed that the bridge was safe.": True,
    "Mr Okafor rejected claims that the bridge was unsafe.": True,
    "Mr Okafor said that the bridge was unsafe.": False,
    "Ms Adeyemi said that the bridge was not safe.": False,
    "Mr Okafor not only said that the bridge was unsafe but closed it.": False,
}


@pytest.mark.usefixtures("nlp")
@pytest.mark.parametrize("text", DENIED)
def test_negated(text: str) -> None:
    rows: list[Any] = [r for r in extractor.extract(text) if r.kind == "attribution"]
    assert [r.negated for r in rows][:1] == [DENIED[text]]
