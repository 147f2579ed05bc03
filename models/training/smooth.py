"""Make activations easier to say in eight bits, without changing what the network computes.

SmoothQuant (Xiao et al. 2023): a few channels are tens of times as large as the rest, and one step of eight bits has to
span them all. Each channel is divided by how large it gets, and the weights that read it are multiplied by the same.
"""

import random

import torch
from torch import Tensor, nn

from extractor.pipeline.encoding import WordPieces
from models.training.batches import epoch
from models.training.data import Example
from models.training.model import INPUTS, Reader

SMOOTHED = ("qkv", "up", "down")
STRENGTH = 0.75  # how much of the difference between channels goes over to the weights


class Smoothed(nn.Module):
    """A linear layer that reads its input channel by channel at another scale."""

    def __init__(self, linear: nn.Linear, peak: Tensor) -> None:
        """peak: (inputs,) the largest absolute value of each channel."""
        super().__init__()
        weight = linear.weight.detach().abs().amax(0)
        scale = peak.clamp(min=1e-3) ** STRENGTH / weight.clamp(min=1e-3) ** (1 - STRENGTH)
        self.shrink = nn.Parameter(1 / scale)
        self.linear = nn.Linear(linear.in_features, linear.out_features, device=peak.device)
        with torch.no_grad():
            self.linear.weight.copy_(linear.weight * scale)
            self.linear.bias.copy_(linear.bias)

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x * self.shrink)


@torch.no_grad()
def peaks(reader: Reader, examples: list[Example], wordpieces: WordPieces) -> dict[str, Tensor]:
    """By the name of each layer to be smoothed: (inputs,) the largest absolute value of each channel of its input."""
    found: dict[str, Tensor] = {}

    def watch(name: str, module: nn.Module) -> torch.utils.hooks.RemovableHandle:
        def look(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            peak = inputs[0].abs().flatten(0, -2).amax(0)
            found[name] = torch.maximum(found[name], peak) if name in found else peak

        return module.register_forward_pre_hook(look)

    watched = [watch(n, m) for n, m in reader.encoder.layers.named_modules() if n.split(".")[-1] in SMOOTHED]
    for _, _, inputs in epoch({"": examples}, {}, 320, 2560, wordpieces, random.Random(0)):
        reader(*(inputs[k] for k in INPUTS))
    for handle in watched:
        handle.remove()
    return found


def smooth(reader: Reader, examples: list[Example], wordpieces: WordPieces) -> None:
    """Smooth the layers of a reader, by what goes through them when it reads the examples."""
    reader.eval()
    for name, peak in peaks(reader, examples, wordpieces).items():
        layer, kind = name.split(".")
        module = reader.encoder.layers[int(layer)]
        setattr(module, kind, Smoothed(getattr(module, kind), peak))
