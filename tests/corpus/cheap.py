"""Reading without the pipeline, in no time, for tests of what stands round it. As a program: one run over a batch.

A text may say what its reading does: ``KILL`` ends the process each time, ``ONCE path`` the first time, ``RAISE``
raises, ``SLEEP seconds`` takes its time.
"""

import os
import re
import signal
import sys
import time
from pathlib import Path

from extractor.corpus.batch import Job, extract_to_file
from extractor.documents.sources import Source, read_source
from extractor.errors import ExtractorError, Failure
from extractor.statements.statement import Statement


def obey(text):
    """Do what a text says."""
    time.sleep(float(os.environ.get("CHEAP_SECONDS", 0)))
    word, _, rest = text.partition(" ")
    if word == "KILL" or (word == "ONCE" and not Path(rest).exists()):
        Path(rest).touch() if word == "ONCE" else None
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "RAISE":
        raise ExtractorError("E201", "a broken pipeline")
    if word == "SLEEP":
        time.sleep(float(rest))


def read(batch):
    """A row for each sentence of each document."""
    found = []
    for item in batch:
        for document in read_source(item) if isinstance(item, Source) else [item]:
            if isinstance(document, Failure):
                found.append(document)
                continue
            obey(document.text)
            rows = [
                Statement(
                    f"{document.doc_id}-{m.start()}", document.doc_id, document.title, document.url, document.published,
                    kind="quote" if m[0][0] == "“" else "statistic", text=m[0], value=float(m.start()) / 7,
                    confidence=0.5, start=m.start(), end=m.end(), content_spans=((m.start(), m.end()),),
                )
                for m in re.finditer(r"\S[^.]*\.", document.text)
            ]  # fmt: skip
            found.append((document, rows))
    return found


def shout(items):
    """For the workers alone: each word in capitals, after doing what it says."""
    for item in items:
        obey(item)
    return [item.upper() for item in items]


def lost(item, how):
    """What stands for a word that ended its workers."""
    return f"{item} was lost ({how})"


if __name__ == "__main__":
    source, output, workers, *options = sys.argv[1:]
    format = "parquet" if output.endswith("parquet") else "jsonl"
    extract_to_file([source], Path(output), Job(format), int(workers), "--resume" in options, read=read)
