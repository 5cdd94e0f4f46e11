"""The answer of `evenkeel chart` for people."""

from __future__ import annotations

from typing import Any

from .chart_kinds import KINDS

SHOWN = 20


def lines_of(answer: dict[str, Any]) -> list[str]:
    """The answer for people, line by line."""
    lines = [f"{answer['kind']}: {KINDS[answer['kind']]}"]
    if answer["budget"]:
        said = answer["budget"]
        lines.append(
            f"Budget: {said['false_alarms']:g} false alarms a {said['per']} over {len(answer['series'])} series."
        )
    for one in answer["series"][:SHOWN]:
        name = ", ".join(f"{key} {value}" for key, value in one["by"].items()) or "all"
        lines.append(f"{name}: n {one['n']}, centre {_short(one['centre'])}, limits {_short(one['lower'])} to "
                     f"{_short(one['upper'])}, flagged {', '.join(map(str, one['flags'])) or 'none'}")  # fmt: skip
        if one["change"]:
            change = one["change"]
            lines.append(f"  a lasting shift began at point {change['point']} ({change['low']} to {change['high']})")
        lines += [f"  runs: {'a shift' if run['signal'] else 'no shift'} (longest {run['longest_run']} of at most "
                  f"{run['longest_run_max']}, crossings {run['crossings']} of at least {run['crossings_min']})"
                  for run in one["runs"]]  # fmt: skip
        lines += [f"  rule {rule}: {', '.join(map(str, points))}" for rule, points in one["rules"].items() if points]
    if len(answer["series"]) > SHOWN:
        lines.append(f"... and {len(answer['series']) - SHOWN} more series: --json has them all.")
    return [*lines, *answer["warnings"], *[f"Drawn: {path}" for path in answer["svg"]]]


def _short(value: float | list[float | None] | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, list):
        last = next((one for one in reversed(value) if one is not None), None)
        return f"{_short(last)} (last)"
    return f"{value:.6g}"
