"""A day's work of everybody at once: what came in, who decided it how, what auditors said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from ..events import Event
from .differing import sensitivities, separation, unlike
from .plan import Plan
from .staff import Floats, Ints, Staff, sits_down_at

Bools = npt.NDArray[np.bool_]
# Active times are log-normal about the person's median, as service times are (Ibrahim and others, 2016); how far apart: no
# source: chosen, 0.3 to 0.9 tried.
_TIME_SPREAD = 0.55
# No source: chosen, 0.5 to 5 tried.
_FEWEST_SECONDS = 1.5
# Where wrong answers go: so many times likelier to the clause that allows than to another of the same share.
# No source: chosen, 1 to 6 tried.
_LENIENT = 3.0
# A median of 148 views; how far apart they are: no source: chosen, 0.8 to 2 tried.
_REACH, _REACH_SPREAD = 5.0, 1.2
_USUAL_REACH = 148.0


@dataclass(kw_only=True)
class Work:
    """The decisions of a day, one row each. Arrays are changed in place by events.

    `worker`, `team`, `site`, `market`, `truth` and `label` are places in lists; `hour` is into the shift; `at` microseconds
    since 1970, UTC; `reach` the views an item gets; `score` what a classifier thinks of it (log odds); `chance` how probable
    the right answer was before it was given.
    """

    plan: Plan
    staff: Staff
    day: int
    worker: Ints
    team: Ints
    site: Ints
    market: Ints
    truth: Ints
    label: Ints
    hour: Floats
    seconds: Floats
    at: Ints
    reach: Floats
    score: Floats
    tenure_weeks: Floats
    gold: Bools
    chance: Floats

    def __len__(self) -> int:
        return len(self.worker)

    def only(self, rows: Bools) -> Work:
        """The same day with some of its decisions."""
        columns: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self)}
        for name, value in columns.items():
            columns[name] = value[rows] if isinstance(value, np.ndarray) else value
        return Work(**columns)

    @property
    def is_right(self) -> Bools:
        """Whether each decision is right, by the truth that no page knows."""
        right: Bools = self.label == self.truth
        return right

    def mask(self, where: Mapping[str, str]) -> Bools:
        """The decisions of a place, by names of `events.PLACES`; a clause is the true one."""
        found = np.ones(len(self), dtype=bool)
        for name, value in where.items():
            found &= self._column(name, value)
        return found

    def _column(self, name: str, value: str) -> Bools:
        plan = self.plan
        if name == "organisation":
            own = [place for place, site in enumerate(plan.sites) if site.organisation == value]
            return np.isin(self.site, own)
        names: Mapping[str, tuple[Sequence[str], Ints]] = {
            "site": ([site.name for site in plan.sites], self.site),
            "team": (self.staff.teams, self.team),
            "market": ([market.name for market in plan.markets], self.market),
            "clause": (plan.labels, self.truth),
        }
        known, column = names[name]
        found: Bools = column == list(known).index(value)
        return found


@dataclass(kw_only=True)
class Judged:
    """The audits of a day: which rows of the work, with what odds, by whom, and what the auditor said."""

    work: Work
    row: Ints
    pi: Floats
    auditor: Ints
    label: Ints

    def __len__(self) -> int:
        return len(self.row)


def live_a_day(plan: Plan, staff: Staff, events: Sequence[Event], day: int) -> Work:
    """Everything decided on a day; the same plan and day give the same rows."""
    rng = np.random.default_rng([plan.seed, 2, day])
    active = [event for event in events if event.plan.is_on(day)]
    worker = _who_and_how_often(plan, staff, active, rng, day)
    team, site = staff.team[worker], staff.site[worker]
    market = _markets(plan, site, rng)
    truth = _truths(plan, active, market, rng)
    work = Work(
        plan=plan, staff=staff, day=day, worker=worker, team=team, site=site, market=market, truth=truth,
        label=truth.copy(), hour=_hours(plan, worker), seconds=np.ones(len(worker)), at=np.zeros(len(worker), np.int64),
        reach=_reach(plan, market, truth, rng), score=_scores(plan, day, truth, rng),
        tenure_weeks=np.maximum(day - staff.joined[worker], 0) / 7.0,
        gold=rng.random(len(worker)) < plan.gold_rate, chance=np.ones(len(worker)),
    )  # fmt: skip
    time = np.array([clause.time for clause in plan.clauses])
    work.seconds = staff.seconds[worker] * time[truth] * np.exp(rng.normal(0, _TIME_SPREAD, len(worker)))
    for place, event in enumerate(active):
        work.seconds *= event.speed(work)
        event.hurry(work, _own(plan, day, place, 1))
    np.maximum(work.seconds, _FEWEST_SECONDS, out=work.seconds)
    work.at = sits_down_at(plan, day)[site] + (work.hour * 3.6e9).astype(np.int64)
    answer(work, active, rng)
    for place, event in enumerate(active):
        event.answer(work, _own(plan, day, place, 2))
    return work


def audit(work: Work, events: Sequence[Event]) -> Judged:
    """Draw decisions with known odds and judge them."""
    plan = work.plan
    rng = np.random.default_rng([plan.seed, 3, work.day])
    boost = np.array([plan.audits.boosts.get(name, 1.0) for name in plan.labels])
    pi = plan.audits.rate * boost[work.label] * np.where(work.tenure_weeks < 8, plan.audits.new_people, 1.0)
    np.clip(pi, 0, 1, out=pi)
    # Gold items have a known answer already.
    row = np.flatnonzero((rng.random(len(work)) < pi) & ~work.gold)
    auditor = rng.integers(0, plan.audits.auditors, len(row))
    truth = work.truth[row]
    # An auditor finds what is wrong with the chance of her sensitivity, and lets what is right stand with her specificity.
    is_wrong = work.label[row] != truth
    sees = rng.random(len(row)) < np.where(is_wrong, sensitivities(plan)[auditor], plan.audits.specificity)
    label = np.where(is_wrong, np.where(sees, truth, work.label[row]), truth)
    mistaken = np.flatnonzero(~is_wrong & ~sees)
    label[mistaken] = wrong_answers(plan, truth[mistaken], rng)
    judged = Judged(work=work, row=row, pi=pi[row], auditor=auditor, label=label)
    for place, event in enumerate(events):
        if event.plan.is_on(work.day):
            event.judge(judged, _own(plan, work.day, place, 3))
    return judged


def _own(plan: Plan, day: int, place: int, step: int) -> np.random.Generator:
    """An event's own numbers: what it draws moves nobody else's."""
    return np.random.default_rng([plan.seed, 5, day, place, step])


def _who_and_how_often(plan: Plan, staff: Staff, active: Sequence[Event], rng: np.random.Generator, day: int) -> Ints:
    """One entry a decision: who made it. Each does what her hours and her pace allow."""
    # Who is there follows the week; how much comes in is another matter (see `arriving`).
    is_weekend = plan.date_of(day).weekday() >= 5
    share = np.array([(site.weekend if is_weekend else 1.0) * (1 - site.absence) for site in plan.sites])
    is_there = (staff.joined <= day) & (day < staff.left) & (rng.random(len(staff)) < share[staff.site])
    present = np.flatnonzero(is_there)
    pace = staff.seconds[present] * np.exp(_TIME_SPREAD**2 / 2)
    for event in active:
        pace = pace * _slower(event, staff, present, plan, day)
    count = rng.poisson(plan.habits.hours * 3600 / np.maximum(pace, _FEWEST_SECONDS))
    return np.repeat(present, count)


def _slower(event: Event, staff: Staff, present: Ints, plan: Plan, day: int) -> Any:
    """What an event that slows people down takes off a day's number; asked of a row of work a person."""
    if type(event).speed is Event.speed:
        return 1.0
    nobody = np.zeros(len(present), dtype=np.int64)
    flat = np.zeros(len(present))
    place = Work(
        plan=plan, staff=staff, day=day, worker=present, team=staff.team[present], site=staff.site[present],
        market=nobody, truth=nobody, label=nobody, hour=flat, seconds=flat, at=nobody, reach=flat, score=flat,
        tenure_weeks=flat, gold=flat > 0, chance=flat,
    )  # fmt: skip
    return event.speed(place)


