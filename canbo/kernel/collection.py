"""Python's search for cycles, put off while very many small objects are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """For work that makes 100,000 objects without a cycle among them: walking them again and again costs up to two thirds of it.

    Of two threads inside at once the first to leave starts the search again: the other loses speed, nothing else.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
