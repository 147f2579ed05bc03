"""Fit the head for claims worth checking on a finished reader: ``python -m models.training.fit_claims``.

The reader has seen ClaimBuster's sentences so often that what it makes of them is surer than of any others. So this
head learns from the debates alone, which carry none of those labels, by what a reader of that one question
(``claims.toml``) says of each of their sentences; the encoder stays as it is.
"""

import argparse
import random
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from extractor.pipeline.encoding import WordPieces
from models.training.batches import batches, tensors, windows
from models.training.data import Example
from models.training.device import DEVICE
from models.training.losses import pooled
from models.training.model import INPUTS, Reader, claims_head
from models.training.train import attach_teacher, load_sources
from models.training.trained import load_reader

Sentence = tuple[Tensor, float]
"""What the discourse head sees of a sentence's words, (w, hidden), and the chance that it would be checked."""

WINDOW, BUDGET = 320, 4096  # word pieces
BATCH, EPOCHS, RATE = 128, 2, 1e-3


@torch.no_grad()
def read(model: Reader, examples: list[Example], wordpieces: WordPieces, rng: random.Random) -> list[Sentence]:
    """Every sentence that lies whole in a window."""
    found = []
    pool = [w for e in examples for w in windows(e, WINDOW, rng)]
    for batch in batches(pool, BUDGET, rng):
        inputs = tensors(batch, wordpieces)
        with torch.autocast(DEVICE.type, torch.bfloat16):
            words = model.words(*(inputs[k] for k in INPUTS))["discourse"]
        for row, window in enumerate(batch):
            taught = window.example.taught
            assert taught is not None, f"the teacher has not read {window.example.name}"
            for k, (a, b, _) in enumerate(window.example.sentences):
                if a >= window.start and b <= window.end:
                    part = words[row, a - window.start : b - window.start]
                    found.append((part.half().cpu(), float(taught[k])))
    return found


def fit(head: nn.Module, sentences: list[Sentence], rng: random.Random) -> float:
    """Train ``head``; returns its loss over the last tenth of the steps."""
    total = EPOCHS * -(-len(sentences) // BATCH)
    optimiser = torch.optim.AdamW(head.parameters(), RATE, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: max(0.02, 1 - s / total))
    losses = []
    for _ in range(EPOCHS):
        rng.shuffle(sentences)
        for at in range(0, len(sentences), BATCH):
            batch = sentences[at : at + BATCH]
            words = head(torch.cat([w for w, _ in batch]).float()).split([len(w) for w, _ in batch])
            scores = torch.stack([pooled(w, 0) for w in words])
            loss = F.binary_cross_entropy_with_logits(scores, torch.tensor([goal for _, goal in batch]))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            losses.append(float(loss))
    last = losses[-max(1, len(losses) // 10) :]
    return sum(last) / len(last)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path, help="the reader; the head is written into its file")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument(
        "--teacher", type=Path, required=True, help="folder with debates.claims.npz, as label writes it"
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--most", type=int, help="debates to read; all by default")
    arguments = parser.parse_args()
    torch.manual_seed(0)
    rng = random.Random(0)
    wordpieces = WordPieces(arguments.base / "tokenizer.json", limit=2_000_000)
    model, vocabulary, saved = load_reader(arguments.trained, arguments.base, arguments.data)
    train, _ = load_sources(arguments.data, ["debates"], wordpieces, vocabulary)
    attach_teacher(train, arguments.teacher)
    sentences = read(model, train["debates"][: arguments.most], wordpieces, rng)
    head = claims_head(model.encoder.config.hidden)
    print(f"{len(sentences)} sentences, loss {fit(head, sentences, rng):.4f}")
    saved["model"] |= {f"claims.{k}": v for k, v in head.state_dict().items()}
    torch.save(saved, arguments.trained)


if __name__ == "__main__":
    main()
