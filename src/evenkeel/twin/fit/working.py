"""How people work: hours, pace, who is there, who leaves; and how audits are drawn and appeals ruled on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from evenkeel.kernel import Estimate, mean, proportion

from .seen import Bools, Floats, Ints, Seen, around

DAYS_A_YEAR = 365
_NEW_WEEKS = 8
# Somebody who has not decided for so long before the end has left.
_GONE_DAYS = 14


@dataclass(frozen=True, kw_only=True)
class SiteWork:
    """A site's people: a team's size, pace, its spread, who is there."""

    people: int
    seconds: Estimate
    seconds_spread: Estimate
    weekend: Estimate
    absence: Estimate
    leavers_a_year: Estimate


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """How audits are drawn: the usual odds, by what they are multiplied for an answer, and for new people."""

    rate: float
    boosts: Mapping[str, float]
    new_people: float
    auditors: int


def fit_pace(seen: Seen) -> tuple[Floats, Floats, Floats]:
    """Each person's median seconds (nan without audits), her number of audited decisions, and each clause's time.

    From audited decisions, whose clause is known: log seconds = person + clause + chance, both by turns (Gauss-Seidel).
    """
    seconds = np.log(np.maximum(np.asarray(seen.audits["active_s"], dtype=np.float64), 0.1))
    # Where auditor and decider say the same, the clause is as sure as it gets.
    known = (np.asarray(seen.audits["active_s"]) > 0) & (seen.audits["audited"] == seen.audits["decided"])
    worker, clause, y = seen.audits["worker"][known], seen.audits["audited"][known], seconds[known]
    people, clauses = len(seen.site), len(seen.clauses)
    n, each = np.bincount(worker, minlength=people), np.bincount(clause, minlength=clauses)
    own, time = np.zeros(people), np.zeros(clauses)
    for _round in range(30):
        own = np.bincount(worker, weights=y - time[clause], minlength=people) / np.maximum(n, 1)
        time = np.bincount(clause, weights=y - own[worker], minlength=clauses) / np.maximum(each, 1)
        time = time - time[0]
    own = np.bincount(worker, weights=y - time[clause], minlength=people) / np.maximum(n, 1)
    return np.where(n > 0, np.exp(own), np.nan), n.astype(np.float64), np.exp(time)


def clause_times(seen: Seen, times: Floats) -> tuple[Estimate, ...]:
    """Each clause's time with its interval: log-normal, from the scatter of what people's pace leaves over."""
    pace, _n, _times = fit_pace(seen)
    left = np.log(np.maximum(seen.audits["active_s"], 0.1)) - np.log(pace[seen.audits["worker"]])
    left = left - np.log(times)[seen.audits["audited"]]
    each = np.bincount(seen.audits["audited"], minlength=len(times))
    scatter = float(np.nanstd(left))
    found = [Estimate(1.0, 1.0, 1.0, int(each[0]), float(each[0]), "reference")]
    for place in range(1, len(times)):
        error = scatter * np.sqrt(1 / max(each[place], 1) + 1 / max(each[0], 1))
        value = float(times[place])
        low, high = (float(value * np.exp(side * 1.959964 * error)) for side in (-1, 1))
        found.append(Estimate(value, low, high, int(each[place]), float(each[place]), "log_mean"))
    return tuple(found)


def fit_hours(seen: Seen, times: Floats, shares: Floats) -> Estimate:
    """Productive hours a person and day, in items of a clause whose time is 1."""
    key = seen.work["day"].astype(np.int64) * len(seen.site) + seen.work["worker"]
    _keys, back = np.unique(key, return_inverse=True)
    hours = np.bincount(back, weights=seen.work["active_s"]) / 3600 / float((times * shares).sum())
    return mean(hours)


def fit_sites(seen: Seen) -> tuple[SiteWork, ...]:
    """Each site's pace and presence; days are those from a person's first to her last decision."""
    pace, n, _times = fit_pace(seen)
    scatter = _scatter(seen, pace)
    present, first, last = _present(seen)
    is_weekend = np.array([(seen.first_on.weekday() + day) % 7 >= 5 for day in range(seen.days)])
    return tuple(
        _site(seen, place, pace, n, scatter, present, first, last, is_weekend) for place in range(len(seen.sites))
    )


def _scatter(seen: Seen, pace: Floats) -> float:
    left = np.log(np.maximum(seen.audits["active_s"], 0.1)) - np.log(pace[seen.audits["worker"]])
    return float(np.nanvar(left))


def _present(seen: Seen) -> tuple[Bools, Ints, Ints]:
    """Who was there on which day; each person's first day and the first after her last."""
    present = np.zeros((len(seen.site), seen.days), dtype=bool)
    present[seen.work["worker"], seen.work["day"]] = True
    ever = present.any(axis=1)
    first = np.where(ever, present.argmax(axis=1), seen.days)
    last = np.where(ever, seen.days - present[:, ::-1].argmax(axis=1), 0)
    # Whoever was there lately still is.
    return present, first, np.where(last > seen.days - _GONE_DAYS, seen.days, last)


