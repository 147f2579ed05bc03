"""The program ``extractor``: its commands, each in a module of its own."""

import atexit
import gc
import sys
from typing import Annotated

import typer

from extractor.cli.docs import docs
from extractor.cli.extract import extract
from extractor.cli.options import Size, drop_output
from extractor.cli.rank import rank
from extractor.cli.text import text
from extractor.corpus.collector import own_process
from extractor.errors import ExtractorError

_OUTPUT_ERROR = {"E301": 1, "E201": 1, "E202": 1}

app = typer.Typer(
    name="extractor",
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)
for command in (extract, rank, text, docs):
    app.command()(command)


def _version(asked: bool) -> None:
    if asked:
        import json
        from importlib.metadata import PackageNotFoundError, version

        from extractor.api import model_path

        metas = [json.loads((model_path(size) / "meta.json").read_text(encoding="utf-8")) for size in Size]
        try:
            number = version("extractor")
        except PackageNotFoundError:
            number = "(a checkout, not installed)"
        models = ", ".join(f"{meta['name']} {meta['version']}" for meta in metas)
        print(f"extractor {number}, models {models}")
        raise typer.Exit


@app.callback()
def extractor(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Name the version and the model's.")
    ] = False,
) -> None:
    """Reads political text and gives a table of who said what and which statistics.

    \b
    Examples:
      extractor extract article.txt
      extractor extract letters/ -o table.csv
      extractor rank speech.txt --top 15

    \b
    Exit codes:
      0    done, also when there were no statements
      1    some documents failed, the rest is done
      2    wrong usage
      130  interrupted
    """


def main() -> None:
    """Run the program on the arguments of the process."""
    own_process()
    atexit.register(gc.freeze)  # the memory of a process that ends goes back whole, without a last look for cycles
    try:
        app()
    except ExtractorError as error:
        print(f"extractor: {error}", file=sys.stderr)
        sys.exit(_OUTPUT_ERROR.get(error.code, 2))
    except BrokenPipeError:
        drop_output()
    except KeyboardInterrupt:
        sys.exit(130)
