"""What the change log says of staffing: numbers by team, where their house takes part, for whoever may see workers."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from evenkeel.ground.access import Actor
from evenkeel.ground.changes import changes_between
from evenkeel.people import Worker, add_site, add_team
from evenkeel.people.acts import change_worker

from .factories import NOW, SYSTEM, as_actor, make_person, make_programme, make_vendor

MOVED = datetime(2026, 3, 12, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_it_counts_who_joined_left_and_changed_a_team_of_the_programme() -> None:
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
        other_team = add_team(SYSTEM, site=site, name=f"{organisation.name} B", now=NOW)
        for worker in Worker.objects.filter(team=team, left_on=None):
            change_worker(SYSTEM, worker=worker, name=worker.name, team=other_team, languages=[], now=MOVED)
            change_worker(SYSTEM, worker=worker, name="Another name", team=other_team, languages=[], now=MOVED)

    def told(actor: Actor) -> list[str]:
        found = changes_between(
            actor,
            since=date(2026, 3, 1),
            until=date(2026, 4, 1),
            programmes=[programme.pk],
        )
        return [change.title for change in found]

    assert told(as_actor(make_person("quality_manager"))) == [
        "1 person joined Northline A",
        "2 people joined Northline B",
        "2 people moved from Northline A to Northline B",
        "1 person left Northline A",
    ]
    assert told(as_actor(make_person("moderator"))) == []
    assert told(as_actor(make_person("vendor_manager", organisation=other))) == []
