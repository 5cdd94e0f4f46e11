"""Nobody gives more than she has, further than she has it, or to herself; every right has its reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenkeel.ground import trail
from evenkeel.ground.access import may
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.people import Person, Role, actor_for, add_person, end_grant, give_grant, people_with
from evenkeel.people.models import RoleGrant
from evenkeel.people.roles import BUILT_IN, keep_built_in_roles

from .conftest import NOW, SYSTEM, Cast

VIEW = "people:worker:view"


def somebody(cast: Cast, vendor: bool = True) -> Person:
    organisation = cast.north.organisation if vendor else cast.house
    return add_person(SYSTEM, organisation=organisation, email="new@x.example", name="New", password="x", now=NOW)


def test_an_administrator_gives_a_role_and_it_works_at_once(cast: Cast) -> None:
    person = somebody(cast)
    assert not may(cast.as_(person), VIEW, cast.north.worker)
    grant = give_grant(cast.as_(cast.admin), person=person, role=cast.roles["lead"], target=cast.north.team, now=NOW)
    assert may(cast.as_(person), VIEW, cast.north.worker)
    assert not may(cast.as_(person), VIEW, cast.south.worker)
    assert (grant.kind, grant.target_name, grant.given_by) == ("team", "North team", cast.admin)
    assert trail.history(person)[0].verb == "granted"


def test_a_vendors_manager_gives_roles_within_her_organisation_only(cast: Cast) -> None:
    manager = cast.as_(cast.north.manager)
    colleague = somebody(cast)
    limited = Role.objects.create(name="Watcher", scopes=[VIEW])
    assert give_grant(manager, person=colleague, role=limited, target=cast.north.team, now=NOW)
    with pytest.raises(Refused):
        give_grant(manager, person=cast.south.manager, role=limited, target=cast.south.team, now=NOW)
    with pytest.raises(NotNow, match="rights that you do not have there"):
        give_grant(manager, person=colleague, role=limited, target=cast.south.team, now=NOW)


def test_nobody_gives_more_than_she_has(cast: Cast) -> None:
    with pytest.raises(NotNow, match="rights that you do not have there"):
        give_grant(
            cast.as_(cast.north.manager),
            person=somebody(cast),
            role=cast.roles["administrator"],
            target=cast.north.organisation,
            now=NOW,
        )


def test_nobody_gives_further_than_she_has(cast: Cast) -> None:
    """One of the house whose right reaches one team must not give it everywhere."""
    keeper, colleague = somebody(cast, vendor=False), cast.moderator
    giving = Role.objects.create(name="Giver", scopes=[VIEW, "people:grant:edit"])
    watcher = Role.objects.create(name="Watcher", scopes=[VIEW])
    give_grant(SYSTEM, person=keeper, role=Role.objects.create(name="All", scopes=["people:grant:edit"]), now=NOW)
    give_grant(SYSTEM, person=keeper, role=giving, target=cast.north.team, now=NOW)
    actor = cast.as_(keeper)
    for target in (None, cast.north.organisation, cast.south.team):
        with pytest.raises(NotNow, match="rights that you do not have there"):
            give_grant(actor, person=colleague, role=watcher, target=target, now=NOW)
    assert give_grant(actor, person=colleague, role=watcher, target=cast.north.team, now=NOW)


def test_everywhere_is_her_organisation_for_a_vendors_person(cast: Cast) -> None:
    manager, colleague = cast.as_(cast.north.manager), somebody(cast)
    give_grant(manager, person=colleague, role=Role.objects.create(name="Watcher", scopes=[VIEW]), now=NOW)
    assert may(cast.as_(colleague), VIEW, cast.north.worker)
    assert not may(cast.as_(colleague), VIEW, cast.south.worker)


def test_nobody_gives_herself_anything(cast: Cast) -> None:
    with pytest.raises(NotNow, match="Somebody else has to give you"):
        give_grant(cast.as_(cast.admin), person=cast.admin, role=cast.roles["lead"], now=NOW)


def test_the_same_role_in_the_same_place_is_given_once(cast: Cast) -> None:
    with pytest.raises(NotNow, match="has this role there already"):
        give_grant(SYSTEM, person=cast.moderator, role=cast.roles["moderator"], now=NOW)
    assert give_grant(SYSTEM, person=cast.moderator, role=cast.roles["moderator"], target=cast.north.team, now=NOW)


def test_a_grant_holds_from_its_start_until_before_its_end(cast: Cast) -> None:
    person, until = somebody(cast), NOW + timedelta(days=7)
    give_grant(SYSTEM, person=person, role=cast.roles["lead"], target=cast.north.team, until=until, now=NOW)
    assert may(actor_for(person, now=NOW), VIEW, cast.north.worker)
    assert not actor_for(person, now=NOW - timedelta(microseconds=1)).grants
    assert actor_for(person, now=until - timedelta(microseconds=1)).grants
    assert not actor_for(person, now=until).grants
    with pytest.raises(Invalid, match="lies in the past"):
        give_grant(SYSTEM, person=person, role=cast.roles["moderator"], until=NOW, now=NOW)


def test_ending_takes_the_right_at_once_and_keeps_the_record(cast: Cast) -> None:
    person = somebody(cast)
    grant = give_grant(SYSTEM, person=person, role=cast.roles["lead"], now=NOW)
    end_grant(cast.as_(cast.admin), grant=grant, now=NOW)
    assert not cast.as_(person).grants
    assert RoleGrant.objects.get(pk=grant.pk).until == NOW
    with pytest.raises(NotNow, match="ended already"):
        end_grant(cast.as_(cast.admin), grant=grant, now=NOW)
    assert trail.history(person)[0].verb == "ended"


def test_a_stranger_ends_nothing(cast: Cast) -> None:
    grant = RoleGrant.objects.get(person=cast.north.manager)
    with pytest.raises(Refused):
        end_grant(cast.as_(cast.south.manager), grant=grant, now=NOW)
    with pytest.raises(Refused):
        end_grant(cast.as_(cast.moderator), grant=grant, now=NOW)


def test_the_last_who_can_give_rights_stays(cast: Cast) -> None:
    last = RoleGrant.objects.get(person=cast.admin)
    with pytest.raises(NotNow, match="last grant by which anybody can give rights"):
        end_grant(cast.as_(cast.admin), grant=last, now=NOW)
    second = somebody(cast, vendor=False)
    give_grant(cast.as_(cast.admin), person=second, role=cast.roles["administrator"], now=NOW)
    end_grant(cast.as_(second), grant=last, now=NOW)
    assert not cast.as_(cast.admin).grants


def test_people_with_a_right_are_found_for_notices(cast: Cast) -> None:
    assert [person.name for person in people_with("people:trail:view", now=NOW)] == ["Ada Admin"]
    north = people_with("people:worker:edit", now=NOW, kind="organisation", target_id=cast.north.organisation.pk)
    assert [person.name for person in north] == ["Ada Admin", "North manager"]
    Person.objects.filter(pk=cast.admin.pk).update(is_active=False)
    assert people_with("people:trail:view", now=NOW) == []


@pytest.mark.django_db
def test_built_in_roles_are_kept_up_to_date_and_own_ones_left_alone() -> None:
    Role.objects.filter(slug="lead").update(scopes=["people:gone:view"], name="Team lead")
    mine = Role.objects.create(name="Mine", scopes=[VIEW])
    keep_built_in_roles()
    assert "people:gone:view" not in Role.objects.get(slug="lead").scopes
    assert Role.objects.get(pk=mine.pk).scopes == [VIEW]
    assert set(BUILT_IN) == set(Role.objects.exclude(slug=None).values_list("slug", flat=True))
