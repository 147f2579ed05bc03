"""Statements of an archive on a Spark cluster: two folders of Parquet, the statements and what could not be read.

    spark-submit samples/spark_job.py ARCHIVE OUT [--format json]

ARCHIVE holds documents, one a row, with a column `text` (or `body`, `content`, …) and, where there are such, `id`,
`title`, `published`, `url`, `speaker`: Parquet, or JSON Lines with `--format json`. OUT/statements has the columns
that `extractor docs columns` explains, OUT/failures has source, code and message.

On one machine, `pip install '.[spark]'` and Java 17 are all that it needs:

    PYSPARK_PYTHON=python3 spark-submit --master 'local[4]' samples/spark_job.py samples/speeches.jsonl out \\
        --format json

On a cluster the same Python environment has to be on every node, or goes along:

    venv-pack -o environment.tar.gz
    PYSPARK_PYTHON=./environment/bin/python spark-submit --master yarn --archives environment.tar.gz#environment \\
        samples/spark_job.py hdfs:///archive hdfs:///statements
"""

import argparse

from pyspark.sql import SparkSession

from extractor.corpus.spark import extract_with_failures

DOCUMENTS_AT_ONCE = 200  # that a Python worker holds in memory
TASKS_A_CORE = 8  # so that long documents in one task do not hold up the rest


def run(spark: SparkSession, archive: str, out: str, format: str = "parquet") -> None:
    """Read the documents of `archive` once and write both folders of `out`."""
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", DOCUMENTS_AT_ONCE)
    documents = spark.read.load(archive, format=format)
    documents = documents.repartition(TASKS_A_CORE * spark.sparkContext.defaultParallelism)
    found = extract_with_failures(documents).persist()
    found.where("failure is null").drop("failure").write.parquet(f"{out}/statements")
    found.where("failure is not null").select("failure.*").write.parquet(f"{out}/failures")
    found.unpersist()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive")
    parser.add_argument("out")
    parser.add_argument("--format", default="parquet", choices=["parquet", "json"])
    arguments = parser.parse_args()
    session = SparkSession.builder.appName("statements").getOrCreate()
    run(session, arguments.archive, arguments.out, arguments.format)
    session.stop()
