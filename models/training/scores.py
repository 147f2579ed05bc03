"""Scores on the dev data while training, over words and gold tokens; the product itself is scored by its rows."""

from collections import Counter
from itertools import pairwise

import numpy as np
import torch

from extractor.pipeline.decoding import best_tags, log_softmax, spans_of, tree
from extractor.pipeline.encoding import WordPieces
from models.training.batches import Window, batches, tensors
from models.training.data import Example
from models.training.device import DEVICE
from models.training.labels import Vocabulary
from models.training.losses import antecedent_scores, pooled
from models.training.model import LABEL, LINK, Reader


@torch.no_grad()
def predict(
    model: Reader,
    examples: list[Example],
    wordpieces: WordPieces,
    most: int = 384,
    budget: int = 4096,
    outputs: tuple[str, ...] = (),
) -> list[dict[str, np.ndarray]]:
    """Outputs (all, or those named) of every example as (w, …) arrays; long ones in windows that overlap."""
    import random

    model.eval()
    pool = []
    where = {}
    for k, e in enumerate(examples):
        first, n, a = e.encoding.first, len(e.encoding), 0
        while True:
            b = min(n, int(np.searchsorted(first, first[a] + most - 2, "right")) - 1)
            b = max(b, a + 1)
            window = Window(e, a, b)
            where[id(window)] = k
            pool.append(window)
            if b >= n:
                break
            a = max(a + 1, b - 64)
    results: list[dict[str, np.ndarray]] = [{} for _ in examples]
    central: list[np.ndarray] = [np.full(len(e.encoding), -1) for e in examples]
    for batch in batches(pool, budget, random.Random(0)):
        inputs = tensors(batch, wordpieces)
        with torch.autocast(DEVICE.type, torch.bfloat16):
            out = model(*(inputs[k] for k in ("pieces", "case", "quote", "line", "mask", "first")))
        out = {name: values.float().cpu() for name, values in out.items() if not outputs or name in outputs}
        for row, window in enumerate(batch):
            k, size = where[id(window)], window.end - window.start
            n = len(window.example.encoding)
            places = np.arange(size)
            depth = np.minimum(
                places + (n if window.start == 0 else 0), size - 1 - places + (n if window.end == n else 0)
            )
            better = depth > central[k][window.start : window.end]
            central[k][window.start : window.end][better] = depth[better]
            for name, values in out.items():
                array = values[row, :size].numpy()
                whole = results[k].setdefault(name, np.zeros((n, array.shape[1]), np.float32))
                whole[window.start : window.end][better] = array[better]
    model.train()
    return results


def f1(right: int, predicted: int, gold: int) -> float:
    return round(200 * right / max(1, predicted + gold), 2)


def attribution(examples: list[Example], outputs: list[dict[str, np.ndarray]]) -> dict[str, float]:
    counts: Counter[tuple[int, str]] = Counter()
    linked = links = 0
    for e, o in zip(examples, outputs, strict=True):
        gold = set(spans_of(e.labels["attribution"]))
        predicted = set(spans_of(best_tags(log_softmax(o["attribution"]))))
        for kind in range(3):
            counts[kind, "gold"] += sum(s[2] == kind for s in gold)
            counts[kind, "predicted"] += sum(s[2] == kind for s in predicted)
            counts[kind, "right"] += sum(s[2] == kind for s in gold & predicted)
        key, target = o["link"][:, LINK:], e.labels["link"]
        for a, _, _ in gold:
            lo, hi = max(0, a - 150), a + 150
            links += 1
            linked += int(lo + (key[lo:hi] @ o["link"][a, :LINK]).argmax() == target[a])
    names = ("source", "cue", "content")
    result = {n: f1(counts[k, "right"], counts[k, "predicted"], counts[k, "gold"]) for k, n in enumerate(names)}
    return {**result, "link": round(100 * linked / max(1, links), 2)}


