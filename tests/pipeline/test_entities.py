"""Entities: one kind a name, none over two paragraphs."""

import numpy as np

from extractor.pipeline.entities import one_kind_a_name, within_paragraphs

PLACE, PERSON = 0, 1


def scores(rows: list[tuple[float, float]]) -> np.ndarray:
    """Log-probabilities of O, B and I of place and person; each row gives the chances of place and person."""
    return np.log([[1 - p - q, p / 2, p / 2, q / 2, q / 2] for p, q in rows]).astype(np.float32)


def test_a_name_is_of_the_kind_that_its_mentions_are_together() -> None:
    found = [(0, 1, PERSON), (2, 3, PERSON), (4, 5, PLACE)]
    chances = scores([(0.05, 0.9), (0.01, 0.01), (0.2, 0.7), (0.01, 0.01), (0.5, 0.4)])
    assert one_kind_a_name(found, ["Arden"] * 3, chances) == [(0, 1, PERSON), (2, 3, PERSON), (4, 5, PERSON)]


def test_another_name_keeps_its_own_kind() -> None:
    found = [(0, 1, PERSON), (1, 2, PLACE)]
    assert one_kind_a_name(found, ["Arden", "Arden Vale"], scores([(0.1, 0.8), (0.8, 0.1)])) == found


def test_no_entities() -> None:
    assert one_kind_a_name([], [], scores([(0.1, 0.1)])) == []


def test_a_name_ends_with_its_paragraph() -> None:
    line = np.asarray([2, 0, 2, 0, 1, 0])  # Listening / Wade // Trevarrick / pleads / a new line / for
    assert within_paragraphs([(1, 3, PERSON), (3, 5, PLACE)], line) == [(1, 2, PERSON), (2, 3, PERSON), (3, 5, PLACE)]
