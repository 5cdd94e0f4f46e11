"""A day of a run by acts: items come in, people take and decide them one by one, and go home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
from django.db.models import QuerySet

from evenkeel.ground.errors import Problem
from evenkeel.people import Worker, actor_for, end_shift, note_work, switch_state
from evenkeel.quality import Verdict
from evenkeel.work import Decision, NewItem, NewPrediction, add_items, add_predictions, decide, fill_queue, take_batch

from .days import pictured
from .events import Event
from .organisation import SYSTEM
from .scenario import LABELS
from .texts import listing
from .wide.day import Judged, Work, answer, choose
from .wide.differing import model_on, separation
from .wide.install import Installed
from .wide.plan import Plan
from .wide.staff import Ints

_BEGAN = datetime(1970, 1, 1, tzinfo=UTC)
_TEXTS, _KINDS, _GOLDS = 20, 23, 24
# What people may say of themselves; the rest the clock finds out.
_OWN_STATES = ("audit", "training", "coaching", "meeting", "break", "wellness")


@dataclass
class Acted:
    """A run by acts, under way."""

    plan: Plan
    events: Sequence[Event]
    known: Installed
    # Of every item so far, by its key: the true clause, and what the plan's person says of it; places in the plan's list.
    truth: dict[str, int] = field(default_factory=dict)
    label: dict[str, int] = field(default_factory=dict)

    def learn(self, work: Work, day: int) -> None:
        """Take in what a day's items really are, and what will be said of them."""
        for row, market in enumerate(work.market.tolist()):
            key = key_of(day, market, row)
            self.truth[key], self.label[key] = int(work.truth[row]), int(work.label[row])


def key_of(day: int, market: int, row: int) -> str:
    """An item's key, from which the row of the day's work that it was made for can be read."""
    return f"{day}-{market}-{row}"


def reached_limit(refused: Problem) -> bool:
    """Whether somebody was refused because she has seen enough of such content today."""
    return refused.code == "exposure-limit"


def live(run: Acted, work: Work, day: int) -> None:
    """Items come in at dawn, in the order in which they will be decided; then everybody decides."""
    bring_in(run, work, day)
    for row in np.argsort(work.at, kind="stable").tolist():
        _decide(run, work, row)


def bring_in(run: Acted, work: Work, day: int) -> None:
    """A day's items, into the queues of their markets."""
    known, order = run.known, np.argsort(work.at, kind="stable").tolist()
    dawn = _moment(int(work.at.min())) - timedelta(hours=2) if order else None
    # Where golden items are mixed in, nothing else comes in for those who will meet one.
    golden = work.gold if mixes_golds(run.plan) and day else np.zeros(len(work), dtype=bool)
    for market, queue in enumerate(known.queues):
        mine = [row for row in order if work.market[row] == market and not golden[row]]
        if not mine or dawn is None:
            continue
        items = _items(run, work, market, mine, day=day, now=dawn)
        made = add_items(SYSTEM, programme=known.programme, items=items, now=dawn)
        if run.plan.models:
            said = [_predicted(run.plan, work, row, key=item.key) for item, row in zip(items, mine, strict=True)]
            add_predictions(SYSTEM, programme=known.programme, predictions=said, now=dawn)
        fill_queue(SYSTEM, queue=queue, item_ids=[item.id for item in made], now=dawn)


def decided(run: Acted, work: Work, day: int) -> Judged:
    """Of the items of a day, what was decided and by whom, with those that were audited.

    Whoever reached a limit left hers to the next one, on a later day even: the decider need not be whom the plan meant.
    """
    places = {pk: place for place, pk in enumerate(run.known.worker)}
    found = made_by_plan(run).filter(item__key__startswith=f"{day}-")
    who = {row_of(key): places[worker] for key, worker in found.values_list("item__key", "worker_id")}
    kept = work.only(np.isin(np.arange(len(work)), list(who)))
    rows = sorted(who)
    kept.worker = np.array([who[row] for row in rows], dtype=np.int64)
    kept.team, kept.site = work.staff.team[kept.worker], work.staff.site[kept.worker]
    drawn = Verdict.objects.filter(corrects=None, draw__decision__in=found).values_list(
        "draw__decision__item__key", flat=True
    )
    audited = np.searchsorted(rows, sorted(row_of(key) for key in drawn)).astype(np.int64)
    nothing = np.zeros(len(audited))
    return Judged(work=kept, row=audited, pi=nothing + 1, auditor=nothing.astype(np.int64), label=kept.truth[audited])


def end_shifts(run: Acted, work: Work) -> None:
    """After the last item: what the plan's clock says beside production, then home."""
    last = {int(who): _moment(int(work.at[work.worker == who].max())) for who in np.unique(work.worker)}
    for who, at in sorted(last.items(), key=lambda pair: pair[1]):
        person, worker = run.known.people[who], Worker.objects.get(pk=run.known.worker[who])
        now = at + timedelta(seconds=1)
        for state, minutes in run.plan.clock.items():
            if state in _OWN_STATES and minutes:
                switch_state(actor_for(person, now=now), worker=worker, state=state, now=now)
                now += timedelta(minutes=minutes)
        try:
            end_shift(actor_for(person, now=now), worker=worker, now=now)
        except Problem as refused:
            # Whoever found nothing to do all day never came on duty.
            if refused.code != "off-duty":
                raise


