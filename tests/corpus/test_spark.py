"""A real Spark on this machine: the rows of the plain loop, whatever the partitions hold and whoever dies."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import cheap
import pandas as pd
import pytest

import extractor
from extractor.corpus.spark import extract, extract_with_failures, spark_schema
from extractor.documents.jsonl import from_record
from extractor.documents.parquet import read as read_parquet
from extractor.table.parquet import write as write_parquet
from extractor.table.schema import PANDAS_DTYPES, STATEMENTS
from extractor.table.statements import Statements

pytestmark = [
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:pyspark"),
]

TEXT = "“We built 400 homes last year,” said Orla Quint, the mayor of Tarrow.\n\nShe argued that rents will fall."
SHORT = "About {n} in ten ferries ran late, according to Wen Abara."
FIELDS = "id string, text string, title string, url string, published date, speaker string"


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    """Two cores, four tries a task, and small batches of documents to the Python workers."""
    if not shutil.which("java") and "JAVA_HOME" not in os.environ:
        pytest.skip("no Java: Spark cannot be started")
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYSPARK_DRIVER_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
        options = {
            "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
            "spark.local.dir": str(folder),
            "spark.sql.codegen.factoryMode": "NO_CODEGEN",
            "spark.sql.codegen.wholeStage": "false",
            "spark.sql.execution.arrow.maxRecordsPerBatch": "50",
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.shuffle.partitions": "2",
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
            "spark.ui.enabled": "false",
        }
        session = SparkSession.builder.master("local[2,4]").config(map=options).getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        yield session
        session.stop()


def in_partitions(spark, parts, fields=FIELDS):
    """A DataFrame with exactly these documents in each partition."""
    numbered = [(number, document) for number, part in enumerate(parts) for document in part]
    rows = spark.sparkContext.parallelize(numbered, 1).partitionBy(len(parts), int).values()
    return spark.createDataFrame(rows, fields)


def as_frame(statements):
    """What Spark holds, in the order of documents and with the dtypes of our own frames."""
    frame = statements.toPandas()
    for column in STATEMENTS:
        if column.type == "spans":
            spans = [tuple(tuple(map(int, span)) for span in spans) for spans in frame[column.name]]
            frame[column.name] = pd.Series(spans, dtype="object")
        else:
            frame[column.name] = frame[column.name].astype(PANDAS_DTYPES[column.type])
    return sorted_frame(frame)


def sorted_frame(frame):
    return frame.sort_values(["doc_id", "start", "end", "kind"], kind="stable", ignore_index=True)


def test_the_columns_are_those_of_the_table(spark):
    schema = spark_schema()
    assert [(field.name, field.metadata["comment"]) for field in schema] == [(c.name, c.doc) for c in STATEMENTS]
    names = {
        "string": "string",
        "float": "double",
        "integer": "bigint",
        "boolean": "boolean",
        "date": "date",
        "spans": "array<array<bigint>>",
    }
    assert [field.dataType.simpleString() for field in schema] == [names[column.type] for column in STATEMENTS]
    documents = in_partitions(spark, [[]])
    assert extract(documents).schema == schema
    failures = extract_with_failures(documents).select("failure.*")
    assert failures.columns == list(vars(extractor.Failure("", "", "")))


def test_what_spark_and_we_write_as_parquet_reads_the_same(spark, tmp_path):
    document = ("a", "“Ten,” he said. “Eleven,” she said.", "T", "https://example.org/", "2026-05-11", None)
    documents = spark.createDataFrame([document], FIELDS.replace("date", "string"))
    extract(documents, cheap.read).coalesce(1).write.parquet(str(tmp_path / "spark"))
    table = extractor.Document(document[1], "a", "T", document[3], date(2026, 5, 11))
    with (tmp_path / "ours.parquet").open("wb") as stream:
        write_parquet(cheap.read([table]), stream, STATEMENTS)
    ours = spark.read.parquet(str(tmp_path / "ours.parquet"))
    theirs = spark.read.parquet(str(tmp_path / "spark"))
    assert [(f.name, f.dataType) for f in ours.schema] == [(f.name, f.dataType) for f in theirs.schema]
    assert ours.sort("start").collect() == theirs.sort("start").collect() and ours.count() == 2


def test_the_rows_of_the_plain_loop_whatever_the_partitions(spark, nlp):
    texts = [TEXT, *(SHORT.format(n=n) for n in range(2, 9)), "\n\n".join(SHORT.format(n=n) for n in range(2, 60))]
    rows = [(f"d{n}", text, f"Title {n}", "https://example.org/", date(2026, 5, n + 1), None)
            for n, text in enumerate(texts)]  # fmt: skip
    rows.append(("speech", "We keep bees.", None, None, None, "Ada Lindqvist-Moor"))
    local = Statements(
        result
        for id, text, title, url, published, speaker in rows
        for result in extractor.extract(
            extractor.Document(text, id, title or "", url or "", published, speaker=speaker or "")
        ).results
    ).to_frame()
    assert set(local["kind"]) == {"quote", "attribution", "statistic"} and len(local) > 60
    skewed = in_partitions(spark, [rows[-2:], [], rows[:1], rows[1:-2], []])
    for documents in (skewed, skewed.repartition(1)):
        pd.testing.assert_frame_equal(as_frame(extract(documents)), sorted_frame(local))


def test_one_huge_document_beside_many_tiny_ones_and_empty_partitions(spark):
    tiny = [(f"t{n}", SHORT.format(n=n), None, None, None, None) for n in range(500)]
    huge = ("huge", "Ten ferries. " * 30_000, None, None, None, None)
    documents = in_partitions(spark, [[huge, *tiny[:5]], [], [], tiny[5:]])
    counts = dict(extract(documents, cheap.read).groupBy("doc_id").count().collect())
    assert counts == {"huge": 30_000, **{row[0]: 1 for row in tiny}}
    assert extract(in_partitions(spark, [[], []]), cheap.read).count() == 0


def test_a_bad_document_is_a_row_of_failures_and_its_partition_goes_on(spark):
    good = [(f"g{n}", b"Ten ferries.", None) for n in range(3)]
    bad = [
        ("null", None, None),
        ("blank", b" \n", None),
        (None, None, "https://example.org/"),
        ("binary", bytes(range(256)) * 4, None),
    ]
    latin = ("latin", "Naïve ferries.".encode("latin-1"), None)
    parts = [[good[0], *bad, good[1], latin], [good[2]]]
    documents = in_partitions(spark, parts, "id string, text binary, url string")
    documents = documents.withColumn("text", documents["text"].cast("string"))
    found = extract_with_failures(documents, cheap.read).collect()
    rows = {row["doc_id"]: row["text"] for row in found if row["failure"] is None}
    assert rows == {**{id: "Ten ferries." for id, _, _ in good}, "latin": "Naïve ferries."}
    failed = [row.asDict(recursive=True) for row in found if row["failure"]]
    assert sorted((row["failure"]["source"], row["failure"]["code"]) for row in failed) == [
        ("binary", "E110"),
        ("blank", "E121"),
        ("https://example.org/", "E121"),
        ("null", "E121"),
    ]
    assert {value for row in failed for name, value in row.items() if name != "failure"} == {None}
    assert {row["doc_id"] for row in extract(documents, cheap.read).collect()} == set(rows)


def test_a_frame_without_text_is_an_error_at_once(spark):
    for fields, said in (("id string, titel string", "no column called text"), ("id string, text int", "holds ints")):
        with pytest.raises(extractor.ExtractorError, match=f"E121 .*{said}"):
            extract(in_partitions(spark, [[]], fields))


def test_columns_go_by_any_of_their_names_and_types(spark, tmp_path):
    fields = "Body string, guid bigint, pubdate timestamp, headline string, authors array<string>, n int"
    rows = [
        ("Ten ferries.", 17, None, None, ["A", "B"], 1),
        ("Ten bees.", None, datetime(2026, 5, 11, 12), "H", None, 2),
    ]
    documents = spark.createDataFrame(rows, fields).coalesce(1)
    frame = as_frame(extract(documents, cheap.read))
    documents.write.parquet(str(tmp_path / "documents"))
    (part,) = (tmp_path / "documents").glob("*.parquet")
    with part.open("rb") as stream:
        local = Statements(cheap.read(list(read_parquet(stream, "")))).to_frame()
    local["doc_id"] = local["doc_id"].replace(":2", "")  # in Spark rows have no number
    frame["statement_id"] = local["statement_id"] = ""
    pd.testing.assert_frame_equal(frame, sorted_frame(local))


def test_a_worker_killed_in_mid_job_costs_nothing(spark, tmp_path):
    rows = [(f"d{n}", SHORT.format(n=n), None, None, None, None) for n in range(200)]
    whole = as_frame(extract(in_partitions(spark, [rows[:150], rows[150:]]), cheap.read))
    rows[120] = ("d120", f"ONCE {tmp_path}/mark", None, None, None, None)
    frame = as_frame(extract(in_partitions(spark, [rows[:150], rows[150:]]), cheap.read))
    assert (tmp_path / "mark").exists()
    expected = whole[whole["doc_id"] != "d120"].reset_index(drop=True)
    pd.testing.assert_frame_equal(frame[frame["doc_id"] != "d120"].reset_index(drop=True), expected)
    assert len(expected) == 199


def test_a_document_that_ends_its_worker_each_time_is_given_up(spark):
    rows = [(f"d{n}", "KILL" if n == 40 else SHORT.format(n=n), None, None, None, None) for n in range(80)]
    found = extract_with_failures(in_partitions(spark, [rows]), cheap.read).collect()
    assert [tuple(row["failure"])[:2] for row in found if row["failure"]] == [("d40", "E141")]
    assert {row["doc_id"] for row in found if not row["failure"]} == {row[0] for row in rows} - {"d40"}


def test_the_pipeline_is_loaded_once_in_a_python_worker(spark, nlp):
    from extractor.corpus.results import pipeline, read_batch

    def counting(batch):
        found = read_batch(batch)
        for _, rows in found:
            for row in rows:
                row.cue, row.speaker_role = str(os.getpid()), str(pipeline.cache_info().misses)
        return found

    rows = [(f"d{n}", SHORT.format(n=n), None, None, None, None) for n in range(8)]
    for _ in range(2):
        found = extract(in_partitions(spark, [rows[n::4] for n in range(4)]), counting).collect()
        assert len({row["cue"] for row in found}) <= 2 and {row["speaker_role"] for row in found} == {"1"}


def test_the_sample_job(spark, root, tmp_path, nlp):
    spec = importlib.util.spec_from_file_location("spark_job", root / "samples" / "spark_job.py")
    job = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(job)
    archive = tmp_path / "archive.jsonl"
    speeches = (root / "samples" / "speeches.jsonl").read_text(encoding="utf-8")
    archive.write_text(speeches + json.dumps({"id": "empty", "text": ""}), encoding="utf-8")
    job.run(spark, str(archive), str(tmp_path / "out"), "json")
    local = Statements(
        result
        for line in speeches.splitlines()
        for result in extractor.extract(from_record(json.loads(line), "")).results
    ).to_frame()
    statements = spark.read.parquet(str(tmp_path / "out" / "statements"))
    pd.testing.assert_frame_equal(as_frame(statements), sorted_frame(local))
    failures = spark.read.parquet(str(tmp_path / "out" / "failures")).collect()
    assert [(row["source"], row["code"]) for row in failures] == [("empty", "E121")]


def test_pyspark_is_imported_by_none_who_does_not_use_it():
    modules = [f"extractor.corpus.{path.stem}" for path in Path(extractor.__file__).parent.glob("corpus/*.py")]
    check = (
        f"import {', '.join(['extractor.api', 'extractor.cli.main', *modules])}, sys; print('pyspark' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", check], capture_output=True, text=True).stdout == "False\n"
