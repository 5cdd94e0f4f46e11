"""A programme of two vendors whose truth is known, made and worked by the product's own acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import numpy as np

START = datetime(2026, 3, 10, tzinfo=UTC)
DAY = timedelta(days=1)
DAYS = 3
WRONG, SECONDS = (0.02, 0.15, 0.35), (45, 60, 90)
SHARES, NORTH = (0.7, 0.2, 0.1), (0.8, 0.3, 0.2)
numbers = count(1)


class Floor:
    """A programme of two vendors with three queues, whose people decide what they are handed."""

    def __init__(self, *, seed: int, wrong: Sequence[float] = WRONG):
        from evenkeel.work.tests.factories import make_form, make_person, make_programme, make_queue, make_vendor

        self.rng, self.wrong = np.random.default_rng(seed), wrong
        vendors = [make_vendor(f"{name} {seed}") for name in ("North", "South")]
        self.programme = make_programme(partners=vendors)
        form = make_form(self.programme)
        self.queues = [make_queue(self.programme, form=form, batch_size=20) for _queue in wrong]
        self.people = [[make_person("moderator", vendor) for _n in range(6)] for vendor in vendors]
        self.auditors = [make_person("qa_specialist") for _n in range(2)]
        self.expert = make_person("quality_manager")
        self.decided: list[Any] = []

    def day(self, at: int, n: int) -> None:
        """So many items come on that day and are decided."""
        from evenkeel.work import NewItem, add_items, fill_queue, take_batch
        from evenkeel.work.tests.factories import SYSTEM, as_actor

        of_queue = self.rng.choice(len(self.queues), size=n, p=SHARES)
        now = START + at * DAY
        for place, queue in enumerate(self.queues):
            right = self.rng.random(int((of_queue == place).sum())) >= self.wrong[place]
            risk = self.rng.lognormal(0, 0.5, len(right)) * np.where(right, 1.0, 1.8)
            new = [
                NewItem(
                    key=f"{next(numbers)}", content={"text": "A post."},
                    attributes={"risk": float(each), "reach": 1, "is_easy": bool(easy)},
                )
                for each, easy in zip(risk, right, strict=True)
            ]  # fmt: skip
            items = add_items(SYSTEM, programme=self.programme, items=new, now=now)
            fill_queue(SYSTEM, queue=queue, item_ids=[item.pk for item in items], now=now)
            empty_handed = 0
            while empty_handed < 3:
                now += timedelta(minutes=2)
                vendor = self.people[int(self.rng.random() >= NORTH[place])]
                actor = as_actor(vendor[int(self.rng.integers(len(vendor)))], now=now)
                leases = take_batch(actor, queue=queue, now=now)
                empty_handed = 0 if leases else empty_handed + 1
                made = decide(
                    actor, leases, now, lambda item: "No" if item.attributes["is_easy"] else "Yes", SECONDS[place]
                )
                self.decided += made if at >= 0 else []

    def plan(self, *, salt: int, **design: Any) -> Any:
        """A plan over all decisions from the first day on."""
        from evenkeel.quality import start_plan
        from evenkeel.work.tests.factories import SYSTEM

        return start_plan(SYSTEM, programme=self.programme, name=f"Plan {salt}", salt=salt, now=START, **design)

    def settle(self) -> None:
        """Which decisions are right, of which queue, and how long an audit of each takes."""
        self.place = {str(each.pk): at for at, each in enumerate(self.decided)}
        self.right = np.array([each.label == "No" for each in self.decided])
        at = {queue.pk: n for n, queue in enumerate(self.queues)}
        self.seconds = np.array([SECONDS[at[each.queue_id]] for each in self.decided])
        self.truth = float(self.right.mean())

    def audit(self, now: datetime, *, errs: float = 0.0) -> None:
        """Take and judge until nothing waits; the auditor errs with these odds."""
        from evenkeel.quality import give_verdict, take_audit
        from evenkeel.work.tests.factories import as_actor

        actor = as_actor(self.auditors[0], now=now)
        while (task := take_audit(actor, programme=self.programme, now=now)) is not None:
            decision = task.draw.decision
            said = {"label": "No" if self.rng.random() >= errs else "Yes"}
            give_verdict(
                actor, task_id=task.pk, answer=said, client_key=f"verdict-{next(numbers)}",
                active_ms=int(self.seconds[self.place[str(decision.pk)]]) * 1000, now=now,
            )  # fmt: skip

    def audit_again(self, now: datetime, *, errs: float) -> int:
        """Second audits by somebody who errs as often, and cases by the expert who does not; how many were settled."""
        from evenkeel.quality import answer_check, take_check
        from evenkeel.work.tests.factories import as_actor

        settled = 0
        for person, odds in ((self.auditors[1], errs), (self.expert, 0.0)):
            actor = as_actor(person, now=now)
            while (check := take_check(actor, programme=self.programme, now=now)) is not None:
                said = {"label": "No" if self.rng.random() >= odds else "Yes"}
                settled += check.stage == "expert"
                answer_check(
                    actor, check_id=check.pk, answer=said, client_key=f"check-{next(numbers):04}", active_ms=60_000,
                    now=now,
                )  # fmt: skip
        return settled

    def evaluated(self, metric: str, **said: Any) -> Any:
        """The published figure over the plan's days."""
        from evenkeel.measure import evaluate

        until = (START + (DAYS + 1) * DAY).date()
        return evaluate(metric, since=START.date(), until=until, programme=self.programme.pk, **said)


def decide(
    actor: Any, leases: Sequence[Any], now: datetime, label: Callable[[Any], str], seconds: float | Sequence[float]
) -> list[Any]:
    """Decide on everything in hand."""
    from evenkeel.work import decide_each
    from evenkeel.work.answering import Said
    from evenkeel.work.rules.context import Told

    took = [seconds] * len(leases) if isinstance(seconds, (int, float)) else seconds
    said = [
        Said(
            lease_id=lease.pk, answer={"label": label(lease.task.item)}, client_key=f"decision-{next(numbers)}",
            told=Told(active_ms=int(1000 * time_)),
        )
        for lease, time_ in zip(leases, took, strict=True)
    ]  # fmt: skip
    made: list[Any] = decide_each(actor, said=said, now=now) if said else []
    for each in made:
        if isinstance(each, Exception):
            raise each
    return made


def keep_figures() -> None:
    """What waits goes into the log and into the roll-ups."""
    from evenkeel.ground.log import flush
    from evenkeel.measure import roll_up

    now = START + (DAYS + 2) * DAY
    flush(now)
    roll_up(now)
