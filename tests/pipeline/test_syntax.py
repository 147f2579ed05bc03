"""Sentences, trees, lemmas and noun phrases as spaCy users expect them."""

from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.matcher import DependencyMatcher

import extractor
from extractor.pipeline.syntax import apply_script
from models.training.labels import lemma_script

TEXT = "The minister visited two flooded villages on Friday. Her officials had promised new pumps.\n\nNone arrived."


def test_sentences(nlp: Any) -> None:
    assert [s.text.strip() for s in nlp(TEXT).sents] == [
        "The minister visited two flooded villages on Friday.",
        "Her officials had promised new pumps.",
        "None arrived.",
    ]


def test_a_closing_mark_stays_with_its_sentence(nlp: Any) -> None:
    doc = nlp("“The pumps never came.” The minister left. “Why did she leave?” asked Mr Okafor.")
    assert next(s.text for s in doc.sents) == "“The pumps never came.”"


def test_tags_and_lemmas(nlp: Any) -> None:
    doc = nlp(TEXT)
    assert [(t.lemma_, t.pos_, t.tag_) for t in doc[:6]] == [
        ("the", "DET", "DT"),
        ("minister", "NOUN", "NN"),
        ("visit", "VERB", "VBD"),
        ("two", "NUM", "CD"),
        ("flood", "VERB", "VBN") if doc[4].pos_ == "VERB" else ("flooded", "ADJ", "JJ"),
        ("village", "NOUN", "NNS"),
    ]


def test_tree(nlp: Any) -> None:
    doc = nlp(TEXT)
    minister, visited, villages = doc[1], doc[2], doc[5]
    assert (minister.dep_, minister.head) == ("nsubj", visited)
    assert (villages.dep_, villages.head) == ("obj", visited)
    assert (visited.dep_, visited.head) == ("ROOT", visited)


def test_noun_chunks(nlp: Any) -> None:
    assert [c.text for c in nlp(TEXT).noun_chunks][:4] == [
        "The minister",
        "two flooded villages",
        "Friday",
        "Her officials",
    ]


def test_dependency_matcher(nlp: Any) -> None:
    matcher = DependencyMatcher(nlp.vocab)
    pattern = [
        {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"LEMMA": "promise"}},
        {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "subject", "RIGHT_ATTRS": {"DEP": "nsubj"}},
    ]
    matcher.add("PROMISE", [pattern])
    doc = nlp(TEXT)
    assert [[doc[i].text for i in found] for _, found in matcher(doc)] == [["promised", "officials"]]


def test_tokens_are_spacys_own(nlp: Any) -> None:
    text = "Don't  split\tthis differently:\n£2.3bn (50%) - it's\u00a0fine…"
    assert [t.text for t in nlp(text)] == [t.text for t in spacy.blank("en")(text)]


def test_loads_with_spacy(nlp: Any) -> None:
    again = spacy.load(extractor.model_path())
    assert again.pipe_names == nlp.pipe_names
    assert [t.head.i for t in again(TEXT)] == [t.head.i for t in nlp(TEXT)]


def test_saves_and_loads(nlp: Any, tmp_path: Any) -> None:
    nlp.to_disk(tmp_path / "copy")
    again = spacy.load(tmp_path / "copy")
    assert [(t.dep_, t.lemma_) for t in again(TEXT)] == [(t.dep_, t.lemma_) for t in nlp(TEXT)]


@pytest.mark.parametrize("repeats", [1, 150])
def test_long_texts_lose_nothing_at_the_seams(nlp: Any, repeats: int) -> None:
    sentence = "Mr Okafor said the pumps would arrive before the river rose again. "
    doc = nlp(sentence * repeats)
    assert len(list(doc.sents)) == repeats
    assert len(doc._.attributions) == repeats
    assert all(t.dep_ for t in doc)


WORDS = st.text(alphabet="abcdeinsy", min_size=1, max_size=8)


@given(WORDS, WORDS)
def test_a_lemma_script_gets_from_the_form_to_the_lemma(form: str, lemma: str) -> None:
    assert apply_script(form, lemma_script(form, lemma)) == lemma
    assert apply_script(form.title(), lemma_script(form.title(), lemma)) == lemma
