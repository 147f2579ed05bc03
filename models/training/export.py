"""A trained reader to the shipped pipeline: ONNX, int8, labels, config: ``python -m models.training.export``.

The graph is exported in fp32, optimised, and its matrix products and embeddings are quantised to int8. The weights of
a large one go into files beside the graph, none of them larger than code hosts take.
"""

import argparse
import json
import shutil
from itertools import islice
from pathlib import Path

import numpy as np
import onnx
import spacy
import torch
from onnx import TensorProto
from onnx.external_data_helper import set_external_data
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

import extractor.pipeline.factories  # noqa: F401
from extractor.pipeline.abbreviations import keep_whole
from extractor.pipeline.encoder import HALF
from extractor.pipeline.encoding import WordPieces
from models.training.data import polnear
from models.training.labels import ATTRIBUTION, ENTITIES, SPACY_ENTITIES, Vocabulary, bio
from models.training.model import INPUTS, EncoderConfig, Reader
from models.training.smooth import smooth
from models.training.trained import load_reader

OUTPUTS = ("attribution", "link", "entity", "tags", "arc_dependent", "arc_head", "label", "worth", "coref")

LARGEST_FILE = 60_000_000
"""Bytes of weights in one file: hosts of code refuse files of 100 MB, and some warn from 50."""


class Exported(nn.Module):
    """The reader with its tag heads already decided: an index takes less room than the scores of 260 labels."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, pieces: Tensor, case: Tensor, quote: Tensor, line: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        out = self.reader(pieces, case, quote, line, None, first)
        s = self.reader.sizes
        upos, xpos, lemma, start = out["tags"].split([s["upos"], s["xpos"], s["lemma"], 1], -1)
        best = [t.argmax(-1, keepdim=True).to(start.dtype) for t in (upos, xpos, lemma)]
        out["tags"] = torch.cat((*best, start), -1)
        return tuple(out[n].half() if n in HALF else out[n] for n in OUTPUTS)


def to_onnx(reader: Reader, path: Path) -> None:
    reader.eval()
    names = [k for k in INPUTS if k != "mask"]
    example = {k: torch.ones((1, 12), dtype=torch.int64) for k in names}
    example["first"] = torch.ones((1, 7), dtype=torch.int64)
    axes = {k: {1: "words" if k == "first" else "pieces"} for k in names}
    axes |= {k: {1: "words"} for k in OUTPUTS}
    torch.onnx.export(
        Exported(reader), tuple(example.values()), str(path),
        input_names=names, output_names=list(OUTPUTS),
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


def optimise(source: Path, target: Path, config: EncoderConfig) -> None:
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False
    options.enable_skip_layer_norm = False  # onnxruntime's fused ones add up number by number: half as fast
    options.enable_bias_gelu = False
    model = optimizer.optimize_model(
        str(source),
        "bert",
        num_heads=config.heads,
        hidden_size=config.hidden,
        opt_level=1,
        optimization_options=options,
    )
    print("fused:", model.get_fused_operator_statistics())
    model.save_model_to_file(str(target))


def quantise(source: Path, target: Path) -> None:
    """The matrix products of the encoder's layers and the word embeddings to int8.

    The heads stay in fp32: they are a hundredth of the work, and each label hangs on their last digits.
    """
    nodes = onnx.load(str(source), load_external_data=False).graph.node
    coarse = [n.name for n in nodes if "/encoder/layers." in n.name or n.name.endswith("/words/Gather")]
    quantize_dynamic(
        str(source),
        str(target),
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"],
        nodes_to_quantize=coarse,
        extra_options={"DefaultTensorType": TensorProto.FLOAT, "MatMulConstBOnly": True},
    )


def write_graph(graph: Path, folder: Path) -> None:
    """``reader.onnx``, with its weights in ``weights-N.bin`` beside it where they are more than one file may hold."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("weights-*.bin"):
        old.unlink()
    if graph.stat().st_size <= LARGEST_FILE:
        shutil.copyfile(graph, folder / "reader.onnx")
        return
    model = onnx.load(str(graph))
    part, filled = 1, 0
    for tensor in model.graph.initializer:
        if len(tensor.raw_data) < 1024:
            continue
        if filled + len(tensor.raw_data) > LARGEST_FILE:
            part, filled = part + 1, 0
        filled += len(tensor.raw_data)
        set_external_data(tensor, location=f"weights-{part}.bin")
    onnx.save_model(model, str(folder / "reader.onnx"))
    for path in folder.glob("weights-*.bin"):
        path.chmod(0o644)  # onnx gives them to their owner alone


