"""The functions of `import extractor`."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\t",
        "a",
        "“",
        "”’“",
        "\x00\x07",
        "a\r\nb",
        "😀 “😀”",
        "e\u0301 “e\u0301”",
        "שלום “עולם”",
        "“" * 500,
        "\ud800",
    ],
)
def test_odd_texts_have_rows_or_none(nlp, text):
    check(text)


@settings(max_examples=30)
@given(st.text() | st.text("“”‘’\"' \n.aB said1%£,", max_size=80))
def test_any_text_has_rows_or_none(nlp, text):
    check(text)


def check(text):
    for row in extractor.extract(text):
        assert " […] ".join(text[start:end] for start, end in row.content_spans) == row.text or row.kind == "statistic"
        assert row.kind != "statistic" or text[row.start : row.end] == row.text
        assert text[row.start : row.end].startswith(row.text.split(" […] ")[0])
