"""Three people stand in every test: an administrator of the house, a manager of the vendor North, one of South."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from evenkeel.ground.access import Actor
from evenkeel.people import (
    Organisation,
    Person,
    Role,
    Site,
    Team,
    Worker,
    actor_for,
    add_organisation,
    add_person,
    add_site,
    add_team,
    add_worker,
    give_grant,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SYSTEM = Actor.system("test")


@dataclass
class Vendor:
    """A vendor with a site, a team, a worker and its manager."""

    organisation: Organisation
    site: Site
    team: Team
    worker: Worker
    manager: Person


@dataclass
class Cast:
    """Everybody."""

    house: Organisation
    admin: Person
    moderator: Person
    north: Vendor
    south: Vendor
    roles: dict[str, Role]

    def as_(self, person: Person) -> Actor:
        """The person as she may act at NOW."""
        return actor_for(Person.objects.get(pk=person.pk), now=NOW)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def make_cast() -> Cast:
    """Everybody, made by the acts that make them in life."""
    house = add_organisation(SYSTEM, name="House", is_house=True, now=NOW)
    roles = {str(role.slug): role for role in Role.objects.all()}
    admin = add_person(SYSTEM, organisation=house, email="ada@house.example", name="Ada Admin", password="x", now=NOW)
    moderator = add_person(
        SYSTEM, organisation=house, email="mo@house.example", name="Mo Derator", password="x", now=NOW
    )
    give_grant(SYSTEM, person=admin, role=roles["administrator"], now=NOW)
    give_grant(SYSTEM, person=moderator, role=roles["moderator"], now=NOW)
    return Cast(
        house=house, admin=admin, moderator=moderator, north=_vendor("North", roles), south=_vendor("South", roles), roles=roles
    )  # fmt: skip


def _vendor(name: str, roles: dict[str, Role]) -> Vendor:
    organisation = add_organisation(SYSTEM, name=name, now=NOW)
    site = add_site(SYSTEM, organisation=organisation, name=f"{name} site", time_zone="Europe/Oslo", now=NOW)
    team = add_team(SYSTEM, site=site, name=f"{name} team", now=NOW)
    worker = add_worker(SYSTEM, organisation=organisation, code="w1", name=f"{name} worker", team=team, now=NOW)
    manager = add_person(
        SYSTEM,
        organisation=organisation,
        email=f"manager@{name.lower()}.example",
        name=f"{name} manager",
        password="x",
        now=NOW,
    )
    give_grant(SYSTEM, person=manager, role=roles["vendor_manager"], target=organisation, now=NOW)
    return Vendor(organisation=organisation, site=site, team=team, worker=worker, manager=manager)
