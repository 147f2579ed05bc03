"""The rows that a careful reader wants of an article: of the sample, and of the real one that it was written after."""

import json
from pathlib import Path

import pytest

import extractor

FIELDS = ("kind", "speaker", "cue", "figure", "value", "low", "high", "unit", "comparator", "of", "evidence")


def bare(text: str) -> str:
    """A statement without what annotators differ on: a leading "that" and the marks round the whole."""
    return text.removeprefix("that ").strip("“”\"'‘’,. ")


def missing(article: Path, gold: Path) -> list[str]:
    """The required rows of ``gold`` that the table of ``article`` does not hold, with the nearest that it does."""
    rows = list(extractor.extract(article))
    lacks = []
    for line in gold.read_text(encoding="utf-8").splitlines():
        wanted = json.loads(line)
        if not wanted["required"]:
            continue
        names = [name for name in FIELDS if name in wanted]
        near = [r for r in rows if r.kind == wanted["kind"] and r.start < wanted["end"] and wanted["start"] < r.end]
        if not any(fits(r, wanted) and all(agrees(getattr(r, n), wanted[n], n) for n in names) for r in near):
            shown = [(r.text, *(getattr(r, n) for n in names)) for r in near]
            lacks.append(f"{wanted['text']!r} {[wanted[n] for n in names]} is not among {shown}")
    return lacks


def fits(row, wanted) -> bool:
    if wanted["quotation"] == "mixed":  # of which gold gives the quoted part
        return wanted["text"] in row.text
    return bare(row.text) == bare(wanted["text"])


def agrees(value, wanted, name) -> bool:
    if name == "cue":
        words, others = set(value.split()) - {"that"}, set(wanted.split()) - {"that"}
        # readers differ on the adverb and the particle, not on whether there is a cue
        return bool(words) == bool(others) and (words <= others or others <= words)
    if name == "speaker":
        return value.removeprefix("the ").removeprefix("The ") == wanted
    return value == wanted


def test_the_sample(nlp, root):
    gold = root / "tests" / "data" / "sample-article.jsonl"
    assert missing(root / "samples" / "article.txt", gold) == []


def test_the_real_article(nlp, shared_data):
    gold = shared_data / "gold" / "sample-article.jsonl"
    article = shared_data / "samples" / "jess-phillips-resignation.txt"
    if not article.is_file():
        pytest.skip("the article is not among the data")
    assert missing(article, gold) == []


def test_the_gold_of_the_sample_stands_in_its_text(root):
    text = (root / "samples" / "article.txt").read_text(encoding="utf-8")
    lines = (root / "tests" / "data" / "sample-article.jsonl").read_text(encoding="utf-8").splitlines()
    for wanted in map(json.loads, lines):
        assert text[wanted["start"] : wanted["end"]] == wanted["text"]
