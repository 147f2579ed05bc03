"""The labels of turns: whom they name."""

from extractor.documents.document import Document, Turn
from extractor.statements.speakers.labels import Labels
from extractor.statements.speakers.referents import Referents


def name_of(label: str) -> str:
    document = Document("Yes.", turns=(Turn(0, 4, label),))
    return Labels(document, [], Referents(document.text, [])).referent(label).name


def test_a_title_before_a_full_name_is_no_part_of_it():
    assert name_of("Dame Isolde Farrant") == "Isolde Farrant"


def test_a_title_before_a_surname_stays():
    assert name_of("Mr Farrant") == "Mr Farrant"
