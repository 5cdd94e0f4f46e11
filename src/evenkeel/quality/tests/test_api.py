"""The API: the same acts, the same refusals, and no trace of the first answer before a verdict."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evenkeel.ground import clock, jobs
from evenkeel.people import Person
from evenkeel.quality import AuditTask, ExpertAnswer, SamplingPlan, draw_due, start_plan
from evenkeel.work import Decision

from .conftest import NOW, SYSTEM, House

BASE = "/api/v1/quality"


class Caller:
    """`Caller(client, person).post("/audits/take", {})`: the answer as a response."""

    def __init__(self, client: Client, person: Person):
        self.client, self.person = client, person

    def get(self, path: str, **query: str) -> Any:
        self.client.force_login(self.person)
        return self.client.get(BASE + path, query)

    def post(self, path: str, said: object = None, **files: object) -> Any:
        self.client.force_login(self.person)
        if files:
            return self.client.post(BASE + path, {**(said or {}), **files})  # type: ignore[dict-item]
        return self.client.post(BASE + path, json.dumps(said or {}), content_type="application/json")


@pytest.fixture
def auditor(house: House, client: Client, monkeypatch: pytest.MonkeyPatch) -> Caller:
    """Ada; three decisions of Mo's are drawn: Unsure, Safe, Unsafe."""
    monkeypatch.setattr(clock, "now", lambda: house.later)
    start_plan(SYSTEM, programme=house.programme, name="Random", rate=1, now=NOW)
    house.decide(house.person("Moira Testmoderator", "moderator"), ["Unsure", "Safe", "Unsafe"])
    draw_due(house.later)
    return Caller(client, house.person("Ada", "qa_specialist"))


@pytest.fixture
def manager(house: House, auditor: Caller) -> Caller:
    return Caller(auditor.client, house.person("Qi", "quality_manager"))


@pytest.fixture
def stranger(house: House, auditor: Caller) -> Caller:
    person = house.person("Vera", "qa_specialist", "quality_manager", "administrator", organisation=house.partner)
    return Caller(auditor.client, person)


def test_an_audit_in_hand_tells_nothing_of_the_first_answer(auditor: Caller) -> None:
    taken = auditor.post("/audits/take")
    assert taken.status_code == 200
    task = AuditTask.objects.select_related("draw__decision").get(pk=taken.json()["id"])
    decision = task.draw.decision
    said = taken.content.decode()
    for trace in (decision.pk, decision.worker_id, task.draw_id, "Testmoderator", "moira"):
        assert str(trace) not in said
    # Each choice once, as the form has it; no field holds an answer.
    assert said.count('"Unsure"') == 1
    assert set(taken.json()) == {
        "id", "programme_id", "kind", "content", "html", "form", "policy_version_id", "expires_at",
    }  # fmt: skip


def test_a_verdict_tells_the_first_answer(auditor: Caller) -> None:
    audit = auditor.post("/audits/take").json()["id"]
    key = uuid4().hex
    said = {"answer": {"label": "Unsafe"}, "client_key": key}
    made = auditor.post(f"/audits/{audit}/verdict", said).json()
    assert (made["first_label"], made["is_right"], made["error_class"], made["pi"]) == (
        "Unsure", False, "wrong_selection", 1.0,
    )  # fmt: skip
    assert auditor.post(f"/audits/{audit}/verdict", said).json() == made
    assert auditor.post(f"/audits/{audit}/verdict", said | {"client_key": uuid4().hex}).status_code == 409
    corrected = auditor.post(
        f"/verdicts/{made['id']}/correction", {"answer": {"label": "Unsure"}, "client_key": uuid4().hex}
    ).json()
    assert (corrected["is_right"], corrected["corrects_id"]) == (True, made["id"])


