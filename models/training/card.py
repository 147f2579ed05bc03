"""Write the model cards and the figures of the README from measured scores: ``python -m models.training.card``.

No figure is typed: the scores come from ``models.training.evaluate``, of the shipped pipelines (``scores.json``,
``scores-large.json``) and, to say what int8 costs, of the small one before quantising (``scores-fp32.json``).
"""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Model:
    """A pipeline that ships. suffix: of the files of its scores."""

    package: str
    suffix: str
    encoder: str
    made: str

    @property
    def folder(self) -> Path:
        return ROOT / "models" / self.package

    @property
    def size(self) -> float:
        """In MB."""
        return sum(p.stat().st_size for p in self.folder.rglob("*") if p.is_file()) / 1e6

    def scores(self, kind: str = "") -> dict[str, Any]:
        """What `evaluate` wrote. kind: ``-fp32`` for the scores before quantising."""
        path = HERE / f"scores{self.suffix}{kind}.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


MODELS = (
    Model(
        "en_statements",
        "",
        "MiniLM-L6-H384-uncased (22.7 M parameters, Apache-2.0)",
        "Attribution, entities and check-worthiness were also learned from larger readers (MPNet-base), by "
        "what they say of the same texts.",
    ),
    Model(
        "en_statements_lg",
        "-large",
        "MPNet-base (109 M parameters, Apache-2.0)",
        "It is the mean of three of its kind (`large.toml`), which then learned what the three say together "
        "(`large-mean.toml`).",
    ),
)

# On PolNeAR's test articles, by the same scorer; the neural record is that of its paper (COLING 2022), the humans are
# two annotators against each other. Exact F1 of content, cue and source; F1 of pairing; direct quotes found exactly.
PEERS = {
    "two human annotators": (70.1, 70.8, 78.9, 77.4, 95.1),
    "BERT-base + Cofe (110 M parameters)": (72.9, 75.3, 83.2, None, None),
    "BBC Citron, retrained": (43.2, 52.9, 64.3, 58.0, 58.3),
    "Gender Gap Tracker rules": (38.8, 48.9, 58.1, 51.4, 56.1),
    "textacy direct quotations": (23.6, 32.7, 27.7, 26.2, 71.1),
}

CARD = """# {package}

An English pipeline of extractor: one encoder, read once, gives sentences, tags, lemmas, a dependency tree,
entities, attributions (source, cue, content and their links), check-worthiness and vectors for coreference.
This card is written by `models/training/card.py`; do not edit it.

| | |
|---|---|
| encoder | {encoder}, with embeddings added for case, marks and lines |
| runs on | onnxruntime, int8, one thread; no torch, no network |
| size | {size:.1f} MB |
| licence | MIT for the pipeline; the terms of its training data are below |

## Scores

On development data, of the pipeline as it ships{against}. Test splits were not looked at.

{tables}

![What each size finds and how fast it reads](../training/curve.svg)

{curve}

PolNeAR by the exact span (marks and punctuation at the ends trimmed), of the rows of the table; treebanks on gold
tokens with universal relations; entities by exact span and type on newswire from five continents.

## What it was trained on

| data | for | licence |
|---|---|---|
| PolNeAR, 840 US news articles, 2015–16 | attribution | none stated; its text is not redistributed |
| Universal Dependencies English EWT, GUM | sentences, tags, lemmas, tree | CC BY-SA 4.0; annotations CC BY 4.0 |
| en-worldwide-newswire (stanfordnlp) | entities | as stated there |
| OntoGUM, GAP | coreference | CC BY 4.0; Apache-2.0 |
| ClaimBuster debate sentences (Zenodo 3609356) | check-worthiness | as stated there |
| CheckThat! 2019–20 transcripts | check-worthiness | free for general research use |

{made} `models/training/README.md` says how to make it again.

## What it gets wrong

- The speaker of reported speech without quotation marks is missed more often than that of a quote, and the end of the
  content is often a phrase too early or too late (an adverbial of the reporter's own taken in, or left out).
- It learned attribution from US political news. British parliamentary speech, interviews set as transcripts and
  literary prose are read less well; poetry and chat are not what it is for.
- A belief or an intention with a rare verb ("reflects on", "underscores") may be missed or cut short.
- Check-worthiness was learned from US presidential debates: it says what fact-checkers there picked, not what is false.
- Pronouns in a paragraph with two people of the same gender are its hardest names; `confidence` is lower there.
"""


