"""Deciding and taking in one request: both as each alone, and neither keeps the other back."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evenkeel.ground import trail
from evenkeel.ground.access import Actor
from evenkeel.ground.errors import NotFound, NotNow
from evenkeel.people import Person
from evenkeel.work import Decision, Lease, Queue, Task, close_queue, decide_and_take, take_batch
from evenkeel.work.acts.handing_out import Taken
from evenkeel.work.acts.rounds import Round
from evenkeel.work.answering import Said
from evenkeel.work.api.decided import DecidedOut

from .factories import NOW, after, as_actor, make_person, make_queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_person("moderator")


def in_hand(person: Person, queue: Queue) -> list[Lease]:
    return take_batch(as_actor(person), queue=queue, now=NOW)


def said_of(leases: list[Lease], label: str = "No") -> list[Said]:
    return [Said(lease_id=lease.pk, answer={"label": label}, client_key=str(lease.pk)) for lease in leases]


def turn(person: Person, queue: Queue, leases: list[Lease], *, label: str = "No", **said: Any) -> Round:
    asked: dict[str, Any] = {"said": said_of(leases, label), "queue_id": queue.pk, "now": after(seconds=5)} | said
    return decide_and_take(as_actor(person), **asked)


def outcomes(made: Round) -> list[str]:
    return [getattr(each, "code", "made") for each in made.outcomes]


def next_of(made: Round) -> Taken:
    assert isinstance(made.next, Taken)
    return made.next


def test_what_is_decided_makes_room_for_the_next_batch(person: Person) -> None:
    queue = make_queue(items=7, batch_size=3)
    first = in_hand(person, queue)
    made = turn(person, queue, first)
    second = next_of(made)
    assert outcomes(made) == ["made"] * 3
    assert len(second.leases) == 3
    assert not {lease.task_id for lease in first} & {lease.task_id for lease in second.leases}
    assert (second.waiting, second.decided_today) == (4, 3)
    last = turn(person, queue, second.leases)
    assert (len(next_of(last).leases), next_of(last).missing) == (1, 2)
    assert Task.objects.filter(decided=1, leased=0, closed_at__isnull=False).count() == 6


def test_sent_again_it_gives_the_same_decisions_and_the_same_batch(person: Person) -> None:
    queue = make_queue(items=9, batch_size=3)
    first = in_hand(person, queue)
    made, again = turn(person, queue, first), turn(person, queue, first)
    assert [getattr(each, "pk", None) for each in made.outcomes] == [
        getattr(each, "pk", None) for each in again.outcomes
    ]
    assert [lease.pk for lease in next_of(made).leases] == [lease.pk for lease in next_of(again).leases]
    assert (Decision.objects.count(), Lease.objects.filter(ended_at=None).count()) == (3, 3)


def test_a_refused_hand_out_keeps_no_decision_back(person: Person) -> None:
    queue = make_queue(items=6, batch_size=3)
    first = in_hand(person, queue)
    close_queue(Actor.system("test"), queue=queue, now=after(seconds=1))
    made = turn(person, queue, first)
    assert outcomes(made) == ["made"] * 3
    assert isinstance(made.next, NotNow)
    assert made.next.code == "not-handed"
    assert Decision.objects.count() == 3
    elsewhere = turn(person, queue, first, queue_id=uuid4())
    assert outcomes(elsewhere) == ["made"] * 3
    assert isinstance(elsewhere.next, NotFound)


def test_answers_may_come_from_other_queues_than_the_next_batch(person: Person) -> None:
    here, there = make_queue(items=4, batch_size=2), make_queue(items=4, batch_size=2)
    both = [*in_hand(person, there), *in_hand(person, here)]
    made = turn(person, here, both)
    assert outcomes(made) == ["made"] * 4
    assert [each.queue_id for each in made.outcomes if isinstance(each, Decision)] == [there.pk] * 2 + [here.pk] * 2
    assert {lease.task.queue_id for lease in next_of(made).leases} == {here.pk}
    assert not Lease.objects.filter(task__queue=there, ended_at=None).exists()
    assert Task.objects.filter(queue=there, decided=1, leased=0).count() == 2


def test_refused_answers_keep_no_hand_out_back_and_stay_in_hand(person: Person) -> None:
    queue = make_queue(items=6, batch_size=3)
    first = in_hand(person, queue)
    made = turn(person, queue, first[:2], label="Perhaps")
    assert outcomes(made) == ["invalid"] * 2
    assert [lease.pk for lease in next_of(made).leases] == [lease.pk for lease in first]
    one = turn(person, queue, first[:1])
    assert [lease.pk for lease in next_of(one).leases][:2] == [lease.pk for lease in first[1:]]
    assert len(next_of(one).leases) == 3
    fewer = turn(person, queue, first[1:], at_most=1)
    assert [lease.pk for lease in next_of(fewer).leases] == [lease.pk for lease in next_of(one).leases][2:]


@pytest.mark.parametrize(
    "asks", [{"day_cap": 4}, {"overlap_rule": "adaptive", "overlap_most": 3}, {"severity": 2}, {"teams_apart": True}]
)
def test_it_asks_of_people_and_of_queues_what_a_hand_out_asks(person: Person, asks: dict[str, Any]) -> None:
    queue = make_queue(items=8, batch_size=3, **asks)
    made = turn(person, queue, in_hand(person, queue))
    assert outcomes(made) == ["made"] * 3
    # Of a cap of four three are used up by what was decided just now.
    assert len(next_of(made).leases) == (1 if "day_cap" in asks else 3)


def test_it_finds_what_lapsed_in_others_hands_before_anybody_goes_empty(person: Person) -> None:
    queue = make_queue(items=2, batch_size=1, lease_s=60)
    theirs = in_hand(make_person("moderator"), queue)
    mine = in_hand(person, queue)
    made = turn(person, queue, mine, now=after(seconds=61))
    assert [lease.task_id for lease in next_of(made).leases] == [lease.task_id for lease in theirs]


def test_the_trail_tells_of_both_and_many_ask_no_more_than_few(person: Person) -> None:
    asked = []
    for n in (2, 12):
        queue = make_queue(items=3 * n, batch_size=n)
        first = in_hand(person, queue)
        with CaptureQueriesContext(connection) as queries:
            turn(person, queue, first)
        asked.append(len(queries))
    assert asked[0] == asked[1]
    latest = trail.entries().order_by("-id")[:2]
    assert {entry.verb for entry in latest} == {"decided", "taken"}
    trail.seal()
    assert trail.verify().is_intact


def test_a_program_gets_both_in_one_answer(person: Person) -> None:
    queue = make_queue(items=5, batch_size=2)
    answers = [
        {"lease_id": str(lease.pk), "client_key": str(lease.pk), "answer": {"label": "Yes"}}
        for lease in in_hand(person, queue)
    ]
    client = Client()
    client.force_login(person)

    def told(take: dict[str, Any]) -> DecidedOut:
        answer = client.post(
            "/api/v1/work/decisions", {"decisions": answers, "take": take}, content_type="application/json"
        )
        assert answer.status_code == 200, answer.content
        return DecidedOut.model_validate(json.loads(answer.content))

    made = told({"queue_id": str(queue.pk)})
    assert all(each.decision for each in made.results)
    assert made.batch is not None
    assert len(made.batch.leases) == 2
    refused = told({"queue_id": str(uuid4())})
    assert refused.batch is None
    assert refused.not_taken is not None
    assert refused.not_taken.status == 404