def test_an_answer_that_does_not_fit_is_refused_by_field(auditor: Caller) -> None:
    audit = auditor.post("/audits/take").json()["id"]
    refused = auditor.post(f"/audits/{audit}/verdict", {"answer": {"label": "x"}, "client_key": uuid4().hex})
    assert refused.status_code == 422
    assert "label" in refused.content.decode()
    assert auditor.post(f"/audits/{audit}/return").status_code == 204
    assert auditor.post(f"/audits/{audit}/return").status_code == 409


def test_a_partner_sees_and_does_none_of_it(stranger: Caller, auditor: Caller, house: House) -> None:
    assert stranger.post("/audits/take").status_code == 204
    audit = auditor.post("/audits/take").json()["id"]
    said = {"answer": {"label": "Safe"}, "client_key": uuid4().hex}
    assert stranger.post(f"/audits/{audit}/verdict", said).status_code == 404
    (plan,) = stranger.get("/plans").json()
    assert (plan["drawn"], plan["waiting"]) == (0, 0)
    new = {"programme_id": str(house.programme.pk), "name": "Mine", "rate": 0.5}
    assert stranger.post("/plans", new).status_code == 403
    item = Decision.objects.first().item_id  # type: ignore[union-attr]
    assert stranger.post(f"/items/{item}/experts", {"label": "Safe"}).status_code == 403
    labels = SimpleUploadedFile("l.csv", b"item,worker,label\na,r,Yes\n")
    assert stranger.post("/imports", {"programme_name": "Study"}, labels=labels).status_code == 403


def test_plans_are_started_replayed_and_ended(manager: Caller, auditor: Caller, house: House) -> None:
    new = {"programme_id": str(house.programme.pk), "queue_id": str(house.queue.pk), "name": "Few", "rate": 0.02}
    assert auditor.post("/plans", new).status_code == 404
    made = manager.post("/plans", new).json()
    assert (made["rate"], made["queue_id"]) == (0.02, str(house.queue.pk))
    assert manager.post("/plans", new).status_code == 422
    random = SamplingPlan.objects.get(name="Random")
    assert manager.get(f"/plans/{random.pk}/replay").json() == {
        "decisions": 3, "draws": 3, "is_true": True, "mismatches": [],
    }  # fmt: skip
    assert manager.post(f"/plans/{made['id']}/end").json()["ended_at"] is not None
    assert [(plan["name"], plan["drawn"]) for plan in manager.get("/plans").json()] == [("Few", 0), ("Random", 3)]


def test_verdicts_are_listed_for_those_who_may(
    manager: Caller, auditor: Caller, stranger: Caller, house: House
) -> None:
    audit = auditor.post("/audits/take").json()["id"]
    auditor.post(f"/audits/{audit}/verdict", {"answer": {"label": "Safe"}, "client_key": uuid4().hex})
    period = {"since": NOW.isoformat(), "until": (house.later + timedelta(hours=1)).isoformat()}
    assert [each["label"] for each in manager.get("/verdicts", **period).json()] == ["Safe"]
    assert stranger.get("/verdicts", **period).json() == []
    assert manager.get("/verdicts", since=NOW.isoformat(), until=NOW.isoformat()).json() == []


def test_experts_answers_are_given_and_kept(manager: Caller, auditor: Caller) -> None:
    item = Decision.objects.first().item_id  # type: ignore[union-attr]
    for label in ("Safe", "Unsafe"):
        assert manager.post(f"/items/{item}/experts", {"label": label, "source": "Panel"}).status_code == 200
    assert [each["label"] for each in manager.get(f"/items/{item}/experts").json()] == ["Unsafe", "Safe"]
    assert auditor.get(f"/items/{item}/experts").json() == []
    assert ExpertAnswer.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_labels_are_imported_in_the_background(manager: Caller, auditor: Caller) -> None:
    labels = SimpleUploadedFile("l.csv", b"item,worker,label,note\na,r,Yes,x\n")
    begun = manager.post("/imports", {"programme_name": "Study", "ignore": "note"}, labels=labels)
    assert begun.status_code == 202
    assert begun.json()["state"] == "queued"
    jobs.drain()
    done = manager.get(f"/imports/{begun.json()['id']}").json()
    assert (done["state"], done["report"]["counts"]["labels"]) == ("done", 1)
    assert auditor.get(f"/imports/{begun.json()['id']}").status_code == 404


