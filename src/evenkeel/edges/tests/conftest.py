"""Equipment of the edges' tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.test import Client

from evenkeel.ground.access import Actor
from evenkeel.people import Organisation, Person, Role, add_organisation, add_person, add_worker, give_grant

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PASSWORD = "even keel and steady"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest src/evenkeel/edges/tests --record-queries` writes tests/query_counts.json anew."""
    parser.addoption("--record-queries", action="store_true", help="write down how many queries each page takes")


@dataclass
class Folk:
    """An administrator and a moderator of the house, and a vendor's manager."""

    house: Organisation
    vendor: Organisation
    ada: Person
    mo: Person
    val: Person


@pytest.fixture
def folk(db: None) -> Folk:
    system = Actor.system("test")
    house = add_organisation(system, name="House", is_house=True, now=NOW)
    vendor = add_organisation(system, name="Vendor", now=NOW)
    roles = {role.slug: role for role in Role.objects.all()}

    def person(name: str, organisation: Organisation, slug: str) -> Person:
        made = add_person(
            system,
            organisation=organisation,
            email=f"{name.lower()}@example.org",
            name=f"{name} Example",
            password=PASSWORD,
            now=NOW,
        )
        give_grant(system, person=made, role=roles[slug], target=None if organisation is house else vendor, now=NOW)
        return made

    ada, mo, val = (
        person("Ada", house, "administrator"),
        person("Mo", house, "moderator"),
        person("Val", vendor, "vendor_manager"),
    )
    add_worker(system, organisation=vendor, code="v1", name="Vera Worker", now=NOW)
    return Folk(house=house, vendor=vendor, ada=ada, mo=mo, val=val)


def client_of(person: Person | None) -> Client:
    """A browser in which the person is logged in."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client
