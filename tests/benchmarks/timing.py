"""Time, taken of several sides in turn, so that what else the machine does weighs on all of them alike."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
PROGRAM = [sys.executable, "-c", "from extractor.cli.main import main; main()"]
_FULL = 0.95  # of the time that went by, at which the core was had alone


@dataclass
class Timing:
    """What one side took, each time, in seconds: time that went by, and time on the core."""

    wall: list[float] = field(default_factory=list)
    core: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """The median of what went by."""
        return median(self.wall)


def in_turn(sides: Mapping[str, Callable[[], object]], rounds: int, warm: bool = True) -> dict[str, Timing]:
    """Every side once in each round, after a round that does not count unless ``warm`` is false."""
    timings = {name: Timing() for name in sides}
    for number in range(not warm, rounds + 1):
        for name, side in sides.items():
            wall, core = time.perf_counter(), time.process_time()
            side()
            if number:
                timings[name].wall.append(time.perf_counter() - wall)
                timings[name].core.append(time.process_time() - core)
    return timings


def shared_core(timings: dict[str, Timing]) -> list[str]:
    """A note when the core was shared with other work, so that the figures are worth little."""
    had = sum(sum(t.core) for t in timings.values()) / sum(sum(t.wall) for t in timings.values())
    return [f"the machine was busy: only {had:.0%} of a core was had"] if had < _FULL else []


def run(command: list[str]) -> None:
    """A command to its end, unseen. Raises CalledProcessError when it fails."""
    subprocess.run(command, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=True)


def stay_on_one_core() -> None:
    """This process, and all that it starts, on the last of the cores that it may use, where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
