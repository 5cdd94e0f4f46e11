"""The floor shows who works where and what waits, to whom it may, in as many queries for a long history as for a short one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid, Refused
from evenkeel.people import Person, note_work, switch_state
from evenkeel.planning import Narrowed, floor, set_backlog_target
from evenkeel.work import Queue, take_batch
from evenkeel.work.models import Task
from evenkeel.work.tests import factories
from evenkeel.work.tests.factories import NOW, after, as_actor

pytestmark = pytest.mark.django_db
EVERYTHING = Narrowed()


@pytest.fixture
def queue() -> Queue:
    return factories.make_queue(name="Scams", items=8, batch_size=2, target_s=600)


def at_work(queue: Queue, *, team: object = None, now: datetime = NOW) -> tuple[Person, Actor]:
    person = factories.make_person("moderator", team=team)  # type: ignore[arg-type]
    return person, _takes_work(person, queue, now)


def _takes_work(person: Person, queue: Queue, now: datetime = NOW) -> Actor:
    """What the desk does."""
    actor = as_actor(person)
    take_batch(actor, queue=queue, now=now)
    note_work(actor, state="production", programme_id=queue.programme_id, queue_id=queue.pk, now=now)
    return actor


def test_it_tells_who_is_where_and_what_waits(queue: Queue) -> None:
    person, actor = at_work(queue)
    resting = factories.make_person("moderator")
    switch_state(as_actor(resting), worker=resting.worker, state="break", now=after(minutes=2))
    lead = as_actor(factories.make_person("lead"))
    found = floor(lead, narrowed=EVERYTHING, now=after(minutes=5))
    assert [(one.name, one.state, one.since, one.queue_id) for one in found.people] == [
        (person.name, "production", NOW, queue.pk),
        (resting.name, "break", after(minutes=2), None),
    ]
    (line,) = found.queues
    assert (line.people, line.now.waiting, line.now.in_hand, line.now.late) == (1, 6, 2, 0)
    assert (line.now.oldest_at, line.now.next_due_at) == (NOW, after(minutes=10))
    assert found.at_queues == 1
    late = floor(lead, narrowed=EVERYTHING, now=after(minutes=10))
    assert (late.late, late.next_due_at) == (8, None)
    assert actor.worker_id == found.people[0].worker_id


def test_what_was_decided_waits_no_more(queue: Queue) -> None:
    _person, actor = at_work(queue)
    leases = take_batch(actor, queue=queue, now=NOW)
    for lease in leases:
        factories.make_decision(actor, lease, now=after(minutes=1))
    found = floor(as_actor(factories.make_person("lead")), narrowed=EVERYTHING, now=after(minutes=2))
    assert (found.waiting, found.queues[0].now.in_hand) == (6, 0)


def test_a_backlog_target_stands_out(queue: Queue) -> None:
    lead = as_actor(factories.make_person("lead"))
    other = factories.make_queue(queue.programme, name="Calm", items=1)
    set_backlog_target(lead, queue=queue, most=5, now=NOW)
    found = floor(lead, narrowed=EVERYTHING, now=NOW)
    assert [(line.now.name, line.is_over, line.is_unattended) for line in found.queues] == [
        ("Scams", True, True),
        ("Calm", False, True),
    ]
    set_backlog_target(lead, queue=queue, most=8, now=NOW)
    assert not any(line.is_over for line in floor(lead, narrowed=EVERYTHING, now=NOW).queues)
    set_backlog_target(lead, queue=queue, most=None, now=NOW)
    set_backlog_target(lead, queue=other, most=None, now=NOW)
    assert [line.most for line in floor(lead, narrowed=EVERYTHING, now=NOW).queues] == [None, None]
    with pytest.raises(Invalid):
        set_backlog_target(lead, queue=queue, most=0, now=NOW)
    with pytest.raises(Refused):
        set_backlog_target(as_actor(factories.make_person("moderator")), queue=queue, most=1, now=NOW)


def test_a_lead_sees_her_team_and_a_stranger_nothing() -> None:
    vendor = factories.make_vendor()
    ours, theirs = factories.make_team(factories.make_house()), factories.make_team(vendor)
    programme = factories.make_programme(partners=[vendor, ours.site.organisation])
    queue = factories.make_queue(programme, items=6, batch_size=2)
    mine, _actor = at_work(queue, team=ours)
    hers = factories.make_person("moderator", organisation=vendor, team=theirs)
    _takes_work(hers, queue)

    def seen(person: Person, narrowed: Narrowed = EVERYTHING) -> tuple[list[str], list[str]]:
        found = floor(as_actor(person), narrowed=narrowed, now=after(minutes=1))
        return [one.name for one in found.people], [line.now.name for line in found.queues]

    manager = factories.make_person("lead")
    assert seen(manager) == ([mine.name, hers.name], [queue.name])
    assert seen(manager, Narrowed(site=theirs.site_id)) == ([hers.name], [queue.name])
    assert seen(manager, Narrowed(team=ours.pk, queue=queue.pk)) == ([mine.name], [queue.name])
    assert seen(factories.make_person("lead", target=ours)) == ([mine.name], [queue.name])
    assert seen(factories.make_person("vendor_manager", organisation=vendor)) == ([hers.name], [queue.name])
    assert seen(factories.make_person("vendor_manager", organisation=factories.make_vendor())) == ([], [])
    designer = floor(as_actor(factories.make_person("quality_manager")), narrowed=EVERYTHING, now=NOW)
    assert (designer.people, designer.sees_people, designer.queues[0].people) == ([], False, None)


def client_of(person: Person, monkeypatch: pytest.MonkeyPatch, now: datetime) -> Client:
    monkeypatch.setattr("evenkeel.ground.clock.now", lambda: now)
    client = Client()
    client.force_login(person)
    return client


def test_the_page_asks_for_what_changed_only(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    person, _actor = at_work(queue)
    lead = factories.make_person("lead")
    client = client_of(lead, monkeypatch, after(minutes=5, seconds=4))
    page = client.get("/planning/floor/").content.decode()
    assert person.name in page
    assert "Scams" in page
    poll = page.partition('hx-get="')[2].partition('"')[0].replace("&amp;", "&")
    assert client.get(poll).status_code == 204
    # Seconds are not shown, so they change nothing; a minute does.
    assert client_of(lead, monkeypatch, after(minutes=5, seconds=8)).get(poll).status_code == 204
    client = client_of(lead, monkeypatch, after(minutes=6))
    changed = client.get(poll)
    assert changed.status_code == 200
    assert "<html" not in changed.content.decode()
    late = client_of(lead, monkeypatch, after(minutes=11)).get(poll).content.decode()
    assert 'data-alert="Items are late in Scams."' in late
    sent = client.post(f"/planning/queues/{queue.pk}/backlog-target/", {"most": "3"}, follow=True)
    assert "over target" in sent.content.decode()
    for wrong in ("-1", "many", "0", "9" * 30):
        assert client.post(f"/planning/queues/{queue.pk}/backlog-target/", {"most": wrong}).status_code == 302
    assert queue.backlog_target.most == 3


def test_pages_for_colleague_and_stranger(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    for person in (factories.make_person("moderator"), factories.make_person("data_scientist")):
        assert client_of(person, monkeypatch, NOW).get("/planning/floor/").status_code == 403
        assert client_of(person, monkeypatch, NOW).get("/planning/floor/live/").status_code == 403
    stranger = client_of(
        factories.make_person("vendor_manager", organisation=factories.make_vendor()), monkeypatch, NOW
    )
    assert "Scams" not in stranger.get("/planning/floor/").content.decode()
    assert "No queue here" in stranger.get("/planning/floor/").content.decode()
    assert stranger.post(f"/planning/queues/{queue.pk}/backlog-target/", {"most": "1"}).status_code == 404


def test_its_queries_are_few_and_walk_indexes_of_what_is_open(queue: Queue) -> None:
    lead = as_actor(factories.make_person("lead"))

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            floor(lead, narrowed=EVERYTHING, now=NOW)
        return [query["sql"] for query in queries]

    few = asked()
    for _number in range(3):
        at_work(queue)
        factories.make_queue(queue.programme, items=2)
    Task.objects.filter(queue=queue, leased=0).update(closed_at=NOW - timedelta(days=1))
    assert len(asked()) == len(few) == 7
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            plans = []
            for sql in asked():
                if "work_task" in sql:
                    cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                    plans += [row[3] for row in cursor.fetchall()]
        partial = ("work_task_open", "work_task_spoken", "work_task_due", "work_lease_running")
        # Each of these indexes holds what is open and nothing else.
        walked = [plan for plan in plans if plan.startswith("SCAN")]
        assert all(any(index in plan for index in partial) for plan in walked), plans
        assert len(walked) == 3
