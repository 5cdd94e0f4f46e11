"""Event modes: one switch that changes what comes first, and is over by the clock, whoever is awake."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.ground import clock
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.ground.templatetags.wording import moment_text
from evenkeel.people import Person
from evenkeel.people.notices import notices_of
from evenkeel.work import NewItem, Queue, add_items, fill_queue, take_batch
from evenkeel.work.acts.event_modes import begin_event_mode, end_event_mode
from evenkeel.work.jobs import tell_of_event_modes
from evenkeel.work.models import EventMode
from evenkeel.work.queries.event_modes import lifted_queues, modes_of_queue

from .factories import NOW, SYSTEM, after, as_actor, make_person, make_programme, make_queue, make_vendor


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def begun(queue: Queue, **said: Any) -> EventMode:
    whole: dict[str, Any] = {"name": "Election", "begins_at": NOW, "until": after(hours=2), "guidance": "Count."} | said
    return begin_event_mode(SYSTEM, programme=queue.programme, now=NOW, **whole)


def first_key(queue: Queue, now: datetime) -> str:
    """The item that a new moderator gets first."""
    lease = take_batch(as_actor(make_person("moderator")), queue=queue, now=now)[0]
    return str(lease.task.item.key)


@pytest.fixture
def queue(db: None) -> Queue:
    """Ten English items before two French ones, one of them from Gabon; enough people may see each."""
    made = make_queue(batch_size=1, overlap=9)
    rest = [NewItem(key=f"en-{n}", content={"text": "x"}, language="en") for n in range(10)]
    french = [
        NewItem(key="fr-0", content={"text": "x"}, language="fr"),
        NewItem(key="fr-1", content={"text": "x"}, language="fr", attributes={"region": "GA"}),
    ]
    add_items(SYSTEM, programme=made.programme, items=[*rest, *french], now=NOW)
    fill_queue(SYSTEM, queue=made, now=NOW)
    return made


@given(st.integers(-100, 100), st.integers(1, 100), st.none() | st.integers(-100, 100), st.integers(-300, 300))
def test_it_holds_from_its_beginning_to_its_first_end(begins: int, lasts: int, ended: int | None, at: int) -> None:
    mode = EventMode(
        begins_at=NOW + timedelta(minutes=begins),
        until=NOW + timedelta(minutes=begins + lasts),
        ended_at=None if ended is None else NOW + timedelta(minutes=ended),
    )
    end = begins + lasts if ended is None else min(begins + lasts, ended)
    assert mode.holds_at(NOW + timedelta(minutes=at)) == (begins <= at < end)


def test_an_events_items_come_first_and_the_clock_alone_ends_it(queue: Queue) -> None:
    assert first_key(queue, NOW) == "en-0"
    begun(queue, languages=["fr"], until=after(hours=1))
    assert first_key(queue, after(minutes=59)) == "fr-0"
    # No job has run: whoever takes next reads the clock.
    assert first_key(queue, after(minutes=60)) == "en-0"
    assert modes_of_queue(queue, after(minutes=60)) == []


def test_a_region_narrows_further_and_the_rest_follows(queue: Queue) -> None:
    begun(queue, languages=["fr"], regions=["GA"])
    assert first_key(queue, NOW) == "fr-1"
    queue.batch_size = 3
    queue.save()
    leases = take_batch(as_actor(make_person("moderator")), queue=queue, now=NOW)
    assert {lease.task.item.key for lease in leases} == {"fr-1", "en-0", "en-1"}


def test_a_drill_changes_nothing_unless_it_is_meant_to(queue: Queue) -> None:
    drill = begun(queue, languages=["fr"], is_drill=True)
    assert first_key(queue, NOW) == "en-0"
    assert lifted_queues([queue], NOW) == {}
    assert modes_of_queue(queue, NOW) == [drill]
    begun(queue, languages=["fr"], is_drill=True, moves_order=True)
    assert first_key(queue, NOW) == "fr-0"


def test_ended_by_hand_it_is_over_at_once(queue: Queue) -> None:
    mode = begun(queue, languages=["fr"])
    end_event_mode(SYSTEM, event_mode=mode, now=after(minutes=5))
    assert first_key(queue, after(minutes=5)) == "en-0"
    with pytest.raises(NotNow):
        end_event_mode(SYSTEM, event_mode=mode, now=after(minutes=6))


def test_named_queues_come_first_and_no_others(queue: Queue) -> None:
    other, elsewhere = make_queue(queue.programme), make_queue()
    mode = begun(queue, queues=[queue])
    assert lifted_queues([other, queue, elsewhere], NOW) == {queue.pk: mode}
    assert modes_of_queue(other, NOW) == []
    begun(queue, name="All")
    assert set(lifted_queues([other, queue, elsewhere], NOW)) == {queue.pk, other.pk}
    assert lifted_queues([queue, other], after(hours=2)) == {}


def test_people_are_told_once_of_its_beginning_and_its_end(queue: Queue) -> None:
    moderator = make_person("moderator")
    begun(queue, begins_at=after(minutes=10), until=after(minutes=20), is_drill=True)
    for minutes in (9, 10, 11, 19, 20, 30):
        tell_of_event_modes(after(minutes=minutes))
    titles = sorted(each.title for each in notices_of(moderator))
    assert titles == ["Drill: Event mode is off: Election", "Drill: Event mode is on: Election"]


def test_one_that_was_over_before_anybody_was_told_is_told_of_by_nobody(queue: Queue) -> None:
    moderator = make_person("moderator")
    begun(queue)
    tell_of_event_modes(after(days=1))
    assert not notices_of(moderator).exists()


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("name", {"name": " "}),
        ("until", {"until": NOW}),
        ("until", {"until": after(days=40)}),
        ("until", {"begins_at": after(days=-3), "until": after(days=-1)}),
        ("until", {"begins_at": NOW.replace(tzinfo=None)}),
        ("languages", {"languages": ["klingonese!"]}),
        ("regions", {"regions": ["x" * 41]}),
    ],
)
def test_a_mode_that_cannot_be_is_refused(queue: Queue, field: str, said: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as wrong:
        begun(queue, **said)
    assert list(wrong.value.fields) == [field]
    with pytest.raises(Invalid):
        begun(queue, queues=[make_queue()])


def test_the_desk_shows_its_guidance_as_long_as_it_holds(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    moderator = client_of(make_person("moderator"))
    address = f"/api/v1/work/queues/{queue.pk}/beside"
    assert moderator.get(address).json()["banners"] == []
    mode = begun(queue, name="Flood", guidance="Help first.", is_drill=True)
    banner = moderator.get(address).json()["banners"][0]
    assert (banner["id"], banner["guidance"], banner["is_drill"]) == (str(mode.pk), "Help first.", True)
    assert banner["until_said"] == moment_text(mode.until, now=NOW), "as every page says it"


def test_pages_for_the_owner_a_colleague_and_a_stranger(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    partner = make_vendor()
    queue = make_queue(make_programme(partners=[partner]), items=1)
    manager = client_of(make_person("quality_manager"))
    form = f"{queue.programme.get_absolute_url()}event-modes/"
    said = {"name": "Storm", "begins_at": "2026-03-02T10:00", "until": "2026-03-02T12:00"}
    assert manager.post(form, said | {"until": "2030-11-01T10:00"}).status_code == 422
    for more, moves in (({}, True), ({"is_drill": "on"}, False), ({"is_drill": "on", "drill_moves_order": "on"}, True)):
        assert manager.post(form, said | more).status_code == 302
        assert EventMode.objects.latest("id").moves_order is moves
    mode = begun(queue, name="Flood", until=after(hours=5))
    address = mode.get_absolute_url()
    assert manager.get(form).status_code == 200
    assert "Count." in manager.get(address).text
    assert "Flood" in client_of(make_person("lead")).get("/work/event-modes/").text
    assert client_of(make_person("lead")).get(form).status_code == 403
    assert client_of(make_person("lead")).post(f"{address}ending/").status_code == 403
    for person in (make_person("moderator"), make_person(["lead", "quality_manager"], partner)):
        other = client_of(person)
        assert other.get(address).status_code == other.post(f"{address}ending/").status_code == 404
        assert "Flood" not in other.get("/work/event-modes/").text
    with pytest.raises(Refused):
        end_event_mode(as_actor(make_person("lead")), event_mode=mode, now=NOW)


def test_the_api_switches_on_and_off(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)

    def post(person: Person, path: str, **said: Any) -> Any:
        answer = client_of(person).post(f"/api/v1/work{path}", json.dumps(said), content_type="application/json")
        return answer.json() | {"status": answer.status_code}

    owner, base = make_person("quality_manager"), f"/programmes/{queue.programme_id}/event_modes"
    until = after(days=1).isoformat()
    assert post(owner, base, name="A", until="2020-01-01T00:00:00Z")["fields"].keys() == {"until"}
    assert post(owner, base, name="A", until=until, queue_ids=[str(queue.programme_id)])["status"] == 422
    assert post(owner, base, name="A", until="0001-01-01T00:00:00+14:00")["status"] == 422
    made = post(owner, base, name="A", until=until, queue_ids=[str(queue.pk)], languages=["fr"])
    assert (made["is_on"], made["moves_order"]) == (True, True)
    assert post(make_person("lead"), base, name="B", until=until)["status"] == 404
    assert post(owner, f"/event_modes/{made['id']}/end")["is_on"] is False
    assert post(owner, f"/event_modes/{made['id']}/end")["status"] == 409
    rows = client_of(owner).get(f"/api/v1/work/event_modes?programme_id={queue.programme_id}").json()["rows"]
    assert [row["id"] for row in rows] == [made["id"]]
