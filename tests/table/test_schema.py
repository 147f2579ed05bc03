"""The schema is the Statement, the statement is the schema."""

from dataclasses import fields

import pyarrow.parquet  # noqa: F401  (the import itself is under test: Parquet has to be readable)
from hypothesis import given
from hypothesis import strategies as st

from extractor.statements.statement import Statement
from extractor.table.schema import STATEMENTS, arrow_schema, as_text, from_text


def test_columns_are_the_fields_of_a_statement():
    assert [column.name for column in STATEMENTS] == [field.name for field in fields(Statement)]


def test_every_column_says_what_it_holds():
    assert all(column.doc and column.doc[0] != " " for column in STATEMENTS)


def test_parquet_schema_has_every_column():
    assert arrow_schema().names == [column.name for column in STATEMENTS]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_comes_back_from_its_text(number):
    assert from_text(as_text(number, "float"), "float") == number


@given(st.lists(st.tuples(st.integers(0), st.integers(0))))
def test_spans_come_back_from_their_text(spans):
    assert from_text(as_text(tuple(spans), "spans"), "spans") == tuple(spans)
