"""Which figures are means of their parts, so that a change of one splits into mix and rate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isclose, isfinite
from typing import Any, TypeVar

from evenkeel.kernel import Decomposition, WeightedParts, kitagawa_of_means

from ..base import FigureMetric, Held

P = TypeVar("P")
# Sums of no metric in particular: Σwy / Σw is 0.3.
_PROBE = WeightedParts(n=40, w=80.0, wy=24.0, ww=170.0, wwy=50.0, wwyy=30.0)
_MEAN = 0.3


def split_scale(kind: type[FigureMetric]) -> float | None:
    """What turns Σwy / Σw into the figure: 1 for a share, 1000 for a mean summed in seconds and told in milliseconds.

    None where the figure is no mean of its own parts: a count, a total, a median, a ratio of two figures. Those grow with
    the amount of work, or are told from elsewhere, and have neither mix nor rate.
    """
    if kind.needs() != (kind.stored(),) or kind.sketched_from():
        return None
    once, twice = (kind.figure(Held(parts={kind.stored(): parts})).value for parts in (_PROBE, _PROBE + _PROBE))
    if not (isfinite(once) and isclose(once, twice)):
        return None
    return round(once / _MEAN, 9)


def can_be_split(*sides: Iterable[WeightedParts]) -> bool:
    """Whether mix and rate over these places make up the whole change: each side has weight, and no place a sum without any.

    Decisions of a queue in which nobody's time was counted move the decisions an hour, and are in neither part.
    """
    held = [list(side) for side in sides]
    return all(sum(part.w for part in side) > 0 for side in held) and all(
        part.w > 0 or not part.wy for side in held for part in side
    )


def split_over(
    places: Sequence[P],
    before: Mapping[P, WeightedParts],
    now: Mapping[P, WeightedParts],
    *,
    scale: float = 1.0,
    by: Callable[..., Decomposition] = kitagawa_of_means,
) -> Decomposition | None:
    """The change of a mean over places as mix and rate; a place that a side lacks is empty. None where it cannot be split."""
    empty = WeightedParts()
    sides = [[side.get(place, empty) for place in places] for side in (before, now)]
    if not can_be_split(*sides):
        return None
    columns: list[Any] = []
    for side in sides:
        columns += [[part.wy * scale for part in side], [part.w for part in side]]
    return by(*columns)
