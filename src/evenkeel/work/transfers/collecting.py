"""Python's search for cycles of objects, which costs a quarter of an import's time and finds nothing there."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_USUAL = gc.get_threshold()
# About what one step of rows is made of, so that a step is looked through once and not seventy times.
_SELDOM = 50_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Search for cycles seldom until the block ends: rows are let go of without it, and memory stays as flat."""
    gc.set_threshold(_SELDOM, *_USUAL[1:])
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)
