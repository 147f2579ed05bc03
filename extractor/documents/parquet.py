"""Parquet of articles, one a row, read a batch at a time."""

import io
from collections.abc import Iterator
from typing import BinaryIO

from extractor.documents.document import Document
from extractor.documents.records import find_columns, read_rows
from extractor.errors import ExtractorError, Failure

_BATCH = 256


def read(stream: BinaryIO, name: str) -> Iterator[Document | Failure]:
    """A document for each row."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(stream if stream.seekable() else io.BytesIO(stream.read()))
        columns = find_columns(table.schema_arrow.names)
        first = 1
        for batch in table.iter_batches(_BATCH, columns=list(columns.values())):
            yield from read_rows(batch.to_pylist(), columns, name, first)
            first += batch.num_rows
    except pa.ArrowException as error:
        raise ExtractorError("E111", f"broken Parquet: {str(error).splitlines()[0]}") from None