def _items(run: Acted, work: Work, market: int, mine: list[int], *, day: int, now: datetime) -> list[NewItem]:
    """What the market is shown: texts in its language, and photos where it has them."""
    plan, rng = run.plan.markets[market], np.random.default_rng([run.plan.seed, _TEXTS, day, market])
    is_picture = _pictures(plan.kinds, len(mine), np.random.default_rng([run.plan.seed, _KINDS, day, market]))
    found = []
    for row, is_drawn in zip(mine, is_picture.tolist(), strict=True):
        label = run.plan.labels[work.truth[row]]
        drawn = pictured(run.known.programme, label, rng, now=now) if is_drawn else None
        found.append(
            NewItem(
                key=key_of(day, market, row),
                kind="image" if drawn else "text",
                language=plan.language,
                content=drawn or {"text": _text(label, rng, plan.language)},
                attributes={"reach": int(work.reach[row])},
            )
        )
    return found


def _pictures(kinds: Mapping[str, float], count: int, rng: np.random.Generator) -> Ints:
    """Which items are photos: 1. Other kinds than image are told as text here."""
    share = kinds.get("image", 0.0) / sum(kinds.values()) if kinds else 0.0
    return choose(np.array([[1 - share, share]]), np.zeros(count, np.int64), rng)


def _text(label: str, rng: np.random.Generator, language: str) -> str:
    if label in LABELS:
        return listing(label, rng, language=language)
    return f"{label}, example {int(rng.integers(10**9))}."


def _predicted(plan: Plan, work: Work, row: int, *, key: str) -> NewPrediction:
    """What the classifier in force says: whether something is wrong by its score, and then which clause, which it knows."""
    apart, score = separation(plan, work.day), float(work.score[row])
    likely = 1 / (1 + np.exp(-score * apart))
    clause = (int(work.truth[row]) or 1) if score > 0 else 0
    return NewPrediction(
        item_key=key, answer={"label": plan.labels[clause]}, model=model_on(plan, work.day).name,
        score=round(float(max(likely, 1 - likely)), 4),
    )  # fmt: skip


def _decide(run: Acted, work: Work, row: int) -> None:
    person, queue = run.known.people[work.worker[row]], run.known.queues[work.market[row]]
    decided_at = _moment(int(work.at[row]))
    taken_at = decided_at - timedelta(seconds=float(work.seconds[row]))
    actor = actor_for(person, now=decided_at)
    try:
        held = take_batch(actor, queue=queue, now=taken_at)
    except Problem as refused:
        if not reached_limit(refused):
            raise
        return
    if not held:
        return
    # As at the desk: whoever takes work is in production.
    note_work(actor, state="production", programme_id=run.known.programme.pk, queue_id=queue.pk, now=taken_at)
    # The oldest item comes first: this row's own, or one that somebody left; each gets what it deserved in the plan.
    lease = held[0]
    label, seconds = run.plan.labels[run.label[lease.task.item.key]], float(work.seconds[row])
    if lease.planted_id is not None:
        label, seconds = says_of_gold(run, work, row, lease.task.item.key)
    decide(
        actor, lease_id=lease.pk, answer={"label": label}, client_key=f"twin-{lease.pk}", active_ms=int(seconds * 1000),
        now=decided_at,
    )  # fmt: skip


def mixes_golds(plan: Plan) -> bool:
    """Whether the plan has golden items."""
    return bool(plan.golds.pool and plan.gold_rate)


def made_by_plan(run: Acted) -> QuerySet[Decision]:
    """What people decided about items that came in turn: no answers to golden ones, no rulings on appeals."""
    return Decision.objects.filter(programme=run.known.programme, taken_back=None, corrects=None).exclude(planted=True)


def says_of_gold(run: Acted, work: Work, row: int, key: str) -> tuple[str, float]:
    """What the person of a row of the day's work answers to a golden item, and in how many seconds.

    As she would answer her own item were it this one: her skill, the hour, what befalls her place, a list that goes round.
    """
    rng = np.random.default_rng([run.plan.seed, _GOLDS, work.day, row, row_of(key)])
    active = [event for event in run.events if event.plan.is_on(work.day)]
    one = work.only(np.arange(len(work)) == row)
    one.truth, one.label = (np.array([run.truth[key]], dtype=np.int64) for _column in range(2))
    # Her pace is the row's; what changes it is what befalls golden items alone.
    pace = []
    for is_gold in (False, True):
        one.gold, one.seconds = np.array([is_gold]), np.ones(1)
        for event in active:
            event.hurry(one, np.random.default_rng([run.plan.seed, _GOLDS, work.day, row]))
        pace.append(float(one.seconds[0]))
    answer(one, active, rng)
    for event in active:
        event.answer(one, rng)
    return run.plan.labels[int(one.label[0])], float(work.seconds[row]) * pace[1] / pace[0]


def row_of(key: str) -> int:
    """The row of the day's work that an item was made for."""
    return int(key.rsplit("-", 1)[1])


def _moment(at_us: int) -> datetime:
    return _BEGAN + timedelta(microseconds=at_us)
