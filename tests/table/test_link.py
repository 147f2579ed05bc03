"""Links that open a page at the words."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.table.link import link

URL = "https://example.org/a?b=1"
TEXT = (
    "Rents fell, the mayor said.\n\n“Rents fell,” she said again – by 3-4 percent & more. It was a long time ago, "
    "in a town by the sea, where the rain never stopped.\n\nNobody else said that rents fell. Café prices rose."
)


def opened(words, text=TEXT, url=URL, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return link(url, text, start, start + len(words))


def test_words_alone():
    assert opened("where the rain never stopped") == URL + "#:~:text=where%20the%20rain%20never%20stopped"


def test_punctuation_is_encoded():
    assert opened("by 3-4 percent & more. It was") == URL + "#:~:text=by%203%2D4%20percent%20%26%20more%2E%20It%20was"


def test_short_words_have_what_stands_round_them():
    assert opened("a town") == URL + "#:~:text=long%20time%20ago%2C%20in-,a%20town,-by%20the%20sea%2C%20where"


def test_words_that_stand_twice_have_it_too():
    assert opened("rents fell") == (
        URL + "#:~:text=Nobody%20else%20said%20that-,rents%20fell,-%2E%20Caf%C3%A9%20prices%20rose%2E"
    )
    first, second = opened("Rents fell"), opened("Rents fell", nth=1)
    assert first != second and second == URL + "#:~:text=Rents%20fell,-%2C%E2%80%9D%20she%20said%20again"


def test_a_long_stretch_is_given_by_its_ends():
    text = "Begin here with six words now " + "and so on " * 60 + "until the very last of them."
    assert link(URL, text, 0, len(text)) == (
        URL + "#:~:text=Begin%20here%20with%20six%20words%20now,until%20the%20very%20last%20of%20them%2E"
    )


def test_a_stretch_over_paragraphs_is_given_by_its_ends():
    start, end = TEXT.index("It was"), TEXT.index(" Café")
    assert link(URL, TEXT, start, end) == (
        URL + "#:~:text=It%20was%20a%20long%20time%20ago%2C,Nobody%20else%20said%20that%20rents%20fell%2E"
    )


def test_whole_words_only():
    start = TEXT.index("ain never")
    assert link(URL, TEXT, start, start + len("ain never stop")).endswith(",rain%20never%20stopped")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/#top", "https://example.org/#top:~:text="),
        ("https://example.org/#:~:text=old", "https://example.org/#:~:text="),
        ("https://example.org/#a:~:text=old", "https://example.org/#a:~:text="),
    ],
)
def test_a_fragment_that_is_there_is_kept(url, expected):
    assert opened("where the rain never stopped", url=url).startswith(expected + "where")


def test_a_pdf_is_opened_at_its_page():
    assert link("https://example.org/a.pdf", TEXT, 60, 80, pages=(0, 29, 140)) == "https://example.org/a.pdf#page=2"


def test_nothing_to_open():
    assert link("", TEXT, 0, 5) == "" and link(URL, TEXT, 5, 5) == "" and link(URL, "  ", 0, 2) == ""


@given(st.text("ab -,&.é😀\n“”", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_stretch_gives_a_link_that_holds_together(text, start, end):
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    found = link(URL, text, start, end)
    if not text[start:end].strip():
        assert found == ""
    else:
        directive = found.removeprefix(URL + "#:~:text=")
        assert found.isascii() and not set(directive) & set(" &\n") and 1 <= len(directive.split(",")) <= 4
        assert all(unquote(part.strip("-")) for part in directive.split(","))
