"""Somebody else's decision is put right by a new one, which stands in its place."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.ground.tests.outbox import waiting_rows
from evenkeel.people import Person
from evenkeel.work import Decision, Queue, take_back, take_batch
from evenkeel.work.acts.corrections import correct
from evenkeel.work.models import Correction
from evenkeel.work.queries.decisions import standing

from .factories import NOW, after, as_actor, make_decision, make_person, make_queue, make_vendor

pytestmark = pytest.mark.django_db
LATER = after(hours=1)


@pytest.fixture
def lead() -> Person:
    return make_person(["lead", "moderator"])


@pytest.fixture
def moderator() -> Person:
    return make_person("moderator")


@pytest.fixture
def queue() -> Queue:
    return make_queue(items=3, batch_size=1)


@pytest.fixture
def first(queue: Queue, moderator: Person) -> Decision:
    return make_decision(as_actor(moderator), take_batch(as_actor(moderator), queue=queue, now=NOW)[0], "No")


def test_the_new_one_stands_and_the_log_counts_it_instead(first: Decision, lead: Person) -> None:
    made = correct(as_actor(lead), decision=first, answer={"label": "Yes"}, reason="A threat.", now=LATER)
    second = made.second
    assert (second.corrects, second.origin, second.label, second.task_id) == (first, "amended", "Yes", None)
    assert list(standing()) == [second]
    rows = waiting_rows("decisions")
    assert [(row["sign"], row["label"], row["id"]) for row in rows] == [
        (1, "No", str(first.pk)),
        (1, "Yes", str(second.pk)),
        (-1, "No", str(first.pk)),
    ]
    assert [each.title for each in first.worker.person.notices.all()] == [  # type: ignore[union-attr]
        f"A decision of yours was corrected: {first.item.key}"
    ]
    # What stands can be put right again, by yet another person; what no longer stands cannot.
    other = as_actor(make_person("lead"))
    with pytest.raises(NotNow) as no:
        correct(other, decision=first, answer={"label": "Unsure"}, reason="Hm.", now=LATER)
    assert no.value.code == "corrected"
    third = correct(other, decision=second, answer={"label": "Unsure"}, reason="Unclear.", now=LATER).second
    assert list(standing()) == [third]


def test_who_may_and_when(first: Decision, moderator: Person, lead: Person) -> None:
    said = {"decision": first, "answer": {"label": "Yes"}, "reason": "A threat."}
    with pytest.raises(NotNow) as no:
        correct(as_actor(lead), **said, now=after(seconds=5))  # type: ignore[arg-type]
    assert no.value.code == "undo-open"
    with pytest.raises(Refused):
        correct(as_actor(moderator), **said, now=LATER)  # type: ignore[arg-type]
    hers = as_actor(make_person("moderator"))
    with pytest.raises(Refused):
        correct(hers, **said, now=LATER)  # type: ignore[arg-type]
    for wrong, field in (({"label": "No"}, "answer"), ({"label": "?"}, "label")):
        with pytest.raises(Invalid) as invalid:
            correct(as_actor(lead), decision=first, answer=wrong, reason="x", now=LATER)
        assert invalid.value.fields.keys() == {field}
    with pytest.raises(Invalid) as invalid:
        correct(as_actor(lead), decision=first, answer={"label": "Yes"}, reason=" ", now=LATER)
    assert invalid.value.fields.keys() == {"reason"}
    take_back(as_actor(moderator), decision=first, now=after(seconds=9))
    with pytest.raises(NotNow) as no:
        correct(as_actor(lead), **said, now=LATER)  # type: ignore[arg-type]
    assert no.value.code == "taken-back"
    assert not Correction.objects.exists()


def test_a_correction_is_a_fact(first: Decision, lead: Person) -> None:
    correct(as_actor(lead), decision=first, answer={"label": "Yes"}, reason="A threat.", now=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        Correction.objects.update(reason="")


def test_pages_for_the_lead_a_colleague_and_a_stranger(first: Decision, moderator: Person, lead: Person) -> None:
    client, address = Client(), f"{first.get_absolute_url()}correction/"
    for person in (moderator, make_person(["lead", "moderator"], make_vendor())):
        client.force_login(person)
        assert client.get(address).status_code in (403, 404)
        assert client.post(address, {}).status_code in (403, 404)
    client.force_login(lead)
    assert address in client.get(first.get_absolute_url()).text
    page = client.get(address)
    assert '"given": {"label": "No"}' in page.text
    assert "<dd>Safe</dd>" in page.text
    said = {"answer-JSON": '{"label": "Yes"}', "reason": ""}
    assert client.post(address, said).status_code == 422
    done = client.post(address, said | {"reason": "A threat."}, follow=True)
    assert "Puts right what" in done.text
    assert "A threat." in client.get(first.get_absolute_url()).text
    assert " to Unsafe, which counts" in client.get(first.get_absolute_url()).text
    assert "corrected to Unsafe" in client.get(f"{first.programme.get_absolute_url()}decisions/").text
    assert address not in client.get(first.get_absolute_url()).text
    client.force_login(moderator)
    mine = client.get("/work/mine/").text
    assert "corrected to Unsafe" in mine, "what people read, not what is stored"
    assert "A threat." in mine
    assert '"corrected": "Unsafe"' in client.get(f"/work/queues/{first.queue_id}/desk/").text


def test_the_api_corrects_and_lists_what_stands(first: Decision, lead: Person) -> None:
    client = Client()
    client.force_login(lead)

    def post(**said: object) -> dict[str, object]:
        path = f"/api/v1/work/decisions/{first.pk}/correct"
        return dict(client.post(path, json.dumps(said), content_type="application/json").json())

    made = post(answer={"label": "Yes"}, reason="A threat.")
    assert made["corrects_id"] == str(first.pk)
    assert post(answer={"label": "Yes"}, reason="Again.")["code"] == "corrected"
    base = f"/api/v1/work/programmes/{first.programme_id}/decisions"
    assert [row["id"] for row in client.get(base).json()["rows"]] == [made["id"]]
    assert len(client.get(f"{base}?with_taken_back=true").json()["rows"]) == 2
