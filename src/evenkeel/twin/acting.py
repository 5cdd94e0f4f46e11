"""A plan lived event by event: the people and the truth of the wide twin, but everything is done through acts.

Every row is a real one that opens, with its item, lease, trail and clock. It costs some hundredths of a second a decision, so
it is for small organisations: a test, a look at the pages, a rehearsal of a scenario before it is run at size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db import transaction

from evenkeel.ground import log
from evenkeel.measure import Signal, roll_up, watch
from evenkeel.people import Worker, actor_for, end_shift, switch_state
from evenkeel.quality import Verdict, arbitrate, draw_due, give_verdict, raise_dispute, take_audit, take_dispute
from evenkeel.work import NewItem, add_items, decide, fill_queue, take_batch

from .events import EVENTS, Event
from .organisation import SYSTEM
from .scenario import LABELS
from .texts import listing
from .wide.day import Judged, Work, live_a_day, wrong_answers
from .wide.differing import sensitivities
from .wide.install import Installed, install
from .wide.mixing import insist_on_room
from .wide.plan import Plan
from .wide.running import Ran
from .wide.staff import hire
from .wide.truth import FOLDER, Truth

_BEGAN = datetime(1970, 1, 1, tzinfo=UTC)
_TEXTS, _AUDITS, _DISPUTES = 20, 21, 22
_AUDIT_S = 45
# What people may say of themselves; the rest the clock finds out.
_OWN_STATES = ("audit", "training", "coaching", "meeting", "break", "wellness")


@dataclass
class _Run:
    plan: Plan
    events: Sequence[Event]
    known: Installed
    # The true clause of every item, by place in the plan's list.
    truth: dict[UUID, int] = field(default_factory=dict)
    audited: int = 0


def run_by_acts(plan: Plan, *, progress: Callable[[str], None] = lambda said: None, watches: bool = True) -> Ran:
    """Live a plan through acts in this install, which must hold nothing that would mix with it.

    The days are those of `run`: the same people decide the same things at the same moments, seeded by the plan. Which
    decisions are audited follows from their ids, which are new each time. Left out, because no act makes them: golden items,
    calibration, prelabels, backlogs. Raises `NotEmpty`.
    """
    folder = Path(settings.EVENKEEL.data_dir) / FOLDER
    insist_on_room(plan, truth=folder)
    events = [EVENTS[event.kind](event) for event in plan.events]
    staff = hire(plan, events)
    run = _Run(plan=plan, events=events, known=install(plan, staff, logs_in=True))
    truth, decisions = Truth(folder), 0
    for day in range(plan.days):
        work = live_a_day(plan, staff, events, day)
        night = datetime.combine(plan.date_of(day), time(23, 30), UTC)
        with transaction.atomic():
            items = _live(run, work, day)
            _end_shifts(run, work)
            draw_due(night)
            rows = _audit(run, items, night)
            _dispute(run, day, night)
        truth.note(work, _judged(work, rows))
        decisions += len(work)
        log.flush(night)
        roll_up(now=night)
        if watches:
            watch(now=night)
        progress(f"Day {day + 1} of {plan.days}: {decisions:,} decisions, {run.audited:,} audits")
    truth.keep(plan=plan, events=events, known=run.known, staff=staff)
    return Ran(
        days=plan.days, people=len(staff), decisions=decisions, audits=run.audited, signals=Signal.objects.count()
    )


def _live(run: _Run, work: Work, day: int) -> dict[UUID, int]:
    """Items come in at dawn, in the order in which they will be decided; then everybody decides. Items by row of the work."""
    known, order = run.known, np.argsort(work.at, kind="stable").tolist()
    dawn = _moment(int(work.at.min())) - timedelta(hours=2) if order else None
    rows: dict[UUID, int] = {}
    for market, queue in enumerate(known.queues):
        mine = [row for row in order if work.market[row] == market]
        if not mine or dawn is None:
            continue
        rng = np.random.default_rng([run.plan.seed, _TEXTS, day, market])
        items = [
            NewItem(
                key=f"{day}-{market}-{row}",
                kind="text",
                language=run.plan.markets[market].language,
                content={"text": _text(run.plan.labels[work.truth[row]], rng)},
                attributes={"reach": int(work.reach[row])},
            )
            for row in mine
        ]
        made = add_items(SYSTEM, programme=known.programme, items=items, now=dawn)
        fill_queue(SYSTEM, queue=queue, item_ids=[item.id for item in made], now=dawn)
        rows |= {item.id: row for item, row in zip(made, mine, strict=True)}
        run.truth |= {item.id: int(work.truth[row]) for item, row in zip(made, mine, strict=True)}
    for row in order:
        _decide(run, work, row, rows)
    return rows


def _text(label: str, rng: np.random.Generator) -> str:
    return listing(label, rng) if label in LABELS else f"{label}, example {int(rng.integers(10**9))}."


def _decide(run: _Run, work: Work, row: int, rows: dict[UUID, int]) -> None:
    person, queue = run.known.people[work.worker[row]], run.known.queues[work.market[row]]
    decided_at = _moment(int(work.at[row]))
    actor = actor_for(person, now=decided_at)
    lease = take_batch(actor, queue=queue, now=decided_at - timedelta(seconds=float(work.seconds[row])))[0]
    # The oldest item comes first, so it is this row's own; whoever got another says what that one deserved.
    label = run.plan.labels[work.label[rows[lease.task.item_id]]]
    decide(
        actor, lease_id=lease.pk, answer={"label": label}, client_key=f"twin-{lease.pk}",
        active_ms=int(work.seconds[row] * 1000), now=decided_at,
    )  # fmt: skip


def _end_shifts(run: _Run, work: Work) -> None:
    """After the last item: what the plan's clock says beside production, then home."""
    last = {int(who): _moment(int(work.at[work.worker == who].max())) for who in np.unique(work.worker)}
    for who, at in sorted(last.items(), key=lambda pair: pair[1]):
        person, worker = run.known.people[who], Worker.objects.get(pk=run.known.worker[who])
        now = at + timedelta(seconds=1)
        for state, minutes in run.plan.clock.items():
            if state in _OWN_STATES and minutes:
                switch_state(actor_for(person, now=now), worker=worker, state=state, now=now)
                now += timedelta(minutes=minutes)
        end_shift(actor_for(person, now=now), worker=worker, now=now)