def _hours(plan: Plan, worker: Ints) -> Floats:
    """How far into the shift each decision falls: evenly, in order."""
    begins = np.flatnonzero(np.r_[True, worker[1:] != worker[:-1]]) if len(worker) else np.zeros(0, np.int64)
    count = np.diff(np.r_[begins, len(worker)])
    order = np.arange(len(worker)) - np.repeat(begins, count)
    hours: Floats = plan.habits.hours * (order + 0.5) / np.repeat(np.maximum(count, 1), count)
    return hours


def _markets(plan: Plan, site: Ints, rng: np.random.Generator) -> Ints:
    """Each decision's market: one of those whose language its site speaks, by their shares."""
    found = np.zeros(len(site), dtype=np.int64)
    for place, each in enumerate(plan.sites):
        share = np.array([market.share if market.language in each.languages else 0.0 for market in plan.markets])
        rows = np.flatnonzero(site == place)
        found[rows] = choose(np.tile(share / share.sum(), (1, 1)), np.zeros(len(rows), np.int64), rng)
    return found


def _truths(plan: Plan, active: Sequence[Event], market: Ints, rng: np.random.Generator) -> Ints:
    odds = np.array(
        [
            [
                clause.share * each.lean.get(clause.name, 1.0)
                * float(np.prod([event.lean(each.name, clause.name) for event in active]))
                for clause in plan.clauses
            ]
            for each in plan.markets
        ]
    )  # fmt: skip
    return choose(odds / odds.sum(axis=1, keepdims=True), market, rng)


