"""The functions of `import extractor`: text in, tables out."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.corpus.items import Item, find_items
from extractor.corpus.results import Result, pipeline, ranking_rows, results
from extractor.documents.decoding import without_surrogates
from extractor.documents.document import Document
from extractor.documents.text import from_text
from extractor.errors import ExtractorError, Failure
from extractor.table.statements import Ranking, Statements

if TYPE_CHECKING:
    from spacy.language import Language

Source = str | Path | Document
"""Text itself (`str`), a file or folder (`Path`), or a `Document`."""


def load(model: str = "small") -> "Language":
    """The spaCy pipeline that everything else uses, loaded once; raises `ExtractorError` E201 when it is broken."""
    return pipeline(model)


def model_path(model: str = "small") -> Path:
    """The folder of a shipped pipeline: ``spacy.load(extractor.model_path())`` gives what `load` gives.

    Raises `ExtractorError` E201 when the installation holds none.
    """
    from extractor import pipeline

    try:
        return pipeline.model_path(model)
    except OSError as error:
        raise ExtractorError("E201", str(error)) from None


def extract(source: Source, model: str = "small") -> Statements:
    """The statements of ``source``: text when it is a `str`, a file (or all of a folder) when it is a `Path`.

    Raises `ExtractorError` when a file cannot be read. Text never raises: it has statements or none.

    model: "small" or "large"; the large one reads better and takes about five times as long.
    """
    return Statements(_whole(results(_items(source), model=model)))


def extract_many(documents: Iterable[Source], workers: int = 1, model: str = "small") -> Iterator[Statements | Failure]:
    """The statements of each document, as they come and in order; a `Failure` in the place of one that cannot be read.

    workers: processes to read in. A script that uses more than one needs the usual ``if __name__ == "__main__":``.
    """
    for result in results((i for source in documents for i in _items(source)), workers=workers, model=model):
        yield result if isinstance(result, Failure) else Statements([result])


def rank(source: Source, model: str = "small") -> Ranking:
    """Every sentence of ``source``, the one most worth checking first."""
    return Ranking(ranked(_whole(results(_items(source), ranking_rows, model=model))))


def ranked(rankings: Iterable[Result]) -> list[Result]:
    """One ranking of several: all rows by falling worthiness, those of a document that are level in their order."""
    pairs = [(document, row) for document, rows in rankings for row in rows]
    pairs.sort(key=lambda pair: -pair[1].check_worthiness)
    return [(Document(""), [row for _, row in pairs])]


def _items(source: Source) -> Iterator[Item]:
    if isinstance(source, Document):
        yield source
    elif isinstance(source, Path):
        yield from find_items([str(source)])
    elif isinstance(source, str):
        yield from_text(without_surrogates(source))
    else:
        raise TypeError(f"a source is a str (text), a Path or a Document, not {type(source).__name__}")


def _whole(found: Iterable[Result | Failure]) -> Iterator[tuple[Document, list[Any]]]:
    for result in found:
        if isinstance(result, Failure):
            raise ExtractorError(result.code, f"{result.source}: {result.message}" if result.source else result.message)
        yield result
