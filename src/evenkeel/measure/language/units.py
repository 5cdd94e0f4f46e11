"""Units of time: those that may stand behind a number, and those that a column's name tells."""

from __future__ import annotations

# How many milliseconds. Time is counted in them everywhere inside an expression.
UNITS = {
    "ms": 1.0,
    "s": 1_000.0,
    "sec": 1_000.0,
    "min": 60_000.0,
    "h": 3_600_000.0,
    "hour": 3_600_000.0,
    "hours": 3_600_000.0,
    "day": 86_400_000.0,
    "days": 86_400_000.0,
}
HOUR_MS = UNITS["h"]


def milliseconds_in(column: str) -> float | None:
    """How many milliseconds one of a column is, by its name: `active_ms`, `turnaround_s`, `seconds`. None: no time."""
    if column.endswith("_ms"):
        return UNITS["ms"]
    if column.endswith("_s") or column == "seconds":
        return UNITS["s"]
    return None
