"""Phases of a chart: which points set its limits, where they are frozen, and where new limits begin."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .arrays import BoolArray


@dataclass(frozen=True, slots=True)
class Phases:
    """How time is cut up; points count from 0 and are the same for all series.

    `freeze`: the first so many points make the baseline, and their limits hold ever after, so that a shift does not hide
    itself. `exclude`: points with a known cause; they are drawn and judged but set no limits. `part`: points at which new
    limits begin. Raises ValueError for a point that is not there, or `freeze` together with `part`.

    >>> [(cut.start, cut.stop, used.tolist()) for cut, used in Phases(freeze=2, exclude=(1,)).stages(3)]
    [(0, 3, [True, False, False])]
    >>> [(cut.start, cut.stop) for cut, _ in Phases(part=(2,)).stages(5)]
    [(0, 2), (2, 5)]

    Reference: Wheeler (2000) Understanding Variation; Woodall (2000) J. Quality Technology 32 (phase I and phase II).
    """

    freeze: int | None = None
    exclude: tuple[int, ...] = ()
    part: tuple[int, ...] = ()

    def stages(self, points: int) -> Iterator[tuple[slice, BoolArray]]:
        """Each part of `points` as a slice, and which of its points set the limits."""
        if self.freeze is not None and self.part:
            raise ValueError("freeze and part exclude each other")
        if self.freeze is not None and self.freeze < 0:
            raise ValueError("freeze must not be negative")
        if any(not 0 <= point < points for point in self.exclude):
            raise ValueError("exclude holds a point that is not there")
        if any(not 0 < point < points for point in self.part):
            raise ValueError("part holds a point at which nothing can begin")
        used = np.arange(points) < (points if self.freeze is None else self.freeze)
        used[list(self.exclude)] = False
        starts = [0, *sorted(set(self.part)), points]
        for start, stop in itertools.pairwise(starts):
            yield slice(start, stop), used[start:stop]

    def baseline(self, points: int) -> BoolArray:
        """Which points set limits."""
        return np.concatenate([used for _cut, used in self.stages(points)])


EVERYTHING = Phases()
