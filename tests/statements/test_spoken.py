"""Reports in a speech: what others said is a row, what the one who speaks says there and then is none.

Invented people and places.
"""

from typing import Any

import pytest

from extractor.documents.document import Document, Turn
from extractor.pipeline.attribution import Attribution
from extractor.statements.build import build
from extractor.statements.statement import Statement


def reports(nlp: Any, text: str, **known: Any) -> list[Statement]:
    return [r for r in build(nlp(text), Document(text, **known)) if r.kind != "statistic"]


REPORTED = [
    ("The Minister told the House that the bridge would open in May.", "The Minister", "the bridge would open in May"),
    ("I reject the hon. Lady's contention that there is something secret about the plan.", "the hon. Lady", "there is"),
    (
        "I remind the House that the Prime Minister told us that the school would be saved.",
        "the Prime Minister",
        "the school would be saved",
    ),
    (
        "We believe that, as my right hon. Friend the Member for Tarn Fell, East made clear, the board has failed.",
        "my right hon. Friend the Member for Tarn Fell, East",
        "the board has failed",
    ),
    ("The fund is empty, as the hon. Gentleman pointed out.", "the hon. Gentleman", "The fund is empty"),
    ("The Government's view is that rents are too low.", "Government", "rents are too low"),
    (
        "I am glad that the hon. Gentleman has made the point that buses are late.",
        "the hon. Gentleman",
        "buses are late",
    ),
    ("The report shows that one bridge in three is unsafe.", "The report", "one bridge in three is unsafe"),
    (
        "The Petitioners therefore request that the House urges the Minister to act.",
        "The Petitioners",
        "the House urges",
    ),
    (
        "An engineer spoke to me. He told me something new, Mr. Deputy Speaker, which is this: the bridge is sinking.",
        "An engineer",
        "the bridge is sinking",
    ),
    (
        "The petition of residents of Tarn Fell,\n\nDeclares that the school is needed.",
        "petition of residents of Tarn Fell",
        "the school is needed",
    ),
    ("The explanatory notes make this clear by saying that a bridge is a road.", "explanatory notes", "a bridge is a"),
    ("I can remember many neighbours telling me that the bridge was loud.", "many neighbours", "the bridge was loud"),
    ("I told the House last year that the bridge was unsafe.", "Ada Quillfeather", "the bridge was unsafe"),
]


@pytest.mark.parametrize(("text", "speaker", "words"), REPORTED)
def test_what_others_said_is_found(nlp: Any, text: str, speaker: str, words: str) -> None:
    found = [r for r in reports(nlp, text, speaker="Ada Quillfeather") if words in r.text and "believe" not in r.text]
    assert [r.speaker.casefold().removeprefix("the ") for r in found] == [speaker.casefold().removeprefix("the ")]


OWN = [
    "I believe that the plan is right, and I hope that the Minister will think again.",
    "We intend to publish the plan in the autumn.",
    "I am grateful to my hon. Friend for the work that she has done on the bridge.",
    "My point is that the bridge is old.",
    "Will the Minister confirm that the bridge is closed?",
    "Does the hon. Gentleman agree that the bridge is old?",
    "As the hon. Lady knows, the bridge was built in a hurry.",
    "The Secretary of State will be aware that the bridge is closed.",
    "If the Minister says that the bridge is safe, let him walk over it.",
    "The Opposition support the Bill.",
    "Do not believe, Mr. Deputy Speaker, that the bridge is safe.",
]


@pytest.mark.parametrize("text", OWN)
def test_what_one_says_there_and_then_is_no_report(nlp: Any, text: str) -> None:
    assert reports(nlp, text, speaker="Ada Quillfeather") == []


def test_a_turn_is_speech_and_the_text_round_it_is_not(nlp: Any) -> None:
    said = "I believe that the plan is right."
    text = f"{said}\n\n{said}"
    found = reports(nlp, text, turns=(Turn(0, len(said), "QUILLFEATHER"),))
    assert [r.start > len(said) for r in found] == [True]


def test_the_label_of_a_turn_makes_a_statement_of_it(nlp: Any) -> None:
    turn = "I think that the bridge is closed."
    text = f"MOLE: {turn}"
    doc, known = nlp(text), Document(text, turns=(Turn(6, len(text), "MOLE"),))
    doc._.attributions = [Attribution([doc[2:]], [], [doc[0:1]])]
    assert [r.speaker for r in build(doc, known) if r.kind != "statistic"] == ["MOLE"]


def test_words_in_marks_stay_whoever_speaks(nlp: Any) -> None:
    text = "I asked the driver and he said, “I think that the bridge is closed.” I believe that he was right."
    found = reports(nlp, text, speaker="Ada Quillfeather")
    assert [(r.quotation, r.text) for r in found] == [("direct", "I think that the bridge is closed")]


def test_parliamentary_abbreviations_are_words(nlp: Any) -> None:
    doc = nlp("I thank my right hon. Friend. The Rt. Hon. Ada Quillfeather said that the hon. Lady was right.")
    assert [t.text for t in doc if "on." in t.text] == ["hon.", "Hon.", "hon."]
    assert len(list(doc.sents)) == 2


READ_OUT = [
    ("I shall quote the comments of the planning inspector:\n\n“The plan has reached an advanced stage.”", "inspector"),
    ("The Minister has tried to reassure staff in these terms:\n\n“We have put in place all safeguards.”", "Minister"),
    ("I have here a letter from Mr. Tom Vole, which I shall read:\n\n“We asked the council four times.”", "Tom Vole"),
]


@pytest.mark.parametrize(("text", "speaker"), READ_OUT)
def test_words_read_out_are_theirs_who_wrote_them(nlp: Any, text: str, speaker: str) -> None:
    quotes = [r for r in reports(nlp, text, speaker="Ada Quillfeather") if r.kind == "quote"]
    assert [r.speaker.endswith(speaker) for r in quotes] == [True]
