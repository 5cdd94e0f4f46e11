"""Certifications: in force for a time, obeyed by the very next hand-out, and named by why-not."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.people import Person
from evenkeel.policy import (
    Certificate,
    Certification,
    add_certification,
    certify,
    holdings,
    publish_version,
    withdraw_certificate,
)
from evenkeel.work import Queue, take_batch, why_not

from .factories import (
    NOW,
    SYSTEM,
    after,
    as_actor,
    make_person,
    make_policy,
    make_queue,
    make_vendor,
    worker_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> Person:
    return make_person("moderator")


@pytest.fixture
def queue() -> Queue:
    return make_queue(items=9, batch_size=1, certifications=["Violence 1"], lease_s=60)


def certification(**said: Any) -> Certification:
    return add_certification(SYSTEM, name="Violence 1", now=NOW, **said)


def refusal(person: Person, queue: Queue, **how_long: float) -> str:
    """Why hand-out refuses at that moment; "" when it hands something out."""
    try:
        return "" if take_batch(as_actor(person), queue=queue, now=after(**how_long)) else "nothing"
    except NotNow as no:
        sentence = no.sentence
    told = why_not(SYSTEM, queue=queue, worker=worker_of(person), now=after(**how_long))
    assert told.first is not None
    assert (told.first.slug, told.first.found) == ("certification", sentence)
    return sentence


def test_it_lapses_by_its_day_to_the_moment(queue: Queue, moderator: Person) -> None:
    made = certification(lapses_after_days=30)
    assert "never held" in refusal(moderator, queue)
    certify(SYSTEM, certification=made, worker=worker_of(moderator), now=NOW)
    assert refusal(moderator, queue, seconds=1) == ""
    assert refusal(moderator, queue, days=30, seconds=-1) == ""
    assert refusal(moderator, queue, days=30) == "The certification Violence 1 lapsed at 2026-04-01 09:00 UTC."
    # Passed again, it holds again, whatever lapsed before.
    certify(SYSTEM, certification=made, worker=worker_of(moderator), now=after(days=31))
    assert refusal(moderator, queue, days=32) == ""


def test_it_lapses_with_a_new_version_of_its_guideline(queue: Queue, moderator: Person) -> None:
    policy = make_policy()
    made = certification(policy=policy, lapses_with_policy=True)
    certify(SYSTEM, certification=made, worker=worker_of(moderator), now=NOW)
    assert refusal(moderator, queue, minutes=1) == ""
    publish_version(SYSTEM, policy=policy, body_markdown="# New", what_changed="All.", now=after(minutes=2))
    assert "with a new version of its guideline" in refusal(moderator, queue, minutes=2)


def test_it_is_withdrawn_at_once_and_only_once(queue: Queue, moderator: Person) -> None:
    held = certify(SYSTEM, certification=certification(), worker=worker_of(moderator), now=NOW)
    assert refusal(moderator, queue) == ""
    with pytest.raises(Invalid):
        withdraw_certificate(SYSTEM, certificate=held, reason=" ", now=after(minutes=1))
    withdraw_certificate(SYSTEM, certificate=held, reason="Failed the check.", now=after(minutes=1))
    assert "was withdrawn at 2026-03-02 09:01 UTC" in refusal(moderator, queue, minutes=1)
    with pytest.raises(NotNow):
        withdraw_certificate(SYSTEM, certificate=held, reason="Again.", now=after(minutes=2))


def test_names_that_policy_does_not_keep_are_none_of_its_business(moderator: Person) -> None:
    worker = worker_of(moderator)
    assert holdings(worker.pk, ["First aid"], now=NOW) == ([], set())


def test_what_does_not_fit_is_refused() -> None:
    for said in (
        {"name": ""},
        {"name": "a,b"},
        {"name": "x" * 81},
        {"name": "A", "lapses_after_days": 0},
        {"name": "A", "lapses_with_policy": True},
    ):
        with pytest.raises(Invalid):
            add_certification(SYSTEM, now=NOW, **said)
    made = certification()
    with pytest.raises(Invalid):
        certification()
    with pytest.raises(Invalid):
        certify(
            SYSTEM,
            certification=made,
            worker=worker_of(make_person()),
            valid_until=NOW - timedelta(days=1),
            now=NOW,
        )


def test_pages_for_the_manager_a_colleague_and_a_stranger(moderator: Person) -> None:
    client = Client()
    client.force_login(make_person("quality_manager"))
    added = client.post("/policy/certifications/", {"name": "Violence 1", "lapses_after_days": 30})
    made = Certification.objects.get()
    assert added["Location"] == made.get_absolute_url()
    assert client.post("/policy/certifications/", {"name": "Violence 1"}).status_code == 422
    address, code = made.get_absolute_url(), worker_of(moderator).code
    assert client.post(address, {"worker": "nobody"}).status_code == 422
    assert moderator.name in client.post(address, {"worker": code}, follow=True).text
    held = Certificate.objects.get()
    withdrawal = f"/policy/certificates/{held.pk}/withdrawal/"
    assert client.post(withdrawal, {"reason": ""}).status_code == 422
    stranger = make_person("quality_manager", make_vendor())
    for person in (moderator, stranger):
        other = Client()
        other.force_login(person)
        assert other.get(address).status_code in (403, 404)
        assert other.post(withdrawal, {"reason": "x"}).status_code in (403, 404)
    assert "withdrawn" in client.post(withdrawal, {"reason": "Failed."}, follow=True).text


def test_the_api_certifies_and_withdraws(moderator: Person) -> None:
    client = Client()
    client.force_login(make_person("quality_manager"))

    def post(path: str, **said: Any) -> Any:
        answer = client.post(f"/api/v1/policy{path}", json.dumps(said), content_type="application/json")
        return answer.json()

    made = post("/certifications", name="Violence 1", lapses_after_days=30)
    base = f"/certifications/{made['id']}/certificates"
    held = post(base, worker_id=str(worker_of(moderator).pk))
    assert held["lapse"] == ""
    assert post(f"/certificates/{held['id']}/withdraw", reason="Failed.")["lapse"] == "withdrawn"
    assert [each["lapse"] for each in client.get(f"/api/v1/policy{base}").json()] == ["withdrawn"]
    assert [each["name"] for each in client.get("/api/v1/policy/certifications").json()] == ["Violence 1"]
    assert post("/certifications", name="")["fields"].keys() == {"name"}
