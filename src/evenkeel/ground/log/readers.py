"""Those who make sums of the log: before rows leave it, or change, everybody must have read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

Reader = TypeVar("Reader", bound=Callable[[datetime], object])

_readers: list[Callable[[datetime], object]] = []


def reader(function: Reader) -> Reader:
    """Register what takes in, at a moment, all that the log holds and the reader lacks. Registering twice is harmless."""
    if function not in _readers:
        _readers.append(function)
    return function


def let_everybody_read(now: datetime) -> None:
    """Have every reader take in what it lacks. An error of one is raised: then nothing may leave."""
    for each in _readers:
        each(now)
