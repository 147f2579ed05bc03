"""The measures of coreference on chains small enough to work out by hand, and the floor of GAP."""

import itertools
import random
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

from models.training.evaluate_coreference import (
    best_assignment,
    coreference_counts,
    coreference_scores,
    gap,
    gap_counts,
    phrase_of,
    resolver_of,
)


def _chains(*groups: str) -> list[frozenset[tuple[int, int]]]:
    """Chains of mentions named by letters."""
    return [frozenset((ord(letter), ord(letter) + 1) for letter in group) for group in groups]


def test_right_chains_score_full() -> None:
    chains = _chains("abc", "de")
    assert set(coreference_scores(coreference_counts(chains, chains)).values()) == {100.0}


def test_nothing_found_scores_nothing() -> None:
    assert coreference_scores(coreference_counts([], _chains("abc")))["conll"] == 0.0
    assert coreference_scores(coreference_counts(_chains("abc"), []))["conll"] == 0.0


def test_a_chain_in_two() -> None:
    # gold {abcd}; found {ab}, {cd}. MUC: recall 2/3, precision 2/2. B-cubed: recall 1/2, precision 1.
    # CEAF-e: the best pair is 2*2/(4+2) = 2/3; recall of one chain, precision of two.
    scores = coreference_scores(coreference_counts(_chains("ab", "cd"), _chains("abcd")))
    assert (scores["muc"], scores["b3"], scores["ceaf"]) == (80.0, 66.7, 44.4)


def test_two_chains_in_one_with_a_mention_too_many() -> None:
    # gold {ab}, {cd}; found {abcde}. MUC: recall 1, precision 2/4. B-cubed: recall 1, precision (2*2 + 2*2)/5/5 = 8/25.
    # CEAF-e: one of the gold chains, 2*2/(2+5) = 4/7; recall 2/7, precision 4/7.
    scores = coreference_scores(coreference_counts(_chains("abcde"), _chains("ab", "cd")))
    assert (scores["muc"], scores["b3"], scores["ceaf"]) == (66.7, 48.5, 38.1)


@pytest.mark.parametrize("seed", range(20))
def test_assignment_is_the_best_of_all(seed: int) -> None:
    rows, columns = random.Random(seed).choices(range(1, 6), k=2)
    similar = np.random.default_rng(seed).random((rows, columns))
    wide = similar if rows <= columns else similar.T
    every = itertools.permutations(range(wide.shape[1]), wide.shape[0])
    assert best_assignment(similar) == pytest.approx(max(sum(wide[r, c] for r, c in enumerate(p)) for p in every))


def test_gap_decides_name_by_name(nlp) -> None:
    text = "Jane Okoro met Maria Lund. After she left, Okoro wept."
    row = {"Pronoun": "she", "Pronoun-offset": str(text.index("she")), "A": "Jane Okoro", "A-offset": "0",
           "A-coref": "TRUE", "B": "Maria Lund", "B-offset": str(text.index("Maria")), "B-coref": "FALSE"}  # fmt: skip
    resolver = resolver_of(nlp(text))
    assert gap_counts(row, resolver) == {"gold": 1, "predicted": 1, "right": 1}
    other = row | {"A-coref": "FALSE", "B-coref": "TRUE"}
    assert gap_counts(other, resolver) == {"gold": 1, "predicted": 1, "right": 0}


def test_a_mention_is_its_whole_phrase(nlp) -> None:
    text = "The clinic thanked Home Secretary Jane Okoro for her help in Leeds."
    doc = nlp(text)

    def phrase(words: str) -> str:
        start = text.index(words)
        return text[slice(*phrase_of(doc, start, start + len(words)))]

    assert phrase("Jane Okoro") == "Home Secretary Jane Okoro"
    assert phrase("her") == "her"
    assert phrase("Leeds") == "Leeds"


def test_floor_of_gap(nlp, shared_data: Path) -> None:
    scores = gap(nlp, shared_data / "data/coref/gap-dev.tsv")
    assert scores["overall"] >= 75.0
    assert 0.93 <= scores["bias"] <= 1.07
