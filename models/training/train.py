"""Train one reader, from a configuration file: ``python -m models.training.train models/training/small.toml``.

Checkpoints are whole (weights, optimiser, place in the schedule), so a run that was killed goes on where it was.
"""

import argparse
import json
import math
import random
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from extractor.pipeline.encoding import WordPieces
from models.training import data, scores
from models.training.batches import epoch
from models.training.data import Example
from models.training.device import DEVICE
from models.training.labels import Vocabulary
from models.training.losses import loss_of
from models.training.model import INPUTS, EncoderConfig, Reader, with_layers
from models.training.trained import sizes


class MasterWeights:
    """AdamW over fp32 copies of the weights while the encoder's own are bfloat16: 1.7 times as fast on a CPU."""

    def __init__(self, model: nn.Module, groups: list[dict], decay: float) -> None:
        self.pairs: list[tuple[nn.Parameter, torch.Tensor]] = []
        masters = []
        for group in groups:
            copies = []
            for p in group["params"]:
                copy = p.detach().float().clone().requires_grad_()
                self.pairs.append((p, copy))
                copies.append(copy)
            masters.append({**group, "params": copies, "weight_decay": decay})
        self.adam = torch.optim.AdamW(masters, betas=(0.9, 0.98), eps=1e-6, fused=True)

    def step(self, clip: float) -> None:
        for p, copy in self.pairs:
            copy.grad = p.grad.float() if p.grad is not None else None
            p.grad = None
        torch.nn.utils.clip_grad_norm_([c for _, c in self.pairs], clip)
        self.adam.step()
        with torch.no_grad():
            torch._foreach_copy_([p for p, _ in self.pairs], [c for _, c in self.pairs])

    def average_into(self, average: list[torch.Tensor], decay: float) -> None:
        copies = [c.detach() for _, c in self.pairs]
        if not average:
            average += [c.clone() for c in copies]
        torch._foreach_lerp_(average, copies, 1 - decay)


def load_sources(
    root: Path, names: list[str], wordpieces: WordPieces, vocabulary: Vocabulary
) -> tuple[dict[str, list[Example]], dict[str, list[Example]]]:
    """The sources named, as (train, dev) examples; the debates of ``held_out.json`` are dev."""
    held_out = json.loads((Path(__file__).parent / "held_out.json").read_text(encoding="utf-8"))
    train: dict[str, list[Example]] = {}
    dev: dict[str, list[Example]] = {}
    if "polnear" in names:
        train["polnear"] = list(data.polnear(root / "polnear/train.jsonl", wordpieces))
        dev["polnear"] = list(data.polnear(root / "polnear/dev.jsonl", wordpieces))
    if "treebanks" in names:
        for split, into in (("train", train), ("dev", dev)):
            chains = data.ontogum(root / f"coref/ontogum-{split}.conll")
            for name in ("ewt", "gum"):
                into[name] = list(data.treebank(root / f"ud/{name}-{split}.conllu", wordpieces, vocabulary, chains))
    if "newswire" in names:
        train["newswire"] = list(data.newswire(root / "ner/worldwide-train.tsv", wordpieces))
        dev["newswire"] = list(data.newswire(root / "ner/worldwide-dev.tsv", wordpieces))
    if "claimbuster" in names:
        train["claimbuster"] = list(data.claimbuster(root / "checkworthy/claimbuster-train.csv", wordpieces))
        dev["claimbuster"] = list(data.claimbuster(root / "checkworthy/claimbuster-dev.csv", wordpieces))
    if "debates" in names:
        for path in sorted((root / "checkworthy/debates").glob("*.tsv")):
            (dev if path.stem in held_out else train).setdefault("debates", []).append(data.debate(path, wordpieces))
    if "gap" in names:
        train["gap"] = list(data.gap(root / "coref/gap-train.tsv", wordpieces))
        dev["gap"] = list(data.gap(root / "coref/gap-dev.tsv", wordpieces))
    return train, dev


def evaluate(
    model: Reader, vocabulary: Vocabulary, dev: dict[str, list[Example]], wordpieces: WordPieces
) -> dict[str, dict[str, float]]:
    result: dict[str, dict[str, float]] = {}
    for name, examples in dev.items():
        out = scores.predict(model, examples, wordpieces)
        if name == "polnear":
            result[name] = scores.attribution(examples, out)
        elif name in ("ewt", "gum"):
            result[name] = scores.syntax(model, vocabulary, examples, out)
        elif name == "newswire":
            result[name] = scores.entities(examples, out)
        elif name in ("claimbuster", "debates"):
            result[name] = scores.worthiness(examples, out, 0 if name == "claimbuster" else 2)
        elif name == "gap":
            result[name] = scores.gap(model, examples, out)
    return result


