"""Windows of documents, batched by length, source after source in a mixed order."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor

from extractor.pipeline.encoding import WordPieces, window_inputs
from models.training.data import IGNORE, Example
from models.training.device import DEVICE


@dataclass
class Window:
    example: Example
    start: int
    end: int

    @property
    def pieces(self) -> int:
        first = self.example.encoding.first
        return int(first[self.end] - first[self.start]) + 2


def windows(example: Example, most: int, rng: random.Random) -> list[Window]:
    """Cut a document into windows of at most ``most`` pieces, at a phase of its own each time it is asked."""
    first = example.encoding.first
    n = len(example.encoding)
    if first[n] + 2 <= most:
        return [Window(example, 0, n)]
    cuts = [0]
    budget = rng.randint(most // 3, most - 2)
    while cuts[-1] < n:
        cut = int(np.searchsorted(first, first[cuts[-1]] + budget, "right")) - 1
        # at a paragraph or sentence end where one is near, since that is where a reader would cut
        line = example.encoding.line
        near = [k for k in range(max(cuts[-1] + 1, cut - 40), cut) if line[k] == 2] if cut < n else []
        cuts.append(min(n, max(near[-1] if near and rng.random() < 0.5 else cut, cuts[-1] + 1)))
        budget = most - 2
    return [Window(example, a, b) for a, b in pairwise(cuts) if b > a]


def batches(pool: list[Window], budget: int, rng: random.Random) -> list[list[Window]]:
    """Group windows of one source, near in length, into batches of at most ``budget`` padded pieces."""
    pool = sorted(pool, key=lambda w: (w.pieces // 16, rng.random()))
    grouped: list[list[Window]] = []
    current: list[Window] = []
    for window in pool:
        longest = max([window.pieces, *(w.pieces for w in current)])
        if current and longest * (len(current) + 1) > budget:
            grouped.append(current)
            current = []
        current.append(window)
    return grouped + ([current] if current else [])


def tensors(batch: list[Window], wordpieces: WordPieces) -> dict[str, Tensor]:
    """The inputs (b, p) and labels (b, w) of a batch; words outside a window count as unknown."""
    inputs = window_inputs([(w.example.encoding, w.start, w.end) for w in batch], wordpieces)
    n = inputs["first"].shape[1]
    labels: dict[str, np.ndarray] = {}
    for row, window in enumerate(batch):
        a, b = window.start, window.end
        for name, values in window.example.labels.items():
            target = labels.setdefault(
                name,
                np.full((len(batch), n, *values.shape[1:]), IGNORE if values.dtype.kind == "i" else 0, values.dtype),
            )
            part = values[a:b]
            if name in ("head", "link"):
                part = np.where((part >= a) & (part < b), part - a, IGNORE)
            target[row, : b - a] = part
    return {k: torch.from_numpy(v).to(DEVICE, non_blocking=True) for k, v in {**inputs, **labels}.items()}


def epoch(
    sources: dict[str, list[Example]],
    shares: dict[str, float],
    most: int,
    budget: int,
    wordpieces: WordPieces,
    rng: random.Random,
) -> Iterator[tuple[str, list[Window], dict[str, Tensor]]]:
    """One pass over every source (or the share of it that ``shares`` says), batches in a mixed order."""
    plan: list[tuple[str, list[Window]]] = []
    for name, examples in sources.items():
        share = shares.get(name, 1.0)
        whole, part = int(share), share - int(share)
        chosen = examples * whole + rng.sample(examples, round(part * len(examples)))
        pool = [w for e in chosen for w in windows(e, most, rng)]
        plan += [(name, b) for b in batches(pool, budget, rng)]
    rng.shuffle(plan)
    for name, batch in plan:
        yield name, batch, tensors(batch, wordpieces)
