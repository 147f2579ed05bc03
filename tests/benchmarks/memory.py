"""Memory of a process that reads many documents: its peak, and what it grows by on the way."""

import re
from pathlib import Path

from figures import Figure, Goal, Part
from sizes import Sizes
from texts import described, letters


def peak() -> float:
    """The most that this process has held, in MB."""
    return _kilobytes("status", "VmHWM") / 1e3


def held() -> float:
    """What this process holds alone now, in MB."""
    return (_kilobytes("smaps_rollup", "Private_Clean") + _kilobytes("smaps_rollup", "Private_Dirty")) / 1e3


def growth(sizes: Sizes) -> Part:
    """One process over short documents, every one with words that none before it had."""
    name = f"memory after {sizes.letters:,} documents over that after {sizes.letters // 10:,}"
    if not Path("/proc/self/smaps_rollup").exists():
        return Part([Figure(name, why="memory is read from /proc, which this system does not have")])
    import extractor

    marks = sorted({100, 1_000, sizes.letters // 10, sizes.letters // 2, sizes.letters})
    after: dict[int, float] = {}
    peaks: dict[int, float] = {}
    tables = extractor.extract_many(letters(sizes.letters, sizes.letter_words))
    for number, _ in enumerate(tables, 1):
        if number in marks:
            after[number], peaks[number] = held(), peak()
    grown = 100 * (after[sizes.letters] / after[sizes.letters // 10] - 1)
    return Part(
        [
            Figure(
                "growth of memory, " + name.removeprefix("memory "),
                grown,
                "%",
                {f"{n:,} documents": size for n, size in after.items()},
                "MB",
                Goal(5, 0, fewer=True),
                plot="Memory of one process, by documents read",
            ),
            Figure(
                f"peak memory of a process over {sizes.letters:,} documents",
                peaks[sizes.letters],
                "MB",
                {f"{n:,} documents": size for n, size in peaks.items()},
                "MB",
                Goal(600, 350, fewer=True),
            ),
        ],
        [
            f"documents of about {sizes.letter_words} words: {described()}, figures and one name of each changed",
            "growth is of what the process holds alone (USS), the peak of all that it held (RSS)",
        ],
    )


def _kilobytes(file: str, field: str) -> int:
    found = re.search(rf"^{field}:\s+(\d+) kB", Path(f"/proc/self/{file}").read_text(encoding="ascii"), re.MULTILINE)
    assert found, f"/proc/self/{file} has no {field}"
    return int(found[1])
