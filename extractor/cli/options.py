"""Arguments and options that several commands share, and the plain parts of running them."""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from extractor.errors import ExtractorError, Failure
from extractor.table import formats

Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT", help="Files, folders, globs, URLs, or - for standard input.", show_default=False),
]
OutputFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="Format of the output: see `extractor docs formats`.",
        show_default=False,
        autocompletion=lambda incomplete: [(n, f.doc) for n, f in formats.FORMATS.items() if n.startswith(incomplete)],
    ),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="OUT", help="Write to this file.", show_default=False)
]


class Size(StrEnum):
    """The models that ship, by size."""

    small = "small"
    large = "large"


Model = Annotated[
    Size, typer.Option("--model", "-m", help="small is fast, for archives; large reads better, for an article at hand.")
]
Workers = Annotated[int, typer.Option("--workers", "-w", metavar="N", min=1, help="Processes to read in.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No messages but errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say what was read and how fast.")]


class Report:
    """What goes to stderr: failures as they come, a summary at the end; and the exit code that follows from them."""

    def __init__(self, quiet: bool = False, verbose: bool = False) -> None:
        self.quiet = quiet
        self.summary = verbose or (sys.stderr.isatty() and not quiet)
        self.verbose = verbose
        self.failures = 0
        self.documents = 0
        self.kinds: Counter[str] = Counter()
        self._start = time.monotonic()

    def failed(self, failure: Failure) -> None:
        """Say and count what could not be read."""
        self.failures += 1
        print(f"extractor: {failure}", file=sys.stderr)

    def note(self, text: str) -> None:
        """Say something that is no failure."""
        if not self.quiet:
            print(f"extractor: {text}", file=sys.stderr)

    def kept(self, results: Iterable[Any]) -> Iterator[Any]:
        """Results without the failures among them, which are reported and counted."""
        for result in results:
            if isinstance(result, Failure):
                self.failed(result)
            else:
                self.documents += 1
                yield result

    def counted(self, results: Iterable[tuple[Any, list[Any]]]) -> Iterator[tuple[Any, list[Any]]]:
        """The same results, their rows counted by kind."""
        for document, rows in results:
            self.kinds.update(getattr(row, "kind", "sentence") for row in rows)
            yield document, rows

    def finish(self) -> None:
        """Print the summary and leave with code 1 when a document failed."""
        if self.summary:
            print(f"extractor: {self._summary()}", file=sys.stderr)
        if self.failures:
            raise typer.Exit(1)

    def _summary(self) -> str:
        rows = ", ".join(f"{n} {kind}{'' if n == 1 else 's'}" for kind, n in sorted(self.kinds.items())) or "no rows"
        documents = f"{self.documents} document{'' if self.documents == 1 else 's'}"
        failed = f", {self.failures} failed" if self.failures else ""
        seconds = f", {time.monotonic() - self._start:.1f} s" if self.verbose else ""
        return f"{rows} in {documents}{failed}{seconds}"


def format_for(name: str | None, output: Path | None, ranking: bool = False) -> str:
    """The format asked for, or the one that goes with the output: its suffix, a terminal's table, else CSV.

    Raises `ExtractorError` E302 or E303 when that format cannot go there.
    """
    if name is None:
        name = formats.format_of_path(output) if output else "table" if sys.stdout.isatty() else "csv"
    format = formats.find_format(name)
    if ranking and not format.ranking:
        raise ExtractorError("E303", f"a ranking cannot be written as {name}")
    if format.binary and output is None and sys.stdout.isatty():
        raise ExtractorError("E302", f"{name} is not for a terminal: give a file with -o")
    return name


def is_stream(output: Path | None) -> bool:
    """True for standard output and what else cannot be moved into place when it is whole: a pipe, a device."""
    try:
        return output is None or (output.exists() and not output.is_file() and not output.is_dir())
    except OSError:
        return False


@contextmanager
def opened(output: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or the file, which is whole at the end or not there. Raises `ExtractorError` E301.

    When the reader of a pipe goes away, the program ends without an error, as it does for `head`.
    """
    if output is not None and not is_stream(output):
        from extractor.table.output import whole_file

        with whole_file(output) as stream:
            yield stream
        return
    try:
        if output is None:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        else:
            with output.open("wb") as stream:
                yield stream
    except BrokenPipeError:  # whoever reads has seen enough
        drop_output()
        raise typer.Exit from None
    except OSError as error:
        if output is None:
            drop_output()
        raise ExtractorError("E301", f"{output or 'standard output'} could not be written: {error.strerror}") from None


def drop_output() -> None:
    """Point standard output at nothing, so that a reader that has gone away raises no second error at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