def attach_teacher(sources: dict[str, list[Example]], folder: Path) -> None:
    """Put what a teacher said of the examples beside their labels: files ``source.head.npz`` as `label` writes them."""
    for path in sorted(folder.glob("*.npz")):
        saved = np.load(path)
        source, head = path.stem.split(".")
        for e in sources.get(source, []):
            if e.name in saved and head == "claims":
                e.taught = saved[e.name]
            elif e.name in saved:
                e.labels[f"teacher {head}"] = saved[e.name].astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--base", type=Path, required=True, help="folder with the base encoder's files")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--teacher", type=Path, help="folder with a teacher's saved distributions")
    parser.add_argument("--start", type=Path, help="a trained model to start from")
    parser.add_argument("--seed", type=int, help="another than the configuration's")
    arguments = parser.parse_args()
    settings = tomllib.loads(arguments.config.read_text(encoding="utf-8"))
    arguments.work.mkdir(parents=True, exist_ok=True)
    seed = settings["seed"] if arguments.seed is None else arguments.seed
    rng = random.Random(seed)
    torch.manual_seed(0)  # the heads begin alike whatever the seed, so that what comes of them can be averaged

    wordpieces = WordPieces(arguments.base / "tokenizer.json", limit=2_000_000)
    vocabulary = Vocabulary.of([arguments.data / f"ud/{n}-train.conllu" for n in ("ewt", "gum")])
    train, dev = load_sources(arguments.data, settings["sources"], wordpieces, vocabulary)
    if arguments.teacher:
        attach_teacher(train, arguments.teacher)
    config = EncoderConfig.of(arguments.base, settings.get("layers", ()))
    model = Reader(config, sizes(vocabulary), settings["dropout"], settings.get("encoder_dropout", 0.0))
    model.encoder.load(arguments.base)
    if arguments.start:
        start = torch.load(arguments.start, weights_only=True, map_location="cpu")
        whole = config.kept and not start["settings"].get("layers")
        model.load_state_dict(with_layers(start["model"], config.kept) if whole else start["model"])
    model.to(DEVICE)
    torch.manual_seed(seed)
    head_names = [n for n, _ in model.named_parameters() if not n.startswith("encoder.")]
    if only := settings.get("only"):
        for name, parameter in model.named_parameters():
            parameter.requires_grad_(name in only)
    features = tuple(f"encoder.{n}." for n in ("case", "quote", "line"))
    fresh = [n for n, _ in model.named_parameters() if n.startswith(features)] + head_names
    by_name = dict(model.named_parameters())
    groups = [
        {"params": [p for n, p in by_name.items() if n not in fresh], "lr": settings["lr"]},
        {"params": [by_name[n] for n in fresh if not n.startswith("mix.")], "lr": settings["head_lr"]},
        # seven numbers that have to move by whole units while matrices move by hundredths
        {"params": [by_name[n] for n in fresh if n.startswith("mix.")], "lr": 20 * settings["head_lr"]},
    ]
    if settings.get("live_bf16", True):
        model.encoder.to(torch.bfloat16)
    optimiser = MasterWeights(model, groups, settings["decay"])

    shares = settings["shares"]
    steps_an_epoch = sum(
        1 for _ in epoch(train, shares, settings["window"], settings["budget"], wordpieces, random.Random(0))
    )
    total = math.ceil(steps_an_epoch * settings["epochs"])
    checkpoint = arguments.work / "last.pt"
    average: list[torch.Tensor] = []
    step = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True, map_location=DEVICE)
        step = saved["step"]
        optimiser.adam.load_state_dict(saved["adam"])
        for (p, copy), value in zip(optimiser.pairs, saved["masters"], strict=True):
            with torch.no_grad():
                copy.copy_(value)
                p.copy_(value)
        average = saved["average"]
        print(f"resumed at step {step}", file=sys.stderr)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser.adam,
        lambda s: min((s + 1) / settings["warmup"], max(0.02, (total - s) / (total - settings["warmup"]))),
    )
    for _ in range(step):
        schedule.step()
    print(
        json.dumps({"steps": total, "per_epoch": steps_an_epoch, "train": {k: len(v) for k, v in train.items()}}),
        flush=True,
    )
    begun = time.time()
    losses: dict[str, list[torch.Tensor]] = {}
    pieces = 0
    while step < total:
        for name, batch, inputs in epoch(train, shares, settings["window"], settings["budget"], wordpieces, rng):
            if step >= total:
                break
            with torch.autocast(DEVICE.type, torch.bfloat16):
                out = model(*(inputs[k] for k in INPUTS))
            loss = loss_of(model, name, batch, inputs, out)
            loss.backward()
            optimiser.step(1.0)
            schedule.step()
            step += 1
            pieces += sum(w.pieces for w in batch)
            losses.setdefault(name, []).append(loss.detach())
            if step > total * 0.5:
                optimiser.average_into(average, settings["average"])
            if step % 50 == 0:
                mean = {k: round(float(torch.stack(v).mean()), 3) for k, v in losses.items()}
                print(
                    f"{step}/{total} {time.time() - begun:.0f}s {pieces / (time.time() - begun):.0f} pieces/s {mean}",
                    flush=True,
                )
                losses = {}
            if step % settings["save_every"] == 0 or step == total:
                masters = [c.detach() for _, c in optimiser.pairs]
                adam = optimiser.adam.state_dict()
                save(checkpoint, {"step": step, "adam": adam, "masters": masters, "average": average})
            if step % settings["look_every"] == 0 and step < total:
                print(
                    json.dumps(
                        {
                            "step": step,
                            **evaluate(model, vocabulary, {k: dev[k] for k in settings["look_at"]}, wordpieces),
                        }
                    ),
                    flush=True,
                )
    model.float()
    with torch.no_grad():
        for (p, _), value in zip(optimiser.pairs, average, strict=True):
            p.copy_(value)
    trained = {"model": model.state_dict(), "settings": settings, "scores": {}}
    save(arguments.work / "average-model.pt", trained)
    trained["scores"] = evaluate(model, vocabulary, dev, wordpieces)
    print(json.dumps(trained["scores"]), flush=True)
    save(arguments.work / "average-model.pt", trained)


def save(path: Path, what: dict[str, Any]) -> None:
    """Write a file whole or not at all."""
    new = path.with_suffix(".new")
    torch.save(what, new)
    new.replace(path)


if __name__ == "__main__":
    main()