def test_a_plan_of_layers_is_previewed_started_changed_and_told(
    manager: Caller, stranger: Caller, auditor: Caller, house: House
) -> None:
    kinds = {each["kind"]: each for each in manager.get("/plans/layers").json()}
    assert {"floor", "risk", "widths"} <= set(kinds)
    assert [each["name"] for each in kinds["risk"]["settings"]] == ["a_day"]
    design = {"rate": 0.1, "layers": [{"kind": "stratified", "by": "queue_id", "each_a_day": 2}]}
    here = {"programme_id": str(house.programme.pk)}
    seen = manager.post("/plans/preview", here | design | {"cents_an_hour": 6000}).json()
    assert (seen["decisions_a_day"], seen["audits_a_day"], seen["by_layer"]) == (
        3,
        2,
        {"everybody": 0, "stratified": 2},
    )
    assert seen["cents_a_day"] == pytest.approx(seen["hours_a_day"] * 6000)
    assert [part["name"] for part in seen["parts"]][1:] == ["Answers", "House"]
    refused = manager.post("/plans/preview", here | {"rate": 2, "layers": [{"kind": "luck"}]})
    assert (refused.status_code, set(refused.json()["fields"])) == (422, {"rate", "layers"})
    assert stranger.post("/plans/preview", here | design).status_code in (403, 404)
    made = manager.post("/plans", here | design | {"name": "Layered", "most_a_person": 3}).json()
    assert (made["version"], made["layers"], made["most_a_person"]) == (1, design["layers"], 3)
    url = f"/plans/{made['id']}"
    told = manager.get(f"{url}/design").json()
    assert (told["salt"], [each["rate"] for each in told["versions"]], told["days"]) == (made["salt"], [0.1], [])
    assert stranger.get(f"{url}/design").status_code == 403
    assert {plan["salt"] for plan in stranger.get("/plans").json()} == {None}
    assert auditor.post(f"{url}/change", {"rate": 0.2}).status_code == 404
    since = {"since": (house.later + timedelta(hours=1)).isoformat()}
    assert manager.get(f"{url}/replay", **since).json()["decisions"] == 0


def test_a_delivery_is_agreed_handed_in_and_told(
    manager: Caller, stranger: Caller, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=1))
    agreed = {"programme_id": str(house.programme.pk), "organisation_id": str(house.house.pk), "name": "Own", "aql": 4}
    assert stranger.post("/acceptance-schemes", agreed).status_code in (403, 404)
    assert manager.post("/acceptance-schemes", agreed | {"aql": 3}).status_code == 422
    scheme = manager.post("/acceptance-schemes", agreed).json()
    assert (scheme["inspection"], scheme["score"]) == ("normal", 0)
    url = f"/acceptance-schemes/{scheme['id']}"
    stretch = {"name": "First", "from_at": NOW.isoformat(), "until_at": house.later.isoformat()}
    assert manager.post(f"{url}/deliveries", stretch | {"until_at": NOW.isoformat()}).status_code == 422
    batch = manager.post(f"{url}/deliveries", stretch | {"until_at": (NOW + timedelta(seconds=1)).isoformat()}).json()
    assert (batch["lot"], batch["audited"], batch["is_accepted"], batch["salt"]) == (3, [0], None, None)
    assert manager.get(f"/deliveries/{batch['id']}").json() == batch
    assert [each["id"] for each in manager.get("/deliveries", scheme_id=scheme["id"]).json()] == [batch["id"]]
    assert stranger.get(f"/deliveries/{batch['id']}").status_code == 404
    assert stranger.get("/acceptance-schemes").json() == []
    assert manager.post(f"{url}/resume", {"why": "x"}).status_code == 409
    assert manager.post(f"{url}/end").json()["ended_at"] is not None
