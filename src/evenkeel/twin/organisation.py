"""The people of a scenario, made by the same acts as an administrator's."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from evenkeel.ground.access import Actor
from evenkeel.people import (
    Organisation,
    Person,
    Role,
    Team,
    Worker,
    add_organisation,
    add_person,
    add_site,
    add_team,
    add_worker,
    give_grant,
)

from .scenario import Scenario, TeamPlan

SYSTEM = Actor.system("the synthetic organisation")


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody of the scenario, with the plan of her team when she decides."""

    person: Person
    worker: Worker
    plan: TeamPlan | None = None

    def at(self, day: date, clock: time) -> datetime:
        """A time of a day by the clock on her wall."""
        return datetime.combine(day, clock, ZoneInfo(self.person.time_zone))


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Everybody of the scenario."""

    house: Organisation
    vendors: dict[str, Organisation]
    teams: dict[str, Team]
    moderators: tuple[Member, ...]
    auditors: tuple[Member, ...]
    lead: Member
    quality_manager: Member
    # Whoever says with the quality manager what is right.
    expert: Member
    vendor_manager: Member
    data_scientist: Member
    administrator: Member


def make_cast(scenario: Scenario, *, password: str, joined_on: Mapping[str, date] | None = None, now: datetime) -> Cast:
    """Make the organisations, sites, teams, people and their roles. `joined_on`: first days that are known, by name."""
    joined = joined_on or {}
    house = add_organisation(SYSTEM, name=scenario.house, is_house=True, now=now)
    organisations = {scenario.house: house}
    for name in dict.fromkeys(plan.organisation for plan in scenario.teams):
        if name not in organisations:
            organisations[name] = add_organisation(SYSTEM, name=name, now=now)
    teams = _teams(scenario, organisations, now)
    moderators = tuple(
        _member(
            name,
            organisations[plan.organisation],
            "moderator",
            password,
            now,
            team=teams[plan.name],
            plan=plan,
            joined_on=joined.get(name),
        )
        for plan in scenario.teams
        for name in plan.people
    )
    # The vendor of the story that is still open; the house itself where no vendor is struck.
    struck = scenario.faults[-1].team if scenario.faults else scenario.teams[-1].name
    vendor = next(organisations[plan.organisation] for plan in scenario.teams if plan.name == struck)
    return Cast(
        house=house,
        vendors={name: made for name, made in organisations.items() if made != house},
        teams=teams,
        moderators=moderators,
        auditors=tuple(_member(name, house, "qa_specialist", password, now) for name in scenario.auditors),
        lead=_member("Lena Vos", house, "lead", password, now),
        quality_manager=_member("Arjun Mehta", house, "quality_manager", password, now),
        expert=_member("Nora Lindqvist", house, "quality_manager", password, now),
        vendor_manager=_member("Bea Ramos", vendor, "vendor_manager", password, now, scope_to=vendor),
        data_scientist=_member("Yuki Sato", house, "data_scientist", password, now),
        administrator=_member("Ada Okafor", house, "administrator", password, now, is_staff=True),
    )


def _teams(scenario: Scenario, organisations: dict[str, Organisation], now: datetime) -> dict[str, Team]:
    sites = {}
    teams = {}
    for plan in scenario.teams:
        place = (plan.organisation, plan.site)
        if place not in sites:
            sites[place] = add_site(
                SYSTEM, organisation=organisations[plan.organisation], name=plan.site, time_zone=plan.time_zone, now=now
            )
        teams[plan.name] = add_team(SYSTEM, site=sites[place], name=plan.name, now=now)
    return teams


def _member(
    name: str,
    organisation: Organisation,
    role: str,
    password: str,
    now: datetime,
    *,
    team: Team | None = None,
    plan: TeamPlan | None = None,
    scope_to: Organisation | None = None,
    joined_on: date | None = None,
    is_staff: bool = False,
) -> Member:
    person = add_person(
        SYSTEM,
        organisation=organisation,
        email=address_of(name),
        name=name,
        password=password,
        is_staff=is_staff,
        time_zone=plan.time_zone if plan else "Europe/Amsterdam",
        now=now,
    )
    worker = add_worker(
        SYSTEM,
        organisation=organisation,
        code=address_of(name).split("@")[0],
        name=name,
        team=team,
        person=person,
        languages=["en"],
        started_on=joined_on or (now - timedelta(days=200)).date(),
        now=now,
    )
    give_grant(SYSTEM, person=person, role=Role.objects.get(slug=role), target=scope_to, now=now)
    return Member(person=person, worker=worker, plan=plan)


def address_of(name: str) -> str:
    """A mail address at the reserved domain example.org: "Inês Duarte" -> ines.duarte@example.org."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return f"{plain.replace(' ', '.')}@example.org"
