"""Documents to statements on a Spark cluster: in each partition, the very reading that a laptop does.

    from extractor.corpus.spark import extract
    extract(spark.read.parquet("archive")).write.parquet("statements")

Every node's Python needs extractor installed; `samples/spark_job.py` says how to send it along. The pipeline is loaded
once in each Python worker, when its first document comes.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from extractor.corpus.batch import Read
from extractor.corpus.items import Item, batches
from extractor.corpus.results import Result, lost, read_batch
from extractor.corpus.workers import Workers
from extractor.documents.decoding import decode
from extractor.documents.document import Document
from extractor.documents.records import find_columns, read_row
from extractor.errors import ExtractorError, Failure
from extractor.table.frame import to_frame
from extractor.table.schema import STATEMENTS, Type

if TYPE_CHECKING:
    import pandas
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructType

_FAILURE = "failure"


def extract(documents: "DataFrame", read: Read = read_batch) -> "DataFrame":
    """The statements of ``documents``, with the columns of the table; read when an action asks for them.

    documents: one a row, in columns called as in any table of articles (`extractor.documents.records`): text and, where
        there are such, id, title, published, url, byline, speaker. A document without an id goes by its url.
    read: a function of a module: documents to documents with their rows.

    As in Parquet an empty number or date is null, an empty string ``""``. Order says nothing: sort by doc_id and start.
    A document that cannot be read has no rows here; `extract_with_failures` has one for it.

    Raises `ExtractorError` E121 when no column holds text.
    """
    found = extract_with_failures(documents, read)
    return found.where(found[_FAILURE].isNull()).drop(_FAILURE)


def extract_with_failures(documents: "DataFrame", read: Read = read_batch) -> "DataFrame":
    """As `extract`, with one column more: ``failure``, a struct of source, code and message.

    It is null beside a statement. A document that cannot be read is one row in which all but ``failure`` is null; the
    rest of its partition goes on, also after a document that ends its Python worker each time (E141): when Spark tries
    a task again, its documents are read in a process apart. With ``found`` kept by ``persist()``, both are read once::

        found.where("failure is null").drop("failure")      # what `extract` gives
        found.where("failure is not null").select("failure.*")
    """
    return _prepared(documents).mapInPandas(partial(_read_partition, read=read), _schema_with_failure())


def spark_schema() -> "StructType":
    """The columns of the table as Spark has them, the meaning of each as its comment."""
    from pyspark.sql import types

    by_type: dict[Type, DataType] = {
        "string": types.StringType(),
        "float": types.DoubleType(),
        "integer": types.LongType(),
        "boolean": types.BooleanType(),
        "date": types.DateType(),
        "spans": types.ArrayType(types.ArrayType(types.LongType())),
    }
    return types.StructType([types.StructField(c.name, by_type[c.type], True, {"comment": c.doc}) for c in STATEMENTS])


def _schema_with_failure() -> "StructType":
    from pyspark.sql.types import StringType, StructType

    failure = StructType()
    for name in Failure.__dataclass_fields__:
        failure.add(name, StringType())
    return spark_schema().add(_FAILURE, failure)


def _prepared(documents: "DataFrame") -> "DataFrame":
    """The fields that a document has, under our names, as bytes: a string of Spark's need not be valid UTF-8."""
    from pyspark.sql.types import StringType

    columns = find_columns(documents.columns)
    types = {field.name: field.dataType for field in documents.schema.fields}
    if not isinstance(types[columns["text"]], StringType):
        raise ExtractorError("E121", f"the column {columns['text']} holds {types[columns['text']].simpleString()}s")
    return documents.select(
        [documents[name].cast("string").cast("binary").alias(field) for field, name in columns.items()]
    )


def _read_partition(frames: Iterable["pandas.DataFrame"], read: Read) -> Iterator["pandas.DataFrame"]:
    for found in _found((_item(row) for frame in frames for row in frame.to_dict("records")), read):
        rows = [row for result in found if not isinstance(result, Failure) for row in result[1]]
        failures = [result for result in found if isinstance(result, Failure)]
        if rows:
            yield to_frame(rows).assign(**{_FAILURE: None})
        if failures:
            yield _failures_frame(failures)


def _found(items: Iterator[Item], read: Read) -> Iterator[list[Result | Failure]]:
    from pyspark import TaskContext

    context = TaskContext.get()
    read_each = partial(_read_each, read=read)
    if context and context.attemptNumber():  # a document may have ended the worker that read it before
        for _, found in Workers(read_each, 1, lost).run(enumerate(batches(items)), ordered=True):
            yield found
    else:
        yield from map(read_each, batches(items))


def _read_each(batch: list[Item], read: Read) -> list[Result | Failure]:
    """Each document by itself: what stands beside it in a partition must not show in its rows."""
    return [result for item in batch for result in read([item])]


def _item(row: dict[Any, bytes | None]) -> Document | Failure:
    given = {field: value for field, value in row.items() if value is not None}
    record: dict[str, str] = {field: value.decode(errors="replace") for field, value in given.items()}
    name = record.get("id") or record.get("url") or ""
    try:
        return read_row({**record, "text": _text(given.get("text", b""))}, name)
    except ExtractorError as error:
        return Failure(name, error.code, error.message)
    except Exception as error:
        return Failure(name, "E140", f"{type(error).__name__}: {error}")


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return decode(value)


def _failures_frame(failures: list[Failure]) -> "pandas.DataFrame":
    import pandas as pd

    empty = pd.Series([None] * len(failures), dtype=object)
    return pd.DataFrame({c.name: empty for c in STATEMENTS} | {_FAILURE: [vars(failure) for failure in failures]})
