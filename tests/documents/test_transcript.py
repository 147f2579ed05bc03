"""Transcripts in plain text: who speaks is read off the labels, and no label is made of what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.text import from_text
from extractor.documents.transcript import find_turns, split_label


def turns(text):
    return [(turn.speaker, text[turn.start : turn.end]) for turn in find_turns(text)[0]]


def test_labels_in_capitals():
    text = "HOLT: Good evening.\n\nQUINN: We built 400 homes.\n\nAnd more.\n\nHOLT: Where?\n"
    assert turns(text) == [("HOLT", "Good evening."), ("QUINN", "We built 400 homes.\n\nAnd more."), ("HOLT", "Where?")]
    furniture = from_text(text).furniture
    assert [text[start:end] for start, end in furniture] == ["HOLT:", "QUINN:", "HOLT:"]


def test_names_roles_and_times():
    text = (
        "[00:01] Ada Holt (host): Good evening.\n"
        "00:00:05 - Dr. Bela Quinn, mayor of Tarn: We built 400 homes.\n"
        "Ada Holt [00:12]: Where?\n"
        "Dr. Bela Quinn: In the marsh.\n"
    )
    assert [speaker for speaker, _ in turns(text)] == ["Ada Holt", "Dr. Bela Quinn", "Ada Holt", "Dr. Bela Quinn"]
    assert turns(text)[1][1] == "We built 400 homes."


def test_a_label_on_a_line_of_its_own():
    text = "HOLT:\nGood evening.\n\nQUINN:\nGood evening to you.\n\nHOLT:\nWell?\n"
    assert turns(text) == [("HOLT", "Good evening."), ("QUINN", "Good evening to you."), ("HOLT", "Well?")]


@pytest.mark.parametrize(
    "text",
    [
        "She said: It rained.\n\nHe said: It did not.\n\nShe said: It did.",
        "Note: It rained.\n\nCorrection: It did not.\n\nNote: It did.",
        "London: rain.\n\nParis: sun.\n\nRome: wind.\n\nOslo: snow.",
        "One.\n\nHOLT: Yes.\n\nTwo.\n\nThree.\n\nHOLT: No.\n\nFour.\n\nFive.\n\nHOLT: Why?\n\nSix.\n\nSeven.",
        "",
        "A: b",
        "At 12:30: tea. At 12:45: cake. At 13:00: rest.",
    ],
)
def test_what_is_no_transcript(text):
    assert find_turns(text) == ((), ())


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("HOLT: Yes.", ("HOLT", "Yes.")),
        ("Sir Ivo van der Meer: Yes.", ("Sir Ivo van der Meer", "Yes.")),
        ("Secretary of State: Yes.", ("Secretary of State", "Yes.")),
        ("Source: the council", ("", "Source: the council")),
        ("no label: here", ("", "no label: here")),
        ("https://example.org/", ("", "https://example.org/")),
    ],
)
def test_split_label(line, label):
    assert split_label(line) == label


@given(st.text("AB:\n ()[0123]é.,", max_size=200))
def test_turns_lie_in_the_text_in_order(text):
    found, marks = find_turns(text)
    position = 0
    for turn in found:
        assert position <= turn.start <= turn.end <= len(text)
        position = turn.end
    assert all(0 <= start < end <= len(text) for start, end in marks)
