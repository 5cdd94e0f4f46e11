"""The page of limits: set, seen and dropped by those who may; nobody's dose on it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from evenkeel.ground.access import Actor
from evenkeel.people import Organisation, Person, Role, add_organisation, add_person, give_grant
from evenkeel.wellness import set_limit
from evenkeel.wellness.models import ExposureLimit

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def person(organisation: Organisation, role: str, name: str) -> Person:
    made = add_person(SYSTEM, organisation=organisation, email=f"{name}@example.org", name=name, now=NOW)
    give_grant(SYSTEM, person=made, role=Role.objects.get(slug=role), now=NOW)
    return made


def client_of(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture
def house() -> Organisation:
    return add_organisation(SYSTEM, name="House", is_house=True, now=NOW)


@pytest.fixture
def vendor() -> Organisation:
    return add_organisation(SYSTEM, name="Vendor", now=NOW)


def test_the_owner_sets_and_drops_a_limit(house: Organisation, vendor: Organisation) -> None:
    owner = client_of(person(house, "vendor_manager", "ada"))
    said = {"organisation": str(vendor.pk), "severity_from": "3", "minutes_a_day": "45"}
    assert "45" in owner.post("/wellness/limits/", said, follow=True).text
    limit = ExposureLimit.objects.get()
    assert owner.post(f"/wellness/limits/{limit.pk}/dropping/").status_code == 302
    assert not ExposureLimit.objects.exists()


def test_a_wrong_limit_is_said_at_its_field(house: Organisation, vendor: Organisation) -> None:
    owner = client_of(person(house, "vendor_manager", "ada"))
    said = {"organisation": str(vendor.pk), "severity_from": "3", "minutes_a_day": "1441"}
    response = owner.post("/wellness/limits/", said)
    assert response.status_code == 422
    assert not ExposureLimit.objects.exists()


def test_a_colleague_with_fewer_rights_only_looks(house: Organisation, vendor: Organisation) -> None:
    limit = set_limit(SYSTEM, organisation=vendor, severity_from=3, minutes_a_day=45, now=NOW)
    colleague = client_of(person(house, "lead", "bo"))
    page = colleague.get("/wellness/limits/")
    assert "Vendor" in page.text
    assert "Set a limit" not in page.text
    assert colleague.post(f"/wellness/limits/{limit.pk}/dropping/").status_code == 403
    said = {"organisation": str(vendor.pk), "severity_from": "3", "minutes_a_day": "1"}
    assert colleague.post("/wellness/limits/", said).status_code == 422
    assert ExposureLimit.objects.get().minutes_a_day == 45


def test_a_stranger_sees_her_own_organisations_limits_only(house: Organisation, vendor: Organisation) -> None:
    limit = set_limit(SYSTEM, organisation=house, severity_from=3, minutes_a_day=45, now=NOW)
    stranger = client_of(person(vendor, "vendor_manager", "cy"))
    assert "House" not in stranger.get("/wellness/limits/").text
    assert stranger.post(f"/wellness/limits/{limit.pk}/dropping/").status_code == 404
    assert (
        stranger.post(
            "/wellness/limits/", {"organisation": str(house.pk), "severity_from": "3", "minutes_a_day": "1"}
        ).status_code
        == 422
    )
