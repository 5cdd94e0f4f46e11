"""Whatever the order in which decisions are made, commit late, are taken back, and the job runs: each is drawn once."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenkeel.ground.ids import uuid7
from evenkeel.people import Worker
from evenkeel.quality import AuditTask, Draw, SamplingPlan, draw_due, replay_plan, start_plan
from evenkeel.quality.rules import draw
from evenkeel.work import Decision, NewItem, TakenBack, add_items

from .conftest import NOW, SYSTEM, House

# What happens, one after the other: a decision is made (and commits so many seconds late), the last one is taken back,
# time passes, the job runs.
steps = st.lists(
    st.one_of(
        st.tuples(st.just("decide"), st.integers(0, 300)),
        st.tuples(st.just("take back"), st.just(0)),
        st.tuples(st.just("wait"), st.integers(1, 200)),
        st.tuples(st.just("run"), st.just(0)),
    ),
    max_size=25,
)


class _Undone(Exception):
    pass


@pytest.fixture
def worker(house: House) -> Worker:
    return Worker.objects.get(person=house.person("Mo", "moderator"))


@pytest.mark.once
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happens=steps, salt=st.integers(0, 2**32 - 1), rate=st.sampled_from([0.3, 1.0]))
def test_each_final_decision_is_drawn_once_and_as_the_hash_says(
    house: House, worker: Worker, happens: list[tuple[str, int]], salt: int, rate: float
) -> None:
    with transaction.atomic():
        plan = start_plan(SYSTEM, programme=house.programme, name="Random", rate=rate, salt=salt, now=NOW)
        now, made = NOW, list[Decision]()
        for what, seconds in happens:
            if what == "decide":
                made.append(_decision(house, worker, now, late_s=min(seconds, int((now - NOW).total_seconds()))))
            elif what == "take back" and made and now < made[-1].decided_at + _undo(house):
                TakenBack.objects.get_or_create(decision=made[-1], defaults={"at": now})
            elif what == "wait":
                now += timedelta(seconds=seconds)
            elif what == "run":
                draw_due(now)
        now += _undo(house)
        draw_due(now)
        draw_due(now)
        back = set(TakenBack.objects.values_list("decision_id", flat=True))
        standing = [decision.id for decision in made if decision.id not in back]
        said = {hit.decision_id for hit in draw(standing, salt=salt, rate=rate) if hit.is_drawn}
        drawn: list[UUID] = list(Draw.objects.values_list("decision_id", flat=True))
        assert sorted(drawn) == sorted(said)
        assert AuditTask.objects.count() == len(drawn)
        found = replay_plan(SamplingPlan.objects.get(pk=plan.pk))
        assert (found.is_true, found.decisions, found.draws) == (True, len(standing), len(drawn))
        transaction.set_rollback(True)  # the next example finds the house as this one did


def _undo(house: House) -> timedelta:
    return timedelta(seconds=house.queue.undo_s)


def _decision(house: House, worker: Worker, now: datetime, *, late_s: int) -> Decision:
    """A decision whose id and moment are older than its commit by so many seconds."""
    fresh = uuid7()
    key = f"item-{next(house.numbers)}"
    (item,) = add_items(SYSTEM, programme=house.programme, items=[NewItem(key=key, content={"text": "x"})], now=now)
    return Decision.objects.create(
        id=UUID(int=fresh.int - (late_s * 1000 << 80)),
        programme=house.programme,
        queue=house.queue,
        item=item,
        worker=worker,
        organisation=worker.organisation,
        label="Safe",
        origin="desk",
        decided_at=now - timedelta(seconds=late_s),
    )
