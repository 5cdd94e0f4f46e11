"""Several decisions at once, and what is kept of how each was made."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenkeel.ground import trail
from evenkeel.ground.errors import Invalid
from evenkeel.people import Person
from evenkeel.work import Decision, Lease, Queue, Task, decide_each, take_batch
from evenkeel.work.answering import Said
from evenkeel.work.api.decided import OutcomeOut
from evenkeel.work.api.schemas import DecisionOut, ItemOut, LeaseOut
from evenkeel.work.api.written import decision_written, lease_written, outcome_written
from evenkeel.work.rules.context import Told

from .factories import NOW, after, as_actor, make_decision, make_person, make_policy, make_queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_person("moderator")


def said_of(lease: Lease, key: str, label: str = "No", **told: Any) -> Said:
    return Said(lease_id=lease.pk, answer={"label": label}, client_key=key, told=Told(**told))


def test_several_are_decided_at_once_and_one_refusal_keeps_no_other_back(person: Person) -> None:
    queue = make_queue(items=4)
    leases = taken_all(person, queue)
    actor = as_actor(person)
    said = [
        said_of(leases[0], "batch-key-0"),
        said_of(leases[1], "batch-key-1", label="Perhaps"),
        said_of(leases[2], "short"),
        said_of(leases[3], "batch-key-3"),
        said_of(leases[3], "batch-key-3b"),
        Said(lease_id=uuid4(), answer={"label": "No"}, client_key="batch-key-4"),
    ]
    outcomes = decide_each(actor, said=said, now=after(seconds=5))
    assert [getattr(each, "code", "made") for each in outcomes] == [
        "made", "invalid", "invalid", "made", "decided", "not-found",
    ]  # fmt: skip
    assert Task.objects.filter(decided=1, leased=0).count() == 2
    again = decide_each(actor, said=said, now=after(seconds=6))
    assert [getattr(each, "pk", None) for each in again[:4]] == [getattr(each, "pk", None) for each in outcomes[:4]]
    assert Decision.objects.count() == 2


def test_what_was_decided_together_is_one_entry_of_the_trail_that_stands_in_each_ones_history(person: Person) -> None:
    leases = taken_all(person, make_queue(items=3))
    made = decide_each(
        as_actor(person), said=[said_of(lease, f"trail-key-{n}") for n, lease in enumerate(leases)], now=NOW
    )
    [entry] = trail.entries().filter(verb="decided")
    assert json.loads(entry.detail_json)["each"] == [
        {"id": str(each.pk), "label": each.label} for each in made if isinstance(each, Decision)
    ]
    for each in Decision.objects.all():
        assert trail.history(each, together_at=each.decided_at) == [entry]
    assert trail.history(Decision.objects.first(), together_at=after(seconds=1)) == []  # type: ignore[arg-type]


def test_decisions_of_several_queues_are_kept_together_and_one_that_is_not_hers_to_decide_keeps_none_back() -> None:
    queues = [make_queue(items=1), make_queue(items=1, overlap_rule="adaptive", overlap_most=3)]
    person = make_person("moderator")
    leases = [taken_all(person, queue)[0] for queue in queues]
    actor = as_actor(person)
    narrowed = replace(
        actor, grants=tuple(replace(grant, kind="queue", target_id=queues[0].pk) for grant in actor.grants)
    )
    said = [said_of(lease, f"several-{n}-key") for n, lease in enumerate(leases)]
    assert [getattr(each, "code", "made") for each in decide_each(narrowed, said=said, now=NOW)] == ["made", "refused"]
    again = decide_each(actor, said=said, now=NOW)
    assert [each.pk for each in again if isinstance(each, Decision)] == list(
        Decision.objects.order_by("decided_at", "id").values_list("pk", flat=True)
    )
    assert len(again) == Decision.objects.count() == 2


def test_what_is_written_out_is_what_the_schemas_say(person: Person) -> None:
    queue = make_queue(items=2)
    leases = taken_all(person, queue)
    assert LeaseOut.model_validate(lease_written(leases[0])).id == leases[0].pk
    assert lease_written(leases[0]).keys() == LeaseOut.model_fields.keys()
    assert lease_written(leases[0])["item"].keys() == ItemOut.model_fields.keys()
    made, refused = decide_each(
        as_actor(person), said=[said_of(leases[0], "written-key"), said_of(leases[1], "written-key-2", "?")], now=NOW
    )
    told = outcome_written("written-key", made)
    assert OutcomeOut.model_validate(told).decision is not None
    assert told["decision"].keys() == DecisionOut.model_fields.keys()
    assert isinstance(made, Decision)
    assert DecisionOut.of(made).model_dump() == DecisionOut.model_validate(decision_written(made)).model_dump()
    problem = OutcomeOut.model_validate(outcome_written("written-key-2", refused)).problem
    assert problem is not None
    assert problem.status == 422


def test_many_at_once_ask_the_database_no_more_than_few(person: Person) -> None:
    counts = []
    for n in (2, 20):
        leases = taken_all(person, make_queue(items=n, batch_size=n))
        with CaptureQueriesContext(connection) as asked:
            made = decide_each(
                as_actor(person), said=[said_of(lease, f"many-{n}-{lease.pk}"[:64]) for lease in leases], now=NOW
            )
        assert all(isinstance(each, Decision) for each in made)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_decision_keeps_what_was_true_while_it_was_made(person: Person) -> None:
    queue = make_queue(items=2, severity=2, policy=make_policy())
    first, second = taken_all(person, queue)
    actor = as_actor(person)
    told: dict[str, Any] = {"active_ms": 4_000, "shown_at": after(seconds=2), "first_act_ms": 900, "submit_ms": 7_000}
    said = said_of(first, "context-key-1", **told, media_acts={"reveal": 2}, client_build="0.3")
    made = decide_each(actor, said=[said], now=after(seconds=10))[0]
    assert isinstance(made, Decision)
    kept = Decision.objects.get(pk=made.pk)
    assert (kept.shown_at, kept.first_act_ms, kept.submit_ms, kept.active_ms) == (after(seconds=2), 900, 7_000, 4_000)
    assert (kept.media_acts, kept.client_build, kept.exposure_s, kept.shift_s) == ({"reveal": 2}, "0.3", 0, None)
    later = decide_each(
        actor, said=[said_of(second, "context-key-2", shown_at=after(days=-3), submit_ms=10**9)], now=after(seconds=12)
    )
    assert isinstance(later[0], Decision)
    assert (later[0].exposure_s, later[0].shown_at, later[0].submit_ms) == (4, NOW, 12_000)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"media_acts": {"No Such": 1}}, "media_acts"),
        ({"media_acts": {"x": -1}}, "media_acts"),
        ({"client_build": "x" * 41}, "client_build"),
        ({"shown_at": datetime(2026, 3, 2)}, "shown_at"),
    ],
)
def test_what_no_client_could_mean_is_refused_by_name(person: Person, told: dict[str, Any], field: str) -> None:
    lease = taken_all(person, make_queue(items=1))[0]
    outcome = decide_each(as_actor(person), said=[said_of(lease, "strange-key", **told)], now=NOW)[0]
    assert isinstance(outcome, Invalid)
    assert field in outcome.fields


def test_a_lapsed_lease_never_overwrites_what_somebody_else_decided(person: Person) -> None:
    queue = make_queue(items=3, lease_s=60)
    old = taken_all(person, queue)
    other = as_actor(make_person("moderator"))
    theirs = take_batch(other, queue=queue, now=after(seconds=60))
    kept = make_decision(other, theirs[0], "Yes", now=after(seconds=61))
    outcomes = decide_each(
        as_actor(person), said=[said_of(lease, f"late-{lease.pk}"[:64]) for lease in old], now=after(seconds=62)
    )
    assert [getattr(each, "code", "made") for each in outcomes] == ["lapsed"] * 3
    assert list(Decision.objects.values_list("pk", "label")) == [(kept.pk, "Yes")]


def taken_all(person: Person, queue: Queue) -> list[Lease]:
    return take_batch(as_actor(person), queue=queue, now=NOW)


def test_a_key_is_of_one_item_whether_it_comes_twice_at_once_or_later(person: Person) -> None:
    first, second, third = taken_all(person, make_queue(items=3))
    actor = as_actor(person)
    together = [said_of(first, "one-key-for-all"), said_of(second, "one-key-for-all")]
    made, refused = decide_each(actor, said=together, now=NOW)
    [later] = decide_each(actor, said=[said_of(third, "one-key-for-all")], now=after(seconds=1))
    assert isinstance(made, Decision)
    for each in (refused, later):
        assert isinstance(each, Invalid)
        assert "client_key" in each.fields
    assert Decision.objects.count() == 1
