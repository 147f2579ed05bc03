"""Average the weights of readers that went on from each other: ``python -m models.training.average OUT READER...``.

Wortsman et al. (2022), "Model soups": fine-tunings of one start lie in one valley, and its middle reads best.
"""

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("readers", type=Path, nargs="+")
    arguments = parser.parse_args()
    saved = [torch.load(path, weights_only=True) for path in arguments.readers]
    mean = {k: sum(s["model"][k].float() for s in saved) / len(saved) for k in saved[0]["model"]}
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": mean, "settings": saved[-1]["settings"], "scores": {}}, arguments.out)


if __name__ == "__main__":
    main()
