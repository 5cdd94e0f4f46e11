"""Organisations, sites, teams, workers and accounts: added by those who may, where they may."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from evenkeel.ground import events, trail
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.people import (
    Person,
    add_organisation,
    add_person,
    add_site,
    add_team,
    add_worker,
    house,
    note_security,
    set_preferences,
    workers_by_code,
)
from evenkeel.people.acts import (
    add_worker_skill,
    change_profile,
    change_worker,
    close_account,
    end_worker,
    invite,
    open_account,
)
from evenkeel.people.models import ApiToken, time_zones

from .conftest import NOW, SYSTEM, Cast


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(events, "tell_after_commit", lambda event, **facts: heard.append(event))
    return heard


def test_only_the_house_adds_vendors(cast: Cast) -> None:
    made = add_organisation(cast.as_(cast.admin), name="  West  ", now=NOW)
    assert (made.name, made.is_house) == ("West", False)
    for person in (cast.north.manager, cast.moderator):
        with pytest.raises(Refused):
            add_organisation(cast.as_(person), name="East", now=NOW)


@pytest.mark.parametrize("name", ["North", "NORTH", "", "   ", "x" * 121])
def test_a_name_is_new_and_not_empty(name: str, cast: Cast) -> None:
    with pytest.raises(Invalid) as wrong:
        add_organisation(cast.as_(cast.admin), name=name, now=NOW)
    assert list(wrong.value.fields) == ["name"]


def test_there_is_one_house(cast: Cast) -> None:
    assert house() == cast.house


def test_a_vendors_manager_runs_her_own_sites_and_teams(cast: Cast) -> None:
    manager = cast.as_(cast.north.manager)
    site = add_site(manager, organisation=cast.north.organisation, name="Manila", time_zone="Asia/Manila", now=NOW)
    assert add_team(manager, site=site, name="Night", now=NOW).site == site
    with pytest.raises(Refused):
        add_site(manager, organisation=cast.south.organisation, name="Manila", time_zone="Asia/Manila", now=NOW)
    with pytest.raises(Refused):
        add_team(manager, site=cast.south.site, name="Night", now=NOW)
    with pytest.raises(Invalid) as wrong:
        add_site(manager, organisation=cast.north.organisation, name="Mars", time_zone="Mars/Base", now=NOW)
    assert "Asia/Singapore" in wrong.value.fields["time_zone"][0]
    with pytest.raises(Invalid, match="is taken"):
        add_team(manager, site=site, name="Night", now=NOW)


def test_a_right_on_a_team_does_not_reach_its_site(cast: Cast) -> None:
    from evenkeel.people import give_grant

    lead = add_person(
        SYSTEM, organisation=cast.north.organisation, email="lea@north.example", name="Lea", password="x", now=NOW
    )
    give_grant(SYSTEM, person=lead, role=cast.roles["vendor_manager"], target=cast.north.team, now=NOW)
    with pytest.raises(Refused):
        add_team(cast.as_(lead), site=cast.north.site, name="Night", now=NOW)
    assert add_worker(
        cast.as_(lead), organisation=cast.north.organisation, code="w2", name="Two", team=cast.north.team, now=NOW
    )


def test_a_worker_belongs_to_her_teams_site(cast: Cast) -> None:
    worker = add_worker(
        cast.as_(cast.north.manager),
        organisation=cast.north.organisation,
        code="w2",
        name="Two",
        team=cast.north.team,
        languages=("nb", "en"),
        started_on=date(2026, 1, 7),
        now=NOW,
    )
    assert (worker.site, worker.team, worker.languages) == (cast.north.site, cast.north.team, ["nb", "en"])
    assert workers_by_code(cast.north.organisation, ["w2", "nobody"]) == {"w2": worker}
    assert trail.history(worker)[0].organisation_id == cast.north.organisation.pk


def test_a_language_that_is_no_code_is_refused_with_the_nearest_one(cast: Cast) -> None:
    said: dict[str, Any] = {"organisation": cast.north.organisation, "code": "w2", "name": "Two", "now": NOW}
    with pytest.raises(Invalid) as refused:
        add_worker(cast.as_(cast.north.manager), **said, languages=["nb", "English", "Quenya"])
    english, unknown = refused.value.fields["languages"]
    assert "Did you mean en (English)?" in english
    assert "Did you mean" not in unknown
    # What stands on a record from before may stay there, so that a name can be changed; nothing of the kind is added.
    worker = add_worker(cast.as_(cast.north.manager), **said)
    worker.languages = ["Quenya"]
    worker.save()
    change: dict[str, Any] = {"worker": worker, "name": "Two", "team": cast.north.team, "now": NOW}
    assert change_worker(cast.as_(cast.north.manager), **change, languages=["Quenya", "de"]).languages == [
        "Quenya",
        "de",
    ]
    with pytest.raises(Invalid):
        change_worker(cast.as_(cast.north.manager), **change, languages=["Quenya", "Sindarin"])


def test_a_worker_of_another_organisations_team_or_account_is_refused(cast: Cast) -> None:
    said: dict[str, Any] = {"organisation": cast.north.organisation, "code": "w2", "name": "Two", "now": NOW}
    with pytest.raises(Invalid, match="team belongs to another"):
        add_worker(cast.as_(cast.admin), **said, team=cast.south.team)
    with pytest.raises(Invalid, match="account belongs to another"):
        add_worker(cast.as_(cast.admin), **said, person=cast.south.manager)
    with pytest.raises(Invalid, match="is taken"):
        add_worker(cast.as_(cast.admin), **said | {"code": "w1"})
    # The same code in another organisation is another worker.
    assert add_worker(cast.as_(cast.admin), **said | {"organisation": cast.house, "code": "w1"})


def test_changing_a_worker_says_what_was_before(cast: Cast) -> None:
    night = add_team(SYSTEM, site=cast.north.site, name="Night", now=NOW)
    change_worker(
        cast.as_(cast.north.manager), worker=cast.north.worker, name="Nina", team=night, languages=["nb"], now=NOW
    )
    cast.north.worker.refresh_from_db()
    assert (cast.north.worker.name, cast.north.worker.team) == ("Nina", night)
    assert '"team":"North team"' in trail.history(cast.north.worker)[0].detail_json
    with pytest.raises(Invalid, match="team belongs to another"):
        change_worker(SYSTEM, worker=cast.north.worker, name="Nina", team=cast.south.team, languages=[], now=NOW)
    with pytest.raises(Refused):
        change_worker(
            cast.as_(cast.south.manager), worker=cast.north.worker, name="x", team=None, languages=[], now=NOW
        )


def test_a_worker_leaves_once_and_not_before_she_came(cast: Cast, told: list[str]) -> None:
    worker, manager = cast.north.worker, cast.as_(cast.north.manager)
    worker.started_on = date(2026, 1, 7)
    worker.save()
    with pytest.raises(Invalid, match="lies before the first"):
        end_worker(manager, worker=worker, left_on=date(2026, 1, 6), now=NOW)
    end_worker(manager, worker=worker, left_on=date(2026, 2, 1), now=NOW)
    assert told == ["worker.left"]
    with pytest.raises(NotNow, match="noted already"):
        end_worker(manager, worker=worker, left_on=date(2026, 2, 2), now=NOW)


def test_a_skill_is_noted_once_a_day(cast: Cast) -> None:
    manager, said = cast.as_(cast.north.manager), {"skill": "Hate speech", "since": date(2026, 1, 7)}
    made = add_worker_skill(manager, worker=cast.north.worker, **said, now=NOW)  # type: ignore[arg-type]
    assert str(made.skill) == "Hate speech"
    with pytest.raises(Invalid):
        add_worker_skill(manager, worker=cast.north.worker, **said, now=NOW)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        add_worker_skill(cast.as_(cast.south.manager), worker=cast.north.worker, **said, now=NOW)  # type: ignore[arg-type]


# ------------------------------------------------------------------ accounts


def test_an_account_without_a_password_is_invited(cast: Cast, told: list[str]) -> None:
    made = add_person(
        cast.as_(cast.north.manager),
        organisation=cast.north.organisation,
        email="  Nina@North.Example ",
        name="Nina",
        now=NOW,
    )
    assert (made.email, made.has_usable_password(), told) == ("nina@north.example", False, ["person.invited"])
    invite(cast.as_(cast.admin), person=made, now=NOW)
    assert told == ["person.invited", "person.invited"]


@pytest.mark.parametrize("email", ["manager@north.example", "MANAGER@NORTH.EXAMPLE", "nobody", ""])
def test_an_address_is_new_and_an_address(email: str, cast: Cast) -> None:
    with pytest.raises(Invalid) as wrong:
        add_person(cast.as_(cast.admin), organisation=cast.house, email=email, name="X", now=NOW)
    assert list(wrong.value.fields) == ["email"]


def test_nobody_makes_operators_but_the_command_line(cast: Cast) -> None:
    with pytest.raises(NotNow, match="command line makes operators"):
        add_person(cast.as_(cast.admin), organisation=cast.house, email="o@x.example", name="O", is_staff=True, now=NOW)
    assert add_person(
        SYSTEM, organisation=cast.house, email="o@x.example", name="O", password="x", is_staff=True, now=NOW
    ).is_superuser


def test_accounts_are_given_within_ones_reach(cast: Cast) -> None:
    for person, organisation in ((cast.north.manager, cast.south.organisation), (cast.moderator, cast.house)):
        with pytest.raises(Refused):
            add_person(cast.as_(person), organisation=organisation, email="n@x.example", name="N", now=NOW)


def test_a_closed_account_loses_its_tokens_and_can_be_opened_again(cast: Cast) -> None:
    manager = cast.north.manager
    ApiToken.objects.create(
        person=manager, name="t", starts_with="ek_", digest="d", created_at=NOW, expires_at=NOW + timedelta(days=9)
    )
    close_account(cast.as_(cast.admin), person=manager, now=NOW)
    assert not Person.objects.get(pk=manager.pk).is_active
    assert ApiToken.objects.get().revoked_at == NOW
    with pytest.raises(NotNow, match="closed already"):
        close_account(cast.as_(cast.admin), person=manager, now=NOW)
    with pytest.raises(NotNow, match="gets no mail"):
        invite(cast.as_(cast.admin), person=manager, now=NOW)
    open_account(cast.as_(cast.admin), person=manager, now=NOW)
    assert Person.objects.get(pk=manager.pk).is_active
    assert ApiToken.objects.get().revoked_at == NOW, "what was ended stays ended"
    with pytest.raises(NotNow, match="open already"):
        open_account(cast.as_(cast.admin), person=manager, now=NOW)


def test_nobody_closes_herself_an_operator_or_a_stranger(cast: Cast) -> None:
    operator = add_person(
        SYSTEM, organisation=cast.house, email="o@x.example", name="O", password="x", is_staff=True, now=NOW
    )
    for actor, person, why in (
        (cast.admin, cast.admin, "Somebody else has to close"),
        (cast.admin, operator, "command line closes operators"),
    ):
        with pytest.raises(NotNow, match=why):
            close_account(cast.as_(actor), person=person, now=NOW)
    with pytest.raises(Refused):
        close_account(cast.as_(cast.south.manager), person=cast.north.manager, now=NOW)


def test_ones_profile_is_ones_own(cast: Cast) -> None:
    said = {"name": "Mo", "language": "en", "time_zone": "Asia/Manila", "now": NOW}
    change_profile(cast.as_(cast.moderator), person=cast.moderator, **said)  # type: ignore[arg-type]
    cast.moderator.refresh_from_db()
    assert (cast.moderator.name, cast.moderator.time_zone) == ("Mo", "Asia/Manila")
    # Not even an administrator changes it for her.
    with pytest.raises(Refused):
        change_profile(cast.as_(cast.admin), person=cast.moderator, **said)  # type: ignore[arg-type]
    for wrong in ({"language": "tlh"}, {"time_zone": "Mars/Base"}, {"name": " "}):
        with pytest.raises(Invalid):
            change_profile(cast.as_(cast.moderator), person=cast.moderator, **said | wrong)  # type: ignore[arg-type]


def test_what_happens_to_a_way_in_stands_in_the_trail(cast: Cast) -> None:
    note_security(cast.as_(cast.moderator), person=cast.moderator, what="logged in", now=NOW)
    assert trail.history(cast.moderator)[0].verb == "logged in"


def test_the_look_of_things_takes_what_is_offered_and_nothing_else(cast: Cast) -> None:
    set_preferences(cast.moderator, theme="dark", density="compact")
    set_preferences(cast.moderator, theme="pink", density=None)
    cast.moderator.refresh_from_db()
    assert (cast.moderator.theme, cast.moderator.density) == ("dark", "compact")


def test_time_zones_are_those_of_places() -> None:
    assert {"UTC", "Europe/Oslo", "Asia/Manila"} <= set(time_zones())
    assert "EST5EDT" not in time_zones()
