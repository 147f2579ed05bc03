"""Rows to a pandas DataFrame with the documented dtypes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from extractor.table.schema import PANDAS_DTYPES, STATEMENTS, Column

if TYPE_CHECKING:
    import pandas


def to_frame(rows: Iterable[Any], columns: tuple[Column, ...] = STATEMENTS) -> "pandas.DataFrame":
    """One line a row, one column a `Column` with the dtype that `PANDAS_DTYPES` gives, also when there are no rows.

    rows: objects with an attribute for each column (`Statement` for `STATEMENTS`).
    """
    import pandas as pd

    rows = list(rows)
    return pd.DataFrame(
        {c.name: pd.Series([getattr(r, c.name) for r in rows], dtype=PANDAS_DTYPES[c.type]) for c in columns}
    )
