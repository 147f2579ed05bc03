"""Batches from the command line: workers, what is left of a stopped run, failures, progress."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections import Counter
from contextlib import suppress

import pytest

from extractor.cli.progress import Pace
from extractor.corpus.batch import Step

PROGRAM = [sys.executable, "-c", "from extractor.cli.main import main; main()"]


@pytest.fixture
def run(root, tmp_path):
    """Runs the program in an empty folder and gives what came of it."""

    def run(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE):
        return subprocess.run(
            [*PROGRAM, *arguments],
            stdout=stdout,
            stderr=stderr,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(root), "TERM": "xterm", "COLUMNS": "100"},
            timeout=300,
        )

    return run


@pytest.fixture
def letters(tmp_path):
    """A folder of three documents, one of which cannot be read."""
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(2):
        text = (
            f"“We built {number + 2},000 homes,” said Orla Quint, the mayor of Tarrow.\n\nShe argued that rents fell."
        )
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "bad.txt").write_bytes(bytes(range(256)))
    return folder


def test_a_folder_to_a_file(nlp, run, letters, tmp_path):
    one = run("extract", "letters/", "-o", "one.parquet")
    two = run("extract", "letters/", "-o", "two.parquet", "--workers", "2", "--resume")
    assert one.returncode == two.returncode == 1 and not one.stdout
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    failure = json.loads((tmp_path / "one.parquet.failures.jsonl").read_bytes())
    assert (failure["source"], failure["code"]) == ("letters/bad.txt", "E110")
    said = one.stderr.decode()
    assert "letters/bad.txt: E110" in said and "one.parquet.failures.jsonl" in said and "\x1b" not in said
    names = {path.name for path in tmp_path.iterdir()} - {"letters"}
    assert names == {f"{n}.parquet{s}" for n in ("one", "two") for s in ("", ".failures.jsonl")}


def test_a_stopped_run(nlp, run, letters, tmp_path, monkeypatch):
    from extractor.corpus.batch import Job
    from extractor.corpus.items import batches, find_items, key_of
    from extractor.corpus.journal import Journal

    assert run("extract", "letters/0.txt", "-o", "whole.jsonl").returncode == 0
    monkeypatch.chdir(tmp_path)
    (batch,) = batches(find_items(["letters/0.txt"]))
    with Journal(tmp_path / "out.jsonl", Job("jsonl").described()) as journal:
        journal.write(0, key_of(batch), b'{"documents": 5, "kinds": {"quote": 1}, "failures": []}\n')
    again = run("extract", "letters/0.txt", "-o", "out.jsonl")
    assert again.returncode == 2 and b"E304" in again.stderr and b"--resume" in again.stderr
    other = run("extract", "letters/0.txt", "-o", "out.jsonl", "-k", "quote", "--resume")
    assert other.returncode == 2 and b"E305" in other.stderr and not (tmp_path / "out.jsonl").exists()
    resumed = run("extract", "letters/0.txt", "-o", "out.jsonl", "--resume", "-v")
    assert resumed.returncode == 0 and b"5 documents were done before" in resumed.stderr
    assert not (tmp_path / "out.jsonl.parts").exists()
    changed = Journal(tmp_path / "new.jsonl", Job("jsonl").described())
    changed.write(0, "ab", b"")
    changed.__exit__(None, None, None)
    result = run("extract", "letters/0.txt", "-o", "new.jsonl", "--resume")
    assert b"documents have changed since: 1 part of the run done again" in result.stderr
    assert (tmp_path / "new.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_resume_needs_a_file(run, letters):
    for arguments in ([], ["-f", "csv", "-o", "/dev/null"]):
        result = run("extract", "letters", "--resume", *arguments)
        assert result.returncode == 2 and b"--resume" in result.stderr and not result.stdout


def test_a_device_is_written_to_not_replaced(nlp, run, letters):
    before = os.stat("/dev/null")
    assert run("extract", "letters/0.txt", "-f", "jsonl", "-o", "/dev/null").returncode == 0
    assert os.stat("/dev/null").st_rdev == before.st_rdev


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_a_full_device(nlp, run, letters, format):
    with open("/dev/full", "wb") as full:
        results = [
            run("extract", "letters/0.txt", "-f", format, "-o", "/dev/full"),
            run("extract", "letters/0.txt", "-f", format, stdout=full),
        ]
    for result in results:
        assert result.returncode == 1 and result.stderr.startswith(b"extractor: E301 ")
        assert result.stderr.count(b"\n") == 1


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 256 kB, where a test may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("no disk may be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk(nlp, run, letters, small_disk, tmp_path):
    assert run("extract", "letters", "-o", "whole.csv").returncode == 1
    ballast = small_disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as stream:
        while True:
            stream.write(bytes(4096))
    full = run("extract", "letters", "-o", "disk/out.csv")
    assert full.returncode == 1 and b"extractor: E301 " in full.stderr and b"No space left" in full.stderr
    assert b"Traceback" not in full.stderr and not (small_disk / "out.csv").exists()
    ballast.unlink()
    assert run("extract", "letters", "-o", "disk/out.csv", "--resume").returncode == 1
    assert (small_disk / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert sorted(path.name for path in small_disk.iterdir()) == ["out.csv", "out.csv.failures.jsonl"]


def test_a_batch_of_bad_inputs(nlp, run, root, letters, tmp_path):
    from tests.documents.test_bad_inputs import CASES

    cases = [case for case in CASES if case.name not in ("one-paragraph.txt", "long.txt", "huge.txt")]
    codes = Counter({"E110": 1})  # of the letters
    for case in cases:
        (letters / case.name).write_bytes(case.data(root) if callable(case.data) else case.data)
        codes[case.expected] += case.expected.startswith("E1") and not case.name.endswith((".pq",))
    result = run("extract", "letters", "-o", "out.jsonl", "--workers", "2", "-q")
    assert result.returncode == 1 and b"Traceback" not in result.stderr
    failures = map(json.loads, (tmp_path / "out.jsonl.failures.jsonl").read_text(encoding="utf-8").splitlines())
    found = Counter(failure["code"] for failure in failures)
    assert sum(found.values()) == sum(codes.values()) and all(
        found[code] >= n for code, n in codes.items() if len(code) > 3
    )
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {f"letters/{n}.txt" for n in range(2)} <= {row["doc_id"] for row in rows}
    assert {path.name for path in tmp_path.iterdir()} == {"letters", "out.jsonl", "out.jsonl.failures.jsonl"}


@pytest.mark.parametrize("output", ["no/out.csv", "letters/0.txt/out.csv", "letters.csv"])
def test_an_output_that_cannot_be_is_told_before_anything_is_read(run, letters, tmp_path, output):
    (tmp_path / "letters.csv").mkdir()
    result = run("extract", "letters", "-o", output)
    assert result.returncode == 1 and result.stderr.startswith(b"extractor: E301 ") and b"E110" not in result.stderr


def test_progress_on_a_terminal_and_only_there(nlp, run, letters):
    ours, theirs = pty.openpty()
    result = run("extract", "letters", "-o", "out.csv", stderr=theirs)
    os.close(theirs)
    said = b""
    while True:
        try:
            said += os.read(ours, 4096)
        except OSError:  # all is read
            break
        if b"in 2 documents" in said:
            break
    os.close(ours)
    assert result.returncode == 1 and b"left" in said and b"/s" in said and b"1 failed" in said
    quiet = run("extract", "letters", "-o", "out.csv", "-q")
    assert quiet.stderr.count(b"\n") == 1 and b"E110" in quiet.stderr


def test_pace():
    now = [0.0]
    pace = Pace(1000, clock=lambda: now[0])
    assert pace.status() == "0 documents"
    pace.add(Step(documents=40, size=400, resumed=True))
    now[0] = 10.0
    assert pace.status() == "40 documents"  # the speed of an earlier run says nothing
    pace.add(Step(documents=19, size=200, failures=[None], kinds=Counter()))
    assert pace.status() == "60 documents, 1 failed, 2.0/s, 0:00:20 left"
    pace.total = None
    assert pace.status() == "60 documents, 1 failed, 2.0/s"


def test_an_interrupted_run_says_so_by_its_code(nlp, run, letters, root, tmp_path):
    fifo = tmp_path / "slow"
    os.mkfifo(fifo)
    process = subprocess.Popen(
        [*PROGRAM, "extract", "letters/0.txt", "slow", "-o", "out.csv"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        stderr=subprocess.DEVNULL,
    )
    writer = os.open(fifo, os.O_WRONLY)  # waits until the program reads
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 130
    os.close(writer)
    assert not (tmp_path / "out.csv").exists() and not (tmp_path / "out.csv.parts").exists()
