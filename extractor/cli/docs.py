"""``extractor docs``: what the columns, the formats and the error codes mean."""

from enum import StrEnum
from typing import Annotated

import typer

from extractor import errors
from extractor.documents import formats as documents
from extractor.table import formats, schema


class Topic(StrEnum):
    """What there is to read about."""

    columns = "columns"
    inputs = "inputs"
    formats = "formats"
    errors = "errors"


def docs(
    topic: Annotated[Topic | None, typer.Argument(help="Only this topic.", show_default=False)] = None,
) -> None:
    """What the columns, the inputs, the output formats and the error codes mean.

    \b
    Examples:
      extractor docs
      extractor docs columns
    """
    for name, lines in _topics().items():
        if topic in (None, name):
            width = max(len(key) for key, _ in lines)
            print(f"{name.upper()}\n" + "\n".join(f"  {key:<{width}}  {text}" for key, text in lines) + "\n")


def _topics() -> dict[Topic, list[tuple[str, str]]]:
    return {
        Topic.columns: [(column.name, column.doc) for column in schema.STATEMENTS],
        Topic.inputs: [(name, f"{i.doc} ({' '.join(i.suffixes)})") for name, i in documents.INPUTS.items()],
        Topic.formats: [(name, f"{f.doc} ({' '.join(f.suffixes)})") for name, f in formats.FORMATS.items()],
        Topic.errors: list(errors.CODES.items()),
    }
