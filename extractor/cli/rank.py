"""``extractor rank``: every sentence, the one most worth checking first."""

from typing import Annotated

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
    opened,
)
from extractor.table import formats


def rank(
    inputs: Inputs,
    format: OutputFormat = None,
    output: Output = None,
    top: Annotated[
        int | None, typer.Option("--top", "-n", min=1, metavar="N", help="Only the first N.", show_default=False)
    ] = None,
    model: Model = Size.small,
    workers: Workers = 1,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Every sentence of a speech or a transcript, the one most worth checking first.

    \b
    Examples:
      extractor rank speech.txt --top 15
      extractor rank debate.jsonl -o ranked.csv
    """
    name = format_for(format, output, ranking=True)
    from extractor.api import ranked
    from extractor.corpus.items import find_items
    from extractor.corpus.results import ranking_rows, results
    from extractor.table.schema import RANKING

    report = Report(quiet, verbose)
    found = ranked(report.kept(results(find_items(inputs), ranking_rows, workers, model.value)))
    shown = report.counted((document, rows[:top]) for document, rows in found)
    with opened(output) as stream:
        formats.writer(name)(shown, stream, RANKING)
    report.finish()
