"""Where quotations begin and end: ⟦…⟧ stands round what should be found, in the text as it would be printed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.pipeline.marks import quotation_regions

MARKED = {
    "curly and straight": 'He said ⟦“a b”⟧ and ⟦"c d"⟧ now.',
    "two parts": '⟦"Hello,"⟧ he said, ⟦"I am leaving."⟧',
    "opened again in each paragraph, closed once": "⟦“One two.⟧\n⟦“Three four,”⟧ she said.",
    "opened curly, closed straight": 'He said ⟦“we are done"⟧ and left.',
    "nested in single marks": "⟦“She told me ‘never again’ twice,”⟧ he said.",
    "nested in the same marks": "⟦“They call it “progress” here,”⟧ he said.",
    "never closed, a new speaker": "⟦“We will win.⟧ Then Ms Adeyemi said ⟦“no”⟧ aloud.",
    "an odd one at the end": "He asked ⟦“why not?”⟧ and she said ⟦“because",
    "UK single marks": "⟦‘It’s fine,’⟧ he said. The members’ vote stood.",
    "a plural possessive inside": "⟦‘The members’ vote must stand,’⟧ she said.",
    "straight single marks": "⟦'We don't know yet,'⟧ said the mayor.",
    "elisions are not marks": "Rock ’n’ roll isn't dead, ’tis said in the '90s.",
    "a mark inside a word": "It shouldn‘t happen.",
    "inches": 'A 6" pipe, and ⟦"six inches"⟧ said aloud.',
    "typewriter marks": "⟦``Good evening''⟧ was all.",
    "guillemets with blanks": "Il a dit ⟦« oui »⟧ hier.",
    "guillemets turned inwards": "Er sagte ⟦»ja«⟧ gestern.",
    "a stray bullet": "» Read more about it\n⟦“Yes,”⟧ he said.",
    "low opening marks": "Sie sagte ⟦„nein“⟧ heute.",
    "nothing": "No marks at all.",
}


@pytest.mark.parametrize("marked", MARKED.values(), ids=MARKED.keys())
def test_regions(marked: str) -> None:
    text = marked.replace("⟦", "").replace("⟧", "")
    found = quotation_regions(text)
    shown = text
    for start, end in reversed(found):
        shown = f"{shown[:start]}⟦{shown[start:end]}⟧{shown[end:]}"
    assert shown == (marked if marked.count("⟦") == marked.count("⟧") else marked + "⟧")


@given(st.text(alphabet="ab “”\"'‘’«»\n.,", max_size=60))
def test_regions_are_sorted_disjoint_and_inside(text: str) -> None:
    last = 0
    for start, end in quotation_regions(text):
        assert last <= start < end <= len(text)
        assert "\n" not in text[start:end]
        last = end


def test_time_grows_with_the_text() -> None:
    text = "‘a “b ’c " * 50_000
    begun = time.perf_counter()
    quotation_regions(text)
    assert time.perf_counter() - begun < 10
