"""Two worker processes beside one, and whether every way of reading gives the same rows."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import Figure, Goal, Part
from sizes import Sizes
from texts import ARTICLE, described, documents, newspaper, words_of, written
from timing import PROGRAM, cores, in_turn, run


def two_over_one(sizes: Sizes) -> Part:
    """The program over a folder with one worker and with two; start-up is the same over next to nothing."""
    name = "2 workers over 1 on two cores"
    goal = Goal(1.8, 1.95)
    if cores() < 2:
        return Part([Figure(name, goal=goal, why="this process may use one core only")])
    texts = documents(ARTICLE, sizes.worker_words)
    little = ["It rained."] * 64  # two batches, so that two workers start
    with written(texts) as paths, written(little) as few, TemporaryDirectory() as folder:

        def extract(source: Path, workers: int) -> Callable[[], None]:
            output = f"{folder}/{workers}.jsonl"
            return lambda: run([*PROGRAM, "extract", str(source), "-o", output, "-w", str(workers), "-q"])

        sources = {"": paths[0].parent, " start-up": few[0].parent}
        sides = {f"{n}{what}": extract(source, n) for what, source in sources.items() for n in (1, 2)}
        timings = in_turn(sides, min(3, sizes.rounds), warm=False)
    seconds = {side: timing.seconds for side, timing in timings.items()}
    reading = {n: seconds[n] - seconds[f"{n} start-up"] for n in ("1", "2")}
    whole = {"1 worker": seconds["1"], "2 workers": seconds["2"]}
    return Part(
        [
            Figure(name, reading["1"] / reading["2"], "", {f"{n} without start-up": reading[n] for n in reading}, "s",
                   goal),
            Figure("… start-up included", whole["1 worker"] / whole["2 workers"], "", whole, "s"),
        ],
        [f"{len(texts)} articles of {words_of(texts):,} words: {described()}"],
    )  # fmt: skip


def same_rows(sizes: Sizes) -> Part:
    """The rows of a plain loop, of worker processes and of the program, as JSON Lines."""
    import extractor

    with written(newspaper(min(sizes.words, 20_000))) as paths, TemporaryDirectory() as folder:
        output = Path(folder) / "rows.jsonl"
        run([*PROGRAM, "extract", str(paths[0].parent), "-o", str(output), "-w", "2", "-q"])
        ways = {"2 workers of the program": output.read_bytes()}
        for name, workers in (("a plain loop", 1), ("2 workers", 2)):
            tables = extractor.extract_many(paths, workers)
            ways[name] = b"".join(t.to_bytes("jsonl") for t in tables)  # type: ignore[union-attr]
    digests = {name: hashlib.blake2b(rows, digest_size=8).hexdigest() for name, rows in ways.items()}
    same = len(set(digests.values())) == 1
    rows = {name: found.count(b"\n") for name, found in ways.items()}
    return Part(
        [Figure("same rows from a plain loop and from workers", int(same), "yes/no", rows, "rows", Goal(1, 1))],
        [f"digests of the rows: {', '.join(f'{name} {digest}' for name, digest in digests.items())}"],
    )
