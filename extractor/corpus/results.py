"""Documents to rows, one batch after the other, in bounded memory; a document that fails becomes a `Failure`."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from extractor.corpus.collector import keep_what_is_loaded, paused_collector
from extractor.corpus.items import Item, batches, name_of
from extractor.corpus.workers import Workers
from extractor.documents.document import Document
from extractor.documents.sources import Source, read_source
from extractor.errors import ExtractorError, Failure
from extractor.table.link import link

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from extractor.pipeline.familiar import FamiliarWords

Result = tuple[Document, list[Any]]
Rows = Callable[["Doc", Document], list[Any]]
"""What is read off a document: its statements or its ranked sentences."""


@lru_cache
def pipeline(model: str = "small") -> "Language":
    """The pipeline of this size, loaded once in a process; raises `ExtractorError` E201 when it is broken."""
    from extractor.pipeline import load, model_path

    with paused_collector():
        import spacy  # noqa: F401  half a million objects, frozen before spaCy sets the collector going again

        keep_what_is_loaded()
        try:
            nlp = load(model_path(model))
        except (OSError, ValueError) as error:
            raise ExtractorError("E201", f"the pipeline cannot be loaded: {error}") from error
    keep_what_is_loaded()  # the collector of cycles would walk all of it, again and again
    return nlp


@lru_cache
def familiar_words(model: str) -> "FamiliarWords":
    """The common words of what this process has read with the pipeline of this size."""
    from extractor.pipeline.familiar import FamiliarWords

    return FamiliarWords(pipeline(model))


def statement_rows(doc: "Doc", document: Document) -> list[Any]:
    """The statements of a document, each with its link."""
    from extractor.statements import statements_of

    rows = list(statements_of(doc, document))
    for row in rows:
        row.link = link(document.url, document.text, row.start, row.end, document.pages)
    return rows


def ranking_rows(doc: "Doc", document: Document) -> list[Any]:
    """The sentences of a document, the one most worth checking first."""
    from extractor.statements.ranking import rank_sentences

    return list(rank_sentences(doc, document))


def results(
    items: Iterable[Item], rows: Rows = statement_rows, workers: int = 1, model: str = "small"
) -> Iterator[Result | Failure]:
    """Each document with its rows, in the order of ``items``; a `Failure` passes through in its place.

    rows: a function of a module (worker processes import it by name).
    workers: processes to read in; 1 reads in this one.
    model: size of the pipeline to read with.
    """
    read = partial(read_batch, rows=rows, model=model)
    if workers <= 1:
        for batch in batches(items):
            yield from read(batch)
    else:
        for _, found in Workers(read, workers, lost).run(enumerate(batches(items)), ordered=True):
            yield from found


def read_batch(batch: list[Item], rows: Rows = statement_rows, model: str = "small") -> list[Result | Failure]:
    """The documents of a batch with their rows, in order. Raises `ExtractorError` E201, and nothing for a document."""
    found = [each for item in batch for each in (read_source(item) if isinstance(item, Source) else [item])]
    return _read(found, rows, model)


def lost(item: Item, how: str) -> Failure:
    """The failure of an item that ended the worker processes which read it."""
    return Failure(name_of(item), "E141", f"the process that read it ended each time ({how})")


def _read(batch: list[Document | Failure], rows: Rows, model: str) -> list[Result | Failure]:
    from extractor.pipeline import read

    documents = [document for document in batch if isinstance(document, Document)]
    if not documents:
        return [item for item in batch if isinstance(item, Failure)]
    nlp = pipeline(model)
    try:
        familiar_words(model).learn(document.text for document in documents)
        # the words of a batch are forgotten with it, or an archive would fill the memory
        with nlp.memory_zone(), paused_collector():
            done = iter([(document, _rows(doc, document, rows)) for document, doc in read(nlp, documents)])
    except Exception as error:
        if len(batch) == 1:
            return [Failure(documents[0].doc_id, "E140", f"{type(error).__name__}: {error}")]
        return [result for item in batch for result in _read([item], rows, model)]  # so that only the bad one is lost
    return [next(done) if isinstance(item, Document) else item for item in batch]


def _rows(doc: "Doc", document: Document, rows: Rows) -> list[Any]:
    """What ``rows`` reads off a ``Doc``, which is then let go.

    What components keep on a ``Doc`` points back at it, and megabytes would wait for the collector of cycles.
    """
    found = rows(doc, document)
    doc.user_data.clear()
    doc.spans.clear()
    return found
