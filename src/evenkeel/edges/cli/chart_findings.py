"""What a drawn chart says of each series and each point, as `evenkeel chart --json` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .chart_kinds import Drawn

if TYPE_CHECKING:
    from evenkeel.kernel import Alarms, Phases

    from .chart_data import SeriesData, When

# A shift must explain the points e^5 times better than none before a date is given to it.
LEAST_GAIN = 5.0


def flags_of(series: SeriesData, drawn: Drawn, alarms: Alarms | None, place: int) -> list[dict[str, Any]]:
    """The points of one series that lie out of limits or raised an alarm."""
    found = []
    for point, when in enumerate(series.times):
        sides = {"beyond_limits": int(drawn.sides[place, point])}
        if alarms is not None:
            sides = {"beyond_limits": int(alarms.beyond[place, point]), "ewma": int(alarms.drifting[place, point])}
        for rule, side in sides.items():
            if side:
                found.append(
                    {"by": series.names[place], "point": point + 1, "time": _said(when),
                     "value": _number(drawn.chart.value[place, point]), "rule": rule, "side": side}
                )  # fmt: skip
    return found


def summary_of(series: SeriesData, drawn: Drawn, alarms: Alarms | None, phases: Phases, rules: tuple[int, ...], place: int,
             flags: list[dict[str, Any]]) -> dict[str, Any]:  # fmt: skip
    chart = drawn.chart
    own = sorted({flag["point"] for flag in flags if flag["by"] == series.names[place]})
    return {
        "by": series.names[place],
        "n": len(series.times),
        "centre": _one_or_all(drawn.centre[place]),
        "lower": _one_or_all(drawn.lower[place]),
        "upper": _one_or_all(drawn.upper[place]),
        "spread": _number(chart.spread[place, -1]),
        "baseline_points": int(chart.baseline_points[place]),
        "flags": own,
        "change": _change(drawn, place, own),
        "runs": _runs(drawn, phases, place),
        "rules": _patterns(drawn, rules, place),
    }


def _change(drawn: Drawn, place: int, flagged: list[int]) -> dict[str, Any] | None:
    """One series: its limits, its flags, when it changed, its runs and patterns."""
    """When a lasting shift behind the first alarm began; looked for after the baseline only."""
    import numpy as np

    from evenkeel.kernel import date_change

    z = drawn.chart.z[place]
    before = int(np.flatnonzero(drawn.chart.is_baseline)[-1]) + 1 if drawn.chart.is_baseline.any() else 0
    is_frozen = before < len(z)
    if not flagged or np.isnan(z).all():
        return None
    found = date_change(z[before:] if is_frozen else z, is_centre_known=is_frozen)
    if int(found.at) < 0 or float(found.gain) < LEAST_GAIN:
        return None
    offset = (before if is_frozen else 0) + 1
    return {"point": int(found.at) + offset, "low": int(found.low) + offset, "high": int(found.high) + offset}


def _runs(drawn: Drawn, phases: Phases, place: int) -> list[dict[str, Any]]:
    from evenkeel.kernel import runs

    found = []
    for cut, _used in phases.stages(drawn.chart.value.shape[-1]):
        said = runs(drawn.chart, exclude=phases.exclude, cut=cut)
        found.append(
            {
                "longest_run": int(said.longest[place]),
                "longest_run_max": int(said.most_run[place]),
                "crossings": int(said.crossings[place]),
                "crossings_min": int(said.least_crossings[place]),
                "signal": bool(said.is_shift[place]),
            }
        )
    return found


def _patterns(drawn: Drawn, rules: tuple[int, ...], place: int) -> dict[str, list[int]]:
    import numpy as np

    from evenkeel.kernel import run_rules

    found = run_rules(drawn.chart.z[place], rules=rules)
    return {str(rule): (np.flatnonzero(row) + 1).tolist() for rule, row in zip(rules, found, strict=True)}


def row_of(series: SeriesData, drawn: Drawn, place: int, point: int) -> dict[str, Any]:
    """One point with its limits."""
    said = {
        "by": series.names[place],
        "point": point + 1,
        "time": _said(series.times[point]),
        "value": _number(drawn.chart.value[place, point]),
        "statistic": _number(drawn.statistic[place, point]),
        "centre": _number(drawn.centre[place, point]),
        "lower": _number(drawn.lower[place, point]),
        "upper": _number(drawn.upper[place, point]),
        "z": _number(drawn.chart.z[place, point]),
    }
    return said if drawn.below is None else said | {"below": _number(drawn.below[place, point])}


def is_known(drawn: Drawn, place: int, point: int) -> bool:
    """Whether the point has data."""
    return _number(drawn.chart.value[place, point]) is not None


def _number(value: Any) -> float | None:
    number = float(value)
    return number if abs(number) < float("inf") else None


def _one_or_all(values: Any) -> float | list[float | None] | None:
    said = [_number(value) for value in values]
    known = {one for one in said if one is not None}
    if not known:
        return None
    return known.pop() if len(known) == 1 else said


def _said(when: When) -> str | float:
    if isinstance(when, float):
        return int(when) if when.is_integer() else when
    return str(when)
