"""Score a pipeline, as it ships, on the dev data: ``python -m models.training.evaluate [folder]`` prints JSON.

The table is scored by the scorer that stands beside the data; what has no rows (tags, trees, sentences, entities, and
what is worth checking) is scored here.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from extractor.documents.document import Document
from extractor.pipeline import load
from models.training.data import conllu, debate_rows, newswire_documents
from models.training.evaluate_names import names
from models.training.labels import SPACY_ENTITIES


def read(nlp: Language, doc: Doc) -> Doc:
    """Run the components over tokens that are given."""
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def gold_doc(nlp: Language, text: str, rows: list[list[str]], offsets: list[int], firsts: list[int] | None) -> Doc:
    """A ``Doc`` of a treebank's own tokens; white space longer than one blank becomes a token, as in spaCy."""
    words, spaces, starts = [], [], []
    at = 0
    for i, (row, offset) in enumerate(zip(rows, offsets, strict=True)):
        gap = text[at:offset]
        if gap and words:
            spaces[-1] = gap[0] == " "
            rest = gap[1:] if gap[0] == " " else gap
            if rest:
                words.append(rest)
                spaces.append(False)
                starts.append(0)
        words.append(row[1])
        spaces.append(False)
        starts.append(1 if firsts is not None and i in firsts else 0)
        at = max(offset + len(row[1]), at)
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    if firsts is not None:
        for token, start in zip(doc, starts, strict=True):
            token.is_sent_start = bool(start) if not token.is_space else False
    return doc


def syntax(nlp: Language, path: Path, given_sentences: bool = True, genre: str = "") -> dict[str, float]:
    """Accuracy of tags, lemmas, heads and universal relations on gold tokens, and F1 of sentences."""
    counts: Counter[str] = Counter()
    for name, text, rows, offsets, firsts in conllu(path):
        if genre and f"_{genre}_" not in name:
            continue
        kept = {f for f in firsts if f < len(rows)}
        doc = read(nlp, gold_doc(nlp, text, rows, offsets, sorted(kept) if given_sentences else None))
        tokens = [t for t in doc if not t.is_space]
        place = {t.i: i for i, t in enumerate(tokens)}
        counts["n"] += len(tokens)
        for i, (token, row) in enumerate(zip(tokens, rows, strict=True)):
            head = int(row[10]) + int(row[6]) - 1 if int(row[6]) else i
            counts["upos"] += token.pos_ == row[3]
            counts["xpos"] += token.tag_ == row[4]
            counts["lemma"] += token.lemma_ == row[2]
            if place.get(token.head.i) == head:
                counts["uas"] += 1
                counts["las"] += token.dep_.lower().split(":")[0] == row[7].split(":")[0]
        bounds = sorted(kept)
        gold = set(zip(bounds, [*bounds[1:], len(rows)], strict=True))
        found = [min(place[t.i] for t in s if t.i in place) for s in doc.sents if any(t.i in place for t in s)]
        predicted = set(zip(found, [*found[1:], len(rows)], strict=True))
        counts["gold"] += len(gold)
        counts["predicted"] += len(predicted)
        counts["right"] += len(gold & predicted)
    result = {k: round(100 * counts[k] / counts["n"], 2) for k in ("upos", "xpos", "lemma", "uas", "las")}
    if not given_sentences:
        result["sentences"] = round(200 * counts["right"] / (counts["gold"] + counts["predicted"]), 2)
    return result


def entities(nlp: Language, path: Path) -> dict[str, float]:
    """F1 of entity spans with their types on gold tokens, in all and by type."""
    counts: Counter[tuple[str, str]] = Counter()
    for _, document in newswire_documents(path):
        pairs = [pair for sentence in document for pair in sentence]
        doc = read(nlp, Doc(nlp.vocab, words=[w for w, _ in pairs]))
        gold = set()
        start = -1
        for i, (_, tag) in enumerate([*pairs, ("", "O")]):
            if start >= 0 and not tag.startswith("I-"):
                gold.add((start, i, SPACY_ENTITIES[pairs[start][1][2:]]))
                start = -1
            if tag.startswith("B-"):
                start = i
        predicted = {(e.start, e.end, e.label_) for e in doc.ents}
        for name, spans in (("gold", gold), ("predicted", predicted), ("right", gold & predicted)):
            for *_, label in spans:
                counts[label, name] += 1
                counts["all", name] += 1
    labels = sorted({k for k, _ in counts})
    return {
        k: round(200 * counts[k, "right"] / (counts[k, "gold"] + counts[k, "predicted"]), 2)
        for k in labels
        if counts[k, "gold"]
    }


def claimbuster(nlp: Language, path: Path) -> dict[str, float]:
    """F1 of check-worthy sentences at one half, and the expected calibration error in ten bins."""
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    scored = [
        (d._.worthiness(0, len(d.text)), r["Verdict"] == "1")
        for d, r in zip(nlp.pipe(r["Text"] for r in rows), rows, strict=True)
    ]
    right = sum(s >= 0.5 and y for s, y in scored)
    f1 = 200 * right / (sum(s >= 0.5 for s, _ in scored) + sum(y for _, y in scored))
    bins = [[(s, y) for s, y in scored if min(9, int(s * 10)) == k] for k in range(10)]
    gap = sum(abs(sum(s for s, _ in b) - sum(y for _, y in b)) for b in bins) / len(scored)
    return {"f1": round(f1, 2), "calibration_error": round(gap, 4)}


