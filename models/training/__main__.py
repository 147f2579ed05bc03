"""Make everything that ships, from the data and the base encoders: ``python -m models.training MINILM MPNET``."""

import argparse
import hashlib
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

SUMS = {
    "minilm": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "mpnet": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
}


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
    arguments = parser.parse_args()
    minilm, mpnet, work, here = arguments.minilm, arguments.mpnet, arguments.work, Path(__file__).parent
    check(minilm, SUMS["minilm"])
    check(mpnet, SUMS["mpnet"])
    data = ("--data", arguments.shared / "data")
    record(arguments.shared, here / "made_with.json")
    first, teacher, small = work / "first", work / "teacher", work / "small"
    if not (first / "last-model.pt").exists():
        run("train", here / "first.toml", "--base", minilm, "--work", first, *data)
    if not (teacher / "average-model.pt").exists():
        run("train", here / "teacher.toml", "--base", mpnet, "--work", teacher, *data)
    if not (work / "labels").exists():
        run("label", teacher / "average-model.pt", "--base", mpnet, "--out", work / "labels", "--most", "840", *data)
    if not (small / "average-model.pt").exists():
        start = ("--start", first / "last-model.pt", "--teacher", work / "labels")
        run("train", here / "small.toml", "--base", minilm, "--work", small, *start, *data)
    start_from = small
    for name in ("polish", "polish-again"):
        if not (work / name / "average-model.pt").exists():
            start = ("--start", start_from / "average-model.pt", "--teacher", work / "labels")
            run("train", here / f"{name}.toml", "--base", minilm, "--work", work / name, *start, *data)
        start_from = work / name
    stages = [work / name / "average-model.pt" for name in ("small", "polish", "polish-again")]
    run("average", work / "reader" / "average-model.pt", *stages)
    trained = (work / "reader" / "average-model.pt", "--base", minilm, *data)
    run("export", *trained, "--fp32", "--out", work / "fp32")
    run("calibrate", work / "fp32", *data)
    run("evaluate", work / "fp32", "--shared", arguments.shared, "--out", here / "scores-fp32.json")
    run("export", *trained)
    run("calibrate", *data)
    run("evaluate", "--shared", arguments.shared, "--out", here / "scores.json")
    run("card")


if __name__ == "__main__":
    main()
