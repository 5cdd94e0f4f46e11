"""Decisions on plain values: windows, the statement of a problem, which drivers deserve a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

BASELINE_DAYS = 14
LONGEST_WINDOW_DAYS = 92


@dataclass(frozen=True, kw_only=True)
class Windows:
    """A baseline and a changed window, half-open in days: baseline_since <= day < since <= day < until."""

    baseline_since: date
    since: date
    until: date


def windows_around(changed_on: date, *, seen_on: date, baseline_days: int = BASELINE_DAYS) -> Windows:
    """The windows for a change that began on `changed_on` and was seen on `seen_on` (that day included)."""
    since = min(changed_on, seen_on)
    return Windows(baseline_since=since - timedelta(days=baseline_days), since=since, until=seen_on + timedelta(days=1))


def fault_in(windows: Windows) -> str | None:
    """What is wrong with windows that somebody typed: "order", "long", or None."""
    if not windows.baseline_since < windows.since < windows.until:
        return "order"
    if windows.until - windows.baseline_since > timedelta(days=LONGEST_WINDOW_DAYS):
        return "long"
    return None


def evidence_rate(errors: int, *, wanted: int = 25) -> float:
    """The odds with which each of `errors` wrong decisions is drawn as evidence, so that about `wanted` come."""
    return 1.0 if errors <= wanted else wanted / errors