def debates(nlp: Language, paths: list[Path]) -> dict[str, float]:
    """Mean average precision over transcripts of the lines that fact-checkers checked."""
    precisions = []
    for path in paths:
        rows = debate_rows(path)
        text, bounds = "", []
        for sentence, _ in rows:
            text += " " if text else ""
            bounds.append((len(text), len(text) + len(sentence)))
            text += sentence
        doc = nlp(text)
        scored = [(doc._.worthiness(*b), y) for b, (_, y) in zip(bounds, rows, strict=True)]
        scored.sort(key=lambda x: -x[0])
        places = [k + 1 for k, (_, y) in enumerate(scored) if y]
        precisions.append(float(np.mean([(i + 1) / k for i, k in enumerate(places)])))
    return {"map": round(float(np.mean(precisions)), 4)}


def rows_of(nlp: Language, path: Path, out: Path) -> None:
    """The rows of every document of a JSONL file, as ``extractor extract`` writes them."""
    from extractor.documents.sources import read_documents
    from extractor.pipeline import read as read_pipeline
    from extractor.statements import statements_of
    from extractor.table.statements import Statements

    documents = [d for d in read_documents([str(path)]) if isinstance(d, Document)]
    table = Statements((document, statements_of(doc, document)) for document, doc in read_pipeline(nlp, documents))
    out.write_bytes(table.to_bytes("jsonl"))


def product(shared: Path, *arguments: str) -> dict[str, Any]:
    """What the scorer of rows says. It stands beside the data, outside the project."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(shared / "tools/score_product.py"), *arguments]
        if arguments[0] == "attribution":
            command += ["--json", f"{folder}/scores.json"]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return json.loads(
            Path(folder, "scores.json").read_text(encoding="utf-8") if arguments[0] == "attribution" else printed
        )


def attribution_figures(scores: dict[str, Any]) -> dict[str, float]:
    """The figures of record of the attribution scorer, in per cent."""
    figures = {role: scores[f"{role}.exact"]["F1"] for role in ("content", "cue", "source")}
    figures["pairing"] = scores["pairing"]["F1"]
    figures["direct content recall"] = scores["type.direct"]["exact_recall"]
    figures["direct speaker span"] = scores["type.direct"]["speaker_recall"]
    return {k: round(100 * v, 1) for k, v in figures.items()}


def rows(nlp: Language, shared: Path) -> dict[str, dict[str, float]]:
    """Scores of the table itself: attributions, speakers, statistics."""
    polnear, hansard, gold = shared / "data/polnear/dev.jsonl", shared / "data/hansard/dev.jsonl", shared / "gold"
    result: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder, "polnear.jsonl"))
        rows_of(nlp, polnear, Path(out))
        result["polnear attribution"] = attribution_figures(product(shared, "attribution", out, str(polnear)))
        found = product(shared, "speakers", out, str(polnear), str(gold / "polnear-dev-gold.jsonl"))
        pronoun = found["by"]["pronoun"]
        result["polnear speakers"] = {
            "of all": found["accuracy_all"],
            "of found": found["accuracy_found"],
            "pronouns of found": round(100 * pronoun["right"] / max(1, pronoun["found"]), 1),
            **names(shared, Path(out), polnear, gold / "polnear-dev-gold.jsonl"),
        }
        kept = ("f1", "end_to_end_f1", "of")
        found = product(shared, "statistics", out, str(polnear), str(gold / "polnear-dev-gold.jsonl"))
        result["polnear statistics"] = {k: found[k] for k in kept}
        result["polnear statistics"]["false alarms on rejects"] = round(
            100 * found["false_on_reject"] / found["rejects"], 1
        )
        out = str(Path(folder, "hansard.jsonl"))
        rows_of(nlp, hansard, Path(out))
        found = product(shared, "statistics", out, str(hansard), str(gold / "hansard-dev-gold.jsonl"))
        result["hansard statistics"] = {k: found[k] for k in kept}
        found = product(shared, "quotes", out, str(gold / "hansard-dev-gold.jsonl"))
        result["hansard quotes"] = {"f1": found["f1"]}
        cases = Path(folder, "cases.jsonl")
        lines = (gold / "statistics-cases.jsonl").read_text(encoding="utf-8").splitlines()
        texts = [{"id": str(k), "text": json.loads(line)["text"]} for k, line in enumerate(lines)]
        cases.write_text("\n".join(json.dumps(t) for t in texts), encoding="utf-8")
        out = str(Path(folder, "case-rows.jsonl"))
        rows_of(nlp, cases, Path(out))
        found = product(shared, "cases", out, str(gold / "statistics-cases.jsonl"))
        result["statistics cases"] = {k: found[k] for k in ("precision", "recall", "all_fields", "of")}
    return result


def learned(nlp: Language, shared: Path) -> dict[str, dict[str, float]]:
    """Scores of what has no rows: tags, trees, sentences, entities, worthiness."""
    root = shared / "data"
    held_out = json.loads((Path(__file__).parent / "held_out.json").read_text(encoding="utf-8"))
    return {
        "ewt": syntax(nlp, root / "ud/ewt-dev.conllu"),
        "gum": syntax(nlp, root / "ud/gum-dev.conllu"),
        "gum news, own sentences": syntax(nlp, root / "ud/gum-dev.conllu", given_sentences=False, genre="news"),
        "entities": entities(nlp, root / "ner/worldwide-dev.tsv"),
        "claimbuster": claimbuster(nlp, root / "checkworthy/claimbuster-dev.csv"),
        "debates": debates(nlp, [root / f"checkworthy/debates/{n}.tsv" for n in held_out]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pipeline", nargs="?", type=Path, help="the folder of a pipeline; the shipped one by default")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the folder of data, gold and scorers")
    parser.add_argument("-o", "--out", type=Path, help="where the scores go; standard output by default")
    arguments = parser.parse_args()
    nlp = load(arguments.pipeline)
    text = json.dumps({**rows(nlp, arguments.shared), **learned(nlp, arguments.shared)}, indent=1) + "\n"
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
