"""Tag sequences and trees from scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from extractor.pipeline.decoding import best_tags, log_softmax, spans_of, tree, viterbi

SCORES = hnp.arrays(np.float32, st.tuples(st.integers(1, 12), st.just(7)), elements=st.floats(-8, 8, width=32))


def sequence_score(scores: np.ndarray, tags: np.ndarray) -> float:
    return float(scores[np.arange(len(tags)), tags].sum())


def is_valid(tags: np.ndarray) -> bool:
    return all(t == 0 or t % 2 == 1 or (i > 0 and tags[i - 1] in (t, t - 1)) for i, t in enumerate(tags))


@given(SCORES)
def test_best_tags_are_valid_and_no_worse_than_viterbi_near_sure_words(scores: np.ndarray) -> None:
    scores = log_softmax(scores)
    tags = best_tags(scores)
    assert is_valid(tags)
    whole = viterbi(scores)
    assert is_valid(whole)
    assert sequence_score(scores, whole) >= sequence_score(scores, tags) - 1e-3


def test_spans() -> None:
    # O  B-SOURCE I-SOURCE  B-CUE  B-CONTENT I-CONTENT I-CONTENT  O  B-CONTENT
    assert spans_of(np.array([0, 1, 2, 3, 5, 6, 6, 0, 5])) == [(1, 3, 0), (3, 4, 1), (4, 7, 2), (8, 9, 2)]
    assert spans_of(np.array([], dtype=np.int64)) == []


@pytest.mark.parametrize("size", [1, 2, 3, 7, 25])
@given(data=st.data())
def test_a_tree_has_one_root_and_no_cycle(size: int, data: st.DataObject) -> None:
    scores = data.draw(hnp.arrays(np.float32, (size, size), elements=st.floats(-9, 9, width=32)))
    heads = tree(scores)
    roots = [i for i in range(size) if heads[i] == i]
    assert len(roots) == 1
    for i in range(size):
        for _ in range(size):
            i = heads[i]
        assert i == roots[0]


def best_tree_by_trying_all(scores: np.ndarray) -> float:
    """The best sum over all trees with one root, for three words."""
    best = -np.inf
    for heads in np.ndindex(3, 3, 3):
        roots = [i for i in range(3) if heads[i] == i]
        if len(roots) == 1 and all(heads[heads[heads[i]]] == roots[0] for i in range(3)):
            best = max(best, sum(scores[i, heads[i]] for i in range(3)))
    return best


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    # 1 and 2 each want the other as head; 0 is surely the root, and 2 would rather hang on it than 1
    scores = np.array([[9, 0, 0], [2, 0, 8], [5, 8, 0]], dtype=np.float32)
    heads = tree(scores)
    assert heads.tolist() == [0, 2, 0]
    assert scores[np.arange(3), heads].sum() == best_tree_by_trying_all(scores)
