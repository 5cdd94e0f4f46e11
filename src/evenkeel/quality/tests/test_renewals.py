"""A new version of a guideline calls whoever is certified by it to the exam; past the deadline the next hand-out refuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from evenkeel.ground import clock
from evenkeel.ground.errors import NotNow
from evenkeel.ground.tests.worlds import Given, commits, made_once
from evenkeel.people import Person
from evenkeel.people.notices import notices_of
from evenkeel.policy import (
    Certification,
    Holding,
    Policy,
    add_certification,
    add_policy,
    certify,
    holders,
    holdings,
    publish_version,
    renewals,
)
from evenkeel.quality import (
    Exam,
    ExamCall,
    ExamSitting,
    Gold,
    GoldAnswer,
    UnclearClause,
    call_again,
    keep_skill,
    open_exam,
    set_auditor_rule,
)
from evenkeel.quality.queries.auditor_rules import auditor_rules, qualified
from evenkeel.quality.queries.renewals import calls_of, own_calls
from evenkeel.quality.queries.skill import left_to_policy, skill_of
from evenkeel.work import Queue, add_queue, change_queue, take_batch, why_not

from .conftest import NOW, SYSTEM, House, make_house, worker_of
from .gold_world import GoldWorld, gold_world

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
CHANGED = NOW + 10 * DAY
DEADLINE = CHANGED + 14 * DAY


@dataclass
class School:
    """Mo and Pia hold "Safety 1", which its guideline ends fourteen days after a new version; an exam gives it."""

    golds: GoldWorld
    policy: Policy
    safety: Certification
    queue: Queue
    exam: Exam
    mo: Person
    pia: Person

    @property
    def house(self) -> House:
        return self.golds.house

    def refused(self, person: Person, at: datetime, queue: Queue | None = None) -> str:
        """What hand-out says at a moment; "" when it hands something out."""
        try:
            return "" if take_batch(self.house.actor(person), queue=queue or self.queue, now=at) else "nothing"
        except NotNow as no:
            return str(no.sentence)

    def publish(self, text: str, at: datetime) -> None:
        publish_version(SYSTEM, policy=self.policy, body_markdown=text, what_changed="More.", now=at)
        # Experts agree anew to what the new version has flagged.
        Gold.objects.filter(state=Gold.FLAGGED).update(state=Gold.IN_FORCE)


def build() -> School:
    house = make_house()
    golds = gold_world(house)
    policy = add_policy(SYSTEM, name="Safety", now=NOW)
    publish_version(SYSTEM, policy=policy, body_markdown="# One", now=NOW)
    safety = add_certification(SYSTEM, name="Safety 1", policy=policy, lapses_with_policy=True, renew_days=14, now=NOW)
    room = add_queue(
        SYSTEM, programme=house.programme, name="Exam", form=house.form.form, policy=policy, undo_s=0, now=NOW
    )
    test: dict[str, Any] = {"good": 0.95, "bad": 0.6, "risk_good": 0.1, "risk_bad": 0.1, "most": 12}
    exam = open_exam(SYSTEM, queue=room, certification=safety, **test, now=NOW)
    change_queue(SYSTEM, queue=house.queue, certifications=["Safety 1"], lease_s=60, batch_size=1, now=NOW)
    house.queue.refresh_from_db()
    golds.items(12, queue=house.queue)
    golds.golds(30, is_for_exams=True)
    mo, pia = house.person("Mo", "moderator"), house.person("Pia", "moderator", organisation=house.partner)
    for person in (mo, pia):
        certify(SYSTEM, certification=safety, worker=worker_of(person), now=NOW)
    return School(golds, policy, safety, house.queue, exam, mo, pia)


@pytest.fixture(scope="module")
def _school(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Given[School]]:
    with made_once(django_db_blocker, tmp_path_factory.mktemp("school"), build) as given:
        yield given


@pytest.fixture
def school(_school: Given[School], db: None, data_dir: Path, request: pytest.FixtureRequest) -> School:
    return _school(data_dir, commits=commits(request))


def test_a_new_version_calls_every_holder_once_with_a_deadline_and_reminds_her(school: School) -> None:
    call_again(CHANGED - DAY)
    assert not ExamCall.objects.exists()
    school.publish("# Two", CHANGED)
    assert call_again(CHANGED) == 2
    assert call_again(CHANGED + SECOND) == 0
    call = ExamCall.objects.get(worker=worker_of(school.mo))
    assert (call.why, call.deadline_at, call.called_at) == ("replaced", DEADLINE, CHANGED)
    notice = notices_of(school.mo)[0]
    assert notice.title == "The guideline of Safety 1 has a new version: sit the exam by 2026-03-26 09:00 UTC."
    assert notice.url == reverse("work:desk", args=[school.exam.queue_id])
    # A second version gives nobody more time, and calls nobody twice.
    school.publish("# Three", CHANGED + 3 * DAY)
    assert call_again(CHANGED + 3 * DAY) == 0
    assert school.refused(school.mo, DEADLINE)
    call_again(DEADLINE - DAY)
    call_again(DEADLINE - DAY + SECOND)
    assert notices_of(school.mo)[0].title.endswith("you have not sat its exam.")
    # The certificate, the call, the reminder.
    assert notices_of(school.mo).count() == 3


def test_it_holds_until_the_deadline_and_not_a_second_longer(school: School) -> None:
    """No cache stands between: each hand-out reads the certificate, so a lapse needs no minute at all."""
    school.publish("# Two", CHANGED)
    assert school.refused(school.mo, CHANGED) == ""
    assert school.refused(school.mo, DEADLINE - SECOND) == ""
    sentence = "The certification Safety 1 lapsed at 2026-03-26 09:00 UTC, with a new version of its guideline."
    assert school.refused(school.mo, DEADLINE) == sentence
    told = why_not(SYSTEM, queue=school.queue, worker=worker_of(school.mo), now=DEADLINE)
    assert told.first is not None
    assert (told.first.slug, told.first.found) == ("certification", sentence)
    # For auditors the same holds, by the same question.
    set_auditor_rule(SYSTEM, policy=school.policy, certifications=["Safety 1"], now=NOW)
    mo = worker_of(school.mo).pk
    assert qualified(mo, auditor_rules(), now=DEADLINE - SECOND).names == {"Safety 1"}
    assert qualified(mo, auditor_rules(), now=DEADLINE).names == set()
    assert holders(["Safety 1"], now=DEADLINE) == {"Safety 1": set()}


def test_the_exam_may_be_sat_while_it_still_holds_and_passing_renews_it(school: School) -> None:
    room = school.exam.queue
    assert "hold this certification" in school.refused(school.mo, CHANGED - DAY, room)
    school.publish("# Two", CHANGED)
    call_again(CHANGED)
    school.golds.now = CHANGED + DAY
    while not ExamSitting.objects.exclude(outcome="").exists():
        school.golds.work(school.mo, room)
        school.golds.settle()
    assert ExamSitting.objects.get().outcome == "passed"
    assert school.refused(school.mo, DEADLINE) == ""
    assert school.refused(school.pia, DEADLINE) != ""
    assert own_calls(worker_of(school.mo).pk, now=DEADLINE) == []
    states = {each.call.worker.name: each.state for each in calls_of(ExamCall.objects.all(), now=DEADLINE)}
    assert states == {"Mo": "renewed", "Pia": "late"}
    assert "hold this certification" in school.refused(school.mo, DEADLINE, room)
    # Whoever let it lapse may sit it as well.
    assert school.refused(school.pia, DEADLINE, room) == ""


def test_answers_about_an_unclear_clause_neither_pass_nor_fail_anybody(school: School) -> None:
    version = school.policy.versions.get()
    UnclearClause.objects.create(
        policy=school.policy, version=version, clause="Unsafe", bound=0.8, estimate={}, from_at=NOW
    )
    ada = school.house.person("Ada", "moderator")
    school.golds.now = NOW + DAY
    while not ExamSitting.objects.exclude(outcome="").exists():
        assert school.golds.work(ada, school.exam.queue)
        school.golds.settle()
    counted = set(GoldAnswer.objects.values_list("truth", "counts_for_policy"))
    assert counted == {("Safe", False), ("Unsafe", True)}
    assert ExamSitting.objects.get().n <= GoldAnswer.objects.filter(truth="Safe").count()
    assert left_to_policy(worker_of(ada).pk, now=NOW + 2 * DAY) == GoldAnswer.objects.filter(truth="Unsafe").count()
    keep_skill(NOW + 2 * DAY)
    assert [each.name for each in skill_of(worker_of(ada).pk, by="class")] == ["Chat safety: Safe"]


def test_a_day_that_comes_calls_before_it_comes(school: School) -> None:
    dated = add_certification(SYSTEM, name="Dated", lapses_after_days=90, renew_days=10, now=NOW)
    mo = worker_of(school.mo)
    certify(SYSTEM, certification=dated, worker=mo, now=NOW)
    assert renewals(dated, now=NOW + 79 * DAY) == []
    (found,) = renewals(dated, now=NOW + 80 * DAY)
    assert (found.why, found.until) == ("expired", NOW + 90 * DAY)
    certify(SYSTEM, certification=dated, worker=mo, now=NOW + 85 * DAY)
    assert renewals(dated, now=NOW + 89 * DAY) == []
    held, _known = holdings(mo.pk, ["Dated"], now=NOW + 89 * DAY)
    assert held == [Holding(name="Dated", at=NOW + 175 * DAY, ends_by="expired")]


def test_experts_hear_of_an_exam_that_the_new_version_emptied(school: School) -> None:
    publish_version(SYSTEM, policy=school.policy, body_markdown="# Two", what_changed="More.", now=CHANGED)
    Gold.objects.update(state=Gold.FLAGGED)
    call_again(CHANGED)
    (edda, _egon) = school.golds.experts
    assert "2 people are called to the exam Exam, which has 0 items in force of 12" in notices_of(edda)[0].title


def test_pages_for_the_manager_for_her_and_for_a_stranger(
    school: School, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.publish("# Two", CHANGED)
    call_again(CHANGED)
    at = CHANGED + DAY
    monkeypatch.setattr(clock, "now", lambda: at)
    page = reverse("quality:exam", args=[school.exam.pk])
    client.force_login(school.golds.experts[0])
    assert "Called to sit it again" in client.get(page).text
    calls = client.get(f"/api/v1/quality/exams/{school.exam.pk}/calls").json()
    assert {each["state"] for each in calls} == {"waits"}
    assert "to be renewed" in client.get(school.safety.get_absolute_url()).text
    client.force_login(school.mo)
    for own in (reverse("quality:mine"), "/"):
        assert "Sit the exam" in client.get(own).text
    assert client.get(page).status_code in (403, 404)
    client.force_login(school.house.person("Vera", "vendor_manager", organisation=school.house.partner))
    assert "Sit the exam" not in client.get("/").text