def syntax(
    model: Reader, vocabulary: Vocabulary, examples: list[Example], outputs: list[dict[str, np.ndarray]]
) -> dict[str, float]:
    n = upos = lemma = arcs = labelled = right = predicted = gold = 0
    names = vocabulary.names["relation"]
    weight, bias = (p.detach().float().cpu().numpy() for p in (model.label_out.weight, model.label_out.bias))
    s = model.sizes
    for e, o in zip(examples, outputs, strict=True):
        tags = o["tags"]
        n += len(e.encoding)
        upos += int((tags[:, : s["upos"]].argmax(1) == e.labels["upos"]).sum())
        lemma += int((tags[:, s["upos"] + s["xpos"] : -1].argmax(1) == e.labels["lemma"]).sum())
        starts, goal = tags[:, -1] > 0, e.labels["sentence"] == 1
        starts[0] = True
        ends = [
            set(zip(np.flatnonzero(x), np.append(np.flatnonzero(x)[1:], len(x)), strict=True)) for x in (starts, goal)
        ]
        right, predicted, gold = right + len(ends[0] & ends[1]), predicted + len(ends[0]), gold + len(ends[1])
        bounds = [*np.flatnonzero(goal), len(goal)]
        for a, b in pairwise(bounds):
            heads = tree(o["arc_dependent"][a:b] @ o["arc_head"][a:b].T)
            hidden = np.maximum(o["label"][a:b, :LABEL] + o["label"][a:b, LABEL:][heads], 0)
            labels = (hidden @ weight.T + bias).argmax(1)
            same = heads + a == e.labels["head"][a:b]
            arcs += int(same.sum())
            labelled += sum(
                names[x].split(":")[0] == names[y].split(":")[0]
                for x, y in zip(labels[same], e.labels["relation"][a:b][same], strict=True)
            )
    pct = lambda k: round(100 * k / max(1, n), 2)  # noqa: E731
    return {
        "upos": pct(upos),
        "lemma": pct(lemma),
        "uas": pct(arcs),
        "las": pct(labelled),
        "sentences": f1(right, predicted, gold),
    }


def entities(examples: list[Example], outputs: list[dict[str, np.ndarray]]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for e, o in zip(examples, outputs, strict=True):
        gold = set(spans_of(e.labels["entity"]))
        predicted = set(spans_of(best_tags(log_softmax(o["entity"]))))
        counts["gold"] += len(gold)
        counts["predicted"] += len(predicted)
        counts["right"] += len(gold & predicted)
    return {"entities": f1(counts["right"], counts["predicted"], counts["gold"])}


def worthiness(examples: list[Example], outputs: list[dict[str, np.ndarray]], column: int) -> dict[str, float]:
    """F1 at one half (ClaimBuster) and mean average precision over the documents (debates)."""
    right = predicted = gold = 0
    precisions = []
    for e, o in zip(examples, outputs, strict=True):
        worth = torch.from_numpy(o["worth"])
        scored = sorted(((float(pooled(worth[a:b], column)), y) for a, b, y in e.sentences), reverse=True)
        predicted += sum(x > 0 for x, _ in scored)
        gold += sum(y > 0 for _, y in scored)
        right += sum(x > 0 and y > 0 for x, y in scored)
        hits = [k + 1 for k, (_, y) in enumerate(scored) if y > 0]
        if hits:
            precisions.append(float(np.mean([(i + 1) / k for i, k in enumerate(hits)])))
    return {"f1": f1(right, predicted, gold), "map": round(float(np.mean(precisions)), 4)}


def gap(model: Reader, examples: list[Example], outputs: list[dict[str, np.ndarray]]) -> dict[str, float]:
    right = predicted = gold = 0
    for e, o in zip(examples, outputs, strict=True):
        assert e.gap is not None
        pronoun, names, truth = e.gap
        coref, at = torch.from_numpy(o["coref"]).to(DEVICE), torch.tensor([pronoun, *names], device=DEVICE)
        scores = antecedent_scores(model, coref, at[:1], at[1:])[0]
        best = int(scores.argmax())
        for k in range(2):
            predicted += best == k
            gold += truth[k]
            right += best == k and truth[k]
    return {"gap": f1(right, predicted, gold)}
