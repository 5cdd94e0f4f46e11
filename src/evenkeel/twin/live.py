"""People of the demo who go on working while somebody looks: one act at a time, at the pace of people."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import structlog
from django.conf import settings
from django.db import close_old_connections

from evenkeel.ground import clock
from evenkeel.ground.errors import Problem
from evenkeel.people import Worker, actor_for
from evenkeel.quality import AuditTask, give_verdict, take_audit
from evenkeel.work import Item, Lease, Queue, Task, decide, take_batch

from .days import add_listings
from .harbour import DEMO
from .organisation import Member
from .scenario import Scenario
from .texts import label_of, remark, told_by, verdict_remark
from .world import answer_of, said

_log = structlog.get_logger(__name__)
# Two at the queue at a time and one who audits; between two batches people talk, stretch, fetch coffee.
_SEATS = 2
_PAUSE_S = (60.0, 180.0)
_AUDIT_S = (60.0, 120.0)
_NOON = 13
_LOOKS_EVERY_S = 1.0
# Once something is broken, it is broken the next second as well.
_AFTER_A_FAULT_S = 60.0


@dataclass
class _Seat:
    """Somebody at the queue: who, what she has in hand, when she has decided about the first of it."""

    due_at: datetime
    member: Member | None = None
    hand: list[Lease] = field(default_factory=list)
    seconds: float = 0.0


class LivePeople:
    """Simulated people who decide and audit in the demo's queue until they are stopped.

    Whoever's log-in is shown to visitors is left to them. It is one thread, and what it does are acts: whoever looks sees
    the same as if people did it. Assumes an install that `build_demo` filled with `scenario`.
    """

    def __init__(self, *, scenario: Scenario = DEMO, seed: int = 0, now: Callable[[], datetime] = clock.now) -> None:
        self._scenario, self._now = scenario, now
        self._rng = np.random.default_rng([scenario.seed, 99, seed])
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._seats: list[_Seat] = []
        self._audits_at: datetime | None = None

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread = threading.Thread(target=self._work, name="demo-people", daemon=True)
        self._thread.start()

    def stop(self, *, wait_s: float = 10) -> None:
        """Ask them to stop and wait for the act that is under way. What they hold lapses by itself."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(wait_s)

    def _work(self) -> None:
        pause_s = _LOOKS_EVERY_S
        while not self._stop.wait(pause_s):
            close_old_connections()
            pause_s = _LOOKS_EVERY_S
            try:
                self.step(self._now())
            except Exception:
                _log.exception("demo_people_failed")
                pause_s = _AFTER_A_FAULT_S

    def step(self, now: datetime) -> int:
        """Do everything that is due at a moment; returns the number of decisions and verdicts."""
        queue = Queue.objects.select_related("programme").filter(name="New listings", closed_at=None).first()
        if queue is None:
            return 0
        if not self._seats:
            self._seats = [_Seat(due_at=now + timedelta(seconds=20 * place)) for place in range(_SEATS)]
            self._audits_at = now + timedelta(seconds=self._rng.uniform(*_AUDIT_S))
        done = sum(self._decided(seat, queue, now) for seat in self._seats if seat.due_at <= now)
        if self._audits_at is not None and self._audits_at <= now:
            self._audits_at = now + timedelta(seconds=self._rng.uniform(*_AUDIT_S))
            done += self._audited(queue, now)
        return done

    def _decided(self, seat: _Seat, queue: Queue, now: datetime) -> int:
        """The next act of a seat: somebody sits down and takes a batch, or decides about what is before her."""
        if not seat.hand:
            self._sit_down(seat, queue, now)
            return 0
        assert seat.member is not None
        assert seat.member.plan is not None
        lease, rng = seat.hand.pop(0), self._rng
        truth = label_of(told_by(lease.task.item.content))
        label = answer_of(self._scenario, seat.member.plan, day=self._scenario.days, truth=truth, rng=rng)
        answer = {"label": label} | ({"comment": comment} if (comment := remark(label, rng)) else {})
        try:
            decide(
                actor_for(seat.member.person, now=now), lease_id=lease.pk, answer=answer,
                client_key=f"twin-{lease.pk}", active_ms=round(seat.seconds * 1000), now=now,
            )  # fmt: skip
        except Problem:
            # Somebody closed the queue, or the item went elsewhere: she gets up.
            seat.hand = []
            return 0
        finally:
            self._look_at_next(seat, now)
        return 1

    def _sit_down(self, seat: _Seat, queue: Queue, now: datetime) -> None:
        self._fill(queue, now)
        people = [member for member in self._members(now) if all(member != other.member for other in self._seats)]
        seat.member = people[int(self._rng.integers(len(people)))] if people else None
        if seat.member is not None:
            try:
                seat.hand = take_batch(actor_for(seat.member.person, now=now), queue=queue, now=now)
            except Problem:
                seat.hand = []
        self._look_at_next(seat, now)

    def _look_at_next(self, seat: _Seat, now: datetime) -> None:
        """When she will have decided about the next one; after the last one somebody else comes, a little later."""
        if seat.hand and seat.member is not None and seat.member.plan is not None:
            seat.seconds = float(self._rng.gamma(4, seat.member.plan.seconds / 4)) + 2
        else:
            seat.member, seat.seconds = None, float(self._rng.uniform(*_PAUSE_S))
        seat.due_at = now + timedelta(seconds=seat.seconds)

    def _audited(self, queue: Queue, now: datetime) -> int:
        for auditor in self._auditors():
            actor = actor_for(auditor.person, now=now)
            try:
                taken: AuditTask | None = take_audit(actor, programme=queue.programme, now=now)
            except Problem:
                continue
            if taken is None:
                continue
            decision = taken.draw.decision
            truth = label_of(told_by(decision.item.content))
            label = said(truth, self._scenario.auditor_accuracy, self._rng)
            give_verdict(
                actor, task_id=taken.pk, answer={"label": label},
                comment=verdict_remark(label, self._rng) if label != decision.label else "",
                client_key=f"twin-{taken.pk}", active_ms=40_000, now=now,
            )  # fmt: skip
            return 1
        return 0

    def _fill(self, queue: Queue, now: datetime) -> None:
        """As many new listings as were taken: the queue stays as long as the scenario wants it."""
        missing = self._scenario.open_items - Task.objects.filter(queue=queue, closed_at=None).count()
        if missing > 0:
            last = Item.objects.filter(programme=queue.programme, key__startswith="L-").order_by("-key").first()
            number = int(last.key.removeprefix("L-")) if last is not None else 0
            add_listings(
                self._scenario,
                queue,
                after=number,
                count=min(missing, self._scenario.items_a_day),
                rng=self._rng,
                day=self._scenario.days,
                now=now,
            )

    def _members(self, now: datetime) -> list[Member]:
        """Those who are nearest to the middle of their day: two teams, whatever the hour."""
        shown = _shown_to_visitors()
        plans = sorted(
            self._scenario.teams, key=lambda plan: abs(now.astimezone(ZoneInfo(plan.time_zone)).hour - _NOON)
        )[:_SEATS]
        by_name = {name: plan for plan in plans for name in plan.people}
        workers = Worker.objects.select_related("person").filter(name__in=by_name, left_on=None).order_by("name")
        return [
            Member(person=worker.person, worker=worker, plan=by_name[worker.name])
            for worker in workers
            if worker.person is not None and worker.person.email not in shown
        ]

    def _auditors(self) -> list[Member]:
        shown = _shown_to_visitors()
        workers = Worker.objects.select_related("person").filter(name__in=self._scenario.auditors).order_by("name")
        return [
            Member(person=worker.person, worker=worker)
            for worker in workers
            if worker.person is not None and worker.person.email not in shown
        ]


def _shown_to_visitors() -> set[str]:
    """The addresses on the demo's log-in page."""
    kept = settings.EVENKEEL.data_dir / "demo-logins.json"
    return {login["email"] for login in json.loads(kept.read_text())} if kept.exists() else set()
