"""What a long run has done so far, on disk beside its output: enough to go on after it was killed at any moment.

``OUT.parts/`` holds ``job.json`` (what was asked for) and a file for each batch that is done, named by the batch's
number and a digest of what went into it. Each file is whole or absent.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from extractor.errors import ExtractorError
from extractor.table.output import whole_file

try:
    import fcntl
except ImportError:  # Windows: two runs with the same output are then not kept apart
    fcntl = None  # type: ignore[assignment]

_PART = re.compile(r"(\d{6,})-([0-9a-f]+)\.part")
_OURS = re.compile(r"lock|job\.json|result\.new|\.(?:job\.json|result\.new|\d{6,}-[0-9a-f]+\.part)\..*")


class Journal:
    """The folder ``OUT.parts``, held by one run at a time.

    output: the file that the run makes.
    job: all that its content depends on beside the documents; plain JSON.
    resume: go on with what an earlier run has left.
    changed: numbers of the batches that were done, but of documents that have changed since.

    Raises `ExtractorError` E301 when the folder cannot be written, E304 when an earlier run has left something there
    and ``resume`` is not set or another run is at work, E305 when the earlier run had another ``job``.
    """

    def __init__(self, output: Path, job: dict[str, Any], resume: bool = False) -> None:
        self.output = output
        self.folder = output.with_name(f"{output.name}.parts")
        self.changed: set[int] = set()
        self._job = self.folder / "job.json"
        self._lock: int | None = None
        with self.errors():
            if output.is_dir():
                raise ExtractorError("E301", f"{output} is a folder")
            self.folder.mkdir(exist_ok=True)
            self._take()
        try:
            with self.errors():
                self._parts = self._found(job, resume)
                with whole_file(self._job) as stream:
                    stream.write(json.dumps(job, indent=1).encode())
        except BaseException:
            self._release()
            raise

    def has(self, number: int, key: str) -> bool:
        """True when batch ``number`` is done, from the very documents that ``key`` stands for."""
        there = self._parts.get(number)
        if there not in (None, key):
            self.changed.add(number)
        return there == key

    def write(self, number: int, key: str, content: bytes) -> None:
        """Keep what was found of a batch."""
        with self.errors():
            with whole_file(self._path(number, key)) as stream:
                stream.write(content)
            there = self._parts.get(number)
            if there not in (None, key):
                self._path(number, there).unlink(missing_ok=True)
        self._parts[number] = key

    @contextmanager
    def opened(self, number: int, key: str) -> Iterator[BinaryIO]:
        """What `write` kept."""
        with self.errors(), self._path(number, key).open("rb") as stream:
            yield stream

    @contextmanager
    def result(self, path: Path) -> Iterator[BinaryIO]:
        """A stream whose content becomes the file ``path`` when the block ends without an error."""
        with self.errors():
            ready = self.folder / "result.new"
            with whole_file(ready) as stream:
                yield stream
            ready.replace(path)
            _settle(path.parent)

    def remove(self) -> None:
        """Delete it: the run has come to its end."""
        with self.errors():
            for number, key in self._parts.items():
                self._path(number, key).unlink(missing_ok=True)
        self._parts = {}

    def __enter__(self) -> "Journal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._parts:
            with suppress(OSError):
                self._job.unlink(missing_ok=True)
                (self.folder / "lock").unlink(missing_ok=True)
                self.folder.rmdir()
        self._release()

    def _found(self, job: dict[str, Any], resume: bool) -> dict[int, str]:
        """The batches that are done: number -> key; what else a killed run has left there is deleted."""
        names = [path.name for path in self.folder.iterdir()]
        strange = sorted(name for name in names if not _PART.fullmatch(name) and not _OURS.fullmatch(name))
        if strange:
            raise ExtractorError("E304", f"{self.folder} holds what no run has put there ({strange[0]}): move it away")
        parts = {int(m[1]): m[2] for m in map(_PART.fullmatch, sorted(names)) if m}
        if parts:
            if not resume:
                raise ExtractorError(
                    "E304",
                    f"{self.folder} holds what a stopped run has done: go on with --resume, or delete it to begin anew",
                )
            self._compare(job)
        for name in names:
            match = _PART.fullmatch(name)
            if name.startswith(".") or name == "result.new" or (match and parts[int(match[1])] != match[2]):
                (self.folder / name).unlink()
        return parts

    def _compare(self, job: dict[str, Any]) -> None:
        try:
            before = json.loads(self._job.read_bytes())
            differing = sorted(k for k in {*before, *job} if before.get(k) != job.get(k))
        except (ValueError, TypeError, AttributeError):
            differing = ["job.json"]
        if differing:
            raise ExtractorError(
                "E305",
                f"the stopped run was asked for something else ({', '.join(differing)}): "
                f"give the same options, or delete {self.folder} to begin anew",
            )

    def _take(self) -> None:
        self._lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
        if fcntl:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._release()
                raise ExtractorError("E304", f"another run is at work in {self.folder}") from None

    def _release(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _path(self, number: int, key: str | None) -> Path:
        return self.folder / f"{number:06}-{key}.part"

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turns what the disk refuses into an `ExtractorError` E301."""
        try:
            yield
        except OSError as error:
            raise ExtractorError("E301", f"{error.filename or self.output}: {error.strerror or error}") from None


def _settle(folder: Path) -> None:
    """Have the disk hold the names in ``folder`` as they are now, so that a power cut does not bring the old back."""
    with suppress(OSError):  # Windows does not open folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
