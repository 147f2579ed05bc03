"""The collector of cycles is let alone only where the process is the program's own."""

import gc
import subprocess
import sys

import pytest

import extractor
from extractor.corpus.collector import paused_collector

KEPT = """
import gc, sys
import extractor
from extractor.corpus.collector import own_process
if sys.argv[1] == "own":
    own_process()
extractor.extract("“We won,” said Ann Lee.")
print(gc.isenabled(), gc.get_freeze_count() > 0)
"""


@pytest.mark.parametrize(("whose", "printed"), [("own", "True True"), ("a notebook's", "True False")])
def test_what_is_loaded_is_kept_in_a_process_of_our_own(whose: str, printed: str) -> None:
    run = subprocess.run([sys.executable, "-c", KEPT, whose], capture_output=True, text=True, check=True)
    assert run.stdout.split() == printed.split()


def test_reading_leaves_the_collector_as_it_was() -> None:
    assert gc.isenabled()
    extractor.extract("“We won,” said Ann Lee.")
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with paused_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
