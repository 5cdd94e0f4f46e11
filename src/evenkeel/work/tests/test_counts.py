"""The two numbers of a desk are right, and the hand-out is looked up, however much there is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenkeel.ground.shapes import Shape
from evenkeel.work import Queue, take_back, take_batch
from evenkeel.work.queries import counts
from evenkeel.work.queries.desk import own_leases

from .factories import after, as_actor, make_decision, make_person, make_queue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """What a process remembers must not reach another test."""
    yield
    counts._settled.clear()
    counts._many.clear()


def seen(worker: object, queue: Queue, *, seconds: float) -> tuple[int, int]:
    actor = as_actor(worker)  # type: ignore[arg-type]
    assert actor.worker_id is not None
    held = own_leases(actor.worker_id, queue)
    return counts.desk_counts(actor.worker_id, queue, held=held, now=after(seconds=seconds))


def test_what_waits_is_what_nobody_else_has_in_hand() -> None:
    queue = make_queue(items=5, batch_size=2)
    one, other = make_person("moderator"), make_person("moderator")
    take_batch(as_actor(one), queue=queue, now=after(seconds=0))
    assert seen(one, queue, seconds=0) == (5, 0)
    assert seen(other, queue, seconds=0) == (3, 0)
    make_decision(as_actor(one), own_leases(as_actor(one).worker_id, queue)[0], now=after(seconds=1))  # type: ignore[arg-type]
    assert seen(one, queue, seconds=1) == (4, 1)


def test_an_item_in_hand_that_wants_more_people_is_counted_once() -> None:
    queue = make_queue(items=3, overlap=2, batch_size=2)
    one = make_person("moderator")
    take_batch(as_actor(one), queue=queue, now=after(seconds=0))
    assert seen(one, queue, seconds=0) == (3, 0)


def test_today_is_counted_by_and_by_and_comes_to_the_same() -> None:
    queue = make_queue(items=12, batch_size=1, undo_s=60)
    person = make_person("moderator")
    actor = as_actor(person)
    made = 0
    for seconds in range(0, 360, 30):
        decision = make_decision(
            actor, take_batch(actor, queue=queue, now=after(seconds=seconds))[0], now=after(seconds=seconds)
        )
        made += 1
        if seconds == 210:
            take_back(actor, decision=decision, now=after(seconds=seconds + 20))
            made -= 1
        assert seen(person, queue, seconds=seconds + 25)[1] == made
    assert counts._settled, "what can no longer be taken back was counted for good"


def test_a_decision_that_was_long_in_the_writing_is_counted_in_the_end() -> None:
    queue = make_queue(items=4, batch_size=4, undo_s=0)
    person = make_person("moderator")
    leases = take_batch(as_actor(person), queue=queue, now=after(seconds=0))
    for lease, seconds in zip(leases, (1, 30, 40), strict=False):
        make_decision(as_actor(person), lease, now=after(seconds=seconds))
    assert seen(person, queue, seconds=60) == (1, 3)
    assert seen(person, queue, seconds=63) == (1, 3)
    # It was begun before the last count, and only now it stands in the table.
    make_decision(as_actor(person), leases[3], now=after(seconds=59))
    assert seen(person, queue, seconds=80) == (0, 4)


def test_a_queue_with_a_thousand_is_not_counted_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "COUNTED", 3)
    queue, person = make_queue(items=6, batch_size=1), make_person("moderator")
    monkeypatch.setattr(counts, "_OPEN", Shape(counts._open))
    assert seen(person, queue, seconds=0)[0] == 3
    with CaptureQueriesContext(connection) as asked:
        assert seen(person, queue, seconds=4)[0] == 3
    assert not [each for each in asked if 'COUNT(*) FROM (SELECT "work_task"' in each["sql"]]
    with CaptureQueriesContext(connection) as asked:
        assert seen(person, queue, seconds=6)[0] == 3
    assert [each for each in asked if 'COUNT(*) FROM (SELECT "work_task"' in each["sql"]]


def test_hand_out_looks_up_what_she_has_decided_and_joins_nothing() -> None:
    queue = make_queue(items=2)
    actor = as_actor(make_person("moderator"))
    with CaptureQueriesContext(connection) as asked:
        take_batch(actor, queue=queue, now=after(seconds=0))
    [walk] = [each["sql"] for each in asked if "LIMIT" in each["sql"] and '"work_task"."priority" DESC' in each["sql"]]
    # PostgreSQL makes no join of a subquery with an OFFSET: without it a hand-out reads all that she ever decided.
    assert walk.count("OFFSET 0") == 2
