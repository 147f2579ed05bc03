"""Parquet, exact, with the schema and the meaning of each column in the file."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from extractor.documents.decoding import without_surrogates
from extractor.documents.document import Document
from extractor.table.schema import Column, arrow_schema, plain

_GROUP = 20_000  # rows of a row group


def write(results: Iterable[tuple[Document, list[Any]]], stream: BinaryIO, columns: tuple[Column, ...]) -> None:
    """Rows, group by group, to ``stream``."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema(columns)
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        group: list[dict[str, Any]] = []
        for _, rows in results:
            group += [{c.name: _cell(getattr(row, c.name), c) for c in columns} for row in rows]
            if len(group) >= _GROUP:
                writer.write_table(pa.Table.from_pylist(group, schema))
                group = []
        writer.write_table(pa.Table.from_pylist(group, schema))


def _cell(value: Any, column: Column) -> Any:
    return without_surrogates(value) if column.type == "string" else plain(value, column.type)
