"""Worker processes: the same as without them, whatever becomes of one."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import cheap
import pytest

from extractor.corpus.workers import Workers
from extractor.errors import ExtractorError

WORDS = [["one", "two"], ["three"], [], ["four", "five", "six"]]
LOUD = [[word.upper() for word in batch] for batch in WORDS]


def run(batches, size=2, ordered=True, work=cheap.shout):
    return list(Workers(work, size, cheap.lost).run(enumerate(batches), ordered))


def test_batches_come_in_their_order_or_as_they_are_done():
    assert run(WORDS) == list(enumerate(LOUD))
    assert sorted(run(WORDS, ordered=False)) == list(enumerate(LOUD))
    batches = [["SLEEP 0.6"], ["quick"]]
    assert [number for number, _ in run(batches)] == [0, 1]
    assert [number for number, _ in run(batches, ordered=False)] == [1, 0]
    assert not multiprocessing.active_children()


def test_a_batch_is_done_again_when_its_worker_dies(tmp_path):
    once = f"ONCE {tmp_path}/mark"
    assert run([["one", once], ["two"]]) == [(0, ["ONE", once.upper()]), (1, ["TWO"])]


def test_what_ends_every_worker_is_given_up_and_nothing_beside_it():
    found = run([["one", "KILL", "two"], ["three"], ["KILL"]])
    gone = "KILL was lost (signal 9)"
    assert found == [(0, ["ONE", gone, "TWO"]), (1, ["THREE"]), (2, [gone])]


def test_a_worker_killed_from_outside_is_replaced():
    batches = Workers(cheap.shout, 2, cheap.lost).run(enumerate([["one"], ["SLEEP 1", "two"], ["three"]]), ordered=True)
    assert next(batches) == (0, ["ONE"])
    for process in multiprocessing.active_children():
        os.kill(process.pid, signal.SIGKILL)
    assert list(batches) == [(1, ["SLEEP 1", "TWO"]), (2, ["THREE"])]


def test_an_error_of_the_work_itself_ends_the_run():
    with pytest.raises(ExtractorError, match="E201 a broken pipeline"):
        run([["one"], ["RAISE"]])
    assert not multiprocessing.active_children()


class Stillborn:
    """Work that ends a process that as much as unpacks it."""

    def __call__(self, items):
        return items

    def __reduce__(self):
        return os._exit, (3,)


def test_processes_that_cannot_start_are_an_error():
    with pytest.raises(ExtractorError, match="E202"):
        run([["one"]], work=Stillborn())


@pytest.mark.parametrize("ordered", [True, False])
def test_no_more_is_read_than_keeps_the_workers_busy(ordered):
    taken = 0

    def batches():
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number, ["SLEEP 0.3" if number == 0 else "quick"]

    found = Workers(cheap.shout, 2, cheap.lost).run(batches(), ordered)
    next(found)
    time.sleep(0.3)
    assert taken <= 12
    found.close()
    assert not multiprocessing.active_children()


def test_workers_end_with_the_process_that_started_them(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import multiprocessing, sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "import cheap\nfrom extractor.corpus.workers import Workers\n"
        "if __name__ == '__main__':\n"
        "    for _ in Workers(cheap.shout, 2, cheap.lost).run(enumerate([['one'], ['SLEEP 0.5'], ['SLEEP 1']])):\n"
        "        print(*(p.pid for p in multiprocessing.active_children()), flush=True)\n",
        encoding="utf-8",
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout
    process.stdout.readline()
    workers = [int(pid) for pid in process.stdout.readline().split()]
    process.kill()
    process.wait()
    process.stdout.close()
    assert workers
    deadline = time.monotonic() + 30
    while any(map(is_running, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_running, workers))


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
