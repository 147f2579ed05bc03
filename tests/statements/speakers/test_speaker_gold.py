"""Floors on annotated data outside the repository, with annotated sources, by rules alone; skipped without it."""

import csv
import json
import re
from pathlib import Path

import pytest
import spacy

from extractor.documents.document import Document, Turn
from extractor.pipeline.attribution import Attribution
from extractor.statements.speakers import Speaker, resolve, speaker_at

PRONOUNS = "he|she|they|it|we|his|her|their|who|which|him|them|its"
nlp = spacy.blank("en")
nlp.max_length = 10_000_000


def _plain(name: str) -> set[str]:
    """A speaker's names to compare by: without titles, articles and possessive endings."""
    titles = r"\b(mr|mrs|ms|miss|dr|sir|dame|lord|lady|sen|rep|gov|president|senator|mp|the|former)\b\.?"
    parts = (re.sub(titles, " ", re.sub(r"[’']s\b", "", part).casefold()) for part in name.split(";"))
    return {" ".join(re.findall(r"\w+", part)) for part in parts} - {""}


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _articles(shared_data: Path) -> list[tuple[str, dict, dict, Speaker]]:
    """(text, attribution, gold, what was found) for each annotated source with a name."""
    articles = {a["id"]: a for a in _lines(shared_data / "data/polnear/dev.jsonl")}
    found = []
    for gold in _lines(shared_data / "gold/polnear-dev-gold.jsonl"):
        article = articles[gold["id"]]
        doc = nlp(article["text"])
        attributions = [
            Attribution(
                *(
                    [doc.char_span(s, e, alignment_mode="expand") for s, e in a.get(k, [])]
                    for k in ("content", "cue", "source")
                )
            )
            for a in article["attributions"]
        ]
        speakers = resolve(doc, Document(article["text"]), attributions)
        for entry in gold["speakers"]:
            if entry["speaker"] and not entry.get("unclear"):
                index = entry["attribution"]
                found.append((article["text"], article["attributions"][index], entry, speakers[index]))
    return found


def _share(rows: list[tuple[str, dict, dict, Speaker]]) -> float:
    right = [
        any(_plain(speaker.name) == _plain(name) for name in (gold["speaker"], *gold.get("alt", [])))
        for _, _, gold, speaker in rows
    ]
    return sum(right) / len(right)


def test_news(shared_data: Path) -> None:
    rows = _articles(shared_data)
    pronouns = [r for r in rows if re.fullmatch(PRONOUNS, r[0][slice(*r[1]["source"][0])], re.IGNORECASE)]
    direct = [r for r in rows if r[0][r[1]["content"][0][0]] in '“"']
    assert _share(rows) >= 0.92
    assert _share(pronouns) >= 0.85
    assert _share(direct) >= 0.95
    sure = [r for r in rows if r[3].confidence >= 0.9]
    assert _share(sure) >= 0.95


def _debate(path: Path) -> tuple[Document, list[tuple[int, str]]]:
    """A transcript as one text with its turns, and where each of its lines begins, with its label."""
    text, turns, lines = "", [], []
    with path.open(encoding="utf-8") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row) < 3 or not row[2]:
                continue
            if turns and turns[-1].speaker == row[1]:
                text += " "
                start = turns.pop().start
            else:
                text += f"\n\n{row[1]}: "
                start = len(text)
            lines.append((len(text), row[1]))
            text += row[2]
            turns.append(Turn(start, len(text), row[1]))
    return Document(text, turns=tuple(turns)), lines


@pytest.mark.parametrize("which", range(0, 56, 8))
def test_each_line_of_a_debate_has_its_turns_speaker(shared_data: Path, which: int) -> None:
    path = sorted((shared_data / "data/checkworthy/debates").glob("*.tsv"))[which]
    document, lines = _debate(path)
    surname = re.compile(r"[\w'’-]+(?=\W*(?:\([^)]*\))?\W*(?:jr\.?)?\W*$)", re.IGNORECASE)
    right = 0
    for start, label in lines:
        ends = [match[0].casefold() for name in (label, speaker_at(document, start)) if (match := surname.search(name))]
        right += len(set(ends)) == 1
    assert right >= 0.999 * len(lines)
