"""From scores to structure: tag sequences to spans, arc scores to trees."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def log_softmax(scores: Floats) -> Floats:
    """Over the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def best_tags(scores: Floats) -> Ints:
    """The most probable valid BIO sequence. scores: (w, 2k + 1) log-probabilities of O, then B and I of each kind.

    Where the best tag of every word makes a valid sequence, that is it; only stretches that are not, up to the nearest
    words that are surely outside, go through Viterbi.
    """
    tags = scores.argmax(1).astype(np.int64)
    invalid = np.flatnonzero(_invalid(tags))
    if not len(invalid):
        return tags
    sure = np.flatnonzero(scores[:, 0] > np.log(0.9))
    done = 0
    for at in invalid:
        if at < done:
            continue
        k = np.searchsorted(sure, at)
        a = int(sure[k - 1]) + 1 if k else 0
        b = int(sure[k]) if k < len(sure) else len(tags)
        tags[a:b] = viterbi(scores[a:b])
        done = b
    return tags


def _invalid(tags: Ints) -> NDArray[np.bool_]:
    """Whether each tag is an I that continues nothing of its kind."""
    before = np.concatenate(([0], tags[:-1]))
    inside = (tags > 0) & (tags % 2 == 0)
    return inside & (before != tags) & (before != tags - 1)


def viterbi(scores: Floats) -> Ints:
    """The most probable valid BIO sequence by dynamic programming; scores as in ``best_tags``.

    In plain numbers: for so few tags an array takes longer to begin with than to be gone through.
    """
    first, *rest = scores.tolist()
    size = len(first)
    best = [-1e9 if tag and tag % 2 == 0 else score for tag, score in enumerate(first)]
    back = []
    for row in rest:  # any tag may stand before O and B, before I only the B and I of its kind
        top = max(best)
        before, reached = [best.index(top)] * size, [top + score for score in row]
        for inside in range(2, size, 2):
            own = inside if best[inside] > best[inside - 1] else inside - 1
            before[inside], reached[inside] = own, best[own] + row[inside]
        back.append(before)
        best = reached
    tags = [best.index(max(best))]
    for before in reversed(back):
        tags.append(before[tags[-1]])
    return np.asarray(tags[::-1], dtype=np.int64)


def spans_of(tags: Ints) -> list[tuple[int, int, int]]:
    """Spans ``(first word, end, kind)`` of a BIO sequence, kind counted from 0."""
    begins = np.flatnonzero(tags % 2 == 1)
    outside = np.flatnonzero((tags % 2 == 1) | (tags == 0))
    ends = np.append(outside, len(tags))[np.searchsorted(outside, begins, "right")]
    return [(int(a), int(b), int(tags[a] - 1) // 2) for a, b in zip(begins, ends, strict=True)]


def tree(scores: Floats) -> Ints:
    """The head of each word of a sentence, the root its own head. scores: (w, w), [dependent, head].

    Greedy heads where they make a tree, else the best tree by Chu and Liu (1965) and Edmonds (1967).
    """
    w = len(scores)
    heads = scores.argmax(1)
    own = scores.diagonal()
    roots = np.flatnonzero(heads == np.arange(w))
    if len(roots) != 1:
        rest = scores.copy()
        np.fill_diagonal(rest, -np.inf)
        gain = own - (rest.max(1) if w > 1 else 0)
        root = int(gain.argmax())
        heads = rest.argmax(1) if w > 1 else np.zeros(1, dtype=np.int64)
        heads[root] = root
    else:
        root = int(roots[0])
    if _reaches(heads, root):
        return heads.astype(np.int64)
    rest = scores.astype(np.float64)
    np.fill_diagonal(rest, -np.inf)
    rest[root] = -np.inf
    return _edmonds(rest, root).astype(np.int64)


def _reaches(heads: Ints, root: int) -> bool:
    """Whether every word's heads lead to the root."""
    up = heads.copy()
    for _ in range(max(1, len(heads).bit_length())):
        up = up[up]
    return bool((up == root).all())


def _edmonds(scores: NDArray[np.floating], root: int) -> Ints:
    """Best arborescence; scores[dependent, head], the root's row empty. Uses ``scores`` up.

    One cycle after the other becomes one word, in the place of its first; the others of it are then out of reach.
    """
    heads = scores.argmax(1)
    heads[root] = root
    contracted = []
    while cycle := _cycle(heads.tolist(), root):
        members = np.asarray(sorted(cycle))
        place, inner = members[0], heads[members]
        into = scores[members] - scores[members, inner, None]
        into[:, members] = -np.inf
        out = scores[:, members]
        contracted.append((members, inner, members[into.argmax(0)], members[out.argmax(1)]))
        scores[:, members] = -np.inf
        scores[:, place] = out.max(1)
        scores[members] = -np.inf
        scores[place] = into.max(0)
        held = np.zeros(len(heads), dtype=bool)
        held[members] = True
        heads[held[heads]] = place
        heads[members] = root
        heads[place] = scores[place].argmax()
    for members, inner, entered, left in reversed(contracted):
        place, head = members[0], heads[members[0]]
        below = np.flatnonzero(heads == place)
        heads[below] = left[below]
        heads[members] = inner
        heads[entered[head]] = head
    return heads


def _cycle(heads: list[int], root: int) -> set[int]:
    state = [0] * len(heads)
    state[root] = 2
    for start in range(len(heads)):
        path = []
        i = start
        while state[i] == 0:
            state[i] = 1
            path.append(i)
            i = heads[i]
        if state[i] == 1:
            return set(path[path.index(i) :])
        for k in path:
            state[k] = 2
    return set()
