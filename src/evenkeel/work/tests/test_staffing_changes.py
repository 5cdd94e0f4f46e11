"""What the change log says of staffing: numbers by team, where their house takes part, for whoever may see workers."""

from __future__ import annotations

from datetime import date

import pytest

from evenkeel.ground.access import Actor
from evenkeel.ground.changes import changes_between
from evenkeel.people import Worker, add_site, add_team

from .factories import NOW, SYSTEM, as_actor, make_person, make_programme, make_vendor


@pytest.mark.django_db
def test_it_counts_who_joined_and_left_a_team_of_the_programme() -> None:
    vendor, other = make_vendor("Northline"), make_vendor("Southline")
    programme = make_programme("Listings", partners=[vendor])
    for organisation, many in ((vendor, 3), (other, 2)):
        site = add_site(SYSTEM, organisation=organisation, name="Manila", time_zone="Asia/Manila", now=NOW)
        team = add_team(SYSTEM, site=site, name=f"{organisation.name} A", now=NOW)
        for number in range(many):
            Worker.objects.create(
                organisation=organisation, site=site, team=team, code=str(number), name=f"{number}", created_at=NOW,
                started_on=date(2026, 3, 9), left_on=date(2026, 3, 20) if number == 0 else None,
            )  # fmt: skip

    def told(actor: Actor) -> list[str]:
        found = changes_between(
            actor,
            since=date(2026, 3, 1),
            until=date(2026, 4, 1),
            programmes=[programme.pk],
        )
        return [change.title for change in found]

    assert told(as_actor(make_person("quality_manager"))) == [
        "3 people joined Northline A",
        "1 person left Northline A",
    ]
    assert told(as_actor(make_person("moderator"))) == []
    assert told(as_actor(make_person("vendor_manager", organisation=other))) == []