def _audit(run: _Run, rows: dict[UUID, int], night: datetime) -> list[int]:
    """Auditors take what was drawn, in turn, and judge it as the plan says that they do; returns rows of the day's work."""
    plan, sees = run.plan, sensitivities(run.plan)
    found: list[int] = []
    for place, person in enumerate(run.known.audits_as):
        actor, moment = actor_for(person, now=night), night
        share = -(-len(rows) // max(len(run.known.audits_as), 1))
        for _turn in range(share if place < len(run.known.audits_as) - 1 else len(rows)):
            taken = take_audit(actor, programme=run.known.programme, now=moment)
            if taken is None:
                break
            decision = taken.draw.decision
            row, truth = rows[decision.item_id], run.truth[decision.item_id]
            rng = np.random.default_rng([plan.seed, _AUDITS, int(decision.decided_at.timestamp()), row])
            given = plan.labels.index(decision.label)
            label = truth
            if given != truth and rng.random() >= sees[place]:
                label = given
            elif given == truth and rng.random() >= plan.audits.specificity:
                label = int(wrong_answers(plan, np.array([truth]), rng)[0])
            moment += timedelta(seconds=_AUDIT_S)
            give_verdict(
                actor, task_id=taken.id, answer={"label": plan.labels[label]}, client_key=f"twin-{taken.id}",
                active_ms=_AUDIT_S * 1000, now=moment,
            )  # fmt: skip
            found.append(row)
    run.audited += len(found)
    return found


def _dispute(run: _Run, day: int, night: datetime) -> None:
    """People object to findings of the night, and the programme's owner settles it at once, blind."""
    plan, said = run.plan, run.plan.disputes
    if not (said.rate_if_wrong or said.rate_if_right):
        return
    by_worker = dict(zip(run.known.worker, run.known.people, strict=True))
    now = night + timedelta(hours=6)
    found = Verdict.objects.filter(audited_at__gte=night, is_right=False).select_related("draw__decision__item")
    for verdict in found.order_by("draw__decision__item__key"):
        decision = verdict.draw.decision
        is_wrong = plan.labels[run.truth[decision.item_id]] != verdict.label
        rng = np.random.default_rng([plan.seed, _DISPUTES, day, int(decision.item.key.rsplit("-", 1)[1])])
        if decision.worker_id is None or rng.random() >= (said.rate_if_wrong if is_wrong else said.rate_if_right):
            continue
        reason = "answer_right" if is_wrong else "policy_two_ways"
        person = by_worker[decision.worker_id]
        raise_dispute(actor_for(person, now=now), verdict=verdict, reason=reason, text="I see it otherwise.", now=now)
    owner = actor_for(run.known.owner, now=now)
    while (taken := take_dispute(owner, now=now, programme=run.known.programme)) is not None:
        truth = plan.labels[run.truth[taken.verdict.draw.decision.item_id]]
        reason = "rule_misread" if truth == taken.verdict.label else "clear_case"
        text = "The finding stands." if truth == taken.verdict.label else ""
        arbitrate(owner, dispute=taken, answer={"label": truth}, reason=reason, text=text, now=now)


def _judged(work: Work, rows: list[int]) -> Judged:
    row = np.array(rows, dtype=np.int64)
    return Judged(work=work, row=row, pi=np.ones(len(row)), auditor=np.zeros(len(row), np.int64), label=work.truth[row])


def _moment(at_us: int) -> datetime:
    return _BEGAN + timedelta(microseconds=at_us)
