"""Save what teachers say of text, for a student to learn from: ``python -m models.training.label``.

Of every source a file for each head: attribution and entity, the logarithm of the teachers' mean chance of each tag for
each word; claims, their mean chance of each labelled sentence that ClaimBuster's readers would check it.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from extractor.pipeline.decoding import log_softmax
from extractor.pipeline.encoding import WordPieces
from models.training.data import Example
from models.training.losses import CLAIMBUSTER, pooled
from models.training.scores import predict
from models.training.train import load_sources
from models.training.trained import load_reader

LEAST = 1e-6  # chance of a tag, so that its logarithm stays a number of sixteen bits
OUTPUT = {"claims": "worth"}  # where a head is not called as what it puts out


def chances(head: str, example: Example, values: np.ndarray) -> np.ndarray:
    """(w, tags), or (sentences,) for claims, from a head's (w, …) output."""
    if head != "claims":
        return np.exp(log_softmax(values))
    scores = [pooled(torch.from_numpy(values[a:b]), CLAIMBUSTER) for a, b, _ in example.sentences]
    return torch.stack(scores).sigmoid().numpy() if scores else np.zeros(0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teachers", type=Path, nargs="+", help="models that models.training.train wrote")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sources", nargs="+", required=True)
    parser.add_argument("--heads", nargs="+", default=["attribution", "entity"])
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    wordpieces = WordPieces(arguments.base / "tokenizer.json", limit=2_000_000)
    readers = [load_reader(path, arguments.base, arguments.data) for path in arguments.teachers]
    for reader, _, _ in readers:
        reader.encoder.to(torch.bfloat16)
    train, _ = load_sources(arguments.data, arguments.sources, wordpieces, readers[0][1])
    outputs = tuple(OUTPUT.get(head, head) for head in arguments.heads)
    for name, examples in train.items():
        saved: dict[str, dict[str, np.ndarray]] = {head: {} for head in arguments.heads}
        for at in range(0, len(examples), 200):
            part = examples[at : at + 200]
            said = [predict(r, part, wordpieces, most=320, budget=10240, outputs=outputs) for r, _, _ in readers]
            for k, e in enumerate(part):
                for head, kept in saved.items():
                    mean = np.mean([chances(head, e, s[k][OUTPUT.get(head, head)]) for s in said], axis=0)
                    kept[e.name] = (mean if head == "claims" else np.log(mean.clip(LEAST))).astype(np.float16)
            print(name, at + len(part), "of", len(examples), flush=True)
        for head, kept in saved.items():
            np.savez(arguments.out / f"{name}.{head}.npz", **kept)


if __name__ == "__main__":
    main()
