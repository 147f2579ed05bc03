"""`Statements`: a sequence of rows with every form they can take."""

from dataclasses import replace

import pytest

from extractor.errors import ExtractorError
from extractor.table.statements import Statements


def test_is_a_sequence(statements, rows):
    assert list(statements) == rows and statements[0] is rows[0] and len(statements) == 4
    assert statements[1:3] == rows[1:3]
    assert repr(statements) == "<Statements: 4 rows of 1 document>"
    assert repr(Statements([])) == "<Statements: 0 rows of 0 documents>"


def test_html_is_escaped_and_marked(document, rows):
    rows[0].sentence = "<script>x</script> We built 400 homes & more"
    rows[0].speaker = "<b>"
    html = Statements([(document, rows)])._repr_html_()
    assert "<script>" not in html and "&lt;script&gt;" in html and "&lt;b&gt;" in html
    assert ">We built 400 homes</mark> &amp; more" in html


def test_html_marks_each_part_of_a_split_statement(document, rows):
    rows[0].text, rows[0].sentence = "We built […] 400 homes", "“We built,” she said, “400 homes & more.”"
    html = Statements([(document, rows)])._repr_html_()
    assert ">We built</mark>,” she said, “<mark" in html and ">400 homes</mark> &amp; more.”" in html
    rows[0].text = "We built […] 500 homes"
    assert ">We built […] 500 homes</mark>" in Statements([(document, rows)])._repr_html_()


def test_html_of_several_documents_has_their_titles(document, rows):
    other = [replace(row, doc_id="other", title="A <b> title") for row in rows]
    html = Statements([(document, rows), (document, other)])._repr_html_()
    assert html.count("<th colspan") == 2 and "A &lt;b&gt; title" in html and "8 statements" in html
    assert "<th colspan" not in Statements([(document, rows)])._repr_html_()


def test_html_shows_the_first_rows_and_says_so(document, rows):
    html = Statements([(document, rows * 60)])._repr_html_()
    assert html.count('<tr class="') == 200 and "240 statements" in html and "the first 200 shown" in html
    assert "0 statements" in Statements([])._repr_html_()


def test_a_filter_keeps_the_documents(document, rows):
    found = Statements([(document, rows)]).filter(lambda row: row.kind == "statistic")
    assert list(found) == [row for row in rows if row.kind == "statistic"] and len(found) == 1
    assert found.results[0][0] is document


def test_save_takes_the_format_from_the_suffix(statements, tmp_path):
    statements.save(tmp_path / "a.jsonl")
    assert Statements.read_jsonl(tmp_path / "a.jsonl") == statements
    with pytest.raises(ExtractorError, match="E303"):
        statements.save(tmp_path / "a.doc")


def test_a_file_that_cannot_be_written_is_a_coded_error_and_leaves_nothing(statements, tmp_path):
    with pytest.raises(ExtractorError, match="E301"):
        statements.save(tmp_path / "no" / "a.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_whole_or_as_it_was(statements, tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("before", encoding="utf-8")
    monkeypatch.setattr("extractor.table.csv.as_text", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        statements.save(path)
    assert path.read_text(encoding="utf-8") == "before" and list(tmp_path.iterdir()) == [path]
