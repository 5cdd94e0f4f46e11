"""A plan's organisation in an empty install, through the acts of the rooms; the work itself goes to the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

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
from evenkeel.policy import Policy, add_policy, publish_version
from evenkeel.quality import SamplingPlan, set_check_rule, start_plan
from evenkeel.work import Programme, Queue, add_form, add_programme, add_queue, engage

from ..organisation import SYSTEM
from .mixing import EXPERT, OWNER
from .plan import Plan
from .staff import Staff

_SEVERITIES = ("none", "low", "medium", "high", "very high")


@dataclass(frozen=True, kw_only=True)
class Installed:
    """The rows that facts point at, in the order of the plan's lists."""

    programme: Programme
    queues: tuple[Queue, ...]
    organisation: tuple[UUID, ...]
    site: tuple[UUID, ...]
    team: tuple[UUID, ...]
    worker: tuple[UUID, ...]
    auditor: tuple[UUID, ...]
    form_version: UUID
    # Each version of the policy with the first day on which it is in force.
    policy_versions: tuple[tuple[int, UUID], ...]
    plan: UUID
    owner: Person
    # Who logs in, in the order of workers and of auditors; empty where nobody does.
    people: tuple[Person, ...] = ()
    audits_as: tuple[Person, ...] = ()

    def version_on(self, day: int) -> UUID:
        """The version of the policy in force on a day of the plan."""
        return [version for from_day, version in self.policy_versions if from_day <= day][-1]


def install(plan: Plan, staff: Staff, *, logs_in: bool = False) -> Installed:
    """As `install_all`, of a plan that is one programme."""
    (known,) = install_all(plan, [(plan, staff)], logs_in=logs_in)
    return known


def install_all(
    plan: Plan, parts: Sequence[tuple[Plan, Staff]], *, logs_in: bool = False
) -> tuple[Installed, ...]:  # fmt: skip
    """Make everything that facts point at: organisations, sites, teams, workers, policy, programme, a queue a market.

    `parts` are the plan's programmes, each with those who work in it. The house that is there plays the plan's, under its own
    name. Assumes that nothing stands in the way (`insist_on_room`). With `logs_in` everybody has an account and a role
    (without a password), and queues hand out one item at a time; else nobody can log in, and people who look at it are added
    by hand.
    """
    now = datetime.combine(plan.first_on - timedelta(days=1), time(6), UTC)
    with transaction.atomic():
        house = Organisation.objects.filter(is_house=True).first()
        if house is None:
            house = add_organisation(SYSTEM, name=plan.house, is_house=True, now=now)
        organisations = {plan.house: house}
        for site in plan.sites:
            if site.organisation not in organisations:
                organisations[site.organisation] = add_organisation(SYSTEM, name=site.organisation, now=now)
        sites, teams = _places(plan, organisations, now)
        owner = add_person(SYSTEM, organisation=house, email=OWNER, name="Quality", now=now)
        give_grant(SYSTEM, person=owner, role=Role.objects.get(slug="quality_manager"), now=now)
        # People and auditors are counted through the programmes; each works in one.
        workers: list[list[Worker]] = []
        auditors: list[list[Worker]] = []
        for part, staff in parts:
            before = sum(len(each) for each in workers)
            workers.append(_workers(part, staff, teams, before=before, logs_in=logs_in, now=now))
        for part, _staff in parts:
            auditors.append(
                _auditors(part, house, before=sum(len(each) for each in auditors), logs_in=logs_in, now=now)
            )
        if logs_in:
            add_worker(SYSTEM, organisation=house, code="quality", name=owner.name, person=owner, now=now)
            _somebody(house, EXPERT.split("@")[0], "Expert", "quality_manager", now)
        people = list(zip(parts, workers, auditors, strict=True))
        return tuple(_programme(part, organisations, sites, teams, *own, owner, now) for (part, _staff), *own in people)


def _programme(part: Plan, *places: Any) -> Installed:
    """One programme, and where people log in the rule by which its audits are checked."""
    known, now = _work(part, *places), places[-1]
    if known.people and part.audits.checked:
        shares = {"share_right": part.audits.checked, "share_wrong": part.audits.checked, "settle_agreed": 1.0}
        audits = SamplingPlan.objects.get(pk=known.plan)
        set_check_rule(SYSTEM, plan=audits, salt=part.seed, now=now, **shares)
    return known


def _places(
    plan: Plan, organisations: dict[str, Organisation], now: datetime
) -> tuple[dict[str, Any], dict[str, Team]]:
    """Sites and teams by name. Ids follow from the order in which they are made."""
    sites: dict[str, Any] = {}
    teams: dict[str, Team] = {}
    for site in plan.sites:
        made = add_site(
            SYSTEM, organisation=organisations[site.organisation], name=site.name, time_zone=site.time_zone, now=now
        )
        sites[site.name] = made
        teams |= {name: add_team(SYSTEM, site=made, name=name, now=now) for name in plan.team_names(site)}
    return sites, teams


