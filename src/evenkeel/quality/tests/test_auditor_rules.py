"""What is asked of auditors: skills and certifications by queue and guideline, an even spread, and why not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from evenkeel.ground import clock
from evenkeel.ground.errors import Invalid, Refused
from evenkeel.ground.tests.worlds import Given, commits, made_once
from evenkeel.people import Person, switch_state
from evenkeel.policy import Certification, Policy, add_certification, add_policy, certify, publish_version
from evenkeel.policy import withdraw_certificate as withdraw
from evenkeel.quality import (
    AuditTask,
    SamplingPlan,
    draw_due,
    give_verdict,
    return_audit,
    set_auditor_rule,
    start_plan,
    take_audit,
)
from evenkeel.quality.queries.assignment import auditor_of
from evenkeel.quality.queries.why_not_audit import why_no_audit
from evenkeel.quality.rules.assignment import REASONS, Auditor, Waiting, is_left_to_others, why_not
from evenkeel.work import change_queue

from .conftest import NOW, SYSTEM, House, make_house, worker_of

AT = NOW + timedelta(hours=1)


@dataclass
class Floor:
    """Mo and Ada decided six items under a guideline; Ada and Bo audit, Lea leads, and all is drawn."""

    house: House
    policy: Policy
    violence: Certification
    plan: SamplingPlan
    ada: Person
    bo: Person
    mo: Person
    lea: Person

    def take(self, person: Person, *, now: Any = AT) -> AuditTask | None:
        return take_audit(self.house.actor(person), now=now)

    def audit(self, person: Person, n: int) -> None:
        for _ in range(n):
            task = self.take(person)
            assert task is not None
            said = {"answer": {"label": "Safe"}, "client_key": f"auditor-rules-{task.pk}"[:64]}
            give_verdict(self.house.actor(person), task_id=task.pk, now=AT, **said)  # type: ignore[arg-type]

    def why(self, person: Person, *, asker: Person | None = None) -> Any:
        return why_no_audit(self.house.actor(asker or person), worker=worker_of(person), now=AT)


def build() -> Floor:
    house = make_house()
    policy = add_policy(SYSTEM, name="Violence", now=NOW)
    publish_version(SYSTEM, policy=policy, body_markdown="# One", now=NOW - timedelta(days=1))
    change_queue(SYSTEM, queue=house.queue, policy=policy, now=NOW)
    house.queue.refresh_from_db()
    violence = add_certification(SYSTEM, name="Violence 1", policy=policy, lapses_with_policy=True, now=NOW)
    ada, bo = house.person("Ada", "qa_specialist", "moderator"), house.person("Bo", "qa_specialist")
    mo, lea = house.person("Mo", "moderator"), house.person("Lea", "quality_manager")
    plan = start_plan(SYSTEM, programme=house.programme, name="All", rate=1, spreads_evenly=True, now=NOW)
    house.decide(mo, ["Safe"] * 4)
    house.decide(ada, ["Safe"] * 2)
    draw_due(house.later)
    return Floor(house, policy, violence, plan, ada, bo, mo, lea)


@pytest.fixture(scope="module")
def _floor(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Given[Floor]]:
    with made_once(django_db_blocker, tmp_path_factory.mktemp("floor"), build) as given:
        yield given


@pytest.fixture
def floor(_floor: Given[Floor], db: None, data_dir: Path, request: pytest.FixtureRequest) -> Floor:
    return _floor(data_dir, commits=commits(request))


def test_a_rule_on_plain_values_names_what_is_missing_and_does_not_give_way() -> None:
    ada = worker = AuditTask().pk
    other = AuditTask().pk
    task = Waiting(worker_id=other, asks=("Violence 1",), waited=timedelta(days=30))
    assert why_not(Auditor(worker_id=worker), task) == "unqualified"
    assert why_not(Auditor(worker_id=ada, has=("Violence 1", "Graphic")), task) == ""
    assert {"unqualified", "ahead"} < set(REASONS)


def test_the_last_audits_are_left_to_whoever_did_less_and_none_waits_for_nobody() -> None:
    assert is_left_to_others(today=10, left=5, others=[5, 10, 12])
    assert not is_left_to_others(today=10, left=6, others=[5, 10, 12])
    assert not is_left_to_others(today=10, left=1, others=[])
    fresh = {"worker_id": AuditTask().pk, "spreads_evenly": True, "left": 1, "others": (0,)}
    ada = Auditor(worker_id=AuditTask().pk, today=3)
    assert why_not(ada, Waiting(**fresh)) == "ahead"  # type: ignore[arg-type]
    assert why_not(ada, Waiting(**fresh, waited=timedelta(days=3))) == ""  # type: ignore[arg-type]


def test_whoever_lacks_what_the_guideline_asks_is_handed_nothing_and_told_why(floor: Floor) -> None:
    set_auditor_rule(SYSTEM, policy=floor.policy, certifications=["Violence 1"], now=AT)
    assert floor.take(floor.bo) is None
    told = floor.why(floor.bo)
    assert (told.first.slug, told.waiting, told.left) == ("unqualified", 6, 0)
    assert "6 audits ask for what she has not in force. Violence asks for Violence 1." in told.first.found
    held = certify(SYSTEM, certification=floor.violence, worker=worker_of(floor.bo), now=AT)
    assert auditor_of(worker_of(floor.bo).pk, now=AT).has == ("Violence 1",)
    assert floor.why(floor.bo).left == 6
    task = floor.take(floor.bo)
    assert task is not None
    return_audit(floor.house.actor(floor.bo), task_id=task.pk, now=AT)
    # A lapse holds from the very next audit, and the answer names it with its moment.
    withdraw(SYSTEM, certificate=held, reason="Failed.", now=AT + timedelta(seconds=1))
    assert floor.take(floor.bo, now=AT + timedelta(seconds=2)) is None
    again = why_no_audit(SYSTEM, worker=worker_of(floor.bo), now=AT + timedelta(seconds=2))
    assert again.first is not None
    assert "Violence 1 (lapsed at 2026-03-02 10:00 UTC)" in again.first.found


def test_a_queue_asks_for_itself_and_a_rule_that_asks_nothing_ends_it(floor: Floor) -> None:
    queue = floor.house.queue
    set_auditor_rule(SYSTEM, queue=queue, skills=["Graphic"], now=AT)
    assert floor.take(floor.bo) is None
    made = set_auditor_rule(SYSTEM, queue=queue, now=AT)
    assert not made.asks
    assert floor.take(floor.bo) is not None
    for wrong in ({}, {"queue": queue, "policy": floor.policy}, {"queue": queue, "skills": ["x" * 81]}):
        with pytest.raises(Invalid):
            set_auditor_rule(SYSTEM, now=AT, **wrong)
    with pytest.raises(Refused):
        set_auditor_rule(floor.house.actor(floor.bo), queue=queue, now=AT)


def test_near_the_end_the_day_comes_out_even_among_those_on_duty(floor: Floor) -> None:
    floor.audit(floor.bo, 3)  # three are left, one of them Mo's; Ada's own two she never audits
    assert floor.take(floor.bo) is not None
    AuditTask.objects.filter(closed_at=None).update(auditor=None, expires_at=None)
    switch_state(floor.house.actor(floor.ada), worker=worker_of(floor.ada), state="audit", now=AT)
    # Ada could take three to catch up, and no more than three wait.
    told = floor.why(floor.bo)
    assert (told.first.slug, told.left) == ("ahead", 0)
    assert floor.take(floor.bo) is None
    assert floor.take(floor.ada) is not None
    switch_state(floor.house.actor(floor.ada), worker=worker_of(floor.ada), state="break", now=AT)
    assert floor.take(floor.bo) is not None


def test_her_own_and_her_role_are_told_too(floor: Floor) -> None:
    told = {check.slug: check for check in floor.why(floor.ada).checks}
    assert told["own"].kept == 2
    assert floor.why(floor.ada).left == 4
    assert "exposure" in told
    asked = floor.why(floor.mo, asker=floor.lea)
    assert asked.first.slug == "role"
    assert "exposure" not in {check.slug for check in asked.checks}


def test_pages_and_api_for_the_manager_an_auditor_and_a_stranger(
    floor: Floor, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    rules, why, bo = reverse("quality:auditor_rules"), reverse("quality:why_no_audit"), str(worker_of(floor.bo).pk)
    client.force_login(floor.lea)
    where = f"policy:{floor.policy.pk}"
    assert client.post(rules, {"where": where, "skills": "x" * 90}).status_code == 422
    said = client.post(rules, {"where": where, "certifications": "Violence 1"}, follow=True).text
    assert "nobody may take them" in said
    assert "0 of 3" in said
    assert "Violence 1" in client.get(why, {"worker": bo}).text
    assert "Bo" in client.get(why, {"q": "bo"}).text
    (listed,) = client.get("/api/v1/quality/auditor_rules").json()
    assert listed["certifications"] == ["Violence 1"]
    assert "Violence 1" in client.get(rules, {"rule": listed["id"]}).text
    client.force_login(floor.bo)
    assert client.get(rules).status_code == 200
    assert client.post(rules, {"where": where}).status_code == 403
    assert "Which rules keep audits from you" in client.get(reverse("quality:audits")).text
    assert client.get("/api/v1/quality/audits/why_not").json()["first"]["slug"] == "unqualified"
    assert client.get(why, {"worker": str(worker_of(floor.ada).pk)}).status_code == 404
    put = {"policy_id": str(floor.policy.pk)}
    assert client.put("/api/v1/quality/auditor_rules", json.dumps(put), "application/json").status_code in (403, 404)
    stranger = floor.house.person("Vera", "vendor_manager", organisation=floor.house.partner)
    client.force_login(stranger)
    assert "Violence 1" not in client.get(rules).text
    assert client.get(why, {"worker": bo}).status_code in (403, 404)
