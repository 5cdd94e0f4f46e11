"""Incidents: rated by a matrix, run on one timeline, closed by a review."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.people import Person
from evenkeel.people.notices import notices_of
from evenkeel.work import Item, Programme
from evenkeel.work.acts.incidents import (
    add_incident_action,
    finish_incident_action,
    give_incident_role,
    link_incident,
    move_incident,
    note_incident,
    open_incident,
    rate_incident,
    review_incident,
    set_matrix,
)
from evenkeel.work.models import Incident, IncidentAction, IncidentEntry
from evenkeel.work.rules.incidents import USUAL_MATRIX, WAYS, check_matrix, may_go, severity_of

from .factories import NOW, SYSTEM, after, as_actor, make_person, make_programme, make_queue, make_vendor

levels = st.integers(1, 4)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@given(levels, levels, levels, levels)
def test_a_higher_impact_or_urgency_is_never_milder(a: int, b: int, c: int, d: int) -> None:
    assert severity_of(max(a, c), max(b, d)) <= severity_of(a, b)
    assert check_matrix([list(row) for row in USUAL_MATRIX]) == [list(row) for row in USUAL_MATRIX]


@pytest.mark.parametrize(
    "cells", [None, [], [[1] * 4] * 3, [[1, 2, 3, 4]] * 4, [["1"] * 4] * 4, [[True] * 4] * 4, [[5] * 4] * 4]
)
def test_a_matrix_that_makes_no_sense_is_refused(cells: Any) -> None:
    with pytest.raises(Invalid):
        check_matrix(cells)


@given(st.lists(st.sampled_from(list(WAYS)), max_size=6))
def test_a_review_is_the_end_and_comes_after_resolving(path: list[str]) -> None:
    state = "open"
    for to in path:
        if may_go(state, to):
            assert state != "reviewed"
            assert to != "reviewed" or state == "resolved"
            state = to


@pytest.fixture
def programme(db: None) -> Programme:
    return make_programme()


@pytest.fixture
def lead(db: None) -> Person:
    return make_person("lead")


def opened(programme: Programme, person: Person | None = None) -> Incident:
    actor = as_actor(person) if person else SYSTEM
    return open_incident(actor, programme=programme, title="Wave of spam", impact=4, urgency=3, now=NOW)


def bodies(incident: Incident) -> list[str]:
    return list(incident.entries.values_list("body", flat=True))


def test_it_runs_from_open_to_reviewed_on_one_timeline(programme: Programme, lead: Person) -> None:
    other = make_person("quality_manager")
    made, actor = opened(programme, lead), as_actor(lead)
    assert (made.severity, made.commander) == (1, lead)
    assert notices_of(other).get().title == "Severity 1: Wave of spam"
    note_incident(actor, incident=made, body="Filter is off.", now=after(minutes=1))
    give_incident_role(actor, incident=made, role="commander", person=other, now=after(minutes=2))
    with pytest.raises(NotNow):
        review_incident(actor, incident=made, happened="x", causes="y", now=NOW)
    move_incident(actor, incident=made, to="mitigated", note="Filter on.", now=after(minutes=3))
    assert rate_incident(actor, incident=made, impact=2, urgency=2, now=after(minutes=4)).severity == 3
    with pytest.raises(NotNow):
        move_incident(actor, incident=made, to="mitigated", note="Again.", now=after(minutes=5))
    move_incident(actor, incident=made, to="resolved", note="Quiet.", now=after(minutes=6))
    done = review_incident(actor, incident=made, happened="Off.", causes="A switch.", now=after(minutes=7))
    assert (done.state, done.commander, done.resolved_at) == ("reviewed", other, after(minutes=6))
    assert done.mitigated_at == after(minutes=3)
    with pytest.raises(NotNow):
        move_incident(actor, incident=made, to="open", note="Again.", now=after(minutes=8))
    action = add_incident_action(actor, incident=made, title="Guard the switch", owner=other, now=after(minutes=9))
    for _twice in range(2):
        finish_incident_action(as_actor(other), action=action, now=after(minutes=10))
    assert bodies(made) == [
        "Opened.", "Filter is off.", f"Commander: {other.name}", "mitigated: Filter on.",
        "Severity 1 is now 3 (impact 2, urgency 2).", "resolved: Quiet.", "Reviewed.", "To be done: Guard the switch",
        "Done: Guard the switch",
    ]  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        IncidentEntry.objects.update(body="")


def test_a_programmes_own_matrix_rates(programme: Programme) -> None:
    set_matrix(SYSTEM, programme=programme, cells=[[2] * 4] * 4, now=NOW)
    assert opened(programme).severity == 2


@pytest.mark.parametrize("said", [{"title": " "}, {"impact": 0}, {"urgency": 5}, {"title": "x" * 201}])
def test_an_incident_needs_a_title_and_levels(programme: Programme, said: dict[str, Any]) -> None:
    whole: dict[str, Any] = {"title": "A", "impact": 1, "urgency": 1, **said}
    with pytest.raises(Invalid) as wrong:
        open_incident(SYSTEM, programme=programme, now=NOW, **whole)
    assert list(wrong.value.fields) == list(said)


def test_only_those_who_run_incidents_have_a_part(programme: Programme, lead: Person) -> None:
    made = opened(programme)
    with pytest.raises(Invalid):
        give_incident_role(SYSTEM, incident=made, role="scribe", person=make_person("moderator"), now=NOW)
    with pytest.raises(Invalid):
        give_incident_role(SYSTEM, incident=made, role="king", person=lead, now=NOW)
    with pytest.raises(Refused):
        note_incident(as_actor(make_person("vendor_manager")), incident=made, body="Hm.", now=NOW)


def test_links_stay_within_the_programme(programme: Programme) -> None:
    queue, made = make_queue(programme, items=1), opened(programme)
    for _twice in range(2):
        link_incident(SYSTEM, incident=made, queue=queue, now=NOW)
        link_incident(SYSTEM, incident=made, item=Item.objects.get(), now=NOW)
    assert made.links.count() == 2
    for other in (None, make_queue()):
        with pytest.raises(Invalid):
            link_incident(SYSTEM, incident=made, queue=other, now=NOW)
    assert Item.objects.get().key not in " ".join(bodies(made))


def test_pages_for_the_lead_a_colleague_and_a_stranger(lead: Person) -> None:
    partner = make_vendor()
    programme = make_programme(partners=[partner])
    queue = make_queue(programme, items=1, name="Hot")
    client = client_of(lead)
    said = {"programme": programme.pk, "title": "Wave of spam", "impact": 3, "urgency": 3}
    assert client.post("/work/incidents/opening/", said | {"title": ""}).status_code == 422
    address = client.post("/work/incidents/opening/", said)["Location"]
    assert "Wave of spam" in client.get("/work/incidents/?state=open").text
    for verb, right, wrong in (
        ("notes", {"body": "A line."}, {"body": ""}),
        ("levels", {"impact": 4, "urgency": 4}, {"impact": 9, "urgency": 1}),
        ("roles", {"role": "scribe", "person": lead.pk}, {"role": "scribe"}),
        ("links", {"kind": "queue", "name": queue.name}, {"kind": "item", "name": "none"}),
        ("actions", {"title": "Do it", "owner": lead.pk, "due_on": "2026-04-01"}, {"title": ""}),
        ("state", {"to": "resolved", "note": "Over."}, {"to": "reviewed", "note": "x"}),
        ("review", {"happened": "A.", "causes": "B."}, {"happened": ""}),
    ):
        assert client.post(f"{address}{verb}/", wrong | {"x": 1}).status_code == 422, verb
        assert client.post(f"{address}{verb}/", right).status_code == 302, verb
    action = f"/work/incident-actions/{IncidentAction.objects.get().pk}/"
    assert client.post(action).status_code == 302
    page = client.get(address).text
    assert all(words in page for words in ("A line.", "Hot", "Do it", "Over.", "reviewed"))
    assert client_of(make_person("vendor_manager")).get(address).status_code == 200
    assert "Write a note" not in client_of(make_person("vendor_manager")).get(address).text
    for person in (make_person("moderator"), make_person(["lead", "quality_manager"], partner)):
        other = client_of(person)
        assert other.get(address).status_code == other.post(f"{address}notes/", {"body": "x"}).status_code == 404
        assert other.post(action).status_code == 404
        assert "Wave of spam" not in other.get("/work/incidents/").text
    matrix = f"{programme.get_absolute_url()}severity-matrix/"
    manager = client_of(make_person("quality_manager"))
    assert manager.get(matrix).status_code == 200
    cells = {f"cell_{i}_{u}": 1 for i in range(1, 5) for u in range(1, 5)}
    assert manager.post(matrix, cells | {"cell_1_1": 9}).status_code == 422
    assert manager.post(matrix, cells | {"cell_4_4": 2}).status_code == 422
    assert manager.post(matrix, cells).status_code == 302
    assert client.get(matrix).status_code == 403


def test_the_api_runs_an_incident(programme: Programme, lead: Person) -> None:
    def post(person: Person, path: str, **said: Any) -> Any:
        answer = client_of(person).post(f"/api/v1/work{path}", json.dumps(said), content_type="application/json")
        return answer.json() | {"status": answer.status_code}

    base = f"/programmes/{programme.pk}/incidents"
    assert "impact" in post(lead, base, title="A", impact=0, urgency=1)["fields"]
    made = post(lead, base, title="A", impact=4, urgency=4)
    one = f"/incidents/{made['id']}"
    assert post(lead, f"{one}/note", body="Line.")["by_name"] == lead.name
    assert post(lead, f"{one}/rate", impact=1, urgency=1)["severity"] == 4
    assert post(lead, f"{one}/move", to="nowhere", note="x")["status"] == 422
    assert post(lead, f"{one}/move", to="resolved", note="x")["state"] == "resolved"
    assert post(lead, f"{one}/role", role="scribe", person_id=str(lead.pk))["status"] == 200
    assert post(lead, f"{one}/link")["status"] == 422
    assert post(lead, f"{one}/link", queue_id=str(make_queue(programme).pk))["status"] == 200
    action = post(lead, f"{one}/actions", title="Do", owner_id=str(lead.pk), due_on="2026-04-01")
    assert post(lead, f"/incident_actions/{action['id']}/finish")["done_at"]
    assert post(lead, f"{one}/review", happened="A", causes="B")["state"] == "reviewed"
    whole = client_of(lead).get(f"/api/v1/work{one}").json()
    assert (whole["review"]["causes"], len(whole["actions"])) == ("B", 1)
    assert client_of(lead).get("/api/v1/work/incidents?state=reviewed").json()["rows"][0]["id"] == made["id"]
    manager = make_person("quality_manager")
    matrix = f"/programmes/{programme.pk}/severity_matrix"
    assert post(manager, matrix, cells=[[1, 2], [3, 4]])["fields"].keys() == {"cells"}
    assert post(manager, matrix, cells=[[3] * 4] * 4)["cells"][0] == [3] * 4
    assert client_of(lead).get(f"/api/v1/work{matrix}").json()["cells"][3][3] == 3
    assert client_of(make_person("moderator")).get(f"/api/v1/work{one}").status_code == 404
