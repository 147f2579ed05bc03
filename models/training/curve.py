"""What each size of reader finds and how fast it reads: ``python -m models.training.curve NAME=FOLDER...``.

Writes ``curve.json`` and the plot of the model cards, ``curve.svg``. Every pipeline makes the whole table of PolNeAR's
dev articles on one thread, one after the other in the same run.
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from extractor.pipeline import load
from models.training.evaluate import attribution_figures, product, rows_of

HERE = Path(__file__).parent
ROUNDS = 3


def measured(folder: Path, shared: Path) -> dict[str, float]:
    """Words a second, the median of the rounds, and the scores of the rows."""
    articles = shared / "data/polnear/dev.jsonl"
    words = sum(len(json.loads(line)["text"].split()) for line in articles.read_text(encoding="utf-8").splitlines())
    nlp = load(folder)
    with tempfile.TemporaryDirectory() as made:
        out = Path(made, "rows.jsonl")
        seconds = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            rows_of(nlp, articles, out)
            seconds.append(time.perf_counter() - begun)
        scores = attribution_figures(product(shared, "attribution", str(out), str(articles)))
    return {"words a second": round(words / statistics.median(seconds)), **scores}


def draw(curve: dict[str, dict[str, float]], path: Path) -> None:
    """Exact F1 of contents and F1 of pairing over words a second."""
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "curve", "font.size": 10})
    figure, axes = plt.subplots(figsize=(6.4, 3.4))
    points = sorted(curve.items(), key=lambda item: item[1]["words a second"])
    speeds = [scores["words a second"] for _, scores in points]
    for kind, style in (("pairing", "o-"), ("content", "s-")):
        axes.plot(speeds, [scores[kind] for _, scores in points], style, label=f"{kind}, F1")
    for name, scores in points:
        axes.annotate(
            name, (scores["words a second"], scores["pairing"]), (0, 7), textcoords="offset points", ha="center"
        )
    axes.set(xlabel="words a second on one core, whole table", ylabel="PolNeAR dev", xscale="log")
    axes.set_xticks(speeds, [f"{speed:,.0f}" for speed in speeds])
    axes.minorticks_off()
    axes.margins(0.15, 0.2)
    axes.legend(frameon=False)
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pipelines", nargs="+", help="NAME=FOLDER, as often as there are readers")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the folder of data, gold and scorers")
    arguments = parser.parse_args()
    curve: dict[str, dict[str, Any]] = {}
    for pair in arguments.pipelines:
        name, _, folder = pair.partition("=")
        curve[name] = measured(Path(folder), arguments.shared)
        print(name, curve[name], flush=True)
    (HERE / "curve.json").write_text(json.dumps(curve, indent=1) + "\n", encoding="utf-8")
    draw(curve, HERE / "curve.svg")


if __name__ == "__main__":
    main()