def figure(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def tables(scores: dict[str, dict[str, float]], before: dict[str, dict[str, float]]) -> str:
    lines = ["| data | score | int8 |" + (" fp32 |" if before else ""), "|---|---|---|" + ("---|" if before else "")]
    for group, figures in scores.items():
        for name, value in figures.items():
            cells = [group, name, figure(value)] + ([figure(before.get(group, {}).get(name))] if before else [])
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def curve() -> str:
    """The points of the plot, as `curve` measured them, in words."""
    points = json.loads((HERE / "curve.json").read_text(encoding="utf-8"))
    said = (
        f"{name} {p['words a second']:,.0f} words/s, content {figure(p['content'])}, pairing {figure(p['pairing'])}"
        for name, p in points.items()
    )
    return (
        "Sizes beside each other, the whole table on one core: " + "; ".join(said) + ". Six of the large one's twelve "
        "layers had a short training and are no point to stop at: the small reader is both faster and better."
    )


def peers() -> str:
    """The README's table: our pipelines on the dev articles beside the peers on the test articles."""
    lines = [
        "| PolNeAR, exact F1 | content | cue | source | pairing | direct quotes, exact recall |",
        "|---|---|---|---|---|---|",
    ]
    for model in MODELS:
        own = model.scores()["polnear attribution"]
        figures = " | ".join(figure(own[k]) for k in ("content", "cue", "source", "pairing", "direct content recall"))
        lines.append(f"| **{model.package}** ({model.size:.0f} MB, dev articles) | {figures} |")
    lines += [f"| {name} (test articles) | " + " | ".join(map(figure, row)) + " |" for name, row in PEERS.items()]
    return "\n".join(lines)


def write_card(model: Model) -> None:
    scores, before = model.scores(), model.scores("-fp32")
    against = ", and of the same one before its weights went to int8" if before else ""
    card = CARD.format(
        package=model.package,
        encoder=model.encoder,
        made=model.made,
        size=model.size,
        against=against,
        curve=curve(),
        tables=tables(scores, before),
    )
    (model.folder / "README.md").write_text(card, encoding="utf-8")
    meta_path = model.folder / "meta.json"
    meta = json.loads(meta_path.read_text(encoding="utf-8"))
    meta["performance"] = scores
    meta["notes"] = "made by models/training"
    meta_path.write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def sample_table(rows: int = 12) -> str:
    """The first rows of the sample article's table, as a terminal of 100 columns shows it."""
    command = [sys.executable, "-c", "from extractor.cli.main import main; main()"]
    command += ["extract", "samples/article.txt", "--format", "table"]
    environment = {**os.environ, "COLUMNS": "100"}
    printed = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    shown = "\n\n".join(printed.rstrip().split("\n" + " " * 100 + "\n")[:rows])
    return "```text\n" + "\n".join(line.rstrip() for line in shown.split("\n")) + "\n```"


def put(text: str, name: str, content: str) -> str:
    """The text with what stands between the comments of this name replaced."""
    begin, end = f"<!-- {name}: models/training/card.py -->", f"<!-- end of {name} -->"
    return re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: f"{begin}\n{content}\n{end}", text, flags=re.S)


def main() -> None:
    for model in MODELS:
        write_card(model)
    readme = ROOT / "README.md"
    text = put(readme.read_text(encoding="utf-8"), "figures", peers())
    readme.write_text(put(text, "table", sample_table()), encoding="utf-8")


if __name__ == "__main__":
    main()
