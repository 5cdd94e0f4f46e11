"""What comes first: risk x reach x time left, as a number that is stored with the task."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import isfinite
from typing import Any

# A task takes the next step when less than this share of its time is left; each step doubles its priority.
TIME_LEFT = (0.5, 0.25, 0.1, 0.0)
_GIVEN_MOST = 30.0


def priority_of(given: float, attributes: Mapping[str, Any], *, by_risk: bool, urgency: int = 0) -> float:
    """The priority of a task; higher is handed out first.

    By arrival it is what was `given`. By risk it is risk x reach x 2^given x 2^urgency, with `risk` and `reach` from the
    item's attributes: numbers above 0, and 1 for an item that says none. `given` is cut to -30..30.

    >>> priority_of(0, {"risk": 3, "reach": 100}, by_risk=True)
    300.0
    >>> priority_of(1, {"risk": 3}, by_risk=True, urgency=2)
    24.0
    >>> priority_of(5, {"risk": 3}, by_risk=False)
    5
    """
    if not by_risk:
        return given
    power = max(-_GIVEN_MOST, min(given, _GIVEN_MOST)) + urgency
    found = _factor(attributes.get("risk")) * _factor(attributes.get("reach")) * 2.0**power
    return found if isfinite(found) else 1e300


def due_at(arrived_at: datetime, target_s: int | None) -> datetime | None:
    """When an item should be decided; None without a target."""
    return None if target_s is None else arrived_at + timedelta(seconds=target_s)


def urgency_at(due: datetime | None, target_s: int | None, now: datetime) -> int:
    """How many of the steps in `TIME_LEFT` a task has taken: 0 while more than half of its time is left, 4 from `due` on."""
    if due is None or not target_s:
        return 0
    share_left = (due - now).total_seconds() / target_s
    return sum(share_left <= share for share in TIME_LEFT)


def due_before(step: int, target_s: int, now: datetime) -> datetime:
    """Tasks due by this moment have reached the step (1 to 4) now: the same border as `urgency_at`, seen from the clock."""
    return now + timedelta(seconds=target_s * TIME_LEFT[step - 1])


def _factor(said: Any) -> float:
    """A risk or a reach; what is no positive number changes nothing."""
    if isinstance(said, bool) or not isinstance(said, int | float) or not 0 < said < 1e100:
        return 1.0
    return float(said)
