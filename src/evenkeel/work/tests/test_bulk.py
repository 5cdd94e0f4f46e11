"""Changes to many tasks at once: previewed, reasoned, agreed to, done in portions, put back; and only by who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from evenkeel.ground import trail
from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.people import Person
from evenkeel.people.models import Notice
from evenkeel.work import (
    BulkAct,
    BulkRow,
    Item,
    Programme,
    Queue,
    Selection,
    Task,
    approve_bulk,
    bulk_running,
    fill_queue,
    order_bulk,
    preview_of,
    refuse_bulk,
    reverse_bulk,
    take_batch,
)
from evenkeel.work.bulk_running import run_bulk
from evenkeel.work.jobs import take_up_bulk_acts
from evenkeel.work.rules.bulk import Plan, TaskState, changed, restored

from .factories import (
    NOW,
    SYSTEM,
    after,
    as_actor,
    make_decision,
    make_items,
    make_person,
    make_programme,
    make_queue,
    make_vendor,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return make_programme("Safety")


@pytest.fixture
def queue(programme: Programme) -> Queue:
    return make_queue(programme, name="First", items=8, batch_size=1)


@pytest.fixture
def manager() -> Person:
    return make_person("quality_manager")


def ask(actor: Actor, programme: Programme, verb: str = "close", **said: Any) -> BulkAct:
    wanted: dict[str, Any] = {"selection": Selection(state="open"), "reason": "Wrong batch", "now": NOW}
    return order_bulk(actor, programme=programme, verb=verb, **(wanted | said))


def do(made: BulkAct, *, now: Any = NOW) -> BulkAct:
    run_bulk(act_id=str(made.pk), at=now.isoformat())
    made.refresh_from_db()
    return made


def shape(programme: Programme) -> list[tuple[Any, ...]]:
    rows = Task.objects.filter(queue__programme=programme).order_by("id")
    return list(rows.values_list("queue__name", "priority", "wanted", "decided", "closed_at"))


def test_what_is_previewed_is_what_is_touched(programme: Programme, queue: Queue, manager: Person) -> None:
    actor = as_actor(manager)
    preview = preview_of(programme, Selection(state="open"))
    assert (preview.total, preview.by_queue) == (8, [{"queue": "First", "open": 8, "closed": 0, "in_hand": 0}])
    made = ask(actor, programme)
    late = make_items(2, programme)
    fill_queue(SYSTEM, queue=queue, item_ids=[item.pk for item in late], now=NOW)
    assert do(made).counts == {"changed": 8}
    assert Task.objects.filter(closed_at=None).count() == 2, "what came later was not meant"
    assert [entry.verb for entry in trail.history(made)][-1] == "bulk act asked"
    assert "Wrong batch" in trail.history(made)[-1].detail_json


def test_each_verb_and_its_way_back(programme: Programme, queue: Queue, manager: Person) -> None:
    actor = as_actor(manager)
    other = make_queue(programme, name="Second", overlap=3)
    before = shape(programme)
    for verb, said in (
        ("prioritise", {"priority": 7.5}),
        ("reroute", {"to_queue": other}),
        ("close", {}),
    ):
        made = do(ask(actor, programme, verb, **said))
        assert made.counts == {"changed": 8}, verb
        assert shape(programme) != before
        back = do(reverse_bulk(actor, done=made, reason="Not after all", now=NOW))
        assert back.counts == {"changed": 8}
        assert shape(programme) == before, verb
    do(ask(actor, programme))
    closed = shape(programme)
    made = do(ask(actor, programme, "reopen", selection=Selection(state="closed")))
    assert Task.objects.filter(closed_at=None).count() == 8
    do(reverse_bulk(actor, done=made, reason="Back", now=NOW))
    assert shape(programme) == closed


def test_what_is_in_hand_or_changed_since_is_left_and_reported(
    programme: Programme, queue: Queue, manager: Person
) -> None:
    actor, mo = as_actor(manager), as_actor(make_person("moderator"))
    (lease,) = take_batch(mo, queue=queue, now=NOW)
    made = do(ask(actor, programme))
    assert made.counts == {"changed": 7, "in-hand": 1}
    assert BulkRow.objects.get(act=made, outcome="left").task_id == lease.task_id
    make_decision(mo, lease, now=after(seconds=5))
    task = Task.objects.exclude(pk=lease.task_id).order_by("pk")[0]
    Task.objects.filter(pk=task.pk).update(closed_at=None)
    back = do(reverse_bulk(actor, done=made, reason="Back", now=after(seconds=9)))
    assert back.counts == {"changed": 6, "since": 1}
    assert BulkRow.objects.filter(act=back, outcome="left").count() == 1


def test_an_item_is_in_a_queue_once(programme: Programme, queue: Queue, manager: Person) -> None:
    other = make_queue(programme, name="Second")
    some = list(Item.objects.order_by("pk").values_list("pk", flat=True)[:3])
    fill_queue(SYSTEM, queue=other, item_ids=some, now=NOW)
    made = do(ask(as_actor(manager), programme, "reroute", to_queue=other))
    assert made.counts == {"changed": 5, "there": 3, "same": 3}


def test_above_a_size_a_second_person_has_to_agree(
    programme: Programme, queue: Queue, manager: Person, data_dir: Any
) -> None:
    first, second = as_actor(manager), as_actor(make_person("quality_manager"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "EVENKEEL", replace(settings.EVENKEEL, bulk_alone_up_to=7))
        held = ask(first, programme)
        assert (held.state, held.expires_at) == ("held", after(hours=24))
        assert Notice.objects.filter(person_id=str(second.person_id)).count() == 1
        assert do(held).state == "held", "nothing begins by itself"
        for wrong in (first, SYSTEM):
            with pytest.raises(Refused, match="second person"):
                approve_bulk(wrong, held=held, now=NOW)
        with pytest.raises(Refused):
            approve_bulk(as_actor(make_person("moderator")), held=held, now=NOW)
        with pytest.raises(NotNow, match="in time"):
            approve_bulk(second, held=held, now=after(hours=25))
        assert approve_bulk(second, held=held, now=after(hours=1)).state == "queued"
        assert do(held, now=after(hours=1)).counts == {"changed": 8}
        with pytest.raises(NotNow):
            approve_bulk(second, held=held, now=after(hours=2))
        assert reverse_bulk(first, done=held, reason="Back", now=NOW).state == "held", "the way back has the same size"
        other = ask(first, programme, "reopen", selection=Selection(state="closed"))
        assert refuse_bulk(second, held=other, now=NOW).state == "refused"
        third = ask(first, programme, "reopen", selection=Selection(state="closed"))
        assert refuse_bulk(first, held=third, now=NOW).state == "withdrawn"
        fourth = ask(first, programme, "reopen", selection=Selection(state="closed"))
        take_up_bulk_acts(after(hours=24))
        fourth.refresh_from_db()
        assert fourth.state == "expired"


def test_a_kill_between_portions_loses_and_repeats_nothing(
    programme: Programme, queue: Queue, manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_running, "_PORTION", 3)
    done: list[int] = []
    made = ask(as_actor(manager), programme, "prioritise", priority=1.0)
    real = bulk_running._portion

    def killed(*said: Any, **named: Any) -> int:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(1)
        return real(*said, **named)

    with monkeypatch.context() as patch:
        patch.setattr(bulk_running, "_portion", killed)
        with pytest.raises(KeyboardInterrupt):
            run_bulk(act_id=str(made.pk), at=NOW.isoformat())
    made.refresh_from_db()
    assert (made.state, made.counts) == ("running", {"changed": 6})
    assert do(made, now=after(seconds=20)).state == "running", "another process may still be at it"
    assert do(made, now=after(minutes=2)).counts == {"changed": 8}
    assert BulkRow.objects.filter(act=made, outcome="changed").count() == 8


def test_a_reversal_happens_once(programme: Programme, queue: Queue, manager: Person) -> None:
    actor = as_actor(manager)
    made = ask(actor, programme)
    with pytest.raises(NotNow):
        reverse_bulk(actor, done=made, reason="x", now=NOW)
    do(made)
    back = do(reverse_bulk(actor, done=made, reason="x", now=NOW))
    for again in (made, back):
        with pytest.raises(NotNow):
            reverse_bulk(actor, done=again, reason="x", now=NOW)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"verb": "burn"}, "verb"),
        ({"verb": "prioritise"}, "priority"),
        ({"verb": "prioritise", "priority": float("nan")}, "priority"),
        ({"verb": "reroute"}, "to_queue"),
        ({"selection": Selection(state="closed")}, "selection"),
        ({"selection": Selection(state="ajar")}, "state"),
        ({"selection": Selection(attribute="market")}, "value"),
        ({"selection": Selection(key_starts="\x00")}, "key_starts"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field(
    said: dict[str, Any], field: str, programme: Programme, queue: Queue, manager: Person
) -> None:
    with pytest.raises(Invalid) as invalid:
        ask(as_actor(manager), programme, **said)
    assert field in invalid.value.fields
    assert not BulkAct.objects.exists()


def test_tasks_are_chosen_by_filter_and_by_list(programme: Programme, queue: Queue) -> None:
    items = list(Item.objects.order_by("key"))
    Item.objects.filter(pk=items[0].pk).update(attributes={"a__b": "x", "market": "SG"}, language="de")
    Item.objects.filter(pk=items[1].pk).update(attributes={"market": "DE"})
    task = Task.objects.order_by("pk")[0]

    def n(**said: Any) -> int:
        return preview_of(programme, Selection(**said)).total

    assert (n(), n(state="closed"), n(language="de"), n(kind="text")) == (8, 0, 1, 0)
    assert (n(attribute="market", value="SG"), n(attribute="a__b", value="x"), n(attribute="a'b", value="x")) == (
        1,
        1,
        0,
    )
    assert n(task_ids=[task.pk]) == 1
    assert n(item_keys=[items[2].key, items[3].key, "none"]) == 2
    assert n(key_starts=items[0].key[:4]) == 8
    assert n(queue_ids=[make_queue(programme).pk]) == 0
    assert preview_of(make_programme(), Selection(task_ids=[task.pk])).total == 0, "another programme's are never meant"


states = st.builds(
    TaskState,
    queue=st.sampled_from(["a", "b"]),
    priority=st.sampled_from([0.0, 1.0]),
    wanted=st.integers(1, 4),
    closed_at=st.sampled_from([None, NOW.isoformat()]),
    decided=st.integers(0, 4),
)


@given(task=states, verb=st.sampled_from(["close", "reopen", "reroute", "prioritise"]), in_hand=st.booleans())
@hypothesis_settings(max_examples=150)
def test_a_way_back_leads_to_where_one_came_from(task: TaskState, verb: str, in_hand: bool) -> None:
    plan = Plan(verb=verb, now=NOW + timedelta(hours=1), to_queue="b", to_overlap=2, priority=1.0)
    made = changed(task, plan, in_hand=in_hand)
    if isinstance(made, str):
        return
    assert made != task
    assert made.wanted > made.decided or made.closed_at or verb == "prioritise"
    back = restored(made, verb=verb, before=task.to_dict(), after=made.to_dict(), in_hand=False)
    assert back == task
    if verb != "prioritise":
        since = TaskState(**vars(made) | {"decided": made.decided + 1})
        assert restored(since, verb=verb, before=task.to_dict(), after=made.to_dict(), in_hand=False) == "since"


# ------------------------------------------------------------------ pages, API


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_change_from_choosing_to_putting_back_on_pages(programme: Programme, queue: Queue, manager: Person) -> None:
    client, home = client_of(manager), f"/work/programmes/{programme.pk}/bulk/"
    assert "Nothing yet" in client.get(home).content.decode()
    said = {"verb": "close", "state": "open", "queues": [str(queue.pk)], "reason": "Wrong batch"}
    page = client.get(home, said).content.decode()
    assert "What is meant" in page
    assert "First" in page
    assert not BulkAct.objects.exists(), "looking changes nothing"
    without = client.post(home, said | {"reason": ""})
    assert without.status_code == 422
    assert "What is meant" in without.content.decode(), "it stays on show while the reason is written"
    assert without.content.decode().count('name="reason"') == 1
    answer = client.post(home, said)
    made = BulkAct.objects.get()
    assert answer["Location"] == f"/work/bulk/{made.pk}/"
    assert "hx-get" in client.get(answer["Location"]).content.decode()
    do(made)
    assert client.get(f"/work/bulk/{made.pk}/state/")["HX-Refresh"] == "true"
    page = client.get(answer["Location"]).content.decode()
    assert "Put everything back" in page
    back = client.post(f"/work/bulk/{made.pk}/reversal/", {"reason": "Right after all"})
    do(BulkAct.objects.get(verb="reverse"))
    assert "What it reverses" in client.get(back["Location"]).content.decode()
    assert Task.objects.filter(closed_at=None).count() == 8


def test_the_api_does_the_same(programme: Programme, queue: Queue, manager: Person) -> None:
    client, base = client_of(manager), f"/api/v1/work/programmes/{programme.pk}/bulk"

    def post(url: str, **said: Any) -> Any:
        return client.post(url, said, content_type="application/json")

    assert post(f"{base}/preview", state="open").json()["total"] == 8
    sent = post(base, verb="prioritise", selection={"state": "open"}, reason="Rush", priority=3)
    assert (sent.status_code, sent.json()["state"]) == (202, "queued")
    do(BulkAct.objects.get())
    assert client.get(f"/api/v1/work/bulk/{sent.json()['id']}").json()["counts"] == {"changed": 8}
    assert post(f"/api/v1/work/bulk/{sent.json()['id']}/approve").status_code == 403
    assert post(f"/api/v1/work/bulk/{sent.json()['id']}/reverse", reason="Back").status_code == 202
    wrong = post(base, verb="burn", selection={}, reason="x")
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["verb"])


def test_colleagues_with_fewer_rights_and_strangers_change_nothing(
    programme: Programme, queue: Queue, manager: Person
) -> None:
    partner = make_vendor()
    shared = make_programme(partners=[partner])
    make_queue(shared, items=2)
    made = ask(as_actor(manager), programme)
    stranger = make_person("quality_manager", partner)
    with pytest.raises(Refused):
        ask(as_actor(stranger), shared)
    for person, status in ((make_person("moderator"), 403), (make_person("lead"), 403), (stranger, 404)):
        client = client_of(person)
        assert client.get(f"/work/programmes/{programme.pk}/bulk/").status_code == status
        assert client.get(f"/work/bulk/{made.pk}/").status_code == 404
        for verb in ("approval", "refusal", "reversal"):
            assert client.post(f"/work/bulk/{made.pk}/{verb}/").status_code == 404
        body = {"verb": "close", "selection": {}, "reason": "x"}
        sent = client.post(f"/api/v1/work/programmes/{programme.pk}/bulk", body, content_type="application/json")
        assert sent.status_code == status
