"""A list of workers taken over: by the act, on the page, by three people."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from evenkeel.ground import trail
from evenkeel.ground.errors import Invalid, Refused
from evenkeel.ground.reading.sources import Source
from evenkeel.people import Person, Team, Worker, import_staff, read_staff
from evenkeel.people.acts import StaffImport, link_account
from evenkeel.people.models import RoleGrant, TeamMove

from .conftest import NOW, Cast

HEAD = "code;name;email;site;team;languages;skills;started_on;left_on\n"


def taken(cast: Cast, text: str, **said: bool) -> StaffImport:
    rows = read_staff(Source.of(BytesIO(text.encode()), name="staff.csv"))
    north = cast.north
    return import_staff(cast.as_(north.manager), organisation=north.organisation, rows=rows, now=NOW, **said)  # type: ignore[arg-type]


def test_a_list_adds_and_changes_and_says_who_leaves(cast: Cast) -> None:
    text = (
        HEAD
        + "w1;North worker;;North site;Night;English|de;Maps;;\n"
        + "w2;New One;;North site;North team;tl;;2026-03-02;\n"
        + "w3;Gone;;;;;;2025-01-01;2026-02-27\n"
    )
    tried = taken(cast, text, adds_teams=True, only_tries=True)
    assert (tried.added, tried.changed, tried.new_teams, tried.is_done) == (2, 1, 1, False)
    assert Worker.objects.filter(organisation=cast.north.organisation).count() == 1
    made = taken(cast, text, adds_teams=True)
    assert (made.added, made.changed, made.left, made.same, made.is_done) == (2, 1, 0, 0, True)
    changed = Worker.objects.get(code="w1", organisation=cast.north.organisation)
    assert (changed.team, changed.languages) == (Team.objects.get(name="Night"), ["en", "de"])
    assert [each.skill.name for each in changed.skills.select_related("skill")] == ["Maps"]
    assert (TeamMove.objects.get().from_team, TeamMove.objects.get().to_team) == (cast.north.team, changed.team)
    assert Worker.objects.get(code="w3").left_on == date(2026, 2, 27)
    assert "changed" in [entry.verb for entry in trail.history(changed)]
    again = taken(cast, text, adds_teams=True)
    assert (again.added, again.changed, again.same) == (0, 0, 3)
    left = taken(cast, "code,left_on\nw2,2026-03-31\n")
    assert (left.left, left.changed, left.same) == (1, 0, 0)
    assert Worker.objects.get(code="w2").left_on == date(2026, 3, 31)


def test_every_cell_that_does_not_fit_is_named_and_nothing_is_written(cast: Cast) -> None:
    text = (
        HEAD
        + "w9;;;;;;;;\n"
        + "w1;;;Atlantis;;;;;\n"
        + "w4;Four;;North site;Night;Elvish;;31.3.2026;\n"
        + "w5;Five;;North site;Night;;;;\n"
        + "w6;Six;;;South team;;;2026-03-02;2026-03-01\n"
        + "w7;Seven;nobody@north.example;;;;;;\n"
        + "w1;Twice;;;;;;;\n"
        + "w8;Eight;;;;;;2026-03-02;2026-03-01\n"
    )
    found = taken(cast, text)
    assert [(bad.row, bad.column) for bad in found.bad] == [
        (2, "name"), (3, "site"), (4, "languages"), (4, "started_on"), (5, "team"), (6, "team"), (7, "email"),
        (8, "code"), (9, "left_on"),
    ]  # fmt: skip
    assert "North site" in found.bad[1].why
    assert not found.is_done
    assert Worker.objects.filter(organisation=cast.north.organisation).count() == 1
    with pytest.raises(Invalid) as wrong:
        taken(cast, "code,langauges\nw1,de\n")
    assert "Did you mean languages?" in wrong.value.fields["columns"][0]
    with pytest.raises(Invalid, match="row 3"):
        taken(cast, 'code,name\nw1,A\nw2,"open\n')
    with pytest.raises(Refused):
        import_staff(
            cast.as_(cast.south.manager), organisation=cast.north.organisation, rows=[(1, {"code": "x"})], now=NOW
        )


def test_an_address_links_an_account_or_gives_one(cast: Cast) -> None:
    text = "code,name,email\nw1,,Manager@north.example\nw2,New One,new@north.example\n"
    assert [bad.column for bad in taken(cast, text).bad] == ["email"]
    role = cast.roles["moderator"]
    rows = read_staff(Source.of(BytesIO(text.encode()), name="staff.csv"))
    manager = cast.as_(cast.north.manager)
    with pytest.raises(Exception, match="rights that you do not have"):
        import_staff(manager, organisation=cast.north.organisation, rows=rows, adds_accounts=True, role=role, now=NOW)
    assert not Person.objects.filter(email="new@north.example").exists(), "all or nothing"
    made = import_staff(
        cast.as_(cast.admin), organisation=cast.north.organisation, rows=rows, adds_accounts=True, role=role, now=NOW
    )
    assert (made.new_accounts, made.is_done) == (1, True)
    assert Worker.objects.get(code="w1", organisation=cast.north.organisation).person == cast.north.manager
    new = Worker.objects.get(code="w2").person
    assert new is not None
    assert RoleGrant.objects.get(person=new).role == role
    other = [
        {"code": "w3", "name": "Three", "email": "new@north.example"},
        {"code": "w4", "name": "4", "email": "mo@house.example"},
    ]
    found = import_staff(
        cast.as_(cast.admin),
        organisation=cast.north.organisation,
        rows=list(enumerate(other, 1)),
        adds_accounts=True,
        now=NOW,
    )
    assert [bad.why[:30] for bad in found.bad] == ["This account is the worker w2’", "This address has an account al"]


@pytest.mark.once
def test_the_page_looks_first_and_then_takes_over(cast: Cast) -> None:
    url = f"/people/organisations/{cast.north.organisation.pk}/workers/list/"
    manager, admin = Client(), Client()
    manager.force_login(cast.north.manager)
    admin.force_login(cast.admin)
    text = "code,name,email\nw1,North worker,\nw2,New One,new@north.example\n"

    def sent(content: str) -> dict[str, object]:
        file = BytesIO(content.encode())
        file.name = "staff.csv"
        return {"file": file, "adds_accounts": "on"}

    looked = admin.post(url, sent(text))
    assert "New: 1; changed: 0; leaving: 0; as they were: 1." in looked.text
    assert "1 person gets an account and a mail." in looked.text
    assert not Worker.objects.filter(code="w2").exists()
    kept = looked.text.split('name="seen" value="')[1].split('"')[0]
    done = admin.post(url, {"seen": kept, "name": "staff.csv", "adds_accounts": "on", "done": "1"}, follow=True)
    assert "New: 1" in done.text
    assert Worker.objects.get(code="w2").person is not None
    wrong = manager.post(url, sent("code,name,team\nw3,Three,Nowhere\n"))
    assert wrong.status_code == 422
    assert "<td><code>team</code></td>" in wrong.text
    assert manager.post(url, {}).status_code == 422
    assert manager.post(url, sent("")).status_code == 422
    stranger = Client()
    stranger.force_login(cast.south.manager)
    assert stranger.get(url).status_code == 404
    assert len(mail.outbox) == 0


@pytest.mark.once
def test_an_account_is_linked_on_the_workers_page_and_a_record_made_on_the_accounts(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.north.manager)
    url = f"/people/workers/{cast.north.worker.pk}/account/"
    assert "Link her account" in client.get(f"/people/workers/{cast.north.worker.pk}/").text
    assert client.post(url, {"person": str(cast.moderator.pk)}).status_code == 422, "of another organisation"
    assert client.post(url, {"person": str(cast.north.manager.pk)}).status_code == 302
    assert Worker.objects.get(pk=cast.north.worker.pk).person == cast.north.manager
    assert client.post(url, {"person": ""}).status_code == 302
    assert Worker.objects.get(pk=cast.north.worker.pk).person is None
    record = f"/people/accounts/{cast.north.manager.pk}/worker/"
    assert client.post(record, {"code": "", "name": "North manager"}).status_code == 422
    assert client.post(record, {"code": "m1", "name": "North manager"}).status_code == 302
    made = Worker.objects.get(code="m1")
    assert made.person == cast.north.manager
    with pytest.raises(Invalid):
        link_account(cast.as_(cast.admin), worker=cast.north.worker, person=cast.north.manager, now=NOW)
    stranger = Client()
    stranger.force_login(cast.south.manager)
    assert stranger.post(url, {"person": ""}).status_code == 404


def test_programs_keep_records_too(cast: Cast) -> None:
    client, stranger = Client(), Client()
    client.force_login(cast.north.manager)
    stranger.force_login(cast.south.manager)
    base, north = "/api/v1/people", str(cast.north.organisation.pk)

    def send(path: str, said: dict[str, Any], *, by: Client = client, verb: str = "post") -> Any:
        return by.generic(verb.upper(), f"{base}{path}", json.dumps(said), content_type="application/json")

    assert [row["name"] for row in client.get(f"{base}/organisations").json()] == ["North"]
    site = send(f"/organisations/{north}/sites", {"name": "Manila", "time_zone": "Asia/Manila"}).json()
    team = send(f"/sites/{site['id']}/teams", {"name": "Night"}).json()
    assert client.get(f"{base}/organisations/{north}/sites").json()[0]["teams"] == [{"id": team["id"], "name": "Night"}]
    made = send(f"/organisations/{north}/workers", {"code": "w2", "name": "Two", "team_id": team["id"]}).json()
    one = f"/workers/{made['id']}"
    assert send(one, {"name": "Two", "languages": ["xx"]}, verb="put").json()["fields"].keys() == {"languages"}
    assert send(one, {"name": "Two!", "languages": ["de"]}, verb="put").json()["team_id"] is None
    assert send(f"{one}/skills", {"skill": "Maps", "since": "2026-03-01"}).json()["skills"][0]["skill"] == "Maps"
    account = str(cast.north.manager.pk)
    assert send(f"{one}/account", {"account_id": account}, verb="put").json()["account_id"] == account
    assert send(f"{one}/account", {"account_id": str(cast.admin.pk)}, verb="put").status_code == 404
    assert send(f"{one}/leaving", {"left_on": "2026-03-31"}).json()["left_on"] == "2026-03-31"
    page = client.get(f"{base}/workers", {"organisation_id": north, "limit": "1"}).json()
    assert client.get(f"{base}/workers", {"after": page["after"]}).json()["rows"][0]["code"] == "w2"
    staff = {"rows": [{"code": "w3", "name": "Three", "site": "Manila", "team": "Night"}, {"code": "w4"}]}
    assert [bad["row"] for bad in send(f"/organisations/{north}/staff", staff).json()["bad"]] == [2]
    staff["rows"].pop()
    assert send(f"/organisations/{north}/staff", staff).json()["added"] == 1
    role = {row["slug"]: row["id"] for row in client.get(f"{base}/roles").json()}["vendor_manager"]
    new = send(f"/organisations/{north}/accounts", {"email": "new@north.example", "name": "New"}).json()
    assert client.get(f"{base}/accounts", {"email": "NEW@north.example"}).json() == [new]
    grants, given = f"/accounts/{new['id']}/grants", {"role_id": role, "where": f"organisation:{north}"}
    grant = send(grants, given).json()
    assert send(grants, given).status_code == 409
    assert send(grants, given | {"where": "planet:x"}).status_code == 404
    assert send(grants, given | {"role_id": new["id"]}).status_code == 404
    assert client.get(f"{base}{grants}").json() == [grant]
    assert send(f"/grants/{grant['id']}/end", {}).json()["until"] is not None
    assert not send(f"/accounts/{new['id']}/close", {}).json()["is_active"]
    assert send(f"/accounts/{new['id']}/open", {}).json()["is_active"]
    assert send(grants, given, by=stranger).status_code == 404
    for path, verb in (
        (one, "get"),
        (f"/organisations/{north}/sites", "get"),
        (f"/organisations/{north}/staff", "post"),
    ):
        assert send(path, staff, by=stranger, verb=verb).status_code == 404
    assert stranger.get(f"{base}/workers", {"organisation_id": north}).json()["rows"] == []
    assert Client().get(f"{base}/workers").status_code == 401
