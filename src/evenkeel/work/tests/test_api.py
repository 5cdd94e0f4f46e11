"""The API: what the desk and other programs call, as the owner, a colleague with fewer rights, and a stranger."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from evenkeel.people import Person
from evenkeel.work import Decision, Lease, Queue, Task

from .factories import SPEC, make_person, make_policy, make_programme, make_queue, make_vendor

pytestmark = pytest.mark.django_db
BASE = "/api/v1/work"


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def post(client: Client, path: str, said: dict[str, Any] | None = None, *, status: int = 200) -> Any:
    response = client.post(f"{BASE}{path}", json.dumps(said or {}), content_type="application/json")
    assert response.status_code == status, response.content
    return response.json()


def get(client: Client, path: str, *, status: int = 200, **query: Any) -> Any:
    response = client.get(f"{BASE}{path}", query)
    assert response.status_code == status, response.content
    return response.json()


@pytest.fixture
def queue() -> Queue:
    return make_queue(items=3, batch_size=2, policy=make_policy())


def test_a_batch_is_taken_decided_and_taken_back(queue: Queue) -> None:
    client = client_of(make_person("moderator"))
    batch = post(client, f"/queues/{queue.id}/take")
    assert (len(batch["leases"]), batch["waiting"], batch["decided_today"]) == (2, 3, 0)
    lease = batch["leases"][0]
    assert "With key" in lease["html"]
    assert batch["forms"][lease["form_version_id"]]["question"] == SPEC["question"]
    said = {"answer": {"label": "Yes"}, "client_key": str(uuid4()), "active_ms": 1}
    made = post(client, f"/leases/{lease['id']}/decide", said)
    assert post(client, f"/leases/{lease['id']}/decide", said)["id"] == made["id"]
    assert (made["label"], made["origin"], made["is_taken_back"]) == ("Yes", "api", False)
    again = post(client, f"/decisions/{made['id']}/take_back")
    assert again["item"]["id"] == lease["item"]["id"]
    assert again["id"] != lease["id"]
    assert Task.objects.filter(decided=1).count() == 0


def test_the_desk_says_that_it_is_the_desk(queue: Queue) -> None:
    client = client_of(make_person("moderator"))
    lease = post(client, f"/queues/{queue.id}/take")["leases"][0]
    client.post(
        f"{BASE}/leases/{lease['id']}/decide",
        json.dumps({"answer": {"label": "Yes"}, "client_key": str(uuid4())}),
        content_type="application/json",
        headers={"X-Evenkeel-Desk": "1"},
    )
    assert Decision.objects.get().origin == "desk"


def test_leases_are_renewed_and_returned(queue: Queue) -> None:
    client = client_of(make_person("moderator"))
    first, second = post(client, f"/queues/{queue.id}/take")["leases"]
    assert post(client, f"/queues/{queue.id}/renew")["leases"].keys() == {first["id"], second["id"]}
    held = post(client, f"/leases/{first['id']}/return", {"is_skip": True})
    assert held["leases"].keys() == {second["id"]}
    assert post(client, f"/queues/{queue.id}/return") == {"returned": 1}
    assert sorted(Lease.objects.values_list("ending", flat=True)) == ["returned", "skipped"]


def test_a_refusal_names_the_field(queue: Queue) -> None:
    client = client_of(make_person("moderator"))
    lease = post(client, f"/queues/{queue.id}/take")["leases"][0]
    said = {"answer": {"label": "Perhaps"}, "client_key": str(uuid4())}
    problem = post(client, f"/leases/{lease['id']}/decide", said, status=422)
    assert list(problem["fields"]) == ["label"]
    assert post(client, f"/leases/{lease['id']}/decide", said | {"answer": {}}, status=422)["fields"]
    assert post(client, f"/leases/{uuid4()}/decide", said, status=404)["code"] == "not-found"


def test_programmes_forms_queues_and_items_are_made() -> None:
    client = client_of(make_person("data_scientist"))
    programme = post(client, "/programmes", {"name": "Study"})
    form = post(client, f"/programmes/{programme['id']}/forms", {"name": "Safety", "spec": SPEC})
    queue = post(client, f"/programmes/{programme['id']}/queues", {"name": "First", "form_id": form["form_id"]})
    items = [{"key": f"k{place}", "content": {"text": "Hello"}} for place in range(3)]
    added = post(client, f"/programmes/{programme['id']}/items", {"items": items[:2], "queue_id": queue["id"]})
    assert added["added"] == len(added["ids"]) == 2
    post(client, f"/programmes/{programme['id']}/items", {"items": items[2:]})
    assert post(client, f"/queues/{queue['id']}/fill")["added"] == 1
    assert [row["open_count"] for row in get(client, "/queues", programme_id=programme["id"])] == [3]
    problem = post(client, f"/programmes/{programme['id']}/items", {"items": items}, status=422)
    assert sorted(problem["fields"]) == ["k0", "k1", "k2"]


def test_a_queue_and_a_programme_are_changed_and_a_partner_comes_and_goes(queue: Queue) -> None:
    client, colleague = client_of(make_person("data_scientist")), client_of(make_person("lead"))
    base, partner = f"/programmes/{queue.programme_id}", make_vendor("Partner")

    def put(who: Client, path: str, said: dict[str, Any], *, status: int = 200) -> Any:
        response = who.put(f"{BASE}{path}", json.dumps(said), content_type="application/json")
        assert response.status_code == status, response.content
        return response.json()

    before = get(client, "/queues")[0]
    changed = put(client, f"/queues/{queue.id}", {"batch_size": 7, "handout": {"day_cap": 90}})
    assert changed == before | {"batch_size": 7, "handout": before["handout"] | {"day_cap": 90}}
    assert "batch_size" in put(client, f"/queues/{queue.id}", {"batch_size": 0}, status=422)["fields"]
    assert "name" in put(client, f"/queues/{queue.id}", {"name": ""}, status=422)["fields"]
    put(colleague, f"/queues/{queue.id}", {"batch_size": 1}, status=403)
    assert not post(client, f"/queues/{queue.id}/close")["is_open"]
    assert post(client, f"/queues/{queue.id}/close", status=409)["code"] == "not-now"
    assert post(client, f"/queues/{queue.id}/reopen")["is_open"]
    renamed = {"name": "Study two", "about": "", "owner_id": None}
    assert put(client, base, renamed)["name"] == "Study two"
    assert "owner_id" in put(client, base, renamed | {"owner_id": str(uuid4())}, status=422)["fields"]
    put(colleague, base, renamed, status=403)
    said = {"organisation_id": str(partner.pk)}
    assert post(client, f"{base}/engagements", said)["organisation"] == "Partner"
    assert "Partner" in [row["organisation"] for row in get(colleague, f"{base}/engagements")]
    assert [row["organisation"] for row in get(client_of(make_person("lead", partner)), f"{base}/engagements")] == [
        "Partner"
    ]
    ending = f"{BASE}{base}/engagements/{partner.pk}"
    assert [who.delete(ending).status_code for who in (colleague, client, client)] == [403, 204, 409]


def test_items_are_listed_page_by_page(queue: Queue) -> None:
    client = client_of(make_person("data_scientist"))
    first = get(client, f"/programmes/{queue.programme_id}/items", limit=2)
    second = get(client, f"/programmes/{queue.programme_id}/items", limit=2, after=first["after"])
    assert [len(first["rows"]), len(second["rows"]), second["after"]] == [2, 1, None]
    key = first["rows"][1]["key"]
    assert [row["key"] for row in get(client, f"/programmes/{queue.programme_id}/items", key=key)["rows"]] == [key]


def decide_all(person: Person, queue: Queue) -> None:
    client = client_of(person)
    while leases := post(client, f"/queues/{queue.id}/take")["leases"]:
        for lease in leases:
            post(client, f"/leases/{lease['id']}/decide", {"answer": {"label": "No"}, "client_key": str(uuid4())})


def test_decisions_are_listed_page_by_page_and_filtered(queue: Queue) -> None:
    decide_all(make_person("moderator"), queue)
    client, path = client_of(make_person("lead")), f"/programmes/{queue.programme_id}/decisions"
    first = get(client, path, limit=2)
    second = get(client, path, limit=2, after=first["after"])
    ids = [row["id"] for row in first["rows"] + second["rows"]]
    assert len(set(ids)) == 3
    assert second["after"] is None
    assert get(client, path, label="Yes")["rows"] == []
    assert len(get(client, path, item_id=first["rows"][0]["item_id"])["rows"]) == 1
    assert "after" in get(client, path, after="nonsense", status=422)["fields"]


def test_a_partner_sees_its_own_decisions_only() -> None:
    partner, other, stranger = make_vendor(), make_vendor(), make_vendor()
    queue = make_queue(make_programme(partners=[partner, other]), items=4, overlap=2)
    decide_all(make_person("moderator", partner), queue)
    decide_all(make_person("moderator", other), queue)
    path = f"/programmes/{queue.programme_id}/decisions"
    assert len(get(client_of(make_person("lead")), path)["rows"]) == 8
    assert len(get(client_of(make_person("lead", partner)), path)["rows"]) == 4
    assert get(client_of(make_person("moderator", partner)), path)["rows"] == []
    get(client_of(make_person("lead", stranger)), path, status=404)


def test_a_stranger_gets_nothing(queue: Queue) -> None:
    stranger = client_of(make_person(["moderator", "lead"], make_vendor()))
    assert get(stranger, "/programmes") == []
    assert get(stranger, "/queues") == []
    get(stranger, f"/programmes/{queue.programme_id}/items", status=404)
    for verb in ("take", "renew", "return", "fill"):
        post(stranger, f"/queues/{queue.id}/{verb}", status=404)


def test_a_colleague_with_fewer_rights_is_refused(queue: Queue) -> None:
    colleague = client_of(make_person("moderator"))
    post(colleague, "/programmes", {"name": "Mine"}, status=403)
    post(colleague, f"/queues/{queue.id}/fill", status=403)
    get(colleague, f"/programmes/{queue.programme_id}/items", status=404)
    assert get(Client(), "/programmes", status=401)["code"] == "unauthenticated"


def test_nobody_takes_back_what_is_not_hers(queue: Queue) -> None:
    decide_all(make_person("moderator"), queue)
    made = Decision.objects.first()
    assert made is not None
    post(client_of(make_person("moderator")), f"/decisions/{made.id}/take_back", status=404)
