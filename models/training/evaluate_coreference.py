"""Score whom the product takes pronouns to mean: GAP, and chains of OntoGUM.

usage: python -m models.training.evaluate_coreference [--data FOLDER] [--pipeline FOLDER]

* GAP: each pronoun is resolved as in any text that a desk reads; a name counts as meant when the resolver has it and
  the pronoun for one person. F1 of the decisions on names, over all, for masculine and feminine pronouns, and their
  ratio (bias), as GAP's own scorer defines them.
* OntoGUM: CoNLL F1, the mean of MUC, B-cubed and CEAF-e, on the resolver's chains; single mentions are left out on both
  sides. A mention of the gold is a whole phrase, so each name found is widened to its phrase by the tree.
"""

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from extractor.documents.document import Document
from extractor.pipeline import load
from extractor.statements.speakers.resolver import Resolver
from models.training.data import detokenize, ontogum

FEMININE = frozenset({"she", "her", "hers"})
_APART = frozenset({"conj", "cc", "appos", "punct", "parataxis", "cop", "nsubj", "advcl", "mark"})
GENRES = ("news", "interview", "speech")
Span = tuple[int, int]
Chain = frozenset[Span]


def resolver_of(doc: Doc) -> Resolver:
    """The resolver after it has read a document, as for the table."""
    resolver = Resolver(doc, Document(doc.text), doc._.attributions, doc._.quotations)
    resolver.read()
    return resolver


def gap_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a GAP file."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def gap_names(row: dict[str, str]) -> Iterator[tuple[Span, bool]]:
    """The character offsets of the two names of a row, and whether the pronoun means them."""
    for name in "AB":
        start = int(row[f"{name}-offset"])
        yield (start, start + len(row[name])), row[f"{name}-coref"].upper() == "TRUE"


def gap_counts(row: dict[str, str], resolver: Resolver) -> Counter[str]:
    """How many names of a row are meant (gold), taken to be meant (predicted), and both (right)."""
    start = int(row["Pronoun-offset"])
    meant = resolver.referent_at(start, start + len(row["Pronoun"]))
    counts: Counter[str] = Counter()
    for span, gold in gap_names(row):
        predicted = meant is not None and resolver.referent_at(*span) is meant
        counts.update(gold=gold, predicted=predicted, right=gold and predicted)
    return counts


def gap(nlp: Language, path: Path) -> dict[str, float]:
    """F1 on GAP: overall, by the pronoun's gender, and feminine by masculine."""
    rows = gap_rows(path)
    counts: dict[str, Counter[str]] = {"masculine": Counter(), "feminine": Counter()}
    for doc, row in nlp.pipe(((row["Text"], row) for row in rows), as_tuples=True, batch_size=32):
        gender = "feminine" if row["Pronoun"].lower() in FEMININE else "masculine"
        counts[gender] += gap_counts(row, resolver_of(doc))
    scores = {"overall": _f1(counts["masculine"] + counts["feminine"])} | {k: _f1(c) for k, c in counts.items()}
    rounded = {k: round(100 * v, 1) for k, v in scores.items()}
    return {**rounded, "bias": round(scores["feminine"] / max(scores["masculine"], 1e-9), 3)}


def _f1(counts: Counter[str]) -> float:
    return 2 * counts["right"] / max(1, counts["gold"] + counts["predicted"])


