"""Each case of ``pronouns.txt``: the right name for every pronoun, with the trained pipeline."""

import re
from pathlib import Path

import pytest

from extractor.documents.document import Document
from extractor.statements.speakers.resolver import Resolver

_MARK = re.compile(r"\[(\w+)\|P\]")
BLOCKS = re.split(r"(?m)^## ", Path(__file__).with_name("pronouns.txt").read_text(encoding="utf-8"))[1:]


def _read(block: str) -> tuple[str, list[tuple[int, int]], list[str]]:
    """The text without marks, the offsets of the pronouns, and the name for each."""
    _, marked, answer = block.strip().split("\n")
    text, spans, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text, at = text + match[1], match.end()
    return text + marked[at:], spans, [name.strip() for name in answer.removeprefix("=>").split("/")]


def _resolver(nlp, text: str) -> Resolver:
    doc = nlp(text)
    resolver = Resolver(doc, Document(text), doc._.attributions, doc._.quotations)
    resolver.read()
    return resolver


@pytest.mark.parametrize("block", BLOCKS, ids=[block.split("\n")[0] for block in BLOCKS])
def test_pronoun(nlp, block: str) -> None:
    text, spans, expected = _read(block)
    resolver = _resolver(nlp, text)
    meant = [resolver.referent_at(*span) for span in spans]
    assert [referent.name if referent else "-" for referent in meant] == expected


def test_chains(nlp) -> None:
    text = "Jane Okoro met Hugo Stahl. She thanked him, and Okoro left."
    chains = [[text[s:e] for s, e in chain] for chain in _resolver(nlp, text).chains()]
    assert ["Jane Okoro", "She", "Okoro"] in chains
    assert ["Hugo Stahl", "him"] in chains
