"""Sessions, clauses, agreement and doubtful labels as the owner, people who are invited, and strangers see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from evenkeel.ground import clock
from evenkeel.kernel import wilson
from evenkeel.people import Person
from evenkeel.quality import CalibrationSession, UnclearClause
from evenkeel.quality.models import AgreementCut, ClauseClarity, ExampleRequest, GoldExport, LabelReading

from .calibration_world import AFTER, HOUR, Scene, make_scene
from .conftest import NOW, worker_of


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_scene()
        transaction.set_rollback(True)


@pytest.fixture
def scene(made: Scene, db: None) -> Scene:
    made.session.refresh_from_db()
    return made


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """`at(moment)`: requests come in then."""

    def set_(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_(NOW + HOUR)
    return set_


Go = Callable[..., Any]


@pytest.fixture
def go(client: Client, at: Any) -> Go:
    """`go(person, "quality:calibration", pk)`; with `post={...}` it is sent."""

    def as_person(person: Person, name: str, *args: object, post: dict[str, Any] | None = None, **query: str) -> Any:
        client.force_login(person)
        path = reverse(name, args=args)
        return client.get(path, query) if post is None else client.post(path, post)

    return as_person


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_case_is_answered_blind_by_the_desks_own_form(scene: Scene, go: Go, at: Any) -> None:
    ann, stranger = scene.people[0], scene.house.person("Zoe", "moderator")
    room = text(go(ann, "quality:calibration", scene.session.pk))
    assert "Answer the next case" in room
    first, second = scene.cases[:2]
    assert "answer-start" in text(go(ann, "quality:calibration_case", first.pk))
    said = {"answer-JSON": '{"label": "Unsafe"}', "client_key": "c" * 16, "comment": "A threat"}
    sent = go(ann, "quality:calibration_case", first.pk, post=said)
    assert (sent.status_code, sent["Location"]) == (302, second.get_absolute_url())
    wrong = go(ann, "quality:calibration_case", second.pk, post={"answer-JSON": "{}", "client_key": "d" * 16})
    assert wrong.status_code == 422
    for name, pk in (("quality:calibration", scene.session.pk), ("quality:calibration_case", first.pk)):
        assert go(stranger, name, pk).status_code == 404
    # Who holds the session sees who has finished, and nobody's answer.
    owner = text(go(scene.owner, "quality:calibration_case", first.pk))
    assert "A threat" not in owner
    assert "Answers side by side" not in text(go(scene.owner, "quality:calibration", scene.session.pk))


def test_once_seen_a_case_is_discussed_settled_and_offered(scene: Scene, go: Go, at: Any) -> None:
    scene.answer_all("sssuu", "sssuu", "ssuuu", "sssuu")
    at(AFTER)
    case, cy = scene.cases[2], scene.people[2]
    assert "Answers side by side" in text(go(scene.owner, "quality:calibration", scene.session.pk))
    seen = text(go(cy, "quality:calibration", scene.session.pk))
    assert "Cy" in seen
    assert "Ann" not in seen, "a partner's people see their own by name"
    assert "another organisation" in text(go(cy, "quality:calibration_case", case.pk))
    assert go(cy, "quality:case_remarks", case.pk, post={"body": "I read it otherwise"}).status_code == 302
    assert "I read it otherwise" in text(go(scene.owner, "quality:calibration_case", case.pk))
    settled = {"answer-JSON": '{"label": "Safe"}', "reason": "No threat"}
    assert go(cy, "quality:case_settlement", case.pk, post=settled).status_code == 403
    assert go(scene.owner, "quality:case_settlement", case.pk, post=settled | {"reason": ""}).status_code == 422
    assert go(scene.owner, "quality:case_settlement", case.pk, post=settled).status_code == 302
    settlement = case.settlements.get()
    for name in ("quality:settlement_gold", "quality:settlement_example"):
        assert go(cy, name, settlement.pk, post={}).status_code == 404
        assert go(scene.owner, name, settlement.pk, post={}).status_code == 302
    assert GoldExport.objects.get().label == "Safe"
    clauses = text(go(scene.owner, "quality:clauses"))
    assert "Take it" in clauses
    asked = ExampleRequest.objects.get()
    assert go(cy, "quality:example_answer", asked.pk, post={"take": "yes"}).status_code == 404
    assert go(scene.owner, "quality:example_answer", asked.pk, post={"take": "yes"}).status_code == 302
    assert scene.version.policy.examples.count() == 1
    for by in ("site", "language", "person"):
        trend = go(scene.owner, "quality:calibration_trend", scene.house.programme.pk, by=by)
        assert trend.status_code == 200
    assert go(cy, "quality:calibration_trend", scene.house.programme.pk).status_code == 403
    assert go(scene.owner, "quality:end_calibration", scene.session.pk, post={}).status_code == 302


def test_a_session_is_opened_on_its_page(scene: Scene, go: Go) -> None:
    workers = [str(worker_of(person).pk) for person in scene.people]
    said = {
        "queue": str(scene.house.queue.pk), "name": "By hand", "deadline_on": "2026-03-20", "how": "hand",
        "keys": "case-1\ncase-3", "people": workers, "experts": workers[:2], "repeats": "0",
    }  # fmt: skip
    assert "By hand" not in text(go(scene.owner, "quality:new_calibration"))
    assert go(scene.owner, "quality:new_calibration", post=said).status_code == 302
    made = CalibrationSession.objects.get(name="By hand")
    assert [case.item.key for case in made.cases.all()] == ["case-1", "case-3"]
    unknown = go(scene.owner, "quality:new_calibration", post=said | {"name": "Other", "keys": "no-such"})
    assert unknown.status_code == 422
    assert "There is no item no-such" in text(unknown)
    ring = said | {"name": "Ring", "how": "drawn", "n": "3", "is_ring": "on", "repeats": "2"}
    assert go(scene.owner, "quality:new_calibration", post=ring).status_code == 302
    assert CalibrationSession.objects.get(name="Ring").cases.count() == 5
    assert go(scene.people[0], "quality:new_calibration").status_code == 403
    listed = text(go(scene.owner, "quality:calibrations"))
    assert "By hand" in listed
    assert "March" in text(go(scene.people[3], "quality:calibrations")), "who is invited finds it among her own"


def test_unclear_clauses_and_agreement_show_what_a_job_kept(scene: Scene, go: Go) -> None:
    programme, said = scene.house.programme, wilson(6, 40).to_dict()
    ClauseClarity.objects.create(
        version=scene.version, clause="Unsafe", estimate=said, experts=4, standing="unclear", as_of=NOW
    )
    UnclearClause.objects.create(
        policy=scene.version.policy, version=scene.version, clause="Unsafe", bound=0.8, estimate=said, from_at=NOW
    )
    assert "Counted for the policy" in text(go(scene.owner, "quality:clauses"))
    LabelReading.objects.create(
        programme=programme, data_version="1:x", labels=80, items=40, people=6, expected_wrong=3.2, as_of=NOW
    )
    workers = [str(worker_of(person).pk) for person in scene.people[:2]]
    cuts: list[tuple[str, str, str, int]] = [
        ("all", "", "", 6),
        ("class", "Safe", "", 6),
        ("class", "Unsafe", "", 2),
        ("pair", workers[0], workers[1], 2),
    ]
    for by, key, other, people in cuts:
        AgreementCut.objects.create(
            programme=programme, by=by, key=key, other=other, items=40, labels=80, people=people, percent=said, alpha=said,
            ac1=said, examples=[str(scene.items[0].pk)],
        )  # fmt: skip
    lead = scene.house.person("Lea", "lead")
    assert programme.name in text(go(scene.owner, "quality:agreements"))
    by_class = text(go(lead, "quality:agreement", programme.pk))
    assert "too few people to show" in by_class
    assert "too few people to show" not in text(go(scene.owner, "quality:agreement", programme.pk))
    assert "Pairs of people" not in by_class
    assert "Ann" in text(go(scene.owner, "quality:agreement", programme.pk, by="pair"))
    pair = AgreementCut.objects.get(by="pair")
    assert go(lead, "quality:agreement_cut", pair.pk).status_code == 404
    assert scene.items[0].key in text(go(scene.owner, "quality:agreement_cut", pair.pk))
    for person, name in ((scene.people[0], "quality:agreement"), (lead, "quality:doubts")):
        assert go(person, name, programme.pk).status_code in (403, 404)
    page = go(scene.owner, "quality:doubts", programme.pk)
    assert "about 3 are expected" in text(page)
    assert go(scene.owner, "quality:check_doubts", programme.pk, post={"n": "0"}).status_code == 302
    assert go(lead, "quality:check_doubts", programme.pk, post={"n": "5"}).status_code == 404


def test_the_api_does_the_same(scene: Scene, client: Client, at: Any) -> None:
    base = "/api/v1/quality"

    def ask(person: Person, method: str, path: str, said: dict[str, Any] | None = None) -> Any:
        client.force_login(person)
        return getattr(client, method)(base + path, said, content_type="application/json")

    said = {
        "queue_id": str(scene.house.queue.pk), "name": "By API", "item_ids": [str(scene.items[0].pk)],
        "worker_ids": [str(worker_of(person).pk) for person in scene.people[:2]], "deadline_at": "2026-03-09T00:00:00Z",
    }  # fmt: skip
    made = ask(scene.owner, "post", "/calibration-sessions", said)
    assert made.status_code == 200, made.content
    session = made.json()
    again = ask(scene.owner, "post", "/calibration-sessions", said)
    assert (again.status_code, again["Content-Type"]) == (422, "application/problem+json")
    assert ask(scene.people[0], "post", "/calibration-sessions", said).status_code in (403, 404)
    (case,) = ask(scene.people[0], "get", f"/calibration-sessions/{session['id']}").json()["cases"]
    assert ask(scene.people[2], "get", f"/calibration-sessions/{session['id']}").status_code == 404
    for person in scene.people[:2]:
        answer = {"answer": {"label": "Unsafe"}, "client_key": f"api-{person.pk.hex}"}
        sent = ask(person, "post", f"/calibration-cases/{case['id']}/answer", answer)
        assert (sent.status_code, sent.json().get("round")) == (200, 1)
    settled = {"answer": {"label": "Unsafe"}, "reason": "A threat"}
    assert ask(scene.people[0], "post", f"/calibration-cases/{case['id']}/settlement", settled).status_code in (
        403,
        404,
    )
    assert ask(scene.owner, "post", f"/calibration-cases/{case['id']}/settlement", settled).json()["label"] == "Unsafe"
    programme = scene.house.programme.pk
    for path in (
        "/calibration-sessions", "/unclear-clauses", f"/programmes/{programme}/agreement",
        f"/programmes/{programme}/doubtful-labels", f"/programmes/{programme}/doubtful-labels/bands",
    ):  # fmt: skip
        assert ask(scene.owner, "get", path).status_code == 200
    assert ask(scene.owner, "get", f"/programmes/{programme}/agreement?by=nothing").status_code == 422