def conll_words(path: Path) -> dict[str, list[str]]:
    """The words of each document of a CoNLL file."""
    documents: dict[str, list[str]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# begin document"):
            name = line.split("document")[1].strip()
            documents[name] = []
        elif line and not line.startswith("#"):
            documents[name].append(line.split("\t")[1])
    return documents


def conll(nlp: Language, path: Path, genres: Sequence[str] = GENRES) -> dict[str, dict[str, float]]:
    """MUC, B-cubed, CEAF-e and their mean by genre and over all of them, in per cent."""
    gold = ontogum(path)
    sums: dict[str, Counter[str]] = {genre: Counter() for genre in (*genres, "all")}
    for name, words in conll_words(path).items():
        genre = name.split("_")[1]
        if genre not in genres:
            continue
        text, starts = detokenize(words)
        grouped: dict[int, set[Span]] = {}
        for first, end, chain in gold[name]:
            grouped.setdefault(chain, set()).add((int(starts[first]), int(starts[end - 1]) + len(words[end - 1])))
        doc = nlp(text)
        counts = coreference_counts(chains_of(doc, resolver_of(doc)), [frozenset(g) for g in grouped.values()])
        sums[genre] += counts
        sums["all"] += counts
    return {genre: coreference_scores(counts) for genre, counts in sums.items() if counts}


def chains_of(doc: Doc, resolver: Resolver) -> list[Chain]:
    """The resolver's chains of two mentions or more, each mention widened to its phrase; a phrase is in one chain."""
    taken: set[Span] = set()
    chains = []
    for mentions in resolver.chains():
        phrases = {phrase_of(doc, start, end) for start, end in mentions} - taken
        if len(phrases) > 1:
            taken |= phrases
            chains.append(frozenset(phrases))
    return chains


def phrase_of(doc: Doc, start: int, end: int) -> Span:
    """The characters of the whole noun phrase whose head is that of a mention, without conjuncts and appositions."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return start, end
    root = span.root
    if root.pos_ == "PRON":
        return root.idx, root.idx + len(root)
    inside = {token.i for token in span}
    for child in root.children:
        before = child.dep_ == "case" and child.i < root.i  # a preposition is no part of it, a possessive ending is
        if child.dep_.split(":")[0] not in _APART and not before:
            inside.update(token.i for token in child.subtree)
    first, last = min(inside), max(inside)
    while last > first and doc[last].is_punct:
        last -= 1
    return doc[first].idx, doc[last].idx + len(doc[last])


def coreference_counts(predicted: Sequence[Chain], gold: Sequence[Chain]) -> Counter[str]:
    """Numerators and denominators of recall (r) and precision (p) of the three measures; they add over documents."""
    counts: Counter[str] = Counter()
    for side, key, response in (("r", gold, predicted), ("p", predicted, gold)):
        holder = {mention: number for number, chain in enumerate(response) for mention in chain}
        for chain in key:
            held = Counter(holder[m] for m in chain if m in holder)
            apart = len(chain) - sum(held.values())
            counts[f"muc {side}"] += len(chain) - len(held) - apart
            counts[f"muc {side} of"] += len(chain) - 1
            counts[f"b3 {side}"] += sum(n * n for n in held.values()) / len(chain)  # type: ignore[assignment]
            counts[f"b3 {side} of"] += len(chain)
        counts[f"ceaf {side} of"] += len(key)
    similar = np.array([[2 * len(g & p) / (len(g) + len(p)) for p in predicted] for g in gold])
    best = best_assignment(similar.reshape(len(gold), len(predicted)))
    counts["ceaf r"] += best  # type: ignore[assignment]
    counts["ceaf p"] += best  # type: ignore[assignment]
    return counts


def coreference_scores(counts: Counter[str]) -> dict[str, float]:
    """F1 of each measure and their mean, in per cent."""
    scores = {}
    for name in ("muc", "b3", "ceaf"):
        r, p = (counts[f"{name} {side}"] / max(1, counts[f"{name} {side} of"]) for side in "rp")
        scores[name] = 200 * r * p / (r + p) if r + p else 0.0
    return {name: round(value, 1) for name, value in {**scores, "conll": sum(scores.values()) / 3}.items()}


def best_assignment(similar: NDArray[np.float64]) -> float:
    """The largest sum of entries of which no two share a row or a column (Kuhn and Munkres, with potentials)."""
    if not similar.size:
        return 0.0
    cost = -(similar if similar.shape[0] <= similar.shape[1] else similar.T)
    rows, columns = cost.shape
    u, v = np.zeros(rows + 1), np.zeros(columns + 1)
    row_of = np.zeros(columns + 1, dtype=np.int64)  # 0: none; the rest count from 1
    for row in range(1, rows + 1):
        row_of[0], column = row, 0
        least, came = np.full(columns + 1, np.inf), np.zeros(columns + 1, dtype=np.int64)
        used = np.zeros(columns + 1, dtype=bool)
        while row_of[column]:
            used[column] = True
            at = row_of[column]
            reduced = cost[at - 1] - u[at] - v[1:]
            better = ~used[1:] & (reduced < least[1:])
            least[1:][better] = reduced[better]
            came[1:][better] = column
            following = int(np.argmin(np.where(used[1:], np.inf, least[1:]))) + 1
            delta = least[following]
            u[row_of[used]] += delta
            v[used] -= delta
            least[1:][~used[1:]] -= delta
            column = following
        while column:
            row_of[column] = row_of[came[column]]
            column = int(came[column])
    return float(-sum(cost[row_of[c] - 1, c - 1] for c in range(1, columns + 1) if row_of[c]))


def main() -> None:
    """Print the scores as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--pipeline", type=Path, help="the folder of a pipeline; the shipped one by default")
    arguments = parser.parse_args()
    nlp = load(arguments.pipeline)
    folder = arguments.data / "coref"
    scores: dict[str, Any] = {
        "gap dev": gap(nlp, folder / "gap-dev.tsv"),
        "ontogum dev": conll(nlp, folder / "ontogum-dev.conll"),
    }
    print(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main()