def write_pipeline(
    name: str, folder: Path, graph: Path, base: Path, vocabulary: Vocabulary, reader: Reader, scores: dict
) -> None:
    """The folder that spaCy loads."""
    nlp = spacy.blank("en")
    keep_whole(nlp)
    for part in ("encoder", "syntax", "entities", "attribution", "discourse"):
        nlp.add_pipe(f"extractor_{part}", name=part)
    settings = {
        "syntax": {
            **{k: vocabulary.names[k] for k in ("upos", "xpos", "lemma", "relation")},
            "relation_weight": np.round(reader.label_out.weight.detach().numpy().astype(float), 5).tolist(),
            "relation_bias": np.round(reader.label_out.bias.detach().numpy().astype(float), 5).tolist(),
        },
        "entities": {"entity": [SPACY_ENTITIES[n[2:]] for n in ENTITIES[1::2]]},
        "attribution": {"attribution": list(bio(ATTRIBUTION)), "calibration": [0.5, 1, 1, 1, 0.5, 0.5, 0, 0]},
        "discourse": {
            "worthiness": {"bias": 0.0, "weights": [1.0, 0.0]},
            "near": np.round(reader.coref_near.detach().numpy().astype(float), 4).tolist(),
        },
    }
    for part, labels in settings.items():
        nlp.get_pipe(part).settings = labels  # type: ignore[attr-defined]
    nlp.meta["name"] = name
    nlp.meta["version"] = "0.2.0"
    nlp.meta["description"] = "Who said what: tags, tree, entities and attributions from one pass of an encoder."
    nlp.meta["license"] = "MIT"
    nlp.meta["performance"] = scores
    folder.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder)
    write_graph(graph, folder / "encoder")
    shutil.copyfile(base / "tokenizer.json", folder / "encoder" / "tokenizer.json")
    (folder / "encoder" / "outputs.json").write_text(json.dumps(list(OUTPUTS)) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path, help="a model that models.training.train wrote")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("models/en_statements"))
    parser.add_argument("--fp32", action="store_true", help="leave the weights as they are, to see what int8 costs")
    arguments = parser.parse_args()
    reader, vocabulary, saved = load_reader(arguments.trained, arguments.base, arguments.data)
    config = reader.encoder.config
    work = arguments.trained.parent
    if not arguments.fp32:
        wordpieces = WordPieces(arguments.base / "tokenizer.json", limit=2_000_000)
        smooth(reader, list(islice(polnear(arguments.data / "polnear/train.jsonl", wordpieces), 8)), wordpieces)
    to_onnx(reader.cpu(), work / "plain.onnx")
    optimise(work / "plain.onnx", work / "optimised.onnx", config)
    graph = work / "optimised.onnx"
    if not arguments.fp32:
        quantise(graph, work / "int8.onnx")
        graph = work / "int8.onnx"
    onnx.checker.check_model(str(graph)) if arguments.fp32 else None
    print(f"{graph}: {graph.stat().st_size / 1e6:.1f} MB")
    name = arguments.out.name.removeprefix("en_")
    write_pipeline(name, arguments.out, graph, arguments.base, vocabulary, reader, saved["scores"])


if __name__ == "__main__":
    main()
