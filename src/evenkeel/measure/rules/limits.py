"""Limits around any series of a day metric: what scatter is usual for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from evenkeel.kernel import Estimate, Phases, individuals_chart, p_chart

# From fewer points limits are guesswork.
LEAST_POINTS = 8


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Centre and limits of each point of a series, and the points (from 0) that lie outside.

    The first `past` points set the limits; those after them are judged by them.
    """

    centre: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    outside: tuple[int, ...]
    past: int

    @property
    def is_news(self) -> bool:
        """Whether one of the newest points lies outside."""
        return any(point >= self.past for point in self.outside)


def limits_of(
    figures: Sequence[Estimate], *, is_share: bool, newest: int = 1, floor: float | None = None
) -> Limits | None:
    """The limits that a series' own past sets; the `newest` points are judged by them and set none.

    A share has the limits of its sample size, widened where the process varies more than chance (Laney); everything else
    those of single values by their moving range, not below `floor`. None from fewer than eight points with data.

    Reference: Montgomery, Introduction to Statistical Quality Control, sections 6.4 and 7.3.
    """
    values = [figure.value if isfinite(figure.value) else np.nan for figure in figures]
    past = len(values) - newest
    if sum(isfinite(value) for value in values[: max(past, 0)]) < LEAST_POINTS:
        return None
    phases = Phases(freeze=past)
    if is_share:
        sizes = [max(figure.n_effective, 0.0) if isfinite(figure.value) else np.nan for figure in figures]
        chart = p_chart([value * n for value, n in zip(values, sizes, strict=True)], sizes, phases=phases)
    else:
        chart = individuals_chart(values, phases=phases)
    lower = chart.lower if floor is None else np.maximum(chart.lower, floor)
    return Limits(
        centre=_floats(chart.centre), lower=_floats(lower), upper=_floats(chart.upper), outside=chart.flagged, past=past
    )


def _floats(values: np.ndarray) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
