"""The API does what the pages do, refuses as they do, and hides what they hide."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenkeel.improve import CAUSES, Investigation, Windows, open_investigation
from evenkeel.people import Person
from evenkeel.work.tests import factories

from .story import FAULT, FIRST, LAST, NOW, SYSTEM, Story

pytestmark = pytest.mark.django_db
BASE = "/api/v1/improve"
WINDOWS = Windows(baseline_since=FIRST, since=FAULT, until=LAST + timedelta(days=1))
SUMMARY = "The team had not read the new clause on gift cards."


class Program:
    """A client that speaks JSON."""

    def __init__(self, person: Person):
        self.client = Client()
        self.client.force_login(person)

    def get(self, path: str) -> Any:
        return self.client.get(f"{BASE}{path}")

    def post(self, path: str, said: dict[str, Any] | None = None) -> Any:
        return self.client.post(f"{BASE}{path}", json.dumps(said or {}, default=str), content_type="application/json")


@pytest.fixture
def lead(story: Story) -> Program:
    return Program(story.person("lead"))


def asked(story: Story, **said: Any) -> dict[str, Any]:
    windows = {"baseline_since": FIRST, "since": FAULT, "until": LAST + timedelta(days=1)}
    return {"title": "Scams", "programme_id": story.programme.pk} | windows | said


def test_one_is_opened_read_coded_and_closed(story: Story, lead: Program) -> None:
    answer = lead.post("/investigations", asked(story, team_id=story.team_b.pk))
    assert answer.status_code == 200
    made = answer.json()
    assert (made["state"], made["verdict"], made["where"]) == ("open", "localised", "Northline B")
    assert made["current"]["n"] == 60
    assert made["drivers"][0]["cell"][0]["title"] == "Scam listing"
    path = f"/investigations/{made['id']}"
    assert lead.get(path).json() == made
    cases = lead.get(f"{path}/cases").json()
    assert len(cases) == Investigation.objects.get().cases.count()
    coded = lead.post(f"/cases/{cases[0]['id']}/codings", {"cause": "knowledge_gap", "comment": "New clause."})
    assert (coded.json()["cause"], coded.json()["comment"]) == ("knowledge_gap", "New clause.")
    assert [case["cause"] for case in lead.get(f"{path}/cases").json()].count("knowledge_gap") == 1
    assert lead.post(f"{path}/notes", {"body": "Asked Bea."}).status_code == 200
    assert [note["body"] for note in lead.get(f"{path}/notes").json()] == ["Asked Bea."]
    assert lead.post(f"{path}/looks").json() == {"new_cases": 0}
    closed = lead.post(f"{path}/closing", {"cause": "knowledge_gap", "summary": SUMMARY}).json()
    assert (closed["state"], closed["cause"], closed["summary"]) == ("closed", "knowledge_gap", SUMMARY)
    assert lead.post(f"{path}/looks").status_code == 409
    assert lead.post(f"{path}/reopening").json()["state"] == "open"


def test_a_signal_is_investigated_once(story: Story, lead: Program) -> None:
    path = f"/signals/{story.signal().pk}/investigation"
    assert lead.post(path).json()["id"] == lead.post(path).json()["id"]


def test_what_does_not_fit_is_named(story: Story, lead: Program) -> None:
    for said, status, field in (
        (asked(story, since=FIRST), 422, "since"),
        (asked(story, title=" "), 422, "title"),
        (asked(story, owner_id=story.programme.pk), 422, "owner"),
        (asked(story, owner_id=story.person("moderator").pk), 422, "owner"),
        (asked(story, team_id=story.programme.pk), 404, None),
    ):
        answer = lead.post("/investigations", said)
        assert answer.status_code == status, said
        if field:
            assert field in answer.json()["fields"]
    found = open_investigation(
        SYSTEM, title="Why?", programme=story.programme, windows=WINDOWS, owner=story.manager, now=NOW
    )
    assert lead.post(f"/investigations/{found.pk}/closing", {"cause": "moon", "summary": SUMMARY}).status_code == 422


def test_pages_of_the_list_go_on_where_the_last_ended(story: Story, lead: Program) -> None:
    for number in range(5):
        open_investigation(
            SYSTEM, title=f"Number {number}", programme=story.programme, windows=WINDOWS, owner=story.manager, now=NOW
        )
    titles, after = [], ""
    while True:
        page = lead.get(f"/investigations?limit=2{after}").json()
        titles += [row["title"] for row in page["rows"]]
        if page["after"] is None:
            break
        after = f"&after={page['after']}"
    assert titles == [f"Number {number}" for number in (4, 3, 2, 1, 0)]
    assert lead.get("/investigations?state=closed").json()["rows"] == []
    assert len(lead.get(f"/investigations?state=open&programme_id={story.programme.pk}").json()["rows"]) == 5


def test_a_vendor_reads_its_own_and_a_stranger_nothing(story: Story) -> None:
    whole, own = (
        open_investigation(
            SYSTEM, title="Why?", programme=story.programme, windows=WINDOWS, owner=story.manager, now=NOW,
            organisation=organisation,
        )
        for organisation in (None, story.vendor)
    )  # fmt: skip
    theirs = Program(story.person("vendor_manager", organisation=story.vendor))
    stranger = Program(story.person("vendor_manager", "lead", organisation=factories.make_vendor()))
    assert [row["id"] for row in theirs.get("/investigations").json()["rows"]] == [str(own.pk)]
    assert stranger.get("/investigations").json()["rows"] == []
    for path in ("", "/cases", "/notes"):
        assert theirs.get(f"/investigations/{own.pk}{path}").status_code == 200
        assert theirs.get(f"/investigations/{whole.pk}{path}").status_code == 404
        assert stranger.get(f"/investigations/{own.pk}{path}").status_code == 404
    assert theirs.post(f"/investigations/{own.pk}/notes", {"body": "Hello."}).status_code == 403
    assert stranger.post("/investigations", asked(story)).status_code == 404, "no such programme, to her"


def test_rows_about_few_people_are_hidden_here_too(story: Story, lead: Program) -> None:
    made = lead.post("/investigations", asked(story, team_id=story.team_b.pk)).json()
    read = Program(story.person("qa_specialist")).get(f"/investigations/{made['id']}").json()
    assert read["hidden_drivers"] == len(made["drivers"]) - len(read["drivers"]) > 0
    assert not any(part["dimension"] == "worker" for driver in read["drivers"] for part in driver["cell"])


def test_the_catalogue_of_causes(lead: Program) -> None:
    assert [cause["slug"] for cause in lead.get("/causes").json()] == CAUSES.slugs()
