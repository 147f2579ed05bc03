"""Many documents to one file: in worker processes, in bounded memory, and to be gone on with after a kill."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from extractor.corpus.items import Item, batches, find_items, key_of, size_of
from extractor.corpus.journal import Journal
from extractor.corpus.results import Result, lost, read_batch
from extractor.corpus.workers import Workers
from extractor.documents.document import Document, Turn
from extractor.errors import ExtractorError, Failure
from extractor.pipeline import model_path
from extractor.statements.statement import Statement
from extractor.table import formats, jsonl
from extractor.table.schema import STATEMENTS

Read = Callable[[list[Item]], list[Result | Failure]]


@dataclass(frozen=True)
class Job:
    """What is asked for of every document.

    format: name of the output's format.
    kinds: of the rows to keep; empty for all.
    min_confidence: of the rows to keep, 0 to 1.
    model: size of the pipeline to read with.
    """

    format: str
    kinds: frozenset[str] = frozenset()
    min_confidence: float = 0.0
    model: str = "small"

    def keeps(self, row: Statement) -> bool:
        """True when the row is asked for."""
        sure = row.confidence is None or row.confidence >= self.min_confidence
        return sure and (not self.kinds or row.kind in self.kinds)

    def described(self) -> dict[str, Any]:
        """All that the output's content depends on beside the documents."""
        try:
            number = version("extractor")
        except PackageNotFoundError:
            number = ""
        try:
            model = json.loads((model_path(self.model) / "meta.json").read_bytes())
        except (OSError, ValueError) as error:
            raise ExtractorError("E201", f"the pipeline cannot be loaded: {error}") from error
        return {
            "format": self.format,
            "kinds": sorted(self.kinds),
            "min_confidence": self.min_confidence,
            "version": number,
            "model": {name: model.get(name) for name in ("name", "version", "performance")},
        }


@dataclass
class Step:
    """One batch done.

    documents: how many of them were read.
    kinds: kind -> number of rows.
    size: how much of what `extractor.corpus.items.total_size` counts.
    resumed: it was done by the run that this one goes on with.
    changed: that run had done it, but a document of it has changed since.
    """

    documents: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    size: int = 0
    resumed: bool = False
    changed: bool = False


@dataclass(frozen=True)
class _Line:
    """A document with its rows as a line of the journal."""

    data: bytes
    kinds: dict[str, int]


def failures_path(output: Path) -> Path:
    """Where the failures of a run are listed: beside its output."""
    return output.with_name(f"{output.name}.failures.jsonl")


def extract_to_file(
    inputs: list[str],
    output: Path,
    job: Job,
    workers: int = 1,
    resume: bool = False,
    watch: Callable[[Step], None] = lambda step: None,
    read: Read = read_batch,
) -> None:
    """Write the statements of all ``inputs`` to ``output``, and what failed to the file of `failures_path`.

    Both are whole or absent. What is done is kept in ``OUT.parts/`` until the end, so that after a kill the same call
    with ``resume`` goes on and makes the very file that one run would have made. When nothing failed there is no file
    of failures, an earlier one included.

    workers: processes to read in; 1 reads in this one, and cannot outlive a document that crashes it.
    watch: called after each batch.
    read: a function of a module: the items of a batch to documents with their rows.

    Raises `ExtractorError` E201, E202, E301, E304, E305.
    """
    own = (output, failures_path(output))
    with Journal(output, job.described(), resume) as journal:
        done: list[tuple[int, str]] = []
        pending: dict[int, tuple[str, int]] = {}

        def missing() -> Iterator[tuple[int, list[Item]]]:
            for number, batch in enumerate(batches(find_items(inputs, own))):
                key, size = key_of(batch), sum(map(size_of, batch))
                done.append((number, key))
                if journal.has(number, key):
                    step = _summary(journal, number, key)
                    step.size, step.resumed = size, True
                    watch(step)
                else:
                    pending[number] = key, size
                    yield number, batch

        work = partial(_lines, read=read, job=job)
        for number, lines in _in_order_of_end(work, missing(), workers):
            key, size = pending.pop(number)
            step = _step(lines)
            journal.write(number, key, _part(step, lines))
            step.size, step.changed = size, number in journal.changed
            watch(step)
        _write_failures(journal, done, failures_path(output))
        with journal.result(output) as stream:
            formats.writer(job.format)(_results(journal, done), stream, STATEMENTS)
        journal.remove()


