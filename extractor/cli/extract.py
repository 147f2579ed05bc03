"""``extractor extract``: the table of statements."""

import sys
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.options import (
    Inputs,
    Model,
    Output,
    OutputFormat,
    Quiet,
    Report,
    Size,
    Verbose,
    Workers,
    format_for,
    is_stream,
    opened,
)
from extractor.table import formats

if TYPE_CHECKING:
    from extractor.corpus.batch import Job, Step


class Kind(StrEnum):
    """The kinds of statement."""

    quote = "quote"
    attribution = "attribution"
    statistic = "statistic"


def extract(
    inputs: Inputs,
    format: OutputFormat = None,
    output: Output = None,
    kind: Annotated[
        list[Kind] | None, typer.Option("--kind", "-k", help="Only this kind; may be given again.", show_default=False)
    ] = None,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, metavar="C", help="Only rows at least this sure.")
    ] = 0,
    model: Model = Size.small,
    workers: Workers = 1,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run that was stopped: the same command, with this.")
    ] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Who said what, and which statistics: one row a statement.

    \b
    Examples:
      extractor extract article.txt
      extractor extract letters/ -o table.csv
      extractor extract feed.jsonl --kind statistic --min-confidence 0.8
      extractor extract archive/ -o archive.parquet --workers 8 --resume
      curl -s https://example.org/speech.txt | extractor extract - -f jsonl

    Rows go to standard output: a table on a terminal, else CSV. Messages go to standard error.

    A file given with -o is whole or absent. Until it is, OUT.parts/ keeps what is done; documents that could not be
    read are listed in OUT.failures.jsonl with their error codes.
    """
    name = format_for(format, output)
    from extractor.corpus.batch import Job

    report = Report(quiet, verbose)
    job = Job(name, frozenset(k.value for k in kind or ()), min_confidence, model.value)
    if output is None or is_stream(output):
        if resume:
            raise typer.BadParameter("only with a file given by -o", param_hint="--resume")
        _to_stream(inputs, output, job, workers, report)
    else:
        _to_file(inputs, output, job, workers, resume, report)
    report.finish()


def _to_stream(inputs: list[str], output: Path | None, job: "Job", workers: int, report: Report) -> None:
    from extractor.corpus.items import find_items
    from extractor.corpus.results import results
    from extractor.table.schema import STATEMENTS

    found = report.kept(results(find_items(inputs), workers=workers, model=job.model))
    kept = report.counted((document, [row for row in rows if job.keeps(row)]) for document, rows in found)
    with opened(output) as stream:
        formats.writer(job.format)(kept, stream, STATEMENTS)


def _to_file(inputs: list[str], output: Path, job: "Job", workers: int, resume: bool, report: Report) -> None:
    from extractor.cli.progress import progress
    from extractor.corpus.batch import extract_to_file, failures_path
    from extractor.corpus.items import total_size
    from extractor.corpus.results import read_batch

    resumed = changed = 0
    shown = sys.stderr.isatty() and not report.quiet
    with progress(total_size(inputs) if shown else None, shown) as advance:

        def watch(step: "Step") -> None:
            nonlocal resumed, changed
            resumed += step.documents * step.resumed
            changed += step.changed
            report.documents += step.documents
            report.kinds.update(step.kinds)
            for failure in step.failures:
                report.failed(failure)
            advance(step)

        extract_to_file(inputs, output, job, workers, resume, watch, partial(read_batch, model=job.model))
    if resumed:
        report.note(f"{resumed} documents were done before")
    if changed:
        report.note(f"documents have changed since: {changed} part{'' if changed == 1 else 's'} of the run done again")
    if report.failures:
        report.note(f"what failed is listed in {failures_path(output)}")
