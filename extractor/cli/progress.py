"""How far a run is, how fast it goes and how long it will take: on a terminal, and on stderr only."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.corpus.batch import Step


@contextmanager
def progress(total: int | None, shown: bool) -> Iterator[Callable[["Step"], None]]:
    """A line that the function it gives moves on; nothing at all unless ``shown``.

    total: how much there is to read, as `extractor.corpus.items.total_size` counts; None when that is not known.
    """
    if not shown:
        yield lambda step: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    pace = Pace(total)
    columns = (SpinnerColumn("line"), BarColumn(), TextColumn("{task.fields[status]}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, status="reading the first documents")

        def advance(step: "Step") -> None:
            pace.add(step)
            bar.update(task, completed=min(pace.size, total or pace.size), status=pace.status())

        yield advance


class Pace:
    """Speed since the start, of what this run has done itself, and what follows from it for the rest.

    total: as in `progress`.
    clock: seconds.
    """

    def __init__(self, total: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = total
        self.documents = self.failures = self.size = 0
        self._own_documents = self._own_size = 0
        self._clock = clock
        self._start = clock()

    def add(self, step: "Step") -> None:
        """Count one batch."""
        documents = step.documents + len(step.failures)
        self.documents += documents
        self.failures += len(step.failures)
        self.size += step.size
        if not step.resumed:
            self._own_documents += documents
            self._own_size += step.size

    def status(self) -> str:
        """``120 documents, 2 failed, 3.1/s, 0:04:10 left``."""
        seconds = self._clock() - self._start
        parts = [f"{self.documents} documents"]
        if self.failures:
            parts.append(f"{self.failures} failed")
        if seconds > 0 and self._own_documents:
            parts.append(f"{self._own_documents / seconds:.1f}/s")
        if self.total and self._own_size:
            left = max(0, self.total - self.size) * seconds / self._own_size
            parts.append(f"{timedelta(seconds=round(left))} left")
        return ", ".join(parts)
