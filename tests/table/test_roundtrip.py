"""What is written as CSV or JSONL comes back exactly, whatever the text holds."""

import io
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.documents.document import Document
from extractor.statements.statement import Statement
from extractor.table import csv, jsonl
from extractor.table.schema import STATEMENTS, Column
from extractor.table.statements import Statements

CELLS = {
    "string": st.text(st.characters(exclude_categories=["Cs"])) | st.text("'=+-@\t\r\n\",;＝ \ufeff\x00a", max_size=5),
    "float": st.none() | st.floats(allow_nan=False, allow_infinity=False),
    "integer": st.integers(0, 2**40),
    "boolean": st.booleans(),
    "date": st.none() | st.dates(date(1700, 1, 1), date(2200, 1, 1)),
    "spans": st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=2).map(tuple),
}
STATEMENT = st.builds(Statement, **{column.name: CELLS[column.type] for column in STATEMENTS})


@pytest.mark.parametrize("format", [csv, jsonl], ids=["csv", "jsonl"])
@settings(max_examples=40)
@given(rows=st.lists(STATEMENT, max_size=2))
def test_rows_come_back(format, rows):
    stream = io.BytesIO()
    format.write([(Document(""), rows)], stream, STATEMENTS)
    stream.seek(0)
    assert list(format.read(stream)) == rows


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-0.3%", "@quint", "\tx", "\rx", "'=1", "''@"])
def test_no_cell_of_text_is_a_formula(cell):
    stream = io.BytesIO()
    csv.write([(Document(""), [Statement(text=cell)])], stream, (Column("text", "string", ""),))
    written = stream.getvalue().decode("utf-8-sig").split("\r\n", 1)[1]
    assert written.strip('"').startswith("'" + cell[0])


def test_a_negative_number_stays_a_number(document):
    table = Statements([(document, [Statement(value=-0.3)])])
    assert pd.read_csv(io.StringIO(table.to_csv())).value[0] == -0.3


def test_other_programs_read_the_csv(statements, tmp_path):
    statements.to_csv(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    frame = pd.read_csv(tmp_path / "a.csv")
    assert list(frame.text) == ["We built 400 homes", "We built 400 homes", "rents rose by 3 percent", "'=SUM(1) 😀"]
    assert Statements.read_csv(tmp_path / "a.csv") == statements


def test_a_csv_with_columns_taken_out_and_added_is_read(tmp_path):
    (tmp_path / "a.csv").write_text("notes,text,value\nmine,words,3\n", encoding="utf-8")
    assert list(Statements.read_csv(tmp_path / "a.csv")) == [Statement(text="words", value=3)]


def test_a_lone_surrogate_harms_no_format(document):
    table = Statements([(document, [Statement(text="a\ud800b")])])
    assert "a\\ud800b" in table.to_jsonl()
    assert "a?b" in table.to_csv()
    assert b"a?b" in table.to_bytes("table")
