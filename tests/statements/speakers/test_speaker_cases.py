"""Each case of ``cases.txt``: the right name for every statement, by rules alone (no trained pipeline).

``[words|S]`` and the like in the marked-up text become attributions and turns with exact offsets.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractor.documents.document import Document, Turn
from extractor.pipeline.attribution import Attribution
from extractor.statements.speakers import resolve

_TOKEN = re.compile(r"\[|\|(?P<label>[QSC]\d*|T:[^\]]*)\]")


@dataclass
class Case:
    title: str
    text: str
    speaker: str
    expected: list[str]
    spans: dict[str, list[tuple[int, int]]]
    turns: list[Turn] = field(default_factory=list)

    def document(self) -> Document:
        return Document(self.text, speaker=self.speaker, turns=tuple(self.turns))

    def attributions(self, doc: Doc) -> list[Attribution]:
        numbers = sorted({label[1:] for label in self.spans})
        return [
            Attribution(
                *([doc.char_span(s, e, alignment_mode="expand") for s, e in self.spans[kind + n]] for kind in "QCS")
            )
            for n in numbers
        ]

    def make(self, nlp: Language) -> Doc:
        return nlp(self.text)


def read_marked(marked: str) -> tuple[str, dict[str, list[tuple[int, int]]], list[Turn]]:
    """The text without marks, the offsets under each label, and the turns."""
    text, at, opened = "", 0, []
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    turns = []
    for token in _TOKEN.finditer(marked):
        text += marked[at : token.start()]
        at = token.end()
        if token[0] == "[":
            opened.append(len(text))
        elif token["label"].startswith("T:"):
            turns.append(Turn(opened.pop(), len(text), token["label"][2:]))
        else:
            spans[token["label"]].append((opened.pop(), len(text)))
    return text + marked[at:], {k: sorted(v) for k, v in spans.items()} | defaultdict(list), turns


def read_cases(path: Path) -> list[Case]:
    cases = []
    for block in re.split(r"(?m)^## ", path.read_text(encoding="utf-8"))[1:]:
        title, *lines = block.strip().split("\n")
        speaker = next((line[9:] for line in lines if line.startswith("@speaker ")), "")
        answer = next(line[3:] for line in lines if line.startswith("=> "))
        marked = " ".join(line for line in lines if line and not line.startswith(("@", "=>"))).replace(" ¶ ", "\n\n")
        text, spans, turns = read_marked(marked)
        filled: dict[str, list[tuple[int, int]]] = defaultdict(list, spans)
        cases.append(Case(title, text, speaker, [a.strip() for a in answer.split(" / ")], filled, turns))
    return cases


CASES = read_cases(Path(__file__).with_name("cases.txt"))
nlp = spacy.blank("en")


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_speaker(case: Case) -> None:
    doc = case.make(nlp)
    speakers = resolve(doc, case.document(), case.attributions(doc))
    assert [speaker.name or "-" for speaker in speakers] == case.expected


def test_enough_cases() -> None:
    assert len(CASES) >= 80
    assert sum("(UK)" in case.title for case in CASES) >= 40
