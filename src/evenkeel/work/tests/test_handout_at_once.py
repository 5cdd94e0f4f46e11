"""Many people at one queue at the same moment, each with a connection of her own, on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.db import connection

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import NotNow
from evenkeel.work import Decision, Lease, Queue, Task, decide, take_back, take_batch

from .factories import NOW, after, as_actor, make_decision, make_person, make_queue

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")
HANDS = 6


def at_once(*jobs: Callable[[], T]) -> list[T]:
    """Run all jobs at the same time, each in a thread with a connection of its own; what they gave, in their order."""

    def own(job: Callable[[], T]) -> T:
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(own, jobs))


def work_through(actor: Actor, queue: Queue) -> int:
    """Take and decide until nothing is handed out any more."""
    done = 0
    while leases := take_batch(actor, queue=queue, now=NOW):
        for lease in leases:
            make_decision(actor, lease)
            done += 1
    return done


def test_a_queue_is_worked_through_once_by_many() -> None:
    queue = make_queue(items=40, overlap=2, batch_size=3)
    actors = [as_actor(make_person("moderator")) for _ in range(HANDS)]
    done = at_once(*[lambda actor=actor: work_through(actor, queue) for actor in actors])
    # Skipping what others hold may leave a last item to nobody in that instant; whoever looks again gets it.
    done += [work_through(actor, queue) for actor in actors]
    assert sum(done) == 80
    assert Task.objects.filter(decided=2, leased=0, closed_at__isnull=False).count() == 40
    pairs = Counter(Decision.objects.values_list("item", "worker"))
    assert set(pairs.values()) == {1}


def test_two_windows_of_one_person_get_the_same_items() -> None:
    queue = make_queue(items=30, overlap=3, batch_size=4)
    actor = as_actor(make_person("moderator"))
    taken = at_once(*[lambda: take_batch(actor, queue=queue, now=NOW) for _ in range(HANDS)])
    assert len({lease.pk for leases in taken for lease in leases}) == 4
    assert Lease.objects.count() == 4


def test_the_same_key_sent_many_times_at_once_is_stored_once() -> None:
    queue = make_queue(items=1)
    actor = as_actor(make_person("moderator"))
    lease = take_batch(actor, queue=queue, now=NOW)[0]

    def send() -> Decision:
        return decide(actor, lease_id=lease.pk, answer={"label": "No"}, client_key="same-key-again", now=NOW)

    assert len({made.pk for made in at_once(*[send] * HANDS)}) == 1
    assert Decision.objects.count() == 1
    assert Task.objects.get().decided == 1


def test_a_lapsed_lease_and_a_new_one_do_not_both_decide() -> None:
    queue = make_queue(items=12, lease_s=60, batch_size=12)
    late, prompt = (as_actor(make_person("moderator")) for _ in range(2))
    old = take_batch(late, queue=queue, now=NOW)

    def decide_late() -> int:
        return sum(_decided(late, lease) for lease in old)

    def take_over() -> int:
        return sum(_decided(prompt, lease) for lease in take_batch(prompt, queue=queue, now=after(seconds=61)))

    assert sum(at_once(decide_late, take_over)) + work_through(prompt, queue) == 12
    assert Task.objects.filter(decided=1, leased=0).count() == 12
    assert Decision.objects.count() == 12


def _decided(actor: Actor, lease: Lease) -> int:
    try:
        make_decision(actor, lease, now=after(seconds=61))
    except NotNow:
        return 0
    return 1


def test_taking_back_many_times_at_once_takes_back_once() -> None:
    queue = make_queue(items=1)
    actor = as_actor(make_person("moderator"))
    made = make_decision(actor, take_batch(actor, queue=queue, now=NOW)[0])

    def back() -> str:
        try:
            return str(take_back(actor, decision=Decision.objects.get(pk=made.pk), now=NOW).pk)
        except NotNow:
            return ""

    assert len(set(at_once(*[back] * HANDS)) - {""}) == 1
    task = Task.objects.get()
    assert (task.decided, task.leased) == (0, 1)
    assert Lease.objects.filter(ended_at=None).count() == 1
