"""Any order of taking, deciding, returning, skipping, undoing and waiting keeps the promises about tasks and people."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, F, Q
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.work import Decision, Lease, Queue, Task, decide, decide_and_take, return_lease, take_back, take_batch
from evenkeel.work.acts.handing_out import Taken
from evenkeel.work.answering import Said
from evenkeel.work.jobs import give_back_lapsed_leases

from .factories import NOW, as_actor, make_person, make_queue

UNDO_S, LEASE_S = 40, 100


class Desk(RuleBasedStateMachine):
    """Three people at one queue whose items want two answers each."""

    asks: dict[str, Any] = {}

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.queue: Queue = make_queue(items=4, overlap=2, batch_size=2, lease_s=LEASE_S, undo_s=UNDO_S, **self.asks)
        self.actors: list[Actor] = [as_actor(make_person("moderator")) for _ in range(3)]
        self.now: datetime = NOW
        self.leases: list[tuple[int, Lease]] = []
        self.decisions: list[tuple[int, Decision, str]] = []
        self.keys = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(who=st.integers(0, 2))
    def take(self, who: int) -> None:
        try:
            taken = take_batch(self.actors[who], queue=self.queue, now=self.now)
        except NotNow:
            # Only her cap stands in the way here; what she holds would have been given to her.
            assert self.asks.get("day_cap")
            return
        known = {lease.id for _, lease in self.leases}
        self.leases += [(who, lease) for lease in taken if lease.id not in known]

    @precondition(lambda self: self.leases)
    @rule(data=st.data(), label=st.sampled_from(["No", "Yes"]))
    def decide(self, data: Any, label: str) -> None:
        who, lease = data.draw(st.sampled_from(self.leases))
        self.keys += 1
        key = f"machine-{self.keys:08d}"
        before = Task.objects.get(pk=lease.task_id)
        state = Lease.objects.get(pk=lease.pk)
        code = ""
        try:
            made = decide(self.actors[who], lease_id=lease.id, answer={"label": label}, client_key=key, now=self.now)
            self.decisions.append((who, made, key))
        except NotNow as refused:
            code = refused.code
        # Refused for one of three reasons only: decided, given back, or lapsed with no room left.
        assert not code or state.ended_at is not None
        assert code != "lapsed" or before.closed_at or before.decided + before.leased == before.wanted

    @precondition(lambda self: self.leases)
    @rule(data=st.data(), is_sent_twice=st.booleans())
    def decide_and_take(self, data: Any, is_sent_twice: bool) -> None:
        who, lease = data.draw(st.sampled_from(self.leases))
        self.keys += 1
        said = [Said(lease_id=lease.pk, answer={"label": "No"}, client_key=f"machine-{self.keys:08d}")]
        asked: dict[str, Any] = {"said": said, "queue_id": self.queue.pk, "now": self.now}
        first = decide_and_take(self.actors[who], **asked)
        again = decide_and_take(self.actors[who], **asked) if is_sent_twice else first
        assert [getattr(each, "pk", None) for each in again.outcomes] == [
            getattr(each, "pk", None) for each in first.outcomes
        ]
        self.decisions += [(who, each, said[0].client_key) for each in first.outcomes if isinstance(each, Decision)]
        known = {lease.id for _, lease in self.leases}
        for made in (first.next, again.next):
            if isinstance(made, Taken):
                assert len(made.leases) <= self.queue.batch_size
                self.leases += [(who, lease) for lease in made.leases if lease.id not in known]
                known |= {lease.id for lease in made.leases}
            else:
                assert self.asks.get("day_cap")

    @precondition(lambda self: self.decisions)
    @rule(data=st.data())
    def send_again(self, data: Any) -> None:
        who, made, key = data.draw(st.sampled_from(self.decisions))
        count = Decision.objects.count()
        own = Lease.objects.filter(worker=self.actors[who].worker_id)
        lease, other = own.filter(task=made.task_id).first(), own.exclude(task=made.task_id).first()
        assert lease is not None
        if other is not None:
            with pytest.raises(Invalid):
                decide(self.actors[who], lease_id=other.id, answer={"label": "Yes"}, client_key=key, now=self.now)
        again = decide(self.actors[who], lease_id=lease.id, answer={"label": "Yes"}, client_key=key, now=self.now)
        assert (again.pk, again.label) == (made.pk, made.label)
        assert Decision.objects.count() == count

    @precondition(lambda self: self.decisions)
    @rule(data=st.data())
    def undo(self, data: Any) -> None:
        who, made, _key = data.draw(st.sampled_from(self.decisions))
        was_back = hasattr(Decision.objects.select_related("taken_back").get(pk=made.pk), "taken_back")
        is_in_time = self.now < made.decided_at + timedelta(seconds=UNDO_S)
        try:
            take_back(self.actors[who], decision=Decision.objects.get(pk=made.pk), now=self.now)
        except NotNow:
            assert not was_back
            assert not is_in_time
        else:
            assert was_back or is_in_time

    @precondition(lambda self: self.leases)
    @rule(data=st.data(), is_skip=st.booleans())
    def give_back(self, data: Any, is_skip: bool) -> None:
        who, lease = data.draw(st.sampled_from(self.leases))
        return_lease(self.actors[who], lease_id=lease.id, is_skip=is_skip, now=self.now)

    @rule(seconds=st.sampled_from([1, 30, 70, 150]), sweeps=st.booleans())
    def wait(self, seconds: int, sweeps: bool) -> None:
        self.now += timedelta(seconds=seconds)
        if sweeps:
            give_back_lapsed_leases(now=self.now)

    @invariant()
    def counters_are_what_they_count(self) -> None:
        counted = Task.objects.annotate(
            running=Count("leases", filter=Q(leases__ended_at=None), distinct=True),
            standing=Count("decisions", filter=Q(decisions__taken_back=None), distinct=True),
        )
        for task in counted:
            assert task.leased == task.running
            assert task.decided == task.standing
            assert task.decided + task.leased <= task.wanted
            assert (task.closed_at is not None) == (task.decided == task.wanted)

    @invariant()
    def nobody_decides_an_item_twice(self) -> None:
        standing = Decision.objects.filter(taken_back=None).values("item", "worker")
        assert not standing.annotate(n=Count("*")).filter(n__gt=1).exists()

    @invariant()
    def nobody_holds_what_she_has_decided(self) -> None:
        held = Lease.objects.filter(
            ended_at=None, task__decisions__worker=F("worker"), task__decisions__taken_back=None
        )
        assert not held.exists()


class Adaptive(Desk):
    """The same where further people are asked until the answer is sure, and nobody has more than three a day."""

    asks = {"overlap_rule": "adaptive", "overlap_most": 3, "overlap_target": 0.8, "day_cap": 3}

    @invariant()
    def nobody_has_more_than_the_cap(self) -> None:
        for actor in self.actors:
            standing = Decision.objects.filter(
                worker=actor.worker_id, taken_back=None, decided_at__date=self.now.date()
            )
            held = Lease.objects.filter(worker=actor.worker_id, ended_at=None)
            # A late answer to a lapsed lease is kept where the item has room: one above the cap for each such lease.
            late = Lease.objects.filter(worker=actor.worker_id, ended_at__gte=F("expires_at"), ending=Lease.DECIDED)
            assert standing.count() + held.count() <= 3 + late.count()

    @invariant()
    def nobody_is_asked_beyond_the_most(self) -> None:
        for task in Task.objects.all():
            assert 2 <= task.wanted <= 3


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize(("machine", "examples"), [(Desk, 20), (Adaptive, 15)])
def test_promises_hold_in_any_order(machine: type[Desk], examples: int) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(machine, settings=settings(max_examples=examples, stateful_step_count=25, deadline=None))
