"""The program: its help, its outputs, its messages and its exit codes."""

import os
import resource
import subprocess
import sys

import pytest

PROGRAM = [sys.executable, "-c", "from extractor.cli.main import main; main()"]


@pytest.fixture
def run(root, tmp_path):
    """Runs the program in an empty folder and gives what came of it."""

    def run(*arguments, stdin=b"", **environment):
        return subprocess.run(
            [*PROGRAM, *arguments],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(root), **environment},
            timeout=120,
        )

    return run


def test_help_begins_with_what_it_does_and_examples(run):
    for arguments in (["-h"], ["extract", "--help"], ["rank", "-h"], ["text", "-h"]):
        result = run(*arguments)
        assert result.returncode == 0 and b"Examples:" in result.stdout and not result.stderr
    assert b"130  interrupted" in run("--help").stdout


def test_help_is_quick(run):
    def seconds(command):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime  # what else runs does not count

    bare = min(seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True)) for _ in range(3))
    assert min(seconds(lambda: run("--help")) for _ in range(3)) - bare < 0.4


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["extract", "a.txt", "--kind", "rumour"],
        ["extract", "a.txt", "--min-confidence", "2"],
        ["extract", "a.txt", "-f", "doc"],
        ["extract", "a.txt", "-o", "a.doc"],
        ["no-such-command"],
        ["--no-such-option"],
    ],
)
def test_wrong_usage(run, arguments):
    result = run(*arguments)
    assert result.returncode == 2 and result.stderr and not result.stdout
    assert b"Traceback" not in result.stderr


def test_text_prints_exactly_what_offsets_count_in(run, tmp_path):
    text = "Home » News\r\n\r\n“One,” she said. 😀\n"
    (tmp_path / "a.txt").write_bytes(text.encode("utf-8-sig"))
    assert run("text", "a.txt").stdout.decode() == text
    assert run("text", "-", stdin=text.encode()).stdout.decode() == text
    (tmp_path / "b.txt").write_text("Two.", encoding="utf-8")
    assert run("text", "b.txt", "a.txt").stdout.decode() == f"==> b.txt <==\nTwo.\n\n==> a.txt <==\n{text}\n\n"


def test_a_failure_is_one_line_and_code_one_and_the_rest_is_done(run, tmp_path):
    (tmp_path / "a.txt").write_text("One.", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(bytes(range(256)) * 10)
    result = run("text", "no.txt", "b.txt", "a.txt")
    assert result.returncode == 1 and b"One." in result.stdout
    lines = result.stderr.decode().splitlines()
    assert lines[0] == "extractor: no.txt: E101 no such file or folder"
    assert lines[1].startswith("extractor: b.txt: E110 ") and len(lines) == 2


def test_a_closed_pipe_is_quiet(root, tmp_path):
    (tmp_path / "a.txt").write_text("One more line.\n" * 200_000, encoding="utf-8")
    process = subprocess.Popen(
        [*PROGRAM, "text", "a.txt"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert process.stdout and process.stderr
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b"" and process.wait(30) == 0
    process.stderr.close()


@pytest.mark.parametrize("format", ["csv", "table", "xlsx"])
def test_a_closed_pipe_is_quiet_for_a_table(nlp, root, tmp_path, format):
    reading, writing = os.pipe()
    os.close(reading)
    sample = str(root / "samples" / "release.txt")
    result = subprocess.run(
        [*PROGRAM, "extract", sample, "-f", format],
        stdout=writing,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        timeout=120,
    )
    os.close(writing)
    assert result.returncode == 0 and result.stderr == b""


def test_the_table_of_the_sample(nlp, run, root):
    sample = str(root / "samples" / "article.txt")
    result = run("extract", sample)
    assert result.returncode == 0 and result.stdout.startswith("\ufeffstatement_id,doc_id,title".encode())
    table = run("extract", sample, "-f", "table", COLUMNS="100").stdout.decode()
    assert "Wenna Trevarrick" in table and "“Sandbags are not a strategy”" in table and "\x1b" not in table
    only = run("extract", sample, "-k", "statistic", "-f", "jsonl").stdout.decode().splitlines()
    assert only and all('"kind": "statistic"' in line for line in only)


def test_a_file_out(nlp, run, tmp_path, root):
    assert run("extract", str(root / "samples" / "article.txt"), "-o", "a.jsonl").returncode == 0
    assert (tmp_path / "a.jsonl").read_text(encoding="utf-8").startswith('{"statement_id": "')
    result = run("extract", str(root / "samples" / "article.txt"), "-o", "no/a.csv")
    assert result.returncode == 1 and b"E301" in result.stderr


def test_workers_give_the_same(nlp, run, root):
    sample = str(root / "samples" / "article.txt")
    assert run("extract", sample, sample, "-w", "2").stdout == run("extract", sample, sample).stdout


def test_rank(nlp, run, root):
    lines = run("rank", str(root / "samples" / "article.txt"), "-n", "3").stdout.decode("utf-8-sig").splitlines()
    assert lines[0] == "doc_id,sentence,speaker,check_worthiness,start,end" and len(lines) == 4


def test_version_names_the_model(nlp, run):
    assert b"models statements " in run("--version").stdout