def _auditors(plan: Plan, house: Organisation, *, before: int, logs_in: bool, now: datetime) -> list[Worker]:
    numbers = range(before + 1, before + plan.audits.auditors + 1)
    role = "qa_specialist" if logs_in else ""
    return [_somebody(house, f"auditor-{number}", f"Auditor {number}", role, now) for number in numbers]


def _workers(
    plan: Plan, staff: Staff, teams: dict[str, Team], *, before: int, logs_in: bool, now: datetime
) -> list[Worker]:
    found = []
    for place in range(len(staff)):
        team, site = teams[staff.teams[int(staff.team[place])]], plan.sites[int(staff.site[place])]
        made = _somebody(
            team.site.organisation,
            f"{site.name.lower()}-{before + place + 1:05d}",
            f"{site.name} {before + place + 1}",
            "moderator" if logs_in else "",
            now,
            team=team,
            languages=list(site.languages),
            started_on=plan.first_on + timedelta(days=int(staff.joined[place])),
        )
        found.append(made)
    return found


def _somebody(organisation: Organisation, code: str, name: str, role: str, now: datetime, **said: Any) -> Worker:
    """A worker; with a role she has an account as well."""
    person = None
    if role:
        email = f"{code.replace(' ', '-')}@example.org"
        person = add_person(SYSTEM, organisation=organisation, email=email, name=name, now=now)
        give_grant(SYSTEM, person=person, role=Role.objects.get(slug=role), now=now)
    return add_worker(SYSTEM, organisation=organisation, code=code, name=name, person=person, now=now, **said)


def _work(
    plan: Plan, organisations: dict[str, Organisation], sites: dict[str, Any], teams: dict[str, Team],
    workers: list[Worker], auditors: list[Worker], owner: Person, now: datetime,
) -> Installed:  # fmt: skip
    policy = add_policy(SYSTEM, name=plan.policy_name[:120], owner=owner, now=now)
    versions = _versions(plan, policy, now)
    programme = add_programme(SYSTEM, name=plan.title[:120], about=plan.about, owner=owner, now=now)
    at_work = {site.organisation for site in plan.sites}
    for name, organisation in organisations.items():
        if name in at_work and not organisation.is_house:
            engage(SYSTEM, programme=programme, organisation=organisation, now=now)
    form = add_form(SYSTEM, programme=programme, name="Check", spec=_form(plan), now=now)
    # By acts each answer is given to its own item, so that the truth of every decision is known.
    one_by_one: dict[str, Any] = {"batch_size": 1, "undo_s": 0} if workers[0].person is not None else {}
    queues = tuple(
        add_queue(
            SYSTEM,
            programme=programme,
            name=market.name,
            form=form.form,
            policy=policy,
            severity=market.severity,
            now=now,
            **one_by_one,
        )
        for market in plan.markets
    )
    drawn = start_plan(SYSTEM, programme=programme, name="Audits", rate=plan.audits.rate, salt=plan.seed, now=now)
    return Installed(
        programme=programme, queues=queues,
        organisation=tuple(organisations[site.organisation].pk for site in plan.sites),
        site=tuple(sites[site.name].pk for site in plan.sites),
        team=tuple(teams[name].pk for site in plan.sites for name in plan.team_names(site)),
        worker=tuple(each.pk for each in workers),
        auditor=tuple(each.pk for each in auditors), form_version=form.pk, policy_versions=versions, plan=drawn.pk, owner=owner,
        people=tuple(each.person for each in workers if each.person),
        audits_as=tuple(each.person for each in auditors if each.person),
    )  # fmt: skip


def _versions(plan: Plan, policy: Policy, now: datetime) -> tuple[tuple[int, UUID], ...]:
    """The policy's text, and each new version of it on its day."""
    body = "\n\n".join(f"## {clause.name}\n\nSeverity: {_SEVERITIES[clause.severity]}." for clause in plan.clauses)
    first = publish_version(SYSTEM, policy=policy, body_markdown=body, what_changed="First version.", now=now)
    found = [(0, first.pk)]
    for each in plan.versions:
        body += f"\n\n## From {plan.date_of(each.from_day).isoformat()}\n\n{each.what_changed}"
        at = datetime.combine(plan.date_of(each.from_day), time(0), UTC)
        made = publish_version(SYSTEM, policy=policy, body_markdown=body, what_changed=each.what_changed, now=at)
        found.append((each.from_day, made.pk))
    return tuple(found)


def _form(plan: Plan) -> dict[str, Any]:
    choices = [{"value": name, "title": name, "key": str(place + 1)} for place, name in enumerate(plan.labels[:9])]
    choices += [{"value": name, "title": name} for name in plan.labels[9:]]
    field = {"name": "label", "kind": "single_choice", "title": "Decision", "required": True, "choices": choices}
    return {"question": "Which clause applies?", "main": "label", "fields": [field]}
