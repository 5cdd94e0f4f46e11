"""Initiatives and suggestions; and the pages and API of all that is done: as owner, reader and stranger."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.improve import (
    Action,
    EffectCheck,
    Initiative,
    approve_plan,
    begin_action,
    draft_note,
    link_action,
    review_tollgate,
    send_note,
    start_initiative,
    suggest,
    triage,
    vote,
)
from evenkeel.improve.acts import (
    close_risk,
    move_initiative,
    note_risk,
    plan_tollgate,
    set_market_status,
    set_stakeholder,
)
from evenkeel.improve.jobs_actions import check_effects
from evenkeel.improve.models import SuggestionVote
from evenkeel.improve.queries_actions import rules_for
from evenkeel.improve.queries_initiatives import gates_of, markets_of, votes_of
from evenkeel.people import Person
from evenkeel.people.models import Notice
from evenkeel.work.tests import factories

from .plant import AFTER, START, Plant
from .story import NOW, actor_of

pytestmark = pytest.mark.django_db
DUE = START + timedelta(days=90)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def person_of(name: str) -> Person:
    return Person.objects.get(name=name)


@pytest.fixture
def started(plant: Plant) -> Initiative:
    return start_initiative(
        plant.manager, title="Fewer scams", kind="kaizen", programme=plant.story.programme, organisation=plant.story.vendor,
        problem="Scams slip through as allowed.", goal="Four points better by June.", due_on=DUE, now=NOW,
    )  # fmt: skip


@pytest.fixture
def checked(plant: Plant) -> Action:
    action = plant.opened()
    plan = plant.frozen(action)
    approve_plan(plant.manager, action=action, sha256=plan.sha256, now=NOW)
    begin_action(plant.lead, action=action, now=NOW)
    check_effects(AFTER)
    return action


def test_gates_are_passed_in_order_by_their_keeper(plant: Plant, started: Initiative) -> None:
    first, second = (shown.gate for shown in gates_of(started)[:2])
    assert first.title == "Plan"
    with pytest.raises(NotNow):
        review_tollgate(plant.lead, tollgate=first, met=[True], now=NOW)
    with pytest.raises(NotNow):
        review_tollgate(plant.manager, tollgate=second, met=[True], now=NOW)
    assert not review_tollgate(plant.manager, tollgate=first, met=[False], now=NOW).is_passed
    assert review_tollgate(plant.manager, tollgate=first, met=[True], now=NOW).is_passed
    with pytest.raises(NotNow):
        review_tollgate(plant.manager, tollgate=first, met=[True], now=NOW)
    plan_tollgate(plant.manager, tollgate=second, criteria=["One", "Two"], keeper=person_of("Lena"), now=NOW)
    with pytest.raises(Invalid):
        review_tollgate(plant.lead, tollgate=second, met=[True], now=NOW)
    assert review_tollgate(plant.lead, tollgate=second, met=[True, True], now=NOW).is_passed
    assert [shown.is_next for shown in gates_of(started)] == [False, False, True, False]


def test_a_note_is_drafted_from_the_record_and_sent_by_hand(plant: Plant, started: Initiative, checked: Action) -> None:
    link_action(plant.manager, initiative=started, action=checked, now=NOW)
    with pytest.raises(NotNow):
        link_action(plant.manager, initiative=started, action=checked, now=NOW)
    later = AFTER + timedelta(days=1)
    set_market_status(
        plant.manager, initiative=started, market="Norway", status="at_risk", note="Late form.", now=later
    )
    set_market_status(plant.manager, initiative=started, market="Norway", status="live", now=later + timedelta(hours=1))
    assert [row.status for row in markets_of(started)] == ["live"]
    risk = note_risk(plant.manager, initiative=started, title="Two new forms", likelihood=3, impact=4, now=later)
    assert risk.rank == 12
    with pytest.raises(Invalid):
        note_risk(plant.manager, initiative=started, title="Bad", likelihood=6, impact=0, now=later)
    close_risk(plant.manager, risk=risk, now=later)
    set_stakeholder(plant.manager, initiative=started, person=person_of("Lena"), role="informed", now=later)
    note = draft_note(plant.manager, initiative=started, now=later + timedelta(hours=2))
    for said in (
        "Explain gift cards was checked: effective. Improvement: ",
        "Norway: live",
        "Risk over: Two new forms.",
    ):
        assert said in note.body, said
    assert not Notice.objects.filter(title="News of Fewer scams").exists()
    send_note(plant.manager, note=note, body=f"{note.body}\nThank you all.", now=later + timedelta(hours=3))
    assert Notice.objects.get(title="News of Fewer scams").person.name == "Lena"
    with pytest.raises(NotNow):
        send_note(plant.manager, note=note, body="Once more, please.", now=later)
    again = draft_note(plant.manager, initiative=started, now=later + timedelta(hours=4))
    assert "Nothing was recorded in these days." in again.body
    move_initiative(plant.manager, initiative=started, state="ended", reason="Reached.", now=later)
    with pytest.raises(NotNow):
        set_market_status(plant.manager, initiative=started, market="Norway", status="late", now=later)


def test_one_vote_a_person_and_merged_votes_add_up(plant: Plant) -> None:
    programme = plant.story.programme
    mira = actor_of(plant.story.person("moderator", name="Mira"))
    one = suggest(mira, programme=programme, title="Bigger pictures", body="They are too small to read.", now=NOW)
    two = suggest(plant.lead, programme=programme, title="Zoom", body="Let me zoom into the picture.", now=NOW)
    for _again in range(3):
        vote(plant.lead, suggestion=one, now=NOW)
    assert SuggestionVote.objects.filter(suggestion=one).count() == 2
    with pytest.raises(Refused):
        triage(mira, suggestion=one, state="accepted", reason="I want it very much.", now=NOW)
    for said in ({"state": "merged"}, {"state": "accepted", "into": one}, {"state": "merged", "into": two}):
        with pytest.raises(Invalid):
            triage(plant.lead, suggestion=two, reason="The same in other words.", now=NOW, **said)
    triage(plant.lead, suggestion=two, state="merged", into=one, reason="The same in other words.", now=NOW)
    assert [(each.votes, each.is_mine) for each in votes_of(mira, [one])] == [(2, True)]
    vote(plant.manager, suggestion=two, now=NOW)
    assert votes_of(mira, [one])[0].votes == 3, "for what was merged"
    vote(mira, suggestion=one, is_for=False, now=NOW)
    assert votes_of(mira, [one])[0].votes == 2
    one.refresh_from_db()
    triage(plant.manager, suggestion=one, state="declined", reason="The tool has it already.", now=NOW)
    assert Notice.objects.filter(person__name="Mira", title__contains="Bigger pictures").exists()
    with pytest.raises(NotNow):
        vote(plant.lead, suggestion=one, now=NOW)


def test_every_page_for_owner_reader_and_stranger(plant: Plant, started: Initiative, checked: Action) -> None:
    link_action(plant.manager, initiative=started, action=checked, now=NOW)
    idea = suggest(
        plant.lead, programme=plant.story.programme, title="Zoom in", body="Let me zoom in, please.", now=NOW
    )
    note = draft_note(plant.manager, initiative=started, now=NOW)
    owner, reader = client_of(person_of("Lena")), client_of(plant.story.person("qa_specialist", name="Quinn"))
    stranger = client_of(
        plant.story.person("lead", "vendor_manager", organisation=factories.make_vendor("Else"), name="Stan")
    )
    manager = client_of(plant.story.manager)
    pages = {
        "/improve/actions/": "Explain gift cards",
        checked.get_absolute_url(): "All of the interval fulfils what was stated before the start.",
        "/improve/portfolio/?q=": "those that failed among them: 1 effect",
        "/improve/initiatives/": "Fewer scams",
        started.get_absolute_url(): "Scams slip through as allowed.",
        "/improve/suggestions/": "Zoom in" if reader else "",
    }
    for url, said in pages.items():
        for client in (owner, reader, manager):
            answer = client.get(url)
            assert answer.status_code == 200, url
            if "suggestions" not in url or client is owner:
                assert said in answer.text, url
        answer = stranger.get(url)
        assert answer.status_code == 404 or said not in answer.text, url
    text = manager.get(started.get_absolute_url()).text
    assert "Draft: change it as you like" in text
    gate = started.tollgates.order_by("position").last()
    assert gate is not None
    assert f"/improve/tollgates/{gate.pk}/plan/" in text
    planned = {"criteria": "A figure\nA name", "keeper": "", "planned_on": "2027-03-01"}
    assert manager.post(f"/improve/tollgates/{gate.pk}/plan/", planned | {"criteria": " "}).status_code == 422
    assert manager.post(f"/improve/tollgates/{gate.pk}/plan/", planned).status_code == 302
    assert stranger.post(f"/improve/tollgates/{gate.pk}/plan/", planned).status_code == 404
    gate.refresh_from_db()
    assert (gate.criteria, str(gate.planned_on)) == (["A figure", "A name"], "2027-03-01")
    assert "Drop it" not in reader.get(checked.get_absolute_url()).text
    assert owner.get(idea.get_absolute_url()).status_code == 200
    assert stranger.get(idea.get_absolute_url()).status_code == 404
    assert stranger.get(f"{checked.get_absolute_url()}figures/").status_code == 404
    assert reader.get(f"{checked.get_absolute_url()}figures/").status_code == 403, "weeks of single teams"
    assert "The weeks of single teams are shown" in reader.get(checked.get_absolute_url()).text
    lines = owner.get(f"{checked.get_absolute_url()}figures/").text.splitlines()
    assert lines[0] == "week,unit,is_changed,value,audits"
    assert len(lines) == 1 + 8 * 21
    papers = (f"{checked.get_absolute_url()}report/", f"/improve/notes/{note.pk}/document/",
              f"{started.get_absolute_url()}document/")  # fmt: skip
    for url in papers:
        assert owner.get(url).content[:5] == b"%PDF-"
        assert stranger.get(url).status_code == 404
    assert reader.get(f"{checked.get_absolute_url()}report/?format=pptx").content[:2] == b"PK"


def test_a_plan_is_frozen_and_approved_on_pages(plant: Plant) -> None:
    owner, manager = client_of(person_of("Lena")), client_of(plant.story.manager)
    rules = f"/improve/programmes/{plant.story.programme.pk}/action-rules/"
    ruled = {"approvals": "1", "is_confirmed": "on", "recurrence_days": "60", "validated_from": "0",
             "minutes_per_error": "2.5", "money_per_error": "3.10", "money_per_hour": "25", "currency": "usd"}  # fmt: skip
    assert owner.get(rules).status_code == 404, "a lead sets no rules"
    assert rules in manager.get(plant.story.programme.get_absolute_url()).text
    assert manager.post(rules, ruled | {"currency": "12€"}).status_code == 422
    assert manager.post(rules, ruled).status_code == 302
    found = rules_for(plant.story.programme.pk)
    assert (found.is_confirmed, found.validated_from, found.recurrence_days) == (True, 0, 60)
    assert (found.cents_per_error, found.cents_per_hour, found.currency) == (310, 2_500, "USD")
    assert 'value="3.10"' in manager.get(rules).text
    asked = {"title": "By hand", "kind": "corrective", "what": "A page of examples.", "due_on": "2027-01-01",
             "programme": plant.story.programme.pk, "place": f"organisation:{plant.story.vendor.pk}"}  # fmt: skip
    assert owner.post("/improve/actions/new/", asked | {"what": "-"}).status_code == 422
    assert owner.post("/improve/actions/new/", asked).status_code == 302
    action = Action.objects.get(title="By hand")
    url = action.get_absolute_url()
    assert "Plan the effect" in owner.get(url).text
    assert owner.get(f"{url}plan/").status_code == 200
    weak = {
        "metric": "accuracy", "aim": "improve", "expected": "1", "least": "0", "comparison": "matched", "dimension": "team",
        "changed": [f"team:{team.pk}" for team in plant.teams[:4]], "others": [f"team:{team.pk}" for team in plant.teams[4:]],
        "starts_on": START, "baseline_weeks": 12, "run_in_weeks": 1, "window_weeks": 3, "extension_weeks": 0,
    }  # fmt: skip
    early = owner.post(f"{url}plan/", weak | {"starts_on": "2020-01-06"})
    assert early.status_code == 422
    assert "The start lies in the past" in early.text
    plan = plant.frozen(action)
    answer = manager.get(f"{url}approval/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/reauthenticate/?next=")
    assert plan.sha256 in owner.get(url).text
    assert owner.post(f"{url}due/", {"due-due_on": "2020-01-01", "due-reason": "Slides"}).status_code == 422
    assert owner.post(f"{url}due/", {"due-due_on": "2027-02-03", "due-reason": "Slides are late"}).status_code == 302
    assert owner.post(f"{url}owner/", {"owner": str(plant.story.person("moderator").pk)}).status_code == 422
    assert owner.post(f"{url}owner/", {"owner": str(plant.story.manager.pk)}).status_code == 302
    action.refresh_from_db()
    assert (str(action.due_on), action.owner) == ("2027-02-03", plant.story.manager)


def test_the_api_does_what_the_pages_do(plant: Plant, checked: Action) -> None:
    client, base = client_of(person_of("Lena")), "/api/v1/improve"

    def post(path: str, said: dict[str, Any]) -> Any:
        return client.post(f"{base}{path}", json.dumps(said, default=str), content_type="application/json")

    rows = client.get(f"{base}/actions?state=effective").json()["rows"]
    assert [row["id"] for row in rows] == [str(checked.pk)]
    check = client.get(f"{base}/actions/{checked.pk}/checks").json()[0]
    assert (check["verdict"], check["data_sha256"]) == ("effective", EffectCheck.objects.get().data_sha256)
    assert client.get(f"{base}/actions/{checked.pk}/plan").json()["document"]["metric"] == "accuracy"
    answer = post(f"/actions/{checked.pk}/checks", {})
    assert answer.status_code == 409
    assert answer["Content-Type"].startswith("application/problem+json")
    said = {"programme_id": plant.story.programme.pk, "title": "Zoom", "body": "Let me zoom into the picture."}
    made = post("/suggestions", said).json()
    assert (made["votes"], made["is_mine"]) == (1, True)
    assert post(f"/suggestions/{made['id']}/vote", {"is_for": False}).json()["votes"] == 0
    started = post("/initiatives", {"title": "Better", "kind": "dmaic", "problem": "It is not good enough.",
                                    "goal": "It gets better soon.", "due_on": "2027-01-01",
                                    "programme_id": plant.story.programme.pk})  # fmt: skip
    assert [gate["title"] for gate in started.json()["gates"]][:2] == ["Define", "Measure"]
    gate = started.json()["gates"][0]["id"]
    assert post(f"/tollgates/{gate}", {"criteria": ["A figure"]}).json()["gates"][0]["criteria"] == ["A figure"]
    assert post(f"/actions/{checked.pk}/due", {"due_on": "2027-02-03", "reason": "Later"}).status_code == 409, (
        "it is over"
    )
    assert post(f"/actions/{checked.pk}/owner", {"owner_id": str(uuid4())}).json()["fields"].keys() == {"owner"}
    assert post(f"/actions/{checked.pk}/lessons", {"what_worked": "Short examples did."}).json()["what_did_not"] == ""
    rules = f"/programmes/{plant.story.programme.pk}/action-rules"
    assert post(rules, {"approvals": 2}).status_code == 404, "a lead does not set them"
    client.force_login(plant.story.manager)
    assert post(rules, {"approvals": 2, "cents_per_error": 250}).json()["cents_per_error"] == 250
    assert client.get(f"{base}{rules}").json()["approvals"] == 2
    stranger = client_of(plant.story.person("lead", organisation=factories.make_vendor("Else"), name="Stan"))
    assert stranger.get(f"{base}/actions/{checked.pk}").status_code == 404
    assert stranger.get(f"{base}/actions").json()["rows"] == []
