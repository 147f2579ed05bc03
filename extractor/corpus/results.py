"""Documents to rows, one batch after the other, in bounded memory; a document that fails becomes a `Failure`."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from extractor.documents.document import Document
from extractor.errors import ExtractorError, Failure
from extractor.table.link import link

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Result = tuple[Document, list[Any]]
Rows = Callable[["Doc", Document], list[Any]]
"""What is read off a document: its statements or its ranked sentences."""

_BATCH_DOCUMENTS = 32
_BATCH_CHARACTERS = 200_000
_BATCHES_AHEAD = 2  # for each worker


@lru_cache(maxsize=1)
def pipeline() -> "Language":
    """The shipped pipeline, loaded once in a process; raises `ExtractorError` E201 when it is broken."""
    from extractor.pipeline import load

    try:
        return load()
    except (OSError, ValueError) as error:
        raise ExtractorError("E201", f"the pipeline cannot be loaded: {error}") from error


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
    documents: Iterable[Document | Failure], rows: Rows = statement_rows, workers: int = 1
) -> Iterator[Result | Failure]:
    """Each document with its rows, in the order of ``documents``; a `Failure` passes through in its place.

    rows: a function of a module (worker processes import it by name).
    workers: processes to read in; 1 reads in this one.
    """
    batches = _batches(documents)
    if workers <= 1:
        for batch in batches:
            yield from _read_batch(batch, rows)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        ahead: deque[Future[list[Result | Failure]]] = deque()
        for batch in batches:
            ahead.append(pool.submit(_read_batch, batch, rows))
            if len(ahead) > workers * _BATCHES_AHEAD:
                yield from ahead.popleft().result()
        while ahead:
            yield from ahead.popleft().result()


def _batches(documents: Iterable[Document | Failure]) -> Iterator[list[Document | Failure]]:
    batch: list[Document | Failure] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.text) if isinstance(document, Document) else 0
        if len(batch) >= _BATCH_DOCUMENTS or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _read_batch(batch: list[Document | Failure], rows: Rows) -> list[Result | Failure]:
    from extractor.pipeline import read

    documents = [document for document in batch if isinstance(document, Document)]
    if not documents:
        return [item for item in batch if isinstance(item, Failure)]
    nlp = pipeline()
    try:
        done = iter([(document, rows(doc, document)) for document, doc in read(nlp, documents)])
    except Exception as error:
        if len(batch) == 1:
            return [Failure(documents[0].doc_id, "E140", f"{type(error).__name__}: {error}")]
        return [result for item in batch for result in _read_batch([item], rows)]  # so that only the bad one is lost
    return [next(done) if isinstance(item, Document) else item for item in batch]
