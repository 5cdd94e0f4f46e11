"""What a design would mean: how many audits of what, how well each part would be known, how many hours, what cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evenkeel.kernel import Estimate, wilson

from .audits import SUPPOSED_ACCURACY
from .history import DAYS, History
from .odds import DayOdds, coded

# Cut so, and so many of each cut at most: the largest.
SCOPES = ("queue_id", "organisation_id", "language")
MOST_OF_A_SCOPE = 8
_PRIOR_AUDITS = 20.0


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the work: decisions and audits in 28 days, and accuracy as it would be known then."""

    scope: str
    key: str
    decisions: float
    audits: float
    accuracy: Estimate


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What a design would mean if the last days came again."""

    decisions_a_day: float
    audits_a_day: float
    by_layer: tuple[tuple[str, float], ...]  # audits a day by the layer with the highest odds; "" is everybody's rate
    parts: tuple[Part, ...]  # the first is the whole
    people: int
    people_unseen: float  # of them to expect without an audit in 28 days
    share: float  # below 1: layers are thinned to keep within the limit of a day
    over_limit: float  # audits a day beyond the limit that everybody's rate alone makes
    seconds_an_audit: float  # of those that the odds would draw: hard queues take longer
    is_time_supposed: bool
    is_accuracy_supposed: bool
    cents_an_hour: float | None = None

    @property
    def whole(self) -> Part:
        """Everything together."""
        return self.parts[0]

    @property
    def hours_a_day(self) -> float:
        """Auditors' hours a day."""
        return self.audits_a_day * self.seconds_an_audit / 3600

    @property
    def cents_a_day(self) -> float | None:
        """What they cost; None without a price."""
        return None if self.cents_an_hour is None else self.hours_a_day * self.cents_an_hour


def outlook(
    odds: DayOdds,
    history: History,
    *,
    limit_a_day: float | None = None,
    cents_an_hour: float | None = None,
) -> Outlook:
    """What odds would mean, from the decisions of the last days; assumes that those come again.

    A part of N decisions with odds pi is expected to have sum pi audits, worth N^2 / sum (1 / pi) equal ones (Kish); the
    width is Wilson's at the accuracy that audits of the last days found there, leaning on 90 % where they are few.
    """
    found = odds.of(history.rows)
    per_day = history.scale / history.days
    best = found.each.argmax(axis=0) if found.pi.size else np.zeros(0, dtype=np.int64)
    won = np.bincount(best, weights=found.pi, minlength=len(found.each)) * per_day
    audits_a_day = float(found.pi.sum()) * per_day
    codes, people = coded(history.rows, ["worker_id"])
    missed = np.bincount(codes, weights=np.log1p(-np.minimum(found.pi, 1 - 1e-12)), minlength=len(people))
    base = odds.rate * history.a_day
    return Outlook(
        decisions_a_day=history.a_day,
        audits_a_day=audits_a_day,
        by_layer=tuple(zip(("", *found.layers), map(float, won), strict=True)),
        parts=tuple(_parts(found.pi, history)),
        people=len(people) if history.rows.num_rows else 0,
        people_unseen=float(np.exp(missed * history.scale * DAYS / history.days).sum())
        if history.rows.num_rows
        else 0.0,
        share=odds.share,
        over_limit=max(base - limit_a_day, 0.0) if limit_a_day is not None else 0.0,
        seconds_an_audit=_seconds(found.pi, history),
        is_time_supposed=not history.seconds,
        is_accuracy_supposed=not history.right,
        cents_an_hour=cents_an_hour,
    )


def _seconds(pi: np.ndarray, history: History) -> float:
    """What an audit takes on average, of those that these odds would draw."""
    codes, queues = coded(history.rows, ["queue_id"])
    times = np.array([history.seconds_in(queue) for queue in queues])
    return float(pi @ times[codes] / pi.sum()) if pi.size else history.seconds_in("")


def _parts(pi: np.ndarray, history: History) -> list[Part]:
    to_28_days = history.scale * DAYS / history.days
    nothing = np.zeros(history.rows.num_rows, dtype=np.int64)
    found = [_part("whole", "", nothing == 0, pi, history.right, to_28_days)]
    for scope in SCOPES:
        codes, cells = coded(history.rows, [scope])
        counts = np.bincount(codes, minlength=len(cells))
        largest = sorted(range(len(cells)), key=lambda place, n=counts: (-int(n[place]), place))  # type: ignore[misc]
        for place in [place for place in largest if cells[place] and counts[place]][:MOST_OF_A_SCOPE]:
            right = _right_in(history.right, scope, cells[place])
            found.append(_part(scope, cells[place], codes == place, pi, right, to_28_days))
    return found


def _right_in(
    right: Mapping[tuple[str, str], tuple[float, float]], scope: str, key: str
) -> Mapping[tuple[str, str], tuple[float, float]]:
    at = {"queue_id": 0, "organisation_id": 1}.get(scope)
    return right if at is None else {cell: counts for cell, counts in right.items() if cell[at] == key}


def _part(
    scope: str,
    key: str,
    inside: np.ndarray,
    pi: np.ndarray,
    right: Mapping[tuple[str, str], tuple[float, float]],
    to_28_days: float,
) -> Part:
    odds = pi[inside]
    n, audits = len(odds) * to_28_days, float(odds.sum()) * to_28_days
    effective = len(odds) ** 2 / float((1 / odds).sum()) * to_28_days if len(odds) else 0.0
    seen, good = sum(n_ for n_, _good in right.values()), sum(good for _n, good in right.values())
    rate = (good + SUPPOSED_ACCURACY * _PRIOR_AUDITS) / (seen + _PRIOR_AUDITS)
    known = wilson(rate * effective, effective) if effective > 0 else Estimate.unknown(method="wilson", level=0.95)
    return Part(scope=scope, key=key, decisions=n, audits=audits, accuracy=known)
