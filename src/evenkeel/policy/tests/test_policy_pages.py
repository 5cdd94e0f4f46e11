"""Policy pages and API as somebody who publishes, somebody who reads, and a stranger."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from evenkeel.people import Person
from evenkeel.policy import Policy, PolicyVersion, publish_version
from evenkeel.work.tests.factories import (
    SYSTEM,
    after,
    make_person,
    make_policy,
    make_programme,
    make_queue,
    make_vendor,
)

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def policy() -> Policy:
    return make_policy("Safety", body="# Rule\n\nBe kind.")


@pytest.fixture
def publisher() -> Client:
    return client_of(make_person("quality_manager"))


def test_a_policy_is_added_and_its_first_version_written(publisher: Client) -> None:
    response = publisher.post("/policy/", {"name": "Spam"}, follow=True)
    assert "Write the first version" in response.text
    made = Policy.objects.get()
    response = publisher.post(f"/policy/{made.pk}/publish/", {"body_markdown": "# Spam\n\nIs bad."}, follow=True)
    assert '<h2 id="said-spam">Spam</h2>' in response.text
    assert "Version 1, in force." in response.text


def test_a_second_version_needs_a_sentence(publisher: Client, policy: Policy) -> None:
    url = f"/policy/{policy.pk}/publish/"
    assert "Be kind." in publisher.get(url).text
    response = publisher.post(url, {"body_markdown": "New."})
    assert response.status_code == 422
    assert "who know the version before" in response.text
    publisher.post(url, {"body_markdown": "New.", "what_changed": "Everything."})
    assert PolicyVersion.objects.get(policy=policy, number=2).what_changed == "Everything."


def test_an_old_version_says_that_it_is_old(publisher: Client, policy: Policy) -> None:
    publish_version(SYSTEM, policy=policy, body_markdown="New.", what_changed="All.", now=after(seconds=1))
    assert "This is an older version." in publisher.get(f"/policy/{policy.pk}/versions/1/").text
    assert "This is an older version." not in publisher.get(f"/policy/{policy.pk}/versions/2/").text
    assert "in force" in publisher.get(f"/policy/{policy.pk}/versions/").text
    assert publisher.get(f"/policy/{policy.pk}/versions/3/").status_code == 404


def test_the_preview_is_clean(publisher: Client) -> None:
    response = publisher.post("/policy/preview/", {"body_markdown": "**x** <script>y</script>"})
    assert "<strong>x</strong>" in response.text
    assert "<script>" not in response.text


def test_a_reader_reads_and_changes_nothing(policy: Policy) -> None:
    reader = client_of(make_person("moderator"))
    page = reader.get(f"/policy/{policy.pk}/")
    assert "Be kind." in page.text
    assert "Write a new version" not in page.text
    assert reader.get(f"/policy/{policy.pk}/publish/").status_code == 403
    assert reader.post("/policy/", {"name": "Mine"}).status_code == 403
    assert reader.post("/policy/preview/", {"body_markdown": "x"}).status_code == 403


def test_a_partner_reads_the_policies_of_its_queues_only(policy: Policy) -> None:
    partner, stranger = make_vendor(), make_vendor()
    make_queue(make_programme(partners=[partner]), policy=policy)
    other = make_policy("Other")
    theirs = client_of(make_person("moderator", partner))
    assert theirs.get(f"/policy/{policy.pk}/").status_code == 200
    assert theirs.get(f"/policy/{other.pk}/").status_code == 404
    for path in ("", "versions/", "versions/1/", "publish/"):
        assert client_of(make_person("moderator", stranger)).get(f"/policy/{policy.pk}/{path}").status_code == 404


def test_programs_read_and_publish(policy: Policy, publisher: Client) -> None:
    base = "/api/v1/policy/policies"
    assert [row["version_in_force"] for row in publisher.get(base).json()] == [1]
    said = {"body_markdown": "New.", "what_changed": "All."}
    made = publisher.post(f"{base}/{policy.pk}/versions", json.dumps(said), content_type="application/json").json()
    assert (made["number"], made["html"]) == (2, "<p>New.</p>\n")
    assert [row["number"] for row in publisher.get(f"{base}/{policy.pk}/versions").json()] == [2, 1]
    assert publisher.get(f"{base}/{policy.pk}/versions/1").json()["number"] == 1
    reader = client_of(make_person("moderator"))
    refused = reader.post(f"{base}/{policy.pk}/versions", json.dumps(said), content_type="application/json")
    assert refused.status_code == 403
