"""The collector of cycles, which Python runs the more often the more objects there are."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_own = False


def own_process() -> None:
    """Say that this process runs the program and nothing else, so that what it has loaded may be taken to stay."""
    global _own
    _own = True


def keep_what_is_loaded() -> None:
    """Leave what there is out of the collector's walks from here on; a notebook's is not ours to keep."""
    if _own:
        gc.freeze()


@contextmanager
def paused_collector() -> Iterator[None]:
    """Nothing is looked through for cycles inside.

    For work that makes many objects at once and leaves no cycles: in a long document the collector would go through all
    that is known of it again and again.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
