"""Common words are kept outside a memory zone, and change nothing of how a text is cut."""

import extractor
from extractor.pipeline import familiar, load
from extractor.pipeline.familiar import FamiliarWords

TEXT = "The quay's ferry, the ferry of Brinmoor, can't sail; the quay's “closed”. Brinmoor can't wait."


def test_words_that_come_again_are_kept_and_cut_as_before() -> None:
    nlp = load(extractor.model_path())
    before = [token.text for token in nlp.make_doc(TEXT)]
    fresh = load(extractor.model_path())
    FamiliarWords(fresh).learn([TEXT])
    assert "quay" in fresh.vocab and "Brinmoor" not in fresh.vocab
    with fresh.memory_zone():
        assert [token.text for token in fresh.make_doc(TEXT)] == before


def test_no_more_words_are_kept_than_the_bound(monkeypatch) -> None:
    monkeypatch.setattr(familiar, "_MOST", 2)
    words = FamiliarWords(load(extractor.model_path()))
    words.learn([TEXT])
    words.learn(["a new day, a new day"])
    assert len(words._known) == 2