def _in_order_of_end(
    work: Callable[[list[Item]], list[_Line | Failure]], tasks: Iterator[tuple[int, list[Item]]], workers: int
) -> Iterator[tuple[int, list[_Line | Failure]]]:
    if workers > 1:
        yield from Workers(work, workers, lost).run(tasks)
    else:
        for number, batch in tasks:
            yield number, work(batch)


def _lines(batch: list[Item], read: Read, job: Job) -> list[_Line | Failure]:
    """The work of one batch, as it goes into the journal: in the worker, so that workers share that as well."""
    return [found if isinstance(found, Failure) else _line(*found, job) for found in read(batch)]


def _line(document: Document, rows: list[Statement], job: Job) -> _Line | Failure:
    kept = [row for row in rows if job.keeps(row)]
    record: dict[str, Any] = {
        "doc_id": document.doc_id,
        "title": document.title,
        "url": document.url,
        "published": document.published.isoformat() if document.published else None,
        "byline": document.byline,
        "speaker": document.speaker,
    }
    if formats.find_format(job.format).texts:
        record |= {
            "text": document.text,
            "turns": [(turn.start, turn.end, turn.speaker) for turn in document.turns],
            "pages": document.pages,
            "furniture": document.furniture,
        }
    try:
        data = jsonl.dumps({"document": record, "rows": [jsonl.record(row) for row in kept]})
    except (TypeError, ValueError) as error:
        return Failure(document.doc_id, "E140", f"{type(error).__name__}: {error}")
    return _Line(data, dict(Counter(row.kind for row in kept)))


def _step(lines: list[_Line | Failure]) -> Step:
    step = Step(failures=[line for line in lines if isinstance(line, Failure)])
    for line in lines:
        if isinstance(line, _Line):
            step.documents += 1
            step.kinds.update(line.kinds)
    return step


def _part(step: Step, lines: list[_Line | Failure]) -> bytes:
    """A file of the journal: a line that sums it up, and one for each document."""
    head = {"documents": step.documents, "kinds": step.kinds, "failures": [vars(f) for f in step.failures]}
    return b"".join(line + b"\n" for line in [jsonl.dumps(head), *(x.data for x in lines if isinstance(x, _Line))])


def _summary(journal: Journal, number: int, key: str) -> Step:
    with journal.opened(number, key) as stream:
        head = json.loads(stream.readline())
    return Step(head["documents"], Counter(head["kinds"]), [Failure(**failure) for failure in head["failures"]])


def _write_failures(journal: Journal, done: list[tuple[int, str]], path: Path) -> None:
    failures = (failure for part in done for failure in _summary(journal, *part).failures)
    first = next(failures, None)
    if first is None:
        with journal.errors():
            path.unlink(missing_ok=True)
        return
    with journal.result(path) as stream:
        for failure in (first, *failures):
            stream.write(jsonl.dumps(vars(failure)) + b"\n")


def _results(journal: Journal, done: list[tuple[int, str]]) -> Iterator[tuple[Document, list[Any]]]:
    """What the journal holds, as it was read, in order."""
    for number, key in done:
        with journal.opened(number, key) as stream:
            stream.readline()
            for line in stream:
                found = json.loads(line)
                yield _document(found["document"]), [jsonl.restored(row) for row in found["rows"]]


def _document(record: dict[str, Any]) -> Document:
    published = record.pop("published")
    return Document(
        **{
            "text": "",
            **record,
            "published": date.fromisoformat(published) if published else None,
            "turns": tuple(Turn(*turn) for turn in record.get("turns", ())),
            "pages": tuple(record.get("pages", ())),
            "furniture": tuple((start, end) for start, end in record.get("furniture", ())),
        }
    )
