"""The pages and the API of disputes and looks, as the person concerned, a colleague and a stranger have them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from evenkeel.ground import clock
from evenkeel.people import Person
from evenkeel.quality import Dispute, FollowUp, raise_dispute
from evenkeel.quality.models import DisputeReason, DisputeRule, DisputeSettlement, IntegrityLook, IntegrityRun

from .conftest import NOW, worker_of
from .dispute_world import Findings, build_findings

Call = Callable[..., Any]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Findings]:
    """One world for the module, taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_findings()
        transaction.set_rollback(True)


@pytest.fixture
def at(world: Findings, db: None, monkeypatch: pytest.MonkeyPatch) -> Findings:
    """The world; requests come in at `now`."""
    monkeypatch.setattr(clock, "now", lambda: world.now)
    return world


@pytest.fixture
def get(client: Client) -> Call:
    def as_person(person: Person, name: str, *args: object, **query: str) -> Any:
        client.force_login(person)
        return client.get(reverse(name, args=args), query)

    return as_person


@pytest.fixture
def post(client: Client) -> Call:
    def as_person(person: Person, name: str, *args: object, **said: Any) -> Any:
        client.force_login(person)
        return client.post(reverse(name, args=args), said)

    return as_person


def test_a_person_sees_her_own_findings_and_disputes_one(at: Findings, get: Call, post: Call) -> None:
    page = get(at.mo, "quality:mine").content.decode()
    assert page.count("may be disputed") == 3
    assert "Ada" not in page
    verdict = at.of_mo[0]
    finding = get(at.mo, "quality:finding", verdict.pk).content.decode()
    assert "A slur." in finding
    assert "Ada" not in finding
    assert post(at.mo, "quality:finding", verdict.pk, reason="answer_right", text="").status_code == 422
    assert post(at.mo, "quality:finding", verdict.pk, reason="answer_right", text="Quoted.").status_code == 302
    assert Dispute.objects.get().text == "Quoted."
    again = get(at.mo, "quality:finding", verdict.pk).content.decode()
    assert "Quoted." in again
    for person in (at.pia, at.ada, at.vera):
        assert get(person, "quality:finding", verdict.pk).status_code == 404
    assert get(at.vera, "quality:finding", at.of_pia[0].pk).status_code == 200
    assert "Pia" in get(at.vera, "quality:site_findings").content.decode()
    assert get(at.mo, "quality:site_findings").status_code == 403


def test_a_dispute_is_settled_blind_on_its_page(at: Findings, get: Call, post: Call) -> None:
    dispute = raise_dispute(at.actor(at.mo), verdict=at.of_mo[0], reason="answer_right", text="Quoted.", now=at.now)
    assert get(at.sol, "quality:settling", dispute.pk).status_code == 404
    assert "1 waits" in get(at.sol, "quality:arbitration").content.decode()
    assert post(at.sol, "quality:dispute_take").headers["Location"] == reverse("quality:settling", args=[dispute.pk])
    page = get(at.sol, "quality:settling", dispute.pk).content.decode()
    assert "Quoted." in page
    assert "A slur." in page
    assert "Ada" not in page
    assert ">Mo<" not in page
    said = {"reason": "clear_case", "text": "A quote.", "answer-JSON": '{"label": "Safe"}'}
    assert post(at.sol, "quality:settling", dispute.pk, **said | {"answer-JSON": "{}"}).status_code == 422
    assert post(at.sol, "quality:settling", dispute.pk, **said | {"reason": ""}).status_code == 422
    assert post(at.sol, "quality:settling", dispute.pk, **said).status_code == 302
    assert DisputeSettlement.objects.get().outcome == "overturned"
    record = get(at.qi, "quality:dispute", dispute.pk).content.decode()
    assert "finding overturned" in record
    for person in (at.pia, at.ada, at.vera):
        assert get(person, "quality:dispute", dispute.pk).status_code == 404
    left = FollowUp.objects.get()
    assert "A clear case" in get(at.qi, "quality:follow_up", left.pk).content.decode()
    assert post(at.qi, "quality:follow_up_taking", left.pk).status_code == 302
    assert post(at.qi, "quality:follow_up", left.pk, is_done="yes", note="Agreed.").status_code == 302
    assert get(at.vera, "quality:follow_up", left.pk).status_code == 404
    assert "done" in get(at.qi, "quality:follow_ups").content.decode()


