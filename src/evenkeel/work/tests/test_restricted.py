"""Restricted lanes: what lies there is found nowhere else, by nobody, and every look is written down."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.db.models import ForeignKey, Model
from django.test import Client

from evenkeel.ground import trail
from evenkeel.ground.access import all_scopes, load, may, reached_models, unveiled, veiled_by, visible
from evenkeel.ground.errors import Invalid, NotFound, NotNow, Refused
from evenkeel.ground.search import search
from evenkeel.people import Person
from evenkeel.people.notices import notices_of
from evenkeel.work import Decision, Item, Lease, Queue, Task, decide, fill_queue, take_back, take_batch
from evenkeel.work.acts.escalations import escalate, set_tier
from evenkeel.work.acts.questions import ask
from evenkeel.work.acts.restricted import open_restricted, release_item, restrict_item, set_lane, settle_restricted
from evenkeel.work.jobs import notice_overdue
from evenkeel.work.models import Escalation, Question, RestrictedItem, RestrictedLane
from evenkeel.work.queries.restricted import restricted_items, way_to_settle

from .factories import NOW, SYSTEM, after, as_actor, make_decision, make_person, make_programme, make_queue, make_vendor

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def queue() -> Queue:
    return make_queue(items=2, overlap=2, batch_size=1)


@pytest.fixture
def specialist() -> Person:
    return make_person("specialist")


def lane_of(queue: Queue, *people: Person, kind: str = "child_safety") -> RestrictedLane:
    return set_lane(SYSTEM, programme=queue.programme, kind=kind, name="Children", minutes=30, people=people, now=NOW)


def restricted(queue: Queue, item: Item, *people: Person) -> RestrictedItem:
    lane = lane_of(queue, *people)
    return restrict_item(SYSTEM, item=item, lane=lane, reason="Seen by a lead.", now=NOW)


def leads_to_item(model: type[Model], depth: int = 6) -> bool:
    if model is Item:
        return True
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    return depth > 0 and any(
        target is not model and isinstance(target, type) and leads_to_item(target, depth - 1)
        for target in (key.related_model for key in keys)
    )


# Reached by their own scope alone, or holding nothing of an item.
OPENLY = {"work.RestrictedItem", "quality.GateReturn", "quality.GateVerdict"}


def test_every_table_that_tells_of_an_item_is_under_its_veil() -> None:
    ours = [model for model in reached_models() if model._meta.app_label in settings.ROOMS]
    telling = {model._meta.label for model in ours if leads_to_item(model)}
    assert len(telling) > 10
    assert {model._meta.label for model in ours if veiled_by(model)} == telling - OPENLY
    assert {model._meta.app_label for model in ours if veiled_by(model)} > {"work"}


def test_a_reason_of_the_lane_moves_the_item_there_from_the_desk(queue: Queue, specialist: Person) -> None:
    moderator, other = make_person("moderator"), make_person("moderator")
    lane_of(queue)
    lease = take_batch(as_actor(moderator), queue=queue, now=NOW)[0]
    theirs = take_batch(as_actor(other), queue=queue, now=NOW)[0]
    assert theirs.task_id == lease.task_id
    assert escalate(as_actor(moderator), lease_id=lease.pk, reason="child_safety", note="See.", now=NOW) is None
    assert not Lease.objects.filter(ended_at=None).exists()
    with pytest.raises(NotNow):
        decide(as_actor(other), lease_id=theirs.pk, answer={"label": "No"}, client_key="later-key", now=NOW)
    again = take_batch(as_actor(other), queue=queue, now=NOW)
    assert lease.task_id not in {each.task_id for each in again}
    assert notices_of(specialist).get().title == "An item was moved to Children"
    assert fill_queue(SYSTEM, queue=make_queue(queue.programme), now=NOW) == 1
    with pytest.raises(Invalid):
        fill_queue(SYSTEM, queue=make_queue(queue.programme), item_ids=[lease.task.item_id], now=NOW)


def test_nobody_finds_it_by_any_scope_whatever_she_was_granted(queue: Queue) -> None:
    moderator, everything = make_person("moderator"), make_person(["administrator", "moderator"])
    made = make_decision(as_actor(moderator), take_batch(as_actor(moderator), queue=queue, now=NOW)[0])
    lease = take_batch(as_actor(everything), queue=queue, now=NOW)[0]
    ask(as_actor(everything), lease_id=lease.pk, body="Hm?", now=NOW)
    item = made.item
    actor = as_actor(everything)
    addresses = [made.get_absolute_url(), item.get_absolute_url(), Question.objects.get().get_absolute_url()]
    client = client_of(everything)
    assert {client.get(address).status_code for address in addresses} == {200}
    assert search(actor, item.key)
    restricted(queue, item)
    for scope in all_scopes():
        for model in (Item, Task, Lease, Decision, Question):
            rows = visible(actor, scope, model._default_manager.all())
            assert not [row for row in rows if item.pk in (row.pk, getattr(row, "item_id", None))]
    assert not may(actor, "work:item:view", item)
    with pytest.raises(NotFound):
        load(actor, "work:decision:view", Decision.objects.all(), made.pk)
    assert {client.get(address).status_code for address in addresses} == {404}
    assert search(actor, item.key) == []
    base = queue.programme.get_absolute_url()
    for address in (
        f"{base}items/", f"{base}items/?export=csv", f"{base}decisions/", f"{base}decisions/?export=json", "/work/mine/",
        "/work/questions/", "/work/questions/mine/", f"/api/v1/work/programmes/{queue.programme_id}/items",
        f"/api/v1/work/programmes/{queue.programme_id}/decisions", "/work/restricted/", "/api/v1/work/restricted",
    ):  # fmt: skip
        answer = client.get(address)
        text = b"".join(answer).decode()
        assert answer.status_code == 200, address
        assert item.key not in text, address
        assert str(made.pk) not in text, address
    assert item.key not in client_of(moderator).get("/work/mine/").text
    with pytest.raises(NotNow, match="stands"):
        take_back(as_actor(moderator), decision=made, now=NOW)


def test_a_look_is_written_down_and_needs_the_lanes_people(queue: Queue, specialist: Person) -> None:
    item = Item.objects.order_by("id")[0]
    made = restricted(queue, item, specialist)
    other = make_person(["specialist", "administrator"])
    assert open_restricted(as_actor(specialist), restricted=made, now=NOW) == item
    assert next((each.verb, each.actor_name) for each in trail.history(made)) == ("looked at", specialist.name)
    with pytest.raises(NotFound):
        open_restricted(as_actor(other), restricted=made, now=NOW)
    with pytest.raises(Refused):
        open_restricted(as_actor(make_person("quality_manager")), restricted=made, now=NOW)
    assert list(restricted_items(as_actor(specialist))) == [made]
    assert not restricted_items(as_actor(other)).exists()
    assert item.key not in str(made)


def test_it_is_settled_in_the_lane_and_stays_hidden(queue: Queue, specialist: Person) -> None:
    made = restricted(queue, Item.objects.order_by("id")[0])
    form_version, its_queue = way_to_settle(made.item)
    assert form_version is not None
    assert its_queue == queue
    said: dict[str, Any] = {
        "restricted": made,
        "form_version": form_version,
        "queue": queue,
        "answer": {"label": "Yes"},
    }
    decision = settle_restricted(as_actor(specialist), since=NOW, now=after(minutes=2), **said)
    assert (decision.origin, decision.active_ms) == ("tier", 120_000)
    assert not visible(as_actor(make_person("administrator")), "work:decision:view", Decision.objects.all()).exists()
    with pytest.raises(NotNow):
        settle_restricted(as_actor(specialist), now=after(minutes=3), **said)
    assert "label" not in trail.history(made)[0].detail_json


def test_released_it_is_found_and_handed_out_again(queue: Queue, specialist: Person) -> None:
    item = Item.objects.order_by("id")[0]
    made = restricted(queue, item)
    assert not unveiled(Item.objects.filter(pk=item.pk)).exists()
    with pytest.raises(Invalid):
        release_item(as_actor(specialist), restricted=made, reason=" ", now=NOW)
    release_item(as_actor(specialist), restricted=made, reason="A doll.", now=NOW)
    assert may(as_actor(make_person("lead")), "work:item:view", item)
    lease = take_batch(as_actor(make_person("moderator")), queue=queue, now=NOW)[0]
    assert lease.task.item_id == item.pk


def test_what_was_handed_up_or_asked_about_it_goes_with_it(queue: Queue) -> None:
    set_tier(SYSTEM, programme=queue.programme, level=1, name="First", minutes=10, now=NOW)
    people = [make_person("moderator"), make_person("moderator")]
    leases = [take_batch(as_actor(person), queue=queue, now=NOW)[0] for person in people]
    escalate(as_actor(people[0]), lease_id=leases[0].pk, reason="language", now=NOW)
    ask(as_actor(people[1]), lease_id=leases[1].pk, body="Hm?", is_aside=True, now=NOW)
    restricted(queue, leases[0].task.item)
    assert Escalation.objects.get().state == "moved"
    assert not Question.objects.get().is_aside
    task = Task.objects.get(pk=leases[0].task_id)
    assert (task.leased, task.closed_at) == (0, NOW)


def test_an_overdue_one_is_told_to_the_lanes_people_alone(queue: Queue, specialist: Person) -> None:
    manager, other = make_person("quality_manager"), make_person("specialist")
    restricted(queue, Item.objects.order_by("id")[0], specialist)
    for minutes in (30, 40):
        notice_overdue(after(minutes=minutes))
    titles = [each.title for each in notices_of(specialist)]
    assert titles == ["Overdue in Children: an item waits", "An item was moved to Children"]
    assert not notices_of(manager).exists()
    assert not notices_of(other).exists()


def test_pages_for_the_specialist_a_colleague_and_a_stranger(specialist: Person) -> None:
    partner = make_vendor()
    queue = make_queue(make_programme(partners=[partner]), items=1)
    item = Item.objects.get()
    manager, client = client_of(make_person("quality_manager")), client_of(specialist)
    lanes = f"{queue.programme.get_absolute_url()}lanes/"
    assert manager.post(lanes, {"kind": "legal", "name": "", "minutes": 5}).status_code == 422
    assert manager.post(lanes, {"kind": "legal", "name": "Court", "minutes": 5}).status_code == 302
    assert "Court" in manager.get(lanes).text
    assert client.get(lanes).status_code == 403
    moving = f"{item.get_absolute_url()}restriction/"
    assert manager.get(moving).status_code == 200
    assert client_of(make_person("qa_specialist")).get(moving).status_code == 404
    assert client_of(make_person("moderator")).get(moving).status_code == 404
    assert manager.post(moving, {"lane": RestrictedLane.objects.get().pk, "reason": ""}).status_code == 422
    assert manager.post(moving, {"lane": RestrictedLane.objects.get().pk, "reason": "A claim."}).status_code == 302
    made = RestrictedItem.objects.get()
    address = made.get_absolute_url()
    for person in (make_person("quality_manager"), make_person(["specialist", "administrator"], partner)):
        other = client_of(person)
        assert other.get(address).status_code == other.post(address).status_code == 404
        assert other.post(f"{address}releasing/", {"reason": "x"}).status_code == 404
        assert str(made.pk) not in other.get("/work/restricted/").text
    assert client_of(make_person("lead")).get("/work/restricted/").status_code == 403
    page = client.get(address).text
    assert "With key" not in page + client.get("/work/restricted/").text
    assert item.key not in page
    assert "With key" in client.post(address).text
    assert trail.history(made)[0].verb == "looked at"
    settling = {"opened_at": NOW.isoformat()}
    assert client.post(address, settling).status_code == 422
    assert client.post(address, settling | {"answer-JSON": '{"label": "No"}'}).status_code == 302
    assert "settled" in client.get("/work/restricted/?state=settled").text
    assert client.post(f"{address}releasing/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}releasing/", {"reason": "Dropped."}).status_code == 302


def test_the_api_tells_content_by_one_call_alone(queue: Queue, specialist: Person) -> None:
    def post(person: Person, path: str, **said: Any) -> Any:
        answer = client_of(person).post(f"/api/v1/work{path}", json.dumps(said), content_type="application/json")
        return answer.json() | {"status": answer.status_code}

    owner, item = make_person("quality_manager"), Item.objects.order_by("id")[0]
    base = f"/programmes/{queue.programme_id}/restricted_lanes"
    assert "kind" in post(owner, base, kind="x", name="A")["fields"]
    lane = post(owner, base, kind="legal", name="Court", person_ids=[str(specialist.pk)])
    assert post(owner, f"/items/{item.pk}/restrict", lane_id=str(item.pk), reason="x")["status"] == 404
    made = post(owner, f"/items/{item.pk}/restrict", lane_id=lane["id"], reason="A claim.")
    assert post(owner, f"/items/{item.pk}/restrict", lane_id=lane["id"], reason="Again.")["status"] == 404
    assert post(owner, f"/restricted/{made['id']}/open")["status"] == 404
    assert client_of(specialist).get("/api/v1/work/restricted_lanes").json()[0]["open_count"] == 1
    assert post(specialist, f"/restricted/{made['id']}/open")["key"] == item.key
    assert post(specialist, f"/restricted/{made['id']}/settle", answer={})["status"] == 422
    assert post(specialist, f"/restricted/{made['id']}/settle", answer={"label": "No"})["label"] == "No"
    assert post(specialist, f"/restricted/{made['id']}/release", reason="Dropped.")["id"] == str(item.pk)