def choose(shares: Floats, row: Ints, rng: np.random.Generator) -> Ints:
    """One draw an entry of `row`, from that row of shares."""
    edges = np.cumsum(shares, axis=1)[:, :-1]
    u = rng.random(len(row))
    found = np.zeros(len(row), dtype=np.int64)
    for place in range(edges.shape[1]):
        found += u >= edges[row, place]
    return found


def _reach(plan: Plan, market: Ints, truth: Ints, rng: np.random.Generator) -> Floats:
    """Views of each item: log-normal about the median of its market, times what its clause draws."""
    usual = np.array([each.reach for each in plan.markets]) / _USUAL_REACH
    drawn = np.array([each.reach for each in plan.clauses])
    found: Floats = np.exp(rng.normal(_REACH, _REACH_SPREAD, len(market))) * usual[market] * drawn[truth]
    return found


def _scores(plan: Plan, day: int, truth: Ints, rng: np.random.Generator) -> Floats:
    apart = separation(plan, day)
    scores: Floats = rng.normal(0, 1, len(truth)) + np.where(truth > 0, apart / 2, -apart / 2)
    return scores


def answer(work: Work, active: Sequence[Event], rng: np.random.Generator) -> None:
    """Answer every item: rightly with the chance of skill, learning, tiredness, the place and what befalls it."""
    habits = work.plan.habits
    error = work.staff.error[work.worker, work.truth]
    error += habits.learning * np.exp(-work.tenure_weeks / habits.learning_weeks)
    error += habits.tiredness * np.maximum(work.hour - habits.tired_after_h, 0)
    error += unlike(work.plan, work.day)[work.site, work.market, work.truth]
    for event in active:
        event.err(work, error)
    odds = 1 / (1 + np.exp(-error))
    work.chance = 1 - odds
    wrong = np.flatnonzero(rng.random(len(work)) < odds)
    work.label[wrong] = wrong_answers(work.plan, work.truth[wrong], rng)


def wrong_answers(plan: Plan, truth: Ints, rng: np.random.Generator) -> Ints:
    """Another clause than the true one, the lenient one more often."""
    share = np.array([clause.share for clause in plan.clauses])
    share[0] *= _LENIENT
    shares = np.tile(share, (len(share), 1))
    for place, clause in enumerate(plan.clauses):
        if clause.confusions:
            shares[place] = [clause.confusions.get(name, 0.0) for name in plan.labels]
    np.fill_diagonal(shares, 0.0)
    return choose(shares / shares.sum(axis=1, keepdims=True), truth, rng)
