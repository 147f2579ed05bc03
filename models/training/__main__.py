"""Make everything that ships, from the data and the base encoders: ``python -m models.training MINILM MPNET``.

The steps are those by which the shipped readers were made, one after the other; as one command they have not been run.
The large one's head for claims read 32 of the debates.
"""

import argparse
import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

SUMS = {
    "minilm": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "mpnet": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
}


EVERY_SOURCE = ("polnear", "treebanks", "newswire", "claimbuster", "debates", "gap")
DEBATED = ("claimbuster", "debates")
CLAIMS = ("claims",)


def sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def check(folder: Path, expected: str) -> None:
    found = sha256(folder / "model.safetensors")
    if found != expected:
        raise SystemExit(f"{folder / 'model.safetensors'}: sha256 {found}, expected {expected}")


def record(shared: Path, path: Path) -> None:
    """What the run depended on: the sums of the data, and the versions of what computed."""
    data = {str(p.relative_to(shared)): sha256(p) for p in sorted((shared / "data").rglob("*")) if p.is_file()}
    versions = {name: version(name) for name in ("torch", "onnx", "onnxruntime", "spacy", "numpy", "tokenizers")}
    path.write_text(json.dumps({"versions": versions, "data": data}, indent=1) + "\n", encoding="utf-8")


def run(module: str, *arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", f"models.training.{module}", *map(str, arguments)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minilm", type=Path, help="folder of MiniLM-L6")
    parser.add_argument("mpnet", type=Path, help="folder of MPNet-base")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the folder of data, gold and scorers")
    parser.add_argument("--work", type=Path, default=Path("models/training/checkpoints"), help="folder for checkpoints")
    options = parser.parse_args()
    minilm, mpnet, work, here = options.minilm, options.mpnet, options.work, Path(__file__).parent
    check(minilm, SUMS["minilm"])
    check(mpnet, SUMS["mpnet"])
    data = ("--data", options.shared / "data")
    record(options.shared, here / "made_with.json")

    def train(name: str, base: Path, *arguments: str | Path, seed: int | None = None) -> Path:
        """The reader that a configuration makes; what is already there is not made again."""
        folder = work / (name if seed is None else f"{name}-{seed}")
        if seed is not None:
            arguments = (*arguments, "--seed", str(seed))
        if not (folder / "average-model.pt").exists():
            run("train", here / f"{name}.toml", "--base", base, "--work", folder, *arguments, *data)
        return folder / "average-model.pt"

    def label(
        name: str, *teachers: Path, sources: Sequence[str] = ("polnear", "newswire"),
        heads: Sequence[str] = ("attribution", "entity"), base: Path = mpnet,
    ) -> Path:  # fmt: skip
        """The folder with what teachers say of the sources; of claims it goes beside the other labels."""
        if heads == CLAIMS or not (work / name).exists():
            asked = ("--sources", *sources, "--heads", *heads)
            run("label", *teachers, "--base", base, "--out", work / name, *asked, *data)
        return work / name

    def ship(trained: Path, base: Path, package: str, scores: str, *arguments: str | Path) -> None:
        folder = here.parent / package if package.startswith("en_") else work / package
        run("export", trained, "--base", base, "--out", folder, *arguments, *data)
        run("calibrate", folder, *data)
        if package == "en_statements":
            run("fit_pronouns", "--pipeline", folder, *data)
        run("evaluate", folder, "--shared", options.shared, "--out", here / scores)

    def mean(name: str, *trained: Path) -> Path:
        averaged = work / name / "average-model.pt"
        run("average", averaged, *trained)
        return averaged

    alike = [train("large", mpnet, seed=seed) for seed in (1, 2, 3)]
    claims = train("claims-large", mpnet)
    said = label("labels-large", *alike, sources=EVERY_SOURCE)
    label("labels-large", claims, sources=DEBATED, heads=CLAIMS)
    large = train("large-mean", mpnet, "--start", mean("mean-of-three", *alike), "--teacher", said)
    train("six", mpnet, "--start", large, "--teacher", said)
    large = train("large-entities", mpnet, "--start", large)
    run("fit_claims", large, "--base", mpnet, "--teacher", said, *data)
    ship(large, mpnet, "en_statements_lg", "scores-large.json")

    teacher = train("teacher", mpnet)
    first = train("first", minilm)
    early = label("labels", teacher)
    small = train("small", minilm, "--start", first, "--teacher", early)
    polished = [small]
    for name in ("polish", "polish-again"):
        polished.append(train(name, minilm, "--start", polished[-1], "--teacher", early))
    labels = label("labels-all", train("teacher-all", mpnet, "--start", teacher))
    student = train("student", minilm, "--start", small, "--teacher", labels)
    reader = mean("reader", student, mean("earlier", *polished))
    again = train("again", minilm, "--start", reader, "--teacher", labels)
    label("labels-all", train("claims", minilm), sources=DEBATED, heads=CLAIMS, base=minilm)
    start = mean("start", reader, again)
    reader = mean("shipped", start, train("last", minilm, "--start", start, "--teacher", labels))
    run("fit_claims", reader, "--base", minilm, "--teacher", labels, *data)
    ship(reader, minilm, "fp32", "scores-fp32.json", "--fp32")
    ship(reader, minilm, "en_statements", "scores.json")
    run("card")


if __name__ == "__main__":
    main()
