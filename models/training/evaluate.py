"""Score a pipeline, as it ships, on the dev data: ``python -m models.training.evaluate [folder]`` prints JSON.

Rows are scored elsewhere, from what ``extractor extract`` prints; here is what has no rows: tags, trees, sentences,
entities, and what is worth checking.
"""

import argparse
import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipeline import load
from models.training.data import conllu, debate_rows, newswire_documents
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
    return {**result, "sentences": round(200 * counts["right"] / (counts["gold"] + counts["predicted"]), 2)}


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pipeline", nargs="?", type=Path, help="the folder of a pipeline; the shipped one by default")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    arguments = parser.parse_args()
    nlp = load(arguments.pipeline)
    held_out = json.loads((Path(__file__).parent / "held_out.json").read_text(encoding="utf-8"))
    root = arguments.data
    result: dict[str, Any] = {
        "ewt": syntax(nlp, root / "ud/ewt-dev.conllu"),
        "gum": syntax(nlp, root / "ud/gum-dev.conllu"),
        "gum news, own sentences": syntax(nlp, root / "ud/gum-dev.conllu", given_sentences=False, genre="news"),
        "entities": entities(nlp, root / "ner/worldwide-dev.tsv"),
        "claimbuster": claimbuster(nlp, root / "checkworthy/claimbuster-dev.csv"),
        "debates": debates(nlp, [root / f"checkworthy/debates/{n}.tsv" for n in held_out]),
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