def _site(
    seen: Seen, place: int, pace: Floats, n: Floats, scatter: float, present: Bools, first: Ints, last: Ints,
    is_weekend: Bools,
) -> SiteWork:  # fmt: skip
    here = np.flatnonzero((seen.site == place) & (last > first))
    days = np.arange(seen.days)
    employed = (days[None, :] >= first[here, None]) & (days[None, :] < last[here, None])
    # Her first and her last day are days on which she came: those between tell how often she does.
    latest = seen.days - present[here, ::-1].argmax(axis=1) - 1
    between = (days[None, :] > first[here, None]) & (days[None, :] < latest[:, None])
    came = present[here] & between
    on_weekdays = proportion(int(came[:, ~is_weekend].sum()), int(between[:, ~is_weekend].sum()))
    on_weekends = proportion(int(came[:, is_weekend].sum()), int(between[:, is_weekend].sum()))
    part = on_weekdays.value or 1.0
    known = here[np.isfinite(pace[here])]
    logs, sizes = np.log(pace[known]), n[known]
    middle = mean(logs) if len(logs) else Estimate.unknown(method="t")
    apart = max(float(logs.var(ddof=1)) - scatter * float((1 / sizes).mean()), 0.0) if len(logs) > 1 else 0.0
    left = int(((seen.site == place) & (last < seen.days) & (last > first)).sum())
    years = float(employed[:, : max(seen.days - _GONE_DAYS, 0)].sum()) / DAYS_A_YEAR
    spread = float(np.sqrt(apart))
    weekend = on_weekends if on_weekends.is_known else Estimate(0.0, 0.0, 0.0, 0, 0.0, "wilson")
    return SiteWork(
        people=max(round(float(employed.sum(axis=0).mean()) / max(seen.sites[place].teams, 1)), 1),
        seconds=_turned(middle, np.exp, "log_mean"),
        seconds_spread=around(
            spread, spread / np.sqrt(2 * max(len(logs) - 1, 1)), len(logs), method="moments", low=0.0
        ),
        weekend=_turned(weekend, lambda end: min(end / part, 1.0), "wilson"),
        absence=_turned(on_weekdays, lambda end: 1 - end, "wilson"),
        leavers_a_year=_yearly(left, years),
    )


def _turned(found: Estimate, turn: Callable[[float], float], method: str) -> Estimate:
    """The estimate on another scale; where that runs the other way, the ends change places."""
    value, *ends = (float(turn(each)) for each in (found.value, found.low, found.high))
    return Estimate(value, min(ends), max(ends), found.n, found.n_effective, method)


def _yearly(left: int, years: float) -> Estimate:
    """The chance of leaving within a year, 1 - exp(-rate); the rate's interval is exact for a Poisson count (Garwood 1936)."""
    if years <= 0:
        return Estimate.unknown(method="garwood")
    from scipy.stats import chi2

    low, high = (
        float(chi2.ppf(p, 2 * (left + more)) / 2) if left + more else 0.0 for p, more in ((0.025, 0), (0.975, 1))
    )
    value, low, high = (float(-np.expm1(-each / years)) for each in (left, low, high))
    return Estimate(value, low, high, round(years), years, "garwood")


def fit_drawing(seen: Seen) -> Drawn:
    """The odds as they are written on the audits: known, not estimated. The usual odds are the most frequent ones' least."""
    pi, decided = np.round(np.asarray(seen.audits["pi"], dtype=np.float64), 6), seen.audits["decided"]
    is_new = np.asarray(seen.audits["tenure_weeks"]) < _NEW_WEEKS
    old = ~is_new if (~is_new).any() else is_new
    by_clause = np.array(
        [np.median(pi[old & (decided == place)]) if (old & (decided == place)).any() else np.nan
         for place in range(len(seen.clauses))]
    )  # fmt: skip
    rate = float(np.nanmin(by_clause))
    times = [(name, float(each / rate)) for name, each in zip(seen.clauses, by_clause, strict=True)]
    boosts = {name: round(by, 4) for name, by in times if np.isfinite(by) and by > 1.001}
    usual = by_clause[decided]
    fresh = is_new & np.isfinite(usual) & (pi < 1)
    new_people = float(np.median(pi[fresh] / usual[fresh])) if fresh.any() else 1.0
    auditors = len(np.unique(seen.audits["auditor"]))
    return Drawn(rate=rate, boosts=boosts, new_people=max(new_people, 0.0), auditors=auditors)
