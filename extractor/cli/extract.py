"""``extractor extract``: the table of statements."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Any

import typer

from extractor.cli.options import Inputs, Output, OutputFormat, Quiet, Report, Verbose, Workers, format_for, opened
from extractor.table import formats


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
    workers: Workers = 1,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Who said what, and which statistics: one row a statement.

    \b
    Examples:
      extractor extract article.txt
      extractor extract letters/ -o table.csv
      extractor extract feed.jsonl --kind statistic --min-confidence 0.8
      curl -s https://example.org/speech.txt | extractor extract - -f jsonl

    Rows go to standard output: a table on a terminal, else CSV. Messages go to standard error.
    """
    name = format_for(format, output)
    from extractor.corpus.results import results
    from extractor.documents.sources import read_documents
    from extractor.table.schema import STATEMENTS

    report = Report(quiet, verbose)
    found = report.kept(results(read_documents(inputs), workers=workers))
    kept = report.counted(_filtered(found, {k.value for k in kind or ()}, min_confidence))
    with opened(output) as stream:
        formats.writer(name)(kept, stream, STATEMENTS)
    report.finish()


def _filtered(
    results: Iterable[tuple[Any, list[Any]]], kinds: set[str], min_confidence: float
) -> Iterator[tuple[Any, list[Any]]]:
    for document, rows in results:
        yield (
            document,
            [
                r
                for r in rows
                if (not kinds or r.kind in kinds) and (r.confidence is None or r.confidence >= min_confidence)
            ],
        )
