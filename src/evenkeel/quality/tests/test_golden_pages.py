"""Pages and routes about golden items and gates, as keeper, lead and stranger see them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evenkeel.ground import clock
from evenkeel.policy import add_certification
from evenkeel.quality import Gate, GateVerdict, Gold
from evenkeel.work import take_batch

from .conftest import NOW, SYSTEM, House
from .gold_world import gold_world
from .test_gates import QUICK


@pytest.fixture
def get(client: Client) -> Any:
    def as_person(person: Any, name: str, *args: object) -> tuple[int, str]:
        client.force_login(person)
        answer = client.get(reverse(name, args=args))
        return answer.status_code, b"".join(answer).decode() if answer.streaming else answer.content.decode()

    return as_person


@pytest.fixture
def post(client: Client) -> Any:
    def as_person(person: Any, page: str, /, *args: object, **said: Any) -> Any:
        client.force_login(person)
        return client.post(reverse(page, args=args), said)

    return as_person


def test_the_whole_story_by_pages(house: House, get: Any, post: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    world = gold_world(house)
    monkeypatch.setattr(clock, "now", lambda: world.now)
    edda, egon = world.experts
    mo, lea = house.person("Mo", "moderator"), house.person("Lea", "lead")
    stranger = house.person("Vera", "quality_manager", "lead", organisation=house.partner)
    (item,) = world.items(1, queue=house.queue)
    assert reverse("quality:propose_gold", args=[item.pk]) in get(edda, "work:item", item.pk)[1]
    said = {"answer": "Unsafe", "rationale": "It threatens.", "difficulty": 3}
    assert post(edda, "quality:propose_gold", item.pk, **{**said, "answer": "Purple"}).status_code == 422
    assert post(edda, "quality:propose_gold", item.pk, **said).status_code == 302
    gold = Gold.objects.get()
    # Who has yet to speak sees neither the answer nor its reason.
    assert "It threatens." in get(edda, "quality:gold", gold.pk)[1]
    assert "It threatens." not in get(egon, "quality:gold", gold.pk)[1]
    assert post(egon, "quality:gold", gold.pk, label="Unsafe").status_code == 302
    gold.refresh_from_db()
    assert gold.state == Gold.IN_FORCE
    assert item.key in get(edda, "quality:golds")[1]
    for person in (mo, lea, stranger):
        assert get(person, "quality:gold", gold.pk)[0] in (403, 404)
        assert item.key not in get(person, "quality:golds")[1]
        assert get(person, "quality:gold_mix", house.queue.pk)[0] in (403, 404)
        assert reverse("quality:gold_mix", args=[house.queue.pk]) not in get(person, "work:queue", house.queue.pk)[1]
    assert post(edda, "quality:gold_mix", house.queue.pk, share=80, new_share=50, new_days=30).status_code == 422
    assert post(edda, "quality:gold_mix", house.queue.pk, share=50, new_share=50, new_days=30).status_code == 302

    gate = {"queue": house.queue.pk, "name": "Floor", "consequence": "route_away", "good": 95, "bad": 60,
            "risk_good": 10, "risk_bad": 10, "most": 20}  # fmt: skip
    assert post(edda, "quality:start_gate", **{**gate, "bad": 94.5}).status_code == 422
    assert post(edda, "quality:start_gate", **gate).status_code == 302
    assert post(lea, "quality:start_gate", **gate).status_code == 403
    found = Gate.objects.get()
    world.golds(20)
    world.items(40, queue=house.queue)
    while not GateVerdict.objects.exists():
        world.work(mo, house.queue, right=False)
        world.settle()
    assert get(edda, "quality:gold_mix", house.queue.pk)[1].count("House") >= 1
    page = get(lea, "quality:gate", found.pk)[1]
    assert "Kept away now" in page
    assert "Mo" in page
    assert "Mo" in get(lea, "quality:gates")[1]
    assert get(stranger, "quality:gate", found.pk)[0] in (403, 404)
    verdict = GateVerdict.objects.get()
    assert post(stranger, "quality:let_back", verdict.pk, why="Please.").status_code in (403, 404)
    assert post(lea, "quality:let_back", verdict.pk, why="Coached.").status_code == 302
    assert take_batch(house.actor(mo), queue=house.queue, now=world.now)
    assert "Coached." in get(lea, "quality:gate", found.pk)[1]
    assert post(edda, "quality:end_gate", found.pk).status_code == 302
    assert post(edda, "quality:retire_gold", gold.pk, why="Too easy.").status_code == 302
    assert "Too easy." in get(edda, "quality:gold", gold.pk)[1]

    room = world.queue("Exam")
    made = add_certification(SYSTEM, name="Safety 1", now=NOW)
    exam = {**{name: value for name, value in gate.items() if name not in ("name", "consequence")}, "queue": room.pk}
    assert post(edda, "quality:open_exam", **exam, certification=made.pk, wait_days=7).status_code == 302
    assert "nobody meets one twice" in get(edda, "quality:exam", room.exam.pk)[1]
    assert get(lea, "quality:exam", room.exam.pk)[0] == 200
    assert post(lea, "quality:end_exam", room.exam.pk).status_code == 403
    assert post(edda, "quality:end_exam", room.exam.pk).status_code == 302


def test_the_same_by_api(house: House, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    world = gold_world(house)
    monkeypatch.setattr(clock, "now", lambda: world.now)
    edda, egon = world.experts

    def call(person: Any, method: str, path: str, **said: Any) -> Any:
        client.force_login(person)
        answer = getattr(client, method)(f"/api/v1/quality{path}", json.dumps(said, default=str) if said else None,
                                         content_type="application/json")  # fmt: skip
        return answer.status_code, json.loads(answer.content)

    (item,) = world.items(1, queue=house.queue)
    status, gold = call(edda, "post", "/golds", item_id=item.pk, answer="Safe", rationale="Harmless.")
    assert (status, gold["state"], gold["exposures"]) == (200, "proposed", 0)
    assert call(edda, "post", "/golds", item_id=item.pk, answer="Purple", rationale="?")[0] == 422
    assert call(egon, "post", f"/golds/{gold['id']}/voice", label="Safe")[1]["state"] == "in_force"
    assert call(egon, "post", f"/golds/{gold['id']}/voice", label="Safe")[0] == 409
    assert call(edda, "put", f"/queues/{house.queue.pk}/golds", share=0.5)[1]["new_share"] == 0.5
    mo = house.person("Mo", "moderator")
    assert call(mo, "post", "/golds", item_id=item.pk, answer="Safe", rationale="Mine.")[0] in (403, 404)
    world.golds(10)
    world.items(20, queue=house.queue)
    status, gate = call(edda, "post", "/gates", queue_id=house.queue.pk, name="Floor", consequence="retrain", **QUICK)
    assert status == 200
    while not GateVerdict.objects.exists():
        world.work(mo, house.queue, right=False)
        world.settle()
    (verdict,) = call(edda, "get", f"/gates/{gate['id']}/verdicts")[1]
    assert (verdict["is_passed"], verdict["way_back"]) == (False, "")
    back = call(edda, "post", f"/gate-verdicts/{verdict['id']}/return", why="Coached.")[1]
    assert back["way_back"] == "Coached."
    skill = client.get(f"/api/v1/quality/queues/{house.queue.pk}/golds/skill?worker_id={verdict['worker_id']}").json()
    assert skill["all"]["value"] == 0.0
    assert set(skill["by_class"]) == {"Safe", "Unsafe"}
    assert call(edda, "post", f"/golds/{gold['id']}/retire", why="Too easy.")[1]["state"] == "retired"
    assert len(client.get("/api/v1/quality/golds?state=in_force").json()) == 10
    room, made = world.queue("Exam"), add_certification(SYSTEM, name="Safety 1", now=NOW)
    assert call(edda, "post", "/exams", queue_id=room.pk, certification_id=made.pk, **QUICK)[0] == 200
