"""Scores on annotated texts stay at or above the floors of ``floors.json``; a floor is lowered only on purpose."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import spacy

from extractor.statements.statistics import find_statistics

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text())


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def rows(nlp: spacy.Language, text: str) -> list[dict[str, Any]]:
    names = ("figure", "figure_spans", "value", "low", "high", "unit", "comparator", "change", "of")
    return [{"kind": "statistic", **{n: getattr(s, n) for n in names}} for s in find_statistics(nlp(text))]


def at_least(scores: dict[str, Any], name: str) -> None:
    below = {key: (scores[key], floor) for key, floor in FLOORS[name].items() if scores[key] < floor}
    assert not below, (below, scores)


def test_hard_sentences(nlp: spacy.Language, shared_data: Path) -> None:
    scorer = load(shared_data / "tools" / "score_product.py")
    cases = lines(shared_data / "gold" / "statistics-cases.jsonl")
    at_least(
        scorer.statistics([(c["text"], c["statistics"], c["rejects"], rows(nlp, c["text"])) for c in cases]), "cases"
    )


@pytest.mark.parametrize("name", ["polnear", "hansard"])
def test_articles_and_speeches(nlp: spacy.Language, shared_data: Path, name: str) -> None:
    scorer = load(shared_data / "tools" / "score_product.py")
    texts = {d["id"]: d["text"] for d in lines(shared_data / "data" / name / "dev.jsonl")}
    gold = lines(shared_data / "gold" / f"{name}-dev-gold.jsonl")
    scored = [(texts[g["id"]], g["statistics"], g["rejects"], rows(nlp, texts[g["id"]])) for g in gold]
    scores = scorer.statistics(scored)
    at_least(scores, f"{name}-dev")
    assert scores["false_on_reject"] <= 0.03 * scores["rejects"]


def test_news_quantities(root: Path, shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evaluate = load(root / "models" / "training" / "evaluate_newsquant.py")
    evaluate.main([str(shared_data / "data" / "quantity" / "newsquant-dev.json")])
    at_least(json.loads(capsys.readouterr().out), "newsquant")


def test_the_claim_is_the_shortest_clause(nlp: spacy.Language) -> None:
    text = (
        "Surveys show that as many as 70 percent of rural clinics lack a fridge, often the result of late grants. "
        "Yet, despite the ministry's promise, a full year has passed without new money."
    )
    first, second = find_statistics(nlp(text))
    assert text[first.start : first.end] == "as many as 70 percent of rural clinics lack a fridge"
    assert (first.evidence, first.of) == ("Surveys", "rural clinics")
    assert text[second.start : second.end] == "a full year has passed without new money"
    assert second.figure == "a full year"
