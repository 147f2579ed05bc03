"""Worker processes that share nothing: each has a pipe of its own and one batch at a time.

A worker that dies (out of memory, a crash in native code, killed) leaves no lock behind and no half message that could
be taken for a whole one. It is replaced and its batch done once more. When that ends a worker again, the items of the
batch are done one by one, and the one that ends its worker even alone is given up.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from extractor.corpus.collector import own_process
from extractor.errors import ExtractorError

Item = TypeVar("Item")
Found = TypeVar("Found")

_TRIES = 2
_STILLBORN = 3  # workers in a row that end before they have begun
_AHEAD = 4  # batches for each worker that may wait for a slower one before them
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


@dataclass(eq=False)
class _Split(Generic[Found]):
    """A batch whose items are done one by one: what was found of each so far."""

    number: int
    found: list[list[Found] | None]


@dataclass(eq=False)
class _Task(Generic[Item, Found]):
    """Items to be done in one go; ``split`` and ``place`` when they are the one item of a batch that was split."""

    number: int
    items: list[Item]
    tries: int = _TRIES
    split: _Split[Found] | None = None
    place: int = 0


@dataclass(eq=False)
class _Worker(Generic[Item, Found]):
    process: BaseProcess
    connection: "Connection[Any, Any]"
    task: _Task[Item, Found] | None = None
    ready: bool = False


@dataclass(eq=False)
class Workers(Generic[Item, Found]):
    """Up to ``size`` processes that do batches.

    work: a function of a module (processes import it by name): the items of a batch to what is found of them, in
        order. An exception that it raises is raised here.
    lost: what stands for an item that ended every worker that did it, given that item and how the last one ended.
    """

    work: Callable[[list[Item]], list[Found]]
    size: int
    lost: Callable[[Item, str], Found]
    _workers: list[_Worker[Item, Found]] = field(default_factory=list)
    _next: deque[_Task[Item, Found]] = field(default_factory=deque)
    _stillborn: int = 0

    def run(
        self, batches: Iterable[tuple[int, list[Item]]], ordered: bool = False
    ) -> Iterator[tuple[int, list[Found]]]:
        """Each batch's number with what was found, as they are done or (``ordered``) in the order given.

        ``batches`` is read only as far ahead as keeps the workers busy. Raises `ExtractorError` E202 when processes
        cannot be started.
        """
        upcoming = iter(batches)
        more = True
        order: deque[int] = deque()
        waiting: dict[int, list[Found]] = {}
        try:
            while True:
                self._hand_out()
                busy = {worker.connection: worker for worker in self._workers if worker.task}
                room = more and len(self._next) < self.size and (not ordered or len(order) < self.size * _AHEAD)
                if not busy and not room:
                    return
                ready = wait(list(busy), timeout=0 if room else None)
                if room and not ready:
                    batch = next(upcoming, None)
                    more = batch is not None
                    if batch is not None:
                        self._next.append(_Task(*batch))
                        order.append(batch[0])
                for connection in ready:
                    done = self._receive(busy[connection])  # type: ignore[index]
                    if done and not ordered:
                        yield done
                    elif done:
                        waiting[done[0]] = done[1]
                while ordered and order and order[0] in waiting:
                    yield order[0], waiting.pop(order.popleft())
        finally:
            for worker in list(self._workers):
                self._end(worker)

    def _hand_out(self) -> None:
        while self._next:
            idle = next((worker for worker in self._workers if worker.task is None), None)
            if idle is None:
                if len(self._workers) >= self.size:
                    return
                idle = self._start()
            task = self._next.popleft()
            try:
                idle.connection.send(task.items)
                idle.task = task
            except OSError:  # it has died since
                self._next.appendleft(task)
                self._count_stillborn(idle)
                self._end(idle)

    def _start(self) -> _Worker[Item, Found]:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self.work), daemon=True)
        try:
            process.start()
        except OSError as error:
            raise ExtractorError("E202", f"no worker process could be started: {error.strerror}") from None
        finally:
            theirs.close()
        worker: _Worker[Item, Found] = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _receive(self, worker: _Worker[Item, Found]) -> tuple[int, list[Found]] | None:
        task = worker.task
        assert task is not None
        try:
            word, value = worker.connection.recv()
        except (EOFError, OSError):
            return self._bury(worker, task)
        if word == "ready":
            worker.ready, self._stillborn = True, 0
            return None
        worker.task = None
        if word == "error":
            raise value
        return self._finished(task, value)

    def _bury(self, worker: _Worker[Item, Found], task: _Task[Item, Found]) -> tuple[int, list[Found]] | None:
        """Put what a dead worker was doing back in line, or give it up."""
        worker.process.join()
        code = worker.process.exitcode or 0
        self._end(worker)
        if not worker.ready:
            self._count_stillborn(worker)
            self._next.appendleft(task)
            return None
        task.tries -= 1
        if task.tries > 0:
            self._next.appendleft(task)
        elif len(task.items) == 1:
            how = f"signal {-code}" if code < 0 else f"exit code {code}"
            return self._finished(task, [self.lost(task.items[0], how)])
        else:
            split: _Split[Found] = _Split(task.number, [None] * len(task.items))
            alone = [_Task(task.number, [item], 1, split, place) for place, item in enumerate(task.items)]
            self._next.extendleft(reversed(alone))
        return None

    def _finished(self, task: _Task[Item, Found], found: list[Found]) -> tuple[int, list[Found]] | None:
        split = task.split
        if split is None:
            return task.number, found
        split.found[task.place] = found
        if any(part is None for part in split.found):
            return None
        return split.number, [one for part in split.found for one in part or ()]

    def _count_stillborn(self, worker: _Worker[Item, Found]) -> None:
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn >= _STILLBORN:
                raise ExtractorError(
                    "E202",
                    "worker processes end as soon as they start; a script that uses them needs the usual "
                    '`if __name__ == "__main__":`',
                )

    def _end(self, worker: _Worker[Item, Found]) -> None:
        if worker in self._workers:
            self._workers.remove(worker)
            worker.connection.close()
            worker.process.kill()  # it holds nothing that could be lost
            worker.process.join()
            worker.process.close()


def _serve(connection: "Connection[Any, Any]", work: Callable[[list[Any]], list[Any]]) -> None:
    """The life of a worker: a batch in, what is found out, until the other end is gone."""
    own_process()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process decides when a user interrupts
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    try:
        connection.send(("ready", None))
        while True:
            items = connection.recv()
            try:
                answer: tuple[str, Any] = ("done", work(items))
            except Exception as error:
                answer = ("error", error)
            connection.send(answer)
    except (EOFError, OSError):
        return
