"""Save what a teacher says of text, for a student to learn from: ``python -m models.training.label``.

Of every source a file for each head: attribution and entity, the scores of their tags for each word; claims, the
chance of each labelled sentence that ClaimBuster's readers would check it.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from extractor.pipeline.encoding import WordPieces
from models.training.data import Example
from models.training.losses import CLAIMBUSTER, pooled
from models.training.scores import predict
from models.training.train import load_sources
from models.training.trained import load_reader


def chances(example: Example, worth: np.ndarray) -> np.ndarray:
    """(sentences,) from the (w, 4) worth head."""
    scores = [pooled(torch.from_numpy(worth[a:b]), CLAIMBUSTER) for a, b, _ in example.sentences]
    return torch.stack(scores).sigmoid().numpy() if scores else np.zeros(0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teacher", type=Path, help="a model that models.training.train wrote")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sources", nargs="+", default=["polnear", "newswire"])
    parser.add_argument("--heads", nargs="+", default=["attribution", "entity"])
    parser.add_argument("--most", type=int, help="documents of a source; all by default")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    wordpieces = WordPieces(arguments.base / "tokenizer.json", limit=2_000_000)
    model, vocabulary, _ = load_reader(arguments.teacher, arguments.base, arguments.data)
    model.encoder.to(torch.bfloat16)
    train, _ = load_sources(arguments.data, arguments.sources, wordpieces, vocabulary)
    for name, found in train.items():
        examples = found[: arguments.most]
        saved: dict[str, dict[str, np.ndarray]] = {head: {} for head in arguments.heads}
        for at in range(0, len(examples), 40):
            part = examples[at : at + 40]
            for e, o in zip(part, predict(model, part, wordpieces, most=320, budget=5120), strict=True):
                for head, kept in saved.items():
                    kept[e.name] = (chances(e, o["worth"]) if head == "claims" else o[head]).astype(np.float16)
            print(name, at + len(part), "of", len(examples), flush=True)
        for head, kept in saved.items():
            np.savez(arguments.out / f"{name}.{head}.npz", **kept)


if __name__ == "__main__":
    main()
