"""What a detector of odd work is, and how chances become looks. The kinds live in `quality/kinds/integrity/`.

A detector judges rows that were summed up beforehand, one a person and day (or pair, or cell), and gives each person a chance:
how probable what was seen is for somebody at the bound of what is tolerated. Ordinary differences between people lie within the
bound, so the chances of ordinary people are large, and a share `a` of them lies below `a` at the very most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt

from evenkeel.ground.catalogue import Catalogue

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FloatArray = npt.NDArray[np.float64]
# Rows as columns: `worker` and whatever the kind reads.
Columns = Mapping[str, Sequence[Any] | npt.NDArray[Any]]

# All detectors together may open so many looks a week by luck among a thousand people who do nothing odd.
FALSE_LOOKS = 2.0
# A week is judged with the three before it; a look that was closed is not opened again on the same weeks.
WEEKS = 4


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One bound of a detector, with its unit in its name."""

    name: str
    title: StrOrPromise
    default: float


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Chances by person, in the order of `workers`; nan where there is too little to say. `evidence` has figures of each."""

    workers: Sequence[str]
    chances: FloatArray
    evidence: Mapping[str, FloatArray] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Example:
    """Rows with the chances that follow, to four digits."""

    rows: Columns
    chances: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What `bench/integrity.py` measured: looks a week by luck among 1,000 ordinary people, and the share of planted ones
    that one run finds."""

    false_looks: float
    found: float


class Detector:
    """The base of every kind: what it sees, what else explains it, what it assumes, and its bounds.

    `table` names the summed rows that it judges (`queries.integrity.TABLES`).
    """

    slug: ClassVar[str]
    title: ClassVar[StrOrPromise]
    why: ClassVar[StrOrPromise]
    assumes: ClassVar[StrOrPromise]
    # What to think of before thinking ill of somebody.
    else_explains: ClassVar[Sequence[StrOrPromise]]
    parameters: ClassVar[tuple[Parameter, ...]]
    table: ClassVar[str]
    # Figures of the evidence with their titles, in the order in which a page tells them; a share is told in percent.
    evidence: ClassVar[Mapping[str, StrOrPromise]]
    example: ClassVar[Example]
    measured: ClassVar[Measured]

    @classmethod
    def bound(cls, name: str) -> float:
        """A parameter's value."""
        return next(each.default for each in cls.parameters if each.name == name)

    @classmethod
    def judge(cls, rows: Columns) -> Judged:
        """Each person's chance, from the summed rows."""
        raise NotImplementedError


detectors: Catalogue[type[Detector]] = Catalogue("detector", package="evenkeel.quality.kinds.integrity")
detector = detectors.register


@dataclass(frozen=True, kw_only=True)
class Suspicion:
    """A look to open."""

    detector: str
    worker: str
    chance: float
    evidence: Mapping[str, float]


# Nobody skims faster, nor needs more of a text to know; nobody sees anything in less.
CHARS_PER_S, MOST_CHARS, LEAST_MS = 100, 600, 300


def reading_ms(chars: npt.ArrayLike) -> FloatArray:
    """The time in ms below which a text of so many characters was not looked at.

    >>> reading_ms([10, 200, 9000]).tolist()
    [300.0, 2000.0, 6000.0]
    """
    return np.maximum(np.minimum(np.asarray(chars, dtype=np.float64), MOST_CHARS) * 1000 / CHARS_PER_S, LEAST_MS)


def limit_of(kinds: int, *, false_looks: float = FALSE_LOOKS) -> float:
    """The chance below which a look opens, so that `kinds` detectors open `false_looks` a thousand people and week at most.

    The sum of false alarms is at most the sum of the limits, however the detectors hang together.

    >>> f"{limit_of(5):.5f}"
    '0.00040'
    """
    return false_looks / 1000 / max(kinds, 1)


def suspicions(judged: Mapping[str, Judged], *, limit: float) -> list[Suspicion]:
    """The looks that chances at or below `limit` open, least chance first."""
    found = [
        Suspicion(
            detector=slug,
            worker=each.workers[place],
            chance=float(each.chances[place]),
            evidence={
                name: float(values[place]) for name, values in each.evidence.items() if np.isfinite(values[place])
            },
        )
        for slug, each in judged.items()
        for place in map(int, np.flatnonzero(each.chances <= limit))
    ]
    return sorted(found, key=lambda each: (each.chance, each.detector, each.worker))


def coded(workers: Sequence[Any] | npt.NDArray[Any]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The people, sorted, and each row's running number."""
    names, codes = np.unique(np.asarray(workers, dtype=str), return_inverse=True)
    return [str(name) for name in names], codes.astype(np.int64)


def column(rows: Columns, name: str) -> FloatArray:
    """A column as numbers."""
    return np.asarray(rows[name], dtype=np.float64)


def summed(codes: npt.NDArray[np.int64], values: FloatArray, n: int) -> FloatArray:
    """Sums by person."""
    return np.bincount(codes, weights=values, minlength=n).astype(np.float64)
