"""Two worker processes beside one, and whether every way of reading gives the same rows."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import Figure, Goal, Part
from sizes import Sizes
from texts import ARTICLE, described, documents, newspaper, words_of, written
from timing import PROGRAM, cores, in_turn, run


def two_over_one(sizes: Sizes) -> Part:
    """The program over a folder with one worker and with two; start-up is the same over next to nothing."""
    name = "2 workers over 1 on two cores"
    goal = Goal(1.8, 1.95)
    if cores() < 2:
        return Part([Figure(name, goal=goal, why="this process may use one core only")])
    texts = documents(ARTICLE, sizes.worker_words)
    little = ["It rained."] * 64  # two batches, so that two workers start
    with written(texts) as paths, written(little) as few, TemporaryDirectory() as folder:

        def extract(source: Path, workers: int) -> Callable[[], None]:
            output = f"{folder}/{workers}.jsonl"
            return lambda: run([*PROGRAM, "extract", str(source), "-o", output, "-w", str(workers), "-q"])

        sources = {"": paths[0].parent, " start-up": few[0].parent}
        sides = {f"{n}{what}": extract(source, n) for what, source in sources.items() for n in (1, 2)}
        timings = in_turn(sides, min(3, sizes.rounds), warm=False)
    seconds = {side: timing.seconds for side, timing in timings.items()}
    reading = {n: seconds[n] - seconds[f"{n} start-up"] for n in ("1", "2")}
    whole = {"1 worker": seconds["1"], "2 workers": seconds["2"]}
    return Part(
        [
            Figure(name, reading["1"] / reading["2"], "", {f"{n} without start-up": reading[n] for n in reading}, "s",
                   goal),
            Figure("… start-up included", whole["1 worker"] / whole["2 workers"], "", whole, "s"),
        ],
        [f"{len(texts)} articles of {words_of(texts):,} words: {described()}"],
    )  # fmt: skip


def same_rows(sizes: Sizes) -> Part:
    """The rows of a plain loop, of worker processes, of the program and, where it can run, of Spark."""
    import extractor

    texts = newspaper(min(sizes.words, 20_000))
    with TemporaryDirectory() as folder:
        feed, output = Path(folder) / "feed.jsonl", Path(folder) / "rows.jsonl"
        records = [{"id": f"article {number}", "text": text} for number, text in enumerate(texts)]
        feed.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        run([*PROGRAM, "extract", str(feed), "-o", str(output), "-w", "2", "-q"])
        ways = {"2 workers of the program": output.read_bytes().splitlines()}
        for name, workers in (("a plain loop", 1), ("2 workers", 2)):
            tables = extractor.extract_many([feed], workers)
            ways[name] = [line for t in tables for line in t.to_bytes("jsonl").splitlines()]  # type: ignore[union-attr]
        if find_spec("pyspark") and shutil.which("java"):
            ways["Spark"] = _of_spark(feed, folder)
            ways["a plain loop, sorted as Spark's are"] = sorted(ways["a plain loop"])
    return Part(
        [_alike("same rows from a plain loop and from workers", {n: r for n, r in ways.items() if "Spark" not in n}),
         _alike("same rows from a plain loop and from Spark", {n: r for n, r in ways.items() if "Spark" in n})],
        [f"{len(texts)} articles of {words_of(texts):,} words: {described()}"],
    )  # fmt: skip


def _of_spark(feed: Path, folder: str) -> list[bytes]:
    """The rows by three partitions on two cores, sorted."""
    from pyspark.sql import SparkSession

    from extractor.corpus.spark import extract
    from extractor.statements.statement import Statement
    from extractor.table import jsonl

    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    options = {"spark.local.dir": folder, "spark.ui.enabled": "false", "spark.sql.session.timeZone": "UTC"}
    spark = SparkSession.builder.master("local[2]").config(map=options).getOrCreate()
    try:
        found = extract(spark.read.json(str(feed)).repartition(3)).collect()
    finally:
        spark.stop()
    return sorted(jsonl.dumps(jsonl.record(Statement(**row.asDict()))) for row in found)


def _alike(name: str, ways: dict[str, list[bytes]]) -> Figure:
    """Whether all ways gave the same lines."""
    if not ways:
        return Figure(name, goal=Goal(1, 1), why="there is no pyspark here, or no Java")
    same = all(rows == next(iter(ways.values())) for rows in ways.values())
    return Figure(name, int(same), "yes/no", {way: len(rows) for way, rows in ways.items()}, "rows", Goal(1, 1))
