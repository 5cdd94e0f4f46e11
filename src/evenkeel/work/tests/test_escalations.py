"""Escalations: an item leaves the moderator's hands and is never lost, whatever its tier does with it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from evenkeel.ground.errors import Invalid, NotFound, NotNow, Problem, Refused
from evenkeel.people import Person
from evenkeel.people.notices import notices_of
from evenkeel.work import Decision, Lease, Queue, Task, take_back, take_batch
from evenkeel.work.acts.escalations import (
    decide_escalation,
    escalate,
    hand_back,
    hand_up,
    set_tier,
    take_escalation,
)
from evenkeel.work.jobs import notice_overdue
from evenkeel.work.models import Escalation, EscalationStep, Tier
from evenkeel.work.rules.escalations import REASONS, next_level

from .factories import NOW, SYSTEM, after, as_actor, make_decision, make_person, make_programme, make_queue, make_vendor

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def tiered(queue: Queue, *people: Person) -> list[Tier]:
    return [
        set_tier(SYSTEM, programme=queue.programme, level=level, name=name, minutes=60 * level, people=people, now=NOW)
        for level, name in ((1, "Specialists"), (3, "Policy team"))
    ]


def raised(person: Person, queue: Queue, reason: str = "needs_context", *, now: datetime = NOW) -> Escalation:
    actor = as_actor(person)
    lease = take_batch(actor, queue=queue, now=now)[0]
    made = escalate(actor, lease_id=lease.pk, reason=reason, note="Who is this?", now=now)
    assert made is not None
    return made


@pytest.fixture
def queue() -> Queue:
    made = make_queue(items=1)
    tiered(made)
    return made


@pytest.fixture
def moderator() -> Person:
    return make_person("moderator")


@pytest.fixture
def specialist() -> Person:
    return make_person("specialist")


def kinds(escalation: Escalation) -> list[str]:
    return list(escalation.steps.values_list("kind", flat=True))


def test_what_is_handed_up_is_handed_out_to_nobody(queue: Queue, moderator: Person, specialist: Person) -> None:
    made = raised(moderator, queue)
    assert (made.tier.name, made.due_at) == ("Specialists", after(minutes=60))
    for person in (moderator, make_person("moderator")):
        assert take_batch(as_actor(person), queue=queue, now=after(days=2)) == []
    assert Lease.objects.get().ending == Lease.RAISED
    assert (Task.objects.get().leased, Task.objects.get().closed_at) == (1, None)
    notice = notices_of(specialist).get()
    assert notice.url == made.get_absolute_url()
    assert "Who is this" not in notice.title


def test_a_tier_decides_for_good(queue: Queue, moderator: Person) -> None:
    made, actor = raised(moderator, queue), as_actor(make_person(["specialist", "moderator"]))
    take_escalation(actor, escalation=made, now=after(minutes=1))
    decision = decide_escalation(actor, escalation=made, answer={"label": "Yes"}, now=after(minutes=4))
    assert (decision.origin, decision.label, decision.active_ms) == ("tier", "Yes", 180_000)
    task = Task.objects.get()
    assert (task.decided, task.leased, task.closed_at) == (1, 0, after(minutes=4))
    made.refresh_from_db()
    assert (made.state, made.decision) == ("decided", decision)
    assert kinds(made) == ["raised", "taken", "decided"]
    with pytest.raises(NotNow):
        decide_escalation(actor, escalation=made, answer={"label": "No"}, now=after(minutes=5))
    with pytest.raises(NotNow):
        take_back(actor, decision=decision, now=after(minutes=5))
    assert "was decided" in notices_of(moderator).get().title


def test_the_tier_above_has_a_clock_of_its_own_and_the_top_has_none_above(
    queue: Queue, moderator: Person, specialist: Person
) -> None:
    made, actor = raised(moderator, queue), as_actor(specialist)
    moved = hand_up(actor, escalation=made, note="Beyond us.", now=after(minutes=10))
    assert (moved.tier.name, moved.due_at) == ("Policy team", after(minutes=190))
    with pytest.raises(NotNow, match="highest"):
        hand_up(actor, escalation=made, note="And now?", now=after(minutes=11))


def test_handed_back_it_is_in_the_same_hands_with_the_advice(
    queue: Queue, moderator: Person, specialist: Person
) -> None:
    made = raised(moderator, queue)
    hand_back(as_actor(specialist), escalation=made, advice="It is satire.", now=after(minutes=5))
    lease = take_batch(as_actor(moderator), queue=queue, now=after(minutes=6))[0]
    make_decision(as_actor(moderator), lease, now=after(minutes=7))
    assert Task.objects.get().decided == 1
    assert EscalationStep.objects.get(kind="handed_back").note == "It is satire."
    with pytest.raises(DatabaseError), transaction.atomic():
        EscalationStep.objects.all().delete()


def test_somebody_else_decides_and_only_those_named(queue: Queue) -> None:
    both, named, other = make_person(["moderator", "specialist"]), make_person("specialist"), make_person("specialist")
    tiered(queue, named, both)
    made = raised(both, queue)
    for person, problem in ((both, NotNow), (other, Refused), (make_person("lead"), Refused)):
        with pytest.raises(problem):
            decide_escalation(as_actor(person), escalation=made, answer={"label": "No"}, now=NOW)
    assert decide_escalation(as_actor(named), escalation=made, answer={"label": "No"}, now=NOW).label == "No"


def test_without_a_tier_the_item_stays_in_hand(moderator: Person) -> None:
    queue = make_queue(items=1)
    with pytest.raises(NotNow, match="no tier"):
        raised(moderator, queue)
    assert Lease.objects.get().ended_at is None
    with pytest.raises(Invalid) as wrong:
        raised(moderator, queue, reason="because")
    assert list(wrong.value.fields) == ["reason"]
    with pytest.raises(NotFound):
        escalate(as_actor(make_person("moderator")), lease_id=Lease.objects.get().pk, reason="language", now=NOW)


def test_an_overdue_one_is_told_once(queue: Queue, moderator: Person) -> None:
    lead = make_person("lead")
    made = raised(moderator, queue)
    notice_overdue(after(minutes=59))
    assert not notices_of(lead).exists()
    for minutes in (60, 61):
        notice_overdue(after(minutes=minutes))
    assert notices_of(lead).get().url == made.get_absolute_url()
    assert kinds(made) == ["raised", "overdue"]


@pytest.mark.parametrize(
    ("field", "value"), [("level", 0), ("level", 10), ("name", " "), ("minutes", 0), ("minutes", 43_201)]
)
def test_a_tier_that_cannot_work_is_refused(queue: Queue, field: str, value: Any) -> None:
    said: dict[str, Any] = {"level": 1, "name": "A", "minutes": 10, field: value}
    with pytest.raises(Invalid) as wrong:
        set_tier(SYSTEM, programme=queue.programme, now=NOW, **said)
    assert list(wrong.value.fields) == [field]


def test_every_reason_has_its_words() -> None:
    assert len({reason.slug for reason in REASONS}) == len(REASONS)
    assert all(str(reason.title) and str(reason.why) and len(reason.slug) <= 40 for reason in REASONS)


@given(st.sets(st.integers(1, 9)), st.integers(1, 9))
def test_the_level_above_is_the_nearest(levels: set[int], level: int) -> None:
    above = next_level(level, sorted(levels))
    higher = {each for each in levels if each > level}
    assert above == (min(higher) if higher else None)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from(["up", "back", "decide", "raise", "lapse"]), max_size=8))
def test_the_counters_hold_whatever_happens_in_whatever_order(steps: list[str]) -> None:
    with transaction.atomic():
        queue = make_queue(items=1, overlap=2)
        tiered(queue)
        people = [make_person("moderator"), make_person("moderator")]
        actor = as_actor(make_person("specialist"))
        for place, step in enumerate(steps):
            now = after(hours=place)
            try:
                if step == "raise":
                    raised(people[place % 2], queue, now=now)
                elif step == "lapse":
                    take_batch(as_actor(people[place % 2]), queue=queue, now=now)
                else:
                    open_ = Escalation.objects.filter(closed_at=None, task__queue=queue).first()
                    if open_ is not None and step == "up":
                        hand_up(actor, escalation=open_, note="Up", now=now)
                    elif open_ is not None and step == "back":
                        hand_back(actor, escalation=open_, advice="Back", now=now)
                    elif open_ is not None:
                        decide_escalation(actor, escalation=open_, answer={"label": "No"}, now=now)
            except (Problem, IndexError):
                pass
            task = Task.objects.get(queue=queue)
            running = Lease.objects.filter(task=task, ended_at=None).count()
            assert task.leased == running + Escalation.objects.filter(task=task, closed_at=None).count()
            assert task.decided == Decision.objects.filter(task=task).count()
            assert (task.closed_at is not None) == (task.decided >= task.wanted)
        transaction.set_rollback(True)


def test_pages_for_the_tier_a_colleague_and_a_stranger() -> None:
    partner = make_vendor()
    queue = make_queue(make_programme(partners=[partner]), items=3, batch_size=1)
    tiered(queue)
    moderator, specialist = make_person("moderator"), make_person("specialist")
    made = raised(moderator, queue)
    address = made.get_absolute_url()
    client = client_of(specialist)
    assert "60 min" in client.get("/work/escalations/").text or "late" in client.get("/work/escalations/").text
    assert "With key" in client.get(address).text
    for person in (moderator, make_person(["specialist", "lead", "moderator"], partner)):
        other = client_of(person)
        assert other.get(address).status_code == 404
        assert made.item.key not in other.get("/work/escalations/").text
        for verb in ("taking", "deciding", "handing-up", "handing-back"):
            assert other.post(f"{address}{verb}/").status_code == 404
    assert "Decide</" not in client_of(make_person("lead")).get(address).text
    assert client.post(f"{address}taking/").status_code == 302
    assert client.post(f"{address}deciding/", {}).status_code == 422
    assert client.post(f"{address}handing-up/", {"note": ""}).status_code == 422
    assert client.post(f"{address}deciding/", {"answer-JSON": '{"label": "Yes"}', "note": "Sure."}).status_code == 302
    assert Decision.objects.get().label == "Yes"
    assert ">Unsafe</a>" in client.get(address).text
    tiers = f"{queue.programme.get_absolute_url()}tiers/"
    manager = client_of(make_person("quality_manager"))
    assert "Specialists" in manager.get(f"{tiers}?level=1").text
    assert manager.post(tiers, {"level": 0, "name": "X", "minutes": 5}).status_code == 422
    assert (
        manager.post(tiers, {"level": 2, "name": "Legal", "minutes": 5, "people": [specialist.pk]}).status_code == 302
    )
    assert client.get(tiers).status_code == 403
    assert [tier.name for tier in Tier.objects.order_by("level")] == ["Specialists", "Legal", "Policy team"]


def test_the_api_hands_up_and_a_tier_works_by_it(queue: Queue, moderator: Person, specialist: Person) -> None:
    def post(person: Person, path: str, **said: Any) -> Any:
        answer = client_of(person).post(f"/api/v1/work{path}", json.dumps(said), content_type="application/json")
        return answer.json() | {"status": answer.status_code}

    lease = take_batch(as_actor(moderator), queue=queue, now=NOW)[0]
    assert post(moderator, f"/leases/{lease.pk}/escalate", reason="other")["fields"] == {"note": ["Write something."]}
    made = post(moderator, f"/leases/{lease.pk}/escalate", reason="language")
    assert made["status"] == 200
    assert post(moderator, f"/escalations/{made['id']}/take")["status"] == 404
    assert post(specialist, f"/escalations/{made['id']}/take")["holder_id"] is not None
    assert post(specialist, f"/escalations/{made['id']}/hand_up", note="Up")["state"] == "open"
    assert post(specialist, f"/escalations/{made['id']}/decide", answer={"label": "?"})["fields"].keys() == {"label"}
    assert post(specialist, f"/escalations/{made['id']}/decide", answer={"label": "No"})["origin"] == "tier"
    assert post(specialist, f"/escalations/{made['id']}/hand_back", note="Late")["status"] == 409
    rows = client_of(specialist).get("/api/v1/work/escalations?state=decided").json()["rows"]
    assert [row["id"] for row in rows] == [made["id"]]
    reasons = client_of(moderator).get("/api/v1/work/escalation_reasons").json()
    assert "child_safety" in {each["slug"] for each in reasons}
    owner, base = make_person("quality_manager"), f"/programmes/{queue.programme_id}/tiers"
    said = {"level": 1, "name": "First", "person_ids": [str(moderator.pk)]}
    assert post(owner, base, **said)["fields"].keys() == {"person_ids"}
    assert post(owner, base, **said | {"person_ids": [str(specialist.pk)]})["person_ids"] == [str(specialist.pk)]
    assert len(client_of(specialist).get(f"/api/v1/work{base}").json()) == 2
