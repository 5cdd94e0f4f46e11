"""Deciding and taking back: what is stored, what is refused, and that nothing is lost or doubled."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from evenkeel.ground import log
from evenkeel.ground.errors import Invalid, NotFound, NotNow
from evenkeel.people import Person
from evenkeel.policy import publish_version, version_in_force
from evenkeel.wellness import own_minutes_today
from evenkeel.work import (
    DECISIONS,
    Decision,
    Lease,
    Queue,
    TakenBack,
    Task,
    add_form,
    decide,
    return_lease,
    return_leases,
    take_back,
    take_batch,
)

from .factories import (
    NOW,
    SPEC,
    SYSTEM,
    after,
    as_actor,
    make_decision,
    make_house,
    make_person,
    make_policy,
    make_queue,
    make_team,
    worker_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_person("moderator", team=make_team(make_house()))


def logged(label: str | None = None) -> list[tuple[str, int]]:
    """What stands in the log, as (label, sign)."""
    log.flush(NOW)
    rows = log.read(DECISIONS).select("label", "sign").to_pyarrow().to_pylist()
    return sorted((row["label"], row["sign"]) for row in rows if label in (None, row["label"]))


def taken(person: Person, queue: Queue) -> Lease:
    return take_batch(as_actor(person), queue=queue, now=NOW)[0]


def test_a_decision_keeps_what_was_true(person: Person) -> None:
    queue = make_queue(items=1, policy=make_policy())
    lease = taken(person, queue)
    made = decide(
        as_actor(person),
        lease_id=lease.id,
        answer={"label": "Yes", "comment": " Sarcasm. "},
        client_key="a" * 36,
        active_ms=4_000,
        now=after(seconds=9),
    )
    worker = worker_of(person)
    made.refresh_from_db()
    assert (made.label, made.answer) == ("Yes", {"label": "Yes", "comment": "Sarcasm."})
    assert (made.worker, made.site, made.team, made.organisation) == (
        worker,
        worker.site,
        worker.team,
        worker.organisation,
    )
    assert made.policy_version == version_in_force(queue.policy, NOW)  # type: ignore[arg-type]
    assert made.form_version == lease.form_version
    assert (made.active_ms, made.decided_at, made.origin, made.replicate) == (4_000, after(seconds=9), "desk", 1)
    task = Task.objects.get()
    assert (task.decided, task.leased, task.closed_at) == (1, 0, after(seconds=9))


def test_a_decision_is_in_the_log_once(person: Person) -> None:
    make_decision(as_actor(person), taken(person, make_queue(items=1)), "Unsure")
    assert logged() == [("Unsure", 1)]
    assert logged() == [("Unsure", 1)]


def test_the_same_key_again_gives_the_same_decision(person: Person) -> None:
    lease = taken(person, make_queue(items=1))
    made = decide(as_actor(person), lease_id=lease.id, answer={"label": "Yes"}, client_key="k" * 20, now=NOW)
    again = decide(as_actor(person), lease_id=lease.id, answer={"label": "No"}, client_key="k" * 20, now=after(hours=2))
    assert again == made
    assert again.label == "Yes"
    assert Decision.objects.count() == 1
    assert logged() == [("Yes", 1)]


def test_a_key_that_somebody_else_used_is_refused(person: Person) -> None:
    queue = make_queue(items=2, batch_size=1)
    other = make_person("moderator")
    decide(as_actor(person), lease_id=taken(person, queue).id, answer={"label": "Yes"}, client_key="k" * 20, now=NOW)
    with pytest.raises(Invalid, match="has been used"):
        decide(as_actor(other), lease_id=taken(other, queue).id, answer={"label": "Yes"}, client_key="k" * 20, now=NOW)


def test_an_item_is_decided_once_by_a_person(person: Person) -> None:
    lease = taken(person, make_queue(items=1, overlap=2))
    make_decision(as_actor(person), lease)
    with pytest.raises(NotNow, match="decided this item already"):
        make_decision(as_actor(person), lease)


def test_what_was_skipped_cannot_be_decided(person: Person) -> None:
    lease = taken(person, make_queue(items=1))
    return_lease(as_actor(person), lease_id=lease.id, is_skip=True, now=NOW)
    with pytest.raises(NotNow, match="skipped"):
        make_decision(as_actor(person), lease)


def test_what_was_given_back_can_be_decided_while_nobody_has_it(person: Person) -> None:
    queue = make_queue(items=2, batch_size=2)
    first, second = take_batch(as_actor(person), queue=queue, now=NOW)
    return_leases(as_actor(person), queue=queue, now=NOW)
    make_decision(as_actor(person), first)
    take_batch(as_actor(make_person("moderator")), queue=queue, now=NOW)
    with pytest.raises(NotNow, match="somebody else has it now"):
        make_decision(as_actor(person), second)


def test_a_lease_is_nobody_elses(person: Person) -> None:
    lease = taken(person, make_queue(items=1))
    with pytest.raises(NotFound):
        make_decision(as_actor(make_person("moderator")), lease)


def test_a_lease_past_its_time_still_serves_while_nobody_took_the_item(person: Person) -> None:
    queue = make_queue(items=1, lease_s=60)
    make_decision(as_actor(person), taken(person, queue), now=after(hours=1))
    assert Task.objects.get().decided == 1


def test_a_lapsed_lease_serves_while_there_is_room(person: Person) -> None:
    queue = make_queue(items=1, lease_s=60)
    lease = taken(person, queue)
    other = make_person("moderator")
    other_lease = take_batch(as_actor(other), queue=queue, now=after(seconds=61))[0]
    return_lease(as_actor(other), lease_id=other_lease.id, now=after(seconds=70))
    make_decision(as_actor(person), lease, now=after(seconds=80))
    assert (Task.objects.get().decided, Task.objects.get().leased) == (1, 0)


def test_a_lapsed_lease_never_overrides_somebody_else(person: Person) -> None:
    queue = make_queue(items=1, lease_s=60)
    lease = taken(person, queue)
    other = make_person("moderator")
    other_lease = take_batch(as_actor(other), queue=queue, now=after(seconds=61))[0]
    for moment in (70, 80):
        with pytest.raises(NotNow, match="somebody else has it now"):
            make_decision(as_actor(person), lease, "Yes", now=after(seconds=moment))
        if moment == 70:
            make_decision(as_actor(other), other_lease, "No", now=after(seconds=75))
    assert [decision.label for decision in Decision.objects.all()] == ["No"]


def test_a_desk_that_was_cut_off_sends_with_the_lease_it_knew(person: Person) -> None:
    queue = make_queue(items=1, lease_s=60)
    old = taken(person, queue)
    new = take_batch(as_actor(person), queue=queue, now=after(seconds=61))[0]
    assert new.id != old.id
    make_decision(as_actor(person), old, now=after(seconds=70))
    new.refresh_from_db()
    assert new.ending == Lease.DECIDED
    assert (Task.objects.get().decided, Task.objects.get().leased) == (1, 0)


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        ({}, "label"),
        ({"label": "Perhaps"}, "label"),
        ({"label": "No", "mood": "x"}, "mood"),
        ({"label": ["No"]}, "label"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_by_field(person: Person, answer: dict[str, object], field: str) -> None:
    lease = taken(person, make_queue(items=1))
    with pytest.raises(Invalid) as refused:
        decide(as_actor(person), lease_id=lease.id, answer=answer, client_key="k" * 20, now=NOW)
    assert list(refused.value.fields) == [field]
    assert not Decision.objects.exists()
    make_decision(as_actor(person), lease)


def test_an_answer_is_held_to_the_question_that_was_shown(person: Person) -> None:
    queue = make_queue(items=1)
    lease = taken(person, queue)
    spec = SPEC | {
        "fields": [SPEC["fields"][0] | {"choices": [{"value": "A", "title": "A"}, {"value": "B", "title": "B"}]}]
    }
    add_form(SYSTEM, programme=queue.programme, name=queue.form.name, spec=spec, now=NOW)
    assert make_decision(as_actor(person), lease, "Yes").form_version == lease.form_version


def test_active_time_is_never_longer_than_the_item_was_in_hand(person: Person) -> None:
    queue = make_queue(items=3, batch_size=3)
    leases = take_batch(as_actor(person), queue=queue, now=NOW)
    said = [(10_000_000, 60_000), (-5, 0), (None, None)]
    for lease, (claimed, kept) in zip(leases, said, strict=True):
        made = decide(
            as_actor(person),
            lease_id=lease.id,
            answer={"label": "No"},
            client_key=f"key-{lease.id}",
            active_ms=claimed,
            now=after(seconds=60),
        )
        assert made.active_ms == kept


def test_time_with_difficult_content_counts_towards_the_limit(person: Person) -> None:
    queue = make_queue(items=1, severity=2)
    lease = taken(person, queue)
    decide(
        as_actor(person),
        lease_id=lease.id,
        answer={"label": "No"},
        client_key="k" * 20,
        active_ms=90_000,
        now=after(minutes=5),
    )
    assert own_minutes_today(as_actor(person), now=after(minutes=6)) == pytest.approx(1.5)


def test_taking_back_gives_the_item_to_the_same_hands(person: Person) -> None:
    queue = make_queue(items=1, undo_s=30)
    made = make_decision(as_actor(person), taken(person, queue), "Yes")
    take_back(as_actor(person), decision=made, now=after(seconds=29))
    task = Task.objects.get()
    assert (task.decided, task.leased, task.closed_at) == (0, 1, None)
    assert logged() == [("Yes", -1), ("Yes", 1)]
    lease = take_batch(as_actor(person), queue=queue, now=after(seconds=30))[0]
    again = make_decision(as_actor(person), lease, "No", now=after(seconds=31))
    assert Decision.objects.filter(taken_back=None).get() == again
    assert logged("No") == [("No", 1)]


def test_taking_back_twice_is_taking_back_once(person: Person) -> None:
    made = make_decision(as_actor(person), taken(person, make_queue(items=1)))
    first = take_back(as_actor(person), decision=made, now=NOW)
    assert take_back(as_actor(person), decision=made, now=after(hours=1)) == first
    assert logged() == [("No", -1), ("No", 1)]


def test_a_decision_stands_when_its_undo_window_is_over(person: Person) -> None:
    made = make_decision(as_actor(person), taken(person, make_queue(items=1, undo_s=30)))
    with pytest.raises(NotNow, match="is over"):
        take_back(as_actor(person), decision=made, now=after(seconds=30))
    assert not TakenBack.objects.exists()


def test_only_her_own_decision_can_be_taken_back(person: Person) -> None:
    made = make_decision(as_actor(person), taken(person, make_queue(items=1)))
    with pytest.raises(NotFound):
        take_back(as_actor(make_person(["moderator", "administrator"])), decision=made, now=NOW)


def test_taking_back_reopens_a_task_that_wanted_one_more(person: Person) -> None:
    queue = make_queue(items=1, overlap=2)
    other = make_person("moderator")
    mine = make_decision(as_actor(person), taken(person, queue))
    make_decision(as_actor(other), taken(other, queue))
    take_back(as_actor(person), decision=mine, now=NOW)
    task = Task.objects.get()
    assert (task.decided, task.leased, task.closed_at) == (1, 1, None)


@pytest.mark.parametrize("statement", ["UPDATE work_decision SET label = 'x'", "DELETE FROM work_takenback"])
def test_the_database_refuses_to_change_a_fact(person: Person, statement: str) -> None:
    made = make_decision(as_actor(person), taken(person, make_queue(items=1)))
    take_back(as_actor(person), decision=made, now=NOW)
    with pytest.raises(DatabaseError, match="facts"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_new_policy_is_what_counts_from_then_on(person: Person) -> None:
    queue = make_queue(items=2, policy=make_policy())
    first, second = take_batch(as_actor(person), queue=queue, now=NOW)
    assert queue.policy is not None
    before = make_decision(as_actor(person), first)
    publish_version(SYSTEM, policy=queue.policy, body_markdown="New.", what_changed="All.", now=after(seconds=1))
    later = make_decision(as_actor(person), second, now=after(seconds=2))
    assert before.policy_version is not None
    assert later.policy_version is not None
    assert (before.policy_version.number, later.policy_version.number) == (1, 2)
