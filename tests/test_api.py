"""The functions of `import extractor`."""

from datetime import date
from pathlib import Path

import pytest

import extractor

TEXT = "“We built 400 homes last year,” said Orla Quint, the mayor of Tarrow.\n\nShe argued that rents will fall."


def test_text_a_file_and_a_document_give_the_same(nlp, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8", newline="")
    texts = [
        [(row.kind, row.text, row.speaker) for row in extractor.extract(source)]
        for source in (TEXT, tmp_path / "a.txt", extractor.Document(TEXT, "a"))
    ]
    assert texts[0] and texts[0] == texts[1] == texts[2]


def test_a_row_knows_its_document(nlp):
    document = extractor.Document(TEXT, "a", "Homes", "https://example.org/", date(2026, 5, 11))
    rows = extractor.extract(document)
    assert {(r.doc_id, r.title, r.url, r.published) for r in rows} == {("a", "Homes", document.url, document.published)}
    assert len(rows.to_frame()) == len(rows)


def test_a_file_that_is_not_there():
    with pytest.raises(extractor.ExtractorError, match="E101"):
        extractor.extract(Path("no-such-file.txt"))
    with pytest.raises(TypeError, match="not bytes"):
        extractor.extract(b"text")


def test_many_go_on_after_a_failure(nlp):
    first, failure, last = extractor.extract_many([TEXT, Path("no-such-file.txt"), TEXT])
    assert isinstance(failure, extractor.Failure) and failure.code == "E101"
    assert first == last and len(first)


def test_a_ranking_is_ordered(nlp):
    scores = [row.check_worthiness for row in extractor.rank(TEXT)]
    assert len(scores) == 2 and scores == sorted(scores, reverse=True)


def test_a_lone_surrogate_is_read_as_a_replacement(nlp):
    rows = extractor.extract("\ud800 “We built \ud800 homes,” said Orla Quint.")
    assert all("\ud800" not in row.text for row in rows)
