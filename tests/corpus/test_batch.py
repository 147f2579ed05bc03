"""Many documents to one file: whole or absent, and the same bytes however often the run was killed."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import cheap
import pytest

from extractor.corpus.batch import Job, extract_to_file, failures_path
from extractor.corpus.items import find_items
from extractor.errors import ExtractorError
from extractor.table import formats
from extractor.table.jsonl import read as read_jsonl
from extractor.table.schema import STATEMENTS


def run(source, output, format="jsonl", **options):
    steps = []
    extract_to_file([source], output, Job(format), watch=steps.append, read=cheap.read, **options)
    return steps


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet", "xlsx", "annotations", "labelstudio", "claims"])
def test_the_file_is_what_one_call_of_the_writer_makes(tmp_path, documents, format):
    source = documents(40, {7: "“Cut” he said.", 8: ""})
    found = cheap.read(list(find_items([source])))
    with (tmp_path / "plain").open("wb") as stream:
        formats.writer(format)(found, stream, STATEMENTS)
    run(source, tmp_path / "batch", format)
    assert (tmp_path / "batch").read_bytes() == (tmp_path / "plain").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["batch", "in.jsonl", "plain"]


def test_workers_make_the_same_file(tmp_path, documents):
    source = documents(100)
    run(source, tmp_path / "one")
    run(source, tmp_path / "two", workers=2)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_killed_at_every_touch_of_the_disk(tmp_path, documents, killed, monkeypatch):
    source = documents(34, {32: "One", 33: ""})
    with Path(source).open("a", encoding="utf-8") as stream:
        stream.write("\nno json\n")
    run(source, tmp_path / "whole")
    left = [0]

    def counted(function):
        def call(*arguments, **options):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **options)

        return call

    for name in ("fsync", "replace", "unlink", "chmod", "mkdir", "rmdir", "open"):
        monkeypatch.setattr(os, name, counted(getattr(os, name)))
    kills = touches = 0
    while True:
        touches += 1

        def one_kill(touches=touches):
            left[0] = touches
            run(source, tmp_path / "out", resume=True)

        if not killed(one_kill):
            break
        kills += 1
        if (tmp_path / "out").exists():
            assert (tmp_path / "out").read_bytes() == (tmp_path / "whole").read_bytes()
        if touches % 2:  # from a clean start as well as one kill after another
            killed(lambda: run(source, tmp_path / "out", resume=True))
            assert (tmp_path / "out").read_bytes() == (tmp_path / "whole").read_bytes()
            (tmp_path / "out").unlink()
    assert kills > 15
    failures = [failures_path(tmp_path / name).read_bytes() for name in ("out", "whole")]
    assert failures[0] == failures[1] != b""
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("out")) == [
        "out",
        "out.failures.jsonl",
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_random_and_resumed(tmp_path, documents, workers):
    source = documents(400)
    command = [sys.executable, cheap.__file__, source, str(tmp_path / "out.parquet"), str(workers)]
    environment = os.environ | {"CHEAP_SECONDS": "0.002", "PYTHONPATH": os.pathsep.join(sys.path)}
    chance = random.Random(workers)
    kept = [0]
    for _ in range(3):
        process = subprocess.Popen([*command, "--resume"], env=environment)
        time.sleep(chance.uniform(0.3, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        kept.append(len(list((tmp_path / "out.parquet.parts").glob("*.part"))))
    assert kept == sorted(kept) or (tmp_path / "out.parquet").exists()
    subprocess.run([*command, "--resume"], env=environment, check=True)
    run(source, tmp_path / "whole.parquet", "parquet")
    assert (tmp_path / "out.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()
    assert not (tmp_path / "out.parquet.parts").exists()


def stopped(source, output, after=1, **options):
    """A run that is interrupted after so many batches."""
    seen = []

    def watch(step):
        seen.append(step)
        if len(seen) == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        extract_to_file([source], output, Job("jsonl"), watch=watch, read=cheap.read, **options)


def test_nothing_is_done_twice(tmp_path, documents):
    source = documents(100)
    stopped(source, tmp_path / "out", after=2)
    assert not (tmp_path / "out").exists()
    steps = run(source, tmp_path / "out", resume=True)
    assert [(step.documents, step.resumed) for step in steps] == [(32, True), (32, True), (32, False), (4, False)]
    ids = [row.doc_id for row in read_jsonl((tmp_path / "out").open("rb"))]
    assert list(dict.fromkeys(ids)) == [f"d{number}" for number in range(100)] and len(ids) == 300


def test_a_changed_document_is_noticed_and_read_again(tmp_path, documents):
    source = documents(70)
    stopped(source, tmp_path / "out", after=2)
    documents(70, {40: "“New words,” he said. He left."})
    steps = run(source, tmp_path / "out", resume=True)
    assert [(step.resumed, step.changed) for step in steps] == [(True, False), (False, True), (False, False)]
    assert b"New words" in (tmp_path / "out").read_bytes()


def test_documents_that_are_gone_leave_no_rows(tmp_path, documents):
    source = documents(70)
    stopped(source, tmp_path / "out", after=3)
    documents(32)
    run(source, tmp_path / "out", resume=True)
    assert len((tmp_path / "out").read_bytes().splitlines()) == 96
    assert not (tmp_path / "out.parts").exists()


def test_other_options_are_noticed(tmp_path, documents):
    source = documents(40)
    stopped(source, tmp_path / "out")
    with pytest.raises(ExtractorError, match=r"E305 .*\(kinds, min_confidence\)"):
        extract_to_file([source], tmp_path / "out", Job("jsonl", frozenset({"quote"}), 0.5), resume=True)
    with pytest.raises(ExtractorError, match="E304"):
        run(source, tmp_path / "out")


def test_only_the_rows_asked_for(tmp_path, documents):
    job = Job("jsonl", frozenset({"quote"}), 0.5)
    extract_to_file([documents(3)], tmp_path / "out", job, read=cheap.read)
    assert {row.kind for row in read_jsonl((tmp_path / "out").open("rb"))} == {"quote"}
    extract_to_file([documents(3)], tmp_path / "out", Job("jsonl", min_confidence=0.6), read=cheap.read)
    assert (tmp_path / "out").read_bytes() == b""


def test_failures_are_listed_beside_the_output(tmp_path, documents):
    folder = tmp_path / "in"
    folder.mkdir()
    documents(40, {3: "KILL"}, "in/a.jsonl")
    (folder / "b.txt").write_bytes(bytes(range(256)))
    (folder / "c.txt").write_text("“Good,” said Orla Quint.", encoding="utf-8")
    steps = run(str(folder), tmp_path / "out", workers=2)
    failures = [json.loads(line) for line in failures_path(tmp_path / "out").read_bytes().splitlines()]
    assert [(f["source"], f["code"]) for f in failures] == [("d3", "E141"), (f"{folder}/b.txt", "E110")]
    assert "signal 9" in failures[0]["message"] and sum(len(step.failures) for step in steps) == 2
    ids = {row.doc_id for row in read_jsonl((tmp_path / "out").open("rb"))}
    assert ids == {*(f"d{n}" for n in range(40) if n != 3), f"{folder}/c.txt"}
    (folder / "b.txt").unlink()
    documents(40, name="in/a.jsonl")
    run(str(folder), tmp_path / "out")
    assert not failures_path(tmp_path / "out").exists()


def test_a_worker_killed_in_mid_document_costs_nothing(tmp_path, documents):
    source = documents(40)
    run(source, tmp_path / "whole")
    source = documents(40, {5: f"ONCE {tmp_path}/mark"})
    run(source, tmp_path / "out", workers=2)
    assert not failures_path(tmp_path / "out").exists()
    ids = [row.doc_id for row in read_jsonl((tmp_path / "out").open("rb"))]
    assert len(ids) == 117 and "d5" not in ids


def test_the_output_may_lie_among_the_inputs(tmp_path, documents):
    documents(40)
    for _ in range(2):
        assert sum(step.documents for step in run(str(tmp_path), tmp_path / "out.jsonl")) == 40


def test_a_full_disk(tmp_path, documents, killed):
    source = documents(300)
    run(source, tmp_path / "whole")
    before = (tmp_path / "whole").stat().st_size

    def with_little_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (before // 2, before // 2))
        with pytest.raises(ExtractorError, match="E301"):
            run(source, tmp_path / "out")

    assert killed(with_little_room) == 0
    assert not (tmp_path / "out").exists() and not list(tmp_path.glob(".*"))
    steps = run(source, tmp_path / "out", resume=True)
    assert all(step.resumed for step in steps)
    assert (tmp_path / "out").read_bytes() == (tmp_path / "whole").read_bytes()


def test_an_older_output_stays_until_the_new_one_is_whole(tmp_path, documents):
    (tmp_path / "out").write_text("older", encoding="utf-8")
    stopped(documents(70), tmp_path / "out")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "older"


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_memory_does_not_grow_with_the_rows(tmp_path, documents, format):
    def peak(count):
        source = documents(count, dict.fromkeys(range(count), "“We keep bees,” said Orla Quint. " * 8))
        tracemalloc.start()
        run(source, tmp_path / "out", format)
        reached = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return reached

    peak(1)
    assert peak(160) < 1.2 * peak(40)


def test_no_documents_at_all(tmp_path, documents):
    run(documents(0), tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b""
