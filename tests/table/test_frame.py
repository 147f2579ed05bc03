"""The DataFrame has the documented columns and dtypes, with rows and without."""

import pandas as pd
import pytest

from extractor.table.schema import PANDAS_DTYPES, STATEMENTS
from extractor.table.statements import Statements


@pytest.mark.parametrize("empty", [False, True])
def test_dtypes_are_as_documented(statements, empty):
    frame = (Statements([]) if empty else statements).to_frame()
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        column.name: PANDAS_DTYPES[column.type] for column in STATEMENTS
    }
    assert len(frame) == (0 if empty else 4)


def test_cells(statements):
    frame = statements.to_frame()
    assert frame.loc[1, "value"] == 400 and pd.isna(frame.loc[0, "value"])
    assert frame.loc[0, "speaker"] == "Orla Quint"
    assert frame.loc[0, "published"] == pd.Timestamp("2026-05-11")
    assert frame.loc[2, "negated"] and frame.query("not negated").shape[0] == 3
    assert frame.loc[0, "content_spans"] == ((1, 19),)
