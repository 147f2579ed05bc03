"""How long the program takes before it does anything, beside Python itself and beside spaCy."""

import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import Figure, Goal, Part
from sizes import Sizes
from timing import PROGRAM, in_turn, run, stay_on_one_core

TEXT = "“We will open the ferry again in May,” said Orla Quint, the mayor of Tarrow. Fares rose by 4 percent.\n"


def cold(sizes: Sizes) -> Part:
    """Fresh processes on one core, their files in the page cache: the first round does not count."""
    stay_on_one_core()
    with TemporaryDirectory() as folder:
        text = Path(folder) / "short.txt"
        text.write_text(TEXT, encoding="utf-8")
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "extractor --help": [*PROGRAM, "--help"],
            "import spacy": [sys.executable, "-c", "import spacy"],
            "extractor extract": [*PROGRAM, "extract", str(text)],
        }
        timings = in_turn({name: partial(run, command) for name, command in commands.items()}, sizes.starts)
    seconds = {name: timing.seconds for name, timing in timings.items()}

    def over(one: str, other: str, goal: Goal | None = None) -> Figure:
        sides = {name: seconds[name] for name in (one, other)}
        return Figure(f"cold start, {one} over {other}", seconds[one] / seconds[other], "", sides, "s", goal)

    return Part(
        [
            over("extractor extract", "import spacy", Goal(2.0, 1.3, fewer=True)),
            over("extractor --help", "python -c pass"),
        ],
        [f"medians of {sizes.starts} starts; the text has {len(TEXT.split())} words"],
    )
