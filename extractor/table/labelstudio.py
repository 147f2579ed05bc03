"""Label Studio tasks with predictions.

The labelling interface that goes with them::

    <View>
      <Text name="text" value="$text"/>
      <Labels name="label" toName="text">
        <Label value="quote"/> <Label value="attribution"/> <Label value="statistic"/>
        <Label value="speaker"/> <Label value="cue"/> <Label value="figure"/>
      </Labels>
    </View>

Label Studio counts as JavaScript does, in UTF-16 units: a character beyond the basic plane (an emoji) counts twice.
"""

from bisect import bisect_left
from collections.abc import Iterable
from statistics import fmean
from typing import Any, BinaryIO

from extractor.documents.document import Document
from extractor.statements.statement import Statement
from extractor.table.jsonl import dumps
from extractor.table.regions import regions
from extractor.table.schema import Column


def write(results: Iterable[tuple[Document, list[Any]]], stream: BinaryIO, columns: tuple[Column, ...]) -> None:
    """A list of tasks, one a document."""
    stream.write(dumps([task(document, rows) for document, rows in results], indent=1) + b"\n")


def task(document: Document, rows: list[Statement]) -> dict[str, Any]:
    """One document with its statements as a prediction; parts of one statement are joined by relations."""
    astral = [index for index, character in enumerate(document.text) if character > "\uffff"]
    result: list[dict[str, Any]] = []
    firsts: dict[int, str] = {}
    for number, region in enumerate(regions(rows)):
        identifier = f"r{number}"
        result.append(
            {
                "id": identifier,
                "from_name": "label",
                "to_name": "text",
                "type": "labels",
                "value": {
                    "start": region.start + bisect_left(astral, region.start),
                    "end": region.end + bisect_left(astral, region.end),
                    "text": document.text[region.start : region.end],
                    "labels": [region.label],
                },
                **({} if region.confidence is None else {"score": region.confidence}),
            }
        )
        first = firsts.setdefault(region.statement, identifier)
        if first != identifier:
            result.append({"type": "relation", "from_id": first, "to_id": identifier, "direction": "right"})
    scores = [row.confidence for row in rows if row.confidence is not None]
    prediction = {"model_version": "extractor", "score": fmean(scores) if scores else 0.0, "result": result}
    data = {"text": document.text, "doc_id": document.doc_id, "title": document.title, "url": document.url}
    return {"data": data, "predictions": [prediction]}
