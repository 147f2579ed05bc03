"""Fit what turns scores into chances, on the dev data: ``python -m models.training.calibrate``.

Two logistic regressions, written into the pipeline's settings: how likely an attribution is right (PolNeAR dev), and
how worth checking a sentence is (ClaimBuster dev, with the score learned from the debates beside it).
"""

import argparse
import csv
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Span

from extractor.pipeline import load, model_path
from extractor.pipeline.discourse import pooled

Floats = NDArray[np.float64]


def logistic(features: Floats, right: Floats, ridge: float = 1.0, rounds: int = 50) -> Floats:
    """Weights of a logistic regression by Newton's method. features: (n, d); right: (n,) of 0 and 1."""
    weights = np.zeros(features.shape[1])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (chance - right) + ridge * weights
        curve = (features * (chance * (1 - chance))[:, None]).T @ features + ridge * np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    return weights


def characters(spans: list[Span] | list[list[int]]) -> set[int]:
    bounds = [(s.start_char, s.end_char) if isinstance(s, Span) else tuple(s) for s in spans]
    return {i for a, b in bounds for i in range(a, b)}


def dice(a: set[int], b: set[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def attributions(folder: Path, articles: Path) -> tuple[Floats, Floats]:
    """Features of every attribution that the pipeline finds, and whether gold has it with this source."""
    nlp = load(folder)
    component = nlp.get_pipe("attribution")
    kept: list[list[float]] = []
    original = component.probability  # type: ignore[attr-defined]

    def spy(features: list[float]) -> float:
        kept.append(features)
        return original(features)

    component.probability = spy  # type: ignore[attr-defined]
    right = []
    for line in articles.open(encoding="utf-8"):
        article = json.loads(line)
        gold = [
            (characters(a["content"]), characters(a.get("source", [])))
            for a in article["attributions"]
            if a.get("content")
        ]
        for found in nlp(article["text"])._.attributions:
            content, source = characters(found.content), characters(found.source)
            right.append(any(dice(content, c) >= 0.5 and dice(source, s) >= 0.5 for c, s in gold))
    return np.asarray(kept), np.asarray(right, dtype=float)


def worthiness(folder: Path, sentences: Path) -> tuple[Floats, Floats]:
    """A constant and the two pooled scores of each sentence, and whether it is check-worthy."""
    nlp = load(folder)
    rows = list(csv.DictReader(sentences.open(encoding="utf-8")))
    features = [
        [1.0, *(pooled(doc._.reading.worth) if len(doc._.reading.words) else (-9.0, -9.0))]
        for doc in nlp.pipe(r["Text"] for r in rows)
    ]
    return np.asarray(features), np.asarray([float(r["Verdict"] == "1") for r in rows])


def to_best_half(scores: Floats, right: Floats) -> float:
    """What to add to log odds so that one half is where F1 is best: "worth checking" is read off at one half."""
    order = np.argsort(-scores)
    f1 = right[order].cumsum() / (np.arange(1, len(scores) + 1) + right.sum())
    best = int(f1[:-1].argmax())
    return -float(scores[order[best]] + scores[order[best + 1]]) / 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pipeline", nargs="?", type=Path, default=None)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    arguments = parser.parse_args()
    folder = arguments.pipeline or model_path()
    features, right = attributions(folder, arguments.data / "polnear/dev.jsonl")
    weights = np.round(logistic(features, right), 4).tolist()
    settle(folder / "attribution/labels.json", "calibration", weights)
    print("attribution", weights)
    features, right = worthiness(folder, arguments.data / "checkworthy/claimbuster-dev.csv")
    bias, claim = logistic(features[:, :2], right)
    bias, claim = np.round([bias + to_best_half(bias + claim * features[:, 1], right), claim], 4).tolist()
    settle(folder / "discourse/labels.json", "worthiness", {"bias": bias, "weights": [claim, 0.0]})
    print("worthiness", bias, claim)


def settle(path: Path, name: str, value: object) -> None:
    settings = json.loads(path.read_text(encoding="utf-8"))
    settings[name] = value
    path.write_text(json.dumps(settings, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
