"""The collector of cycles, which Python runs the more often the more objects there are."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
