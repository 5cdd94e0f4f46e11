"""A file holds what whoever ordered it may see, and no more; she fetches it as long as that is so."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoDbBlocker

from evenkeel.ground import trail
from evenkeel.ground.access import Actor
from evenkeel.ground.errors import NotFound
from evenkeel.ground.tests.worlds import made_once
from evenkeel.people import Person, Role, give_grant
from evenkeel.work import (
    Decision,
    Programme,
    Queue,
    Transfer,
    add_form,
    hand_in,
    order_export,
    take_batch,
)
from evenkeel.work.acts.transfers import fetch_file
from evenkeel.work.models import RestrictedItem, RestrictedLane
from evenkeel.work.transfers.running import run_transfer

from .factories import NOW, SPEC, SYSTEM, after, as_actor, make_decision, make_person, make_programme, make_queue

pytestmark = pytest.mark.django_db


@dataclass
class World:
    programme: Programme
    queue: Queue
    manager: Person
    of_queue: Person


def made() -> World:
    programme = make_programme()
    queue = make_queue(programme, items=2)
    moderator = as_actor(make_person("moderator"))
    for lease in take_batch(moderator, queue=queue, now=NOW):
        make_decision(moderator, lease, now=after(seconds=9))
    of_queue = make_person(())
    role = Role.objects.get(slug="quality_manager")
    give_grant(SYSTEM, person=of_queue, role=role, target=queue, now=NOW)
    return World(programme, queue, make_person("quality_manager"), of_queue)


@pytest.fixture(scope="module")
def _world(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any) -> Iterator[Any]:
    with made_once(django_db_blocker, tmp_path_factory.mktemp("world"), made) as given:
        yield given


@pytest.fixture
def world(_world: Any, db: None, data_dir: Path) -> World:
    found: World = _world(data_dir)
    return found


def by_token(person: Person, *scopes: str) -> Actor:
    return replace(as_actor(person), only_scopes=frozenset(scopes))


def done(transfer: Transfer) -> Transfer:
    run_transfer(transfer_id=str(transfer.pk), at=NOW.isoformat())
    transfer.refresh_from_db()
    return transfer


def content(actor: Actor, transfer: Transfer) -> str:
    with fetch_file(actor, transfer=transfer, now=NOW) as file:
        return file.read().decode()


def test_a_token_that_sees_no_decisions_gets_none_whatever_its_owner_may(world: World) -> None:
    narrow = by_token(world.manager, "work:export:make", "work:item:view")
    order: dict[str, Any] = {"programme": world.programme, "what": "items", "file_format": "label_studio", "now": NOW}
    tasks = json.loads(content(narrow, done(order_export(narrow, **order))))
    assert [task.get("annotations", []) for task in tasks] == [[], []]
    whole = done(order_export(as_actor(world.manager), **order))
    assert all(task["annotations"] for task in json.loads(content(as_actor(world.manager), whole)))
    with pytest.raises(NotFound, match="no such file"):
        fetch_file(narrow, transfer=whole, now=NOW)


def test_a_token_that_may_not_import_decisions_brings_none_in(world: World) -> None:
    choice = {"from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": ["Yes"]}}
    task = {"id": 1, "data": {"text": "x"}, "annotations": [{"completed_by": 1, "result": [choice]}]}
    file = SimpleUploadedFile("ls.json", json.dumps([task]).encode())
    before = Decision.objects.count()
    refused = done(hand_in(by_token(world.manager, "work:item:add"), programme=world.programme, uploaded=file, now=NOW))
    assert (refused.state, Decision.objects.count()) == ("failed", before)


def test_whoever_lost_a_right_fetches_nothing_made_with_it(world: World) -> None:
    actor = as_actor(world.manager)
    transfer = done(order_export(actor, programme=world.programme, file_format="csv", now=NOW))
    assert "label" in content(actor, transfer)
    fetched = trail.entries().filter(verb="export fetched", object_id=str(transfer.pk))
    assert [entry.actor_name for entry in fetched] == [world.manager.name]
    world.manager.role_grants.all().delete()
    queue_only = Role.objects.get(slug="quality_manager")
    give_grant(SYSTEM, person=world.manager, role=queue_only, target=world.queue, now=NOW)
    with pytest.raises(NotFound, match="no such file"):
        fetch_file(as_actor(world.manager), transfer=transfer, now=NOW)


def test_a_file_from_before_an_item_was_restricted_is_not_given_out(world: World) -> None:
    actor = as_actor(world.manager)
    transfer = done(order_export(actor, programme=world.programme, what="items", now=NOW))
    lane = RestrictedLane.objects.create(programme=world.programme, name="Legal", kind="legal", created_at=NOW)
    item = Decision.objects.filter(queue=world.queue)[0].item
    RestrictedItem.objects.create(item=item, lane=lane, reason="x", by_name="x", since=after(seconds=1), due_at=NOW)
    with pytest.raises(NotFound, match="Order it again"):
        fetch_file(actor, transfer=transfer, now=NOW)
    anew = done(order_export(actor, programme=world.programme, what="items", now=after(seconds=2)))
    assert len(io.StringIO(content(actor, anew)).readlines()) == 1


def test_a_grant_on_one_queue_gets_that_queues_forms(world: World) -> None:
    add_form(SYSTEM, programme=world.programme, name="Another", spec=SPEC, now=NOW)
    order: dict[str, Any] = {"programme": world.programme, "what": "forms", "now": NOW}
    every, own = as_actor(world.manager), as_actor(world.of_queue)
    names = [
        [json.loads(line)["name"] for line in content(actor, done(order_export(actor, **order))).splitlines()]
        for actor in (every, own)
    ]
    assert set(names[0]) - set(names[1]) == {"Another"}
    assert len(names[1]) == 1
