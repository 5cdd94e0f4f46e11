"""Changes asked for: by whom, answered how, and which version made them true."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.test import Client

from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.people import Person
from evenkeel.policy import ChangeRequest, Policy, answer_change, propose_change, publish_version
from evenkeel.policy.rules_requests import check_evidence
from evenkeel.work.tests.factories import (
    NOW,
    as_actor,
    make_person,
    make_policy,
    make_programme,
    make_queue,
    make_vendor,
)

WHAT, WHY = "Say with an example that a voucher counts as a gift card.", "Two people in three read it otherwise."


@pytest.fixture
def policy(db: None) -> Policy:
    return make_policy("Safety", body="# Rule\n\nBe kind.")


def asked(policy: Policy, person: Person) -> ChangeRequest:
    return propose_change(
        as_actor(person), policy=policy, clause="2.1", what=WHAT, why=WHY, evidence=[{"url": "/improve/"}], now=NOW
    )


def test_it_goes_from_asked_to_published_with_the_version_that_answered(policy: Policy) -> None:
    keeper, reader = make_person("quality_manager"), make_person("qa_specialist")
    made = asked(policy, reader)
    with pytest.raises(Refused):
        answer_change(as_actor(reader), request=made, is_accepted=True, reason="It is true.", now=NOW)
    with pytest.raises(NotNow):
        publish_version(as_actor(keeper), policy=policy, body_markdown="x", what_changed="x", answers=[made], now=NOW)
    answer_change(as_actor(keeper), request=made, is_accepted=True, reason="They are right.", now=NOW)
    with pytest.raises(NotNow):
        answer_change(as_actor(keeper), request=made, is_accepted=False, reason="On second thought.", now=NOW)
    version = publish_version(
        as_actor(keeper), policy=policy, body_markdown="New.", what_changed="Vouchers.", answers=[made], now=NOW
    )
    fresh = ChangeRequest.objects.get(pk=made.pk)
    assert (fresh.state, fresh.publication.version) == ("published", version)
    assert reader.notices.count() == 2, "whoever asked hears of the answer and of the version"
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE policy_changerequest SET what = 'x'")


def test_it_says_what_and_why_and_links_only_to_pages(policy: Policy) -> None:
    person = as_actor(make_person("lead"))
    with pytest.raises(Invalid) as refused:
        propose_change(person, policy=policy, what="No.", why=WHY, now=NOW)
    assert "what" in refused.value.fields
    for url in ("//elsewhere.test/", "javascript:alert(1)", "http://plain.test/", "/a b", ""):
        with pytest.raises(Invalid):
            check_evidence([{"url": url}])


def test_three_people_meet_its_pages(policy: Policy) -> None:
    vendor, other = make_vendor("Northline"), make_vendor("Southline")
    make_queue(make_programme("Listings", partners=[vendor, other]), name="New", policy=policy)
    keeper, asker = make_person("quality_manager"), make_person("vendor_manager", organisation=vendor)
    stranger = make_person("vendor_manager", organisation=other)
    clients = {}
    for person in (keeper, asker, stranger):
        clients[person] = Client()
        clients[person].force_login(person)
    url = f"/policy/{policy.pk}/changes/"
    assert clients[asker].post(url, {"what": "No", "why": WHY}).status_code == 422
    sent = clients[asker].post(url, {"what": WHAT, "why": WHY, "evidence": "/improve/"})
    found = ChangeRequest.objects.get()
    assert sent.headers["Location"] == found.get_absolute_url()
    seen = {
        person: [client.get(address).status_code for address in (url, "/policy/changes/", found.get_absolute_url())]
        for person, client in clients.items()
    }
    assert seen == {keeper: [200, 200, 200], asker: [200, 200, 200], stranger: [200, 200, 404]}
    assert WHAT[:40] not in clients[stranger].get(url).text, "what another house asked for is not theirs to read"
    assert "Answer it" not in clients[asker].get(found.get_absolute_url()).text
    clients[keeper].post(found.get_absolute_url(), {"is_accepted": "yes", "reason": "They are right."})
    assert "Which accepted changes" in clients[keeper].get(f"/policy/{policy.pk}/publish/").text
    said = clients[asker].get("/api/v1/policy/change-requests").json()
    assert [(each["state"], each["answer"]) for each in said] == [("accepted", "They are right.")]
    assert clients[stranger].get("/api/v1/policy/change-requests").json() == []
