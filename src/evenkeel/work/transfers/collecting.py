"""Python's search for cycles of objects, which costs a quarter of an import's time and finds little there."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_USUAL = gc.get_threshold()
# A portion of rows is looked through a few times and not seventy; with more, what queries leave behind piles up.
_SELDOM = 10_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Search for cycles seldom until the block ends: rows are let go of without it, and memory stays as flat."""
    gc.set_threshold(_SELDOM, *_USUAL[1:])
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)
