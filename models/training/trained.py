"""A trained reader from its file."""

from pathlib import Path
from typing import Any

import torch

from models.training.device import DEVICE
from models.training.labels import ATTRIBUTION, ENTITIES, Vocabulary, bio
from models.training.model import EncoderConfig, Reader, claims_head


def load_reader(path: Path, base: Path, data: Path) -> tuple[Reader, Vocabulary, dict[str, Any]]:
    """The reader that `train` wrote, its labels, and the whole of what was written.

    base: folder of the encoder it began as. data: folder of the treebanks, which hold the labels.
    """
    saved = torch.load(path, weights_only=True, map_location="cpu")
    vocabulary = Vocabulary.of([data / f"ud/{n}-train.conllu" for n in ("ewt", "gum")])
    config = EncoderConfig.of(base, saved["settings"].get("layers", ()))
    reader = Reader(config, sizes(vocabulary))
    if any(name.startswith("claims.") for name in saved["model"]):
        reader.claims = claims_head(config.hidden)
    reader.load_state_dict(saved["model"])
    return reader.to(DEVICE).eval(), vocabulary, saved


def sizes(vocabulary: Vocabulary) -> dict[str, int]:
    """How many labels each head decides between."""
    return {
        "attribution": len(bio(ATTRIBUTION)),
        "entity": len(ENTITIES),
        **{k: len(v) for k, v in vocabulary.names.items()},
    }
