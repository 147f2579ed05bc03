"""Patterns made of word lists."""

import re

from extractor.statements.speakers.words import alternation

WORDS = ("vice president", "president", "press secretary", "press", "MP", "St.")


def test_each_word_is_found_and_nothing_else() -> None:
    pattern = re.compile(alternation(WORDS))
    assert all(pattern.fullmatch(word) for word in WORDS)
    assert not any(pattern.fullmatch(text) for text in ("", "pres", "vice", "presspress", "MPs", "Sto"))


def test_the_longest_word_comes_first_and_a_shorter_one_when_it_does_not_fit() -> None:
    pattern = alternation(WORDS)
    assert re.match(pattern, "press secretary's")[0] == "press secretary"
    assert re.match(rf"(?:{pattern})\sse", "press secretary")[0] == "press se"


def test_a_space_may_be_a_hard_one() -> None:
    assert re.fullmatch(alternation(WORDS), "vice\u00a0president")