def test_groups_of_few_people_say_nothing(at: Findings, get: Call) -> None:
    raise_dispute(at.actor(at.mo), verdict=at.of_mo[0], reason="answer_right", text="Quoted.", now=at.now)
    page = get(at.qi, "quality:dispute_counts").content.decode()
    assert "fewer than five people" in page
    assert "Ada" not in page
    assert get(at.mo, "quality:dispute_counts").status_code == 403
    assert "By auditor" not in get(at.vera, "quality:dispute_counts").content.decode()


def test_rules_and_reasons_have_pages(at: Findings, get: Call, post: Call) -> None:
    programme = at.house.programme.pk
    rule = {
        "window_days": 3, "arbitrate_hours": 24, "at_deadline": "upheld", "most_open": 2, "most_a_week": 4,
        "most_a_week_site": 9,
    }  # fmt: skip
    assert get(at.qi, "quality:dispute_rule", programme).status_code == 200
    assert post(at.qi, "quality:dispute_rule", programme, **rule | {"window_days": 0}).status_code == 422
    assert post(at.qi, "quality:dispute_rule", programme, **rule).status_code == 302
    assert DisputeRule.objects.get().at_deadline == "upheld"
    assert post(at.vera, "quality:dispute_rule", programme, **rule).status_code in (403, 404)
    said = {"side": "raising", "slug": "satire", "title": "Satire", "follow_up": ""}
    assert post(at.qi, "quality:dispute_reasons", **said).status_code == 302
    made = DisputeReason.objects.get(slug="satire")
    assert "Satire" in get(at.qi, "quality:dispute_reasons").content.decode()
    assert post(at.qi, "quality:dispute_retiring", made.pk).status_code == 302


def test_looks_are_shown_to_quality_managers_alone(at: Findings, get: Call, post: Call) -> None:
    run = IntegrityRun.objects.create(week_on=NOW.date(), people=9, limit=1e-4, ran_at=NOW)
    look = IntegrityLook.objects.create(
        run=run, detector="late_rush", worker=worker_of(at.mo), chance=1e-6, evidence={"faster": 0.6, "days": 20},
        opened_at=NOW,
    )  # fmt: skip
    page = get(at.qi, "quality:looks").content.decode()
    assert "Rush at the end of the shift" in page
    assert post(at.qi, "quality:look_taking", look.pk).status_code == 302
    one = get(at.qi, "quality:look", look.pk).content.decode()
    assert "What else explains it" in one
    assert "60" in one
    for person in (at.mo, at.ada, at.vera):
        assert get(person, "quality:looks").status_code == 403
        assert get(person, "quality:look", look.pk).status_code in (403, 404)
    assert post(at.qi, "quality:look", look.pk, disposition="explained", reason="").status_code == 422
    assert post(at.qi, "quality:look", look.pk, disposition="explained", reason="Templates.").status_code == 302
    assert "Templates." in get(at.qi, "quality:look", look.pk).content.decode()


def test_disputes_go_through_the_api(at: Findings, client: Client) -> None:
    def call(person: Person, method: str, path: str, said: Any = None) -> Any:
        client.force_login(person)
        path = f"/api/v1/quality/{path}"
        return client.post(path, said or {}, "application/json") if method == "POST" else client.get(path)

    (finding, *_rest) = call(at.mo, "GET", "findings").json()
    assert (finding["is_right"], finding["dispute_id"]) == (False, None)
    said = {"reason": "answer_right", "text": "Quoted."}
    path = f"verdicts/{finding['verdict_id']}/dispute"
    assert call(at.pia, "POST", path, said).status_code == 404
    made = call(at.mo, "POST", path, said)
    assert made.status_code == 200
    assert call(at.mo, "POST", path, said).status_code == 409
    assert {each["side"] for each in call(at.mo, "GET", "disputes/reasons").json()} == {"raising", "settling"}
    taken = call(at.sol, "POST", "disputes/take").json()
    assert {each["why"] for each in taken["sides"]} == {"Quoted.", "A slur."}
    answer = {"answer": {"label": "Safe"}, "reason": "clear_case", "text": "A quote."}
    assert call(at.sol, "POST", f"disputes/{taken['id']}/return").status_code == 204
    assert call(at.sol, "POST", f"disputes/{taken['id']}/settlement", answer).status_code == 409
    call(at.sol, "POST", "disputes/take")
    assert call(at.sol, "POST", f"disputes/{taken['id']}/settlement", answer).json()["outcome"] == "overturned"
    assert call(at.sol, "POST", "disputes/take").status_code == 204
    assert [each["outcome"] for each in call(at.qi, "GET", "disputes?is_open=false").json()["rows"]] == ["overturned"]
    assert call(at.vera, "GET", "disputes").json()["rows"] == []
