"""What a list of workers makes of them, looked at row by row in memory: what is new, what changes, what does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from ..models import Organisation, Person, Site, Team, TeamMove, Worker, WorkerSkill
from ..rules.staff import BadCell, StaffRow, read_row
from .checks import is_address


@dataclass(kw_only=True)
class StaffList:
    """The workers as they are, and what the rows make of them."""

    organisation: Organisation
    adds_teams: bool
    adds_accounts: bool
    now: datetime
    workers: dict[str, Worker]
    sites: dict[str, Site]
    teams: dict[tuple[str, str], Team]
    skilled: set[tuple[str, str]]
    # Of the organisation, by address; and the code of the worker whose each is.
    accounts: dict[str, Person]
    holders: dict[UUID | None, str]
    seen: set[str] = field(default_factory=set)
    bad: list[BadCell] = field(default_factory=list)
    new_teams: list[Team] = field(default_factory=list)
    added: list[Worker] = field(default_factory=list)
    changed: list[tuple[Worker, dict[str, Any]]] = field(default_factory=list)
    left: list[Worker] = field(default_factory=list)
    moves: list[TeamMove] = field(default_factory=list)
    skills: list[tuple[Worker, str]] = field(default_factory=list)
    linked: list[tuple[Worker, str]] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, organisation: Organisation, *, adds_teams: bool, adds_accounts: bool, now: datetime) -> StaffList:
        workers = Worker.objects.filter(organisation=organisation).select_related("site", "team__site", "person")
        teams = Team.objects.filter(site__organisation=organisation).select_related("site")
        skills = WorkerSkill.objects.filter(worker__organisation=organisation)
        accounts = Person.objects.filter(organisation=organisation)
        holders = Worker.objects.filter(person__organisation=organisation)
        return cls(
            organisation=organisation,
            adds_teams=adds_teams,
            adds_accounts=adds_accounts,
            now=now,
            # Locked: whoever changes one of them meanwhile waits.
            workers={each.code: each for each in workers.select_for_update(of=("self",)).order_by("id")},
            sites={each.name: each for each in Site.objects.filter(organisation=organisation)},
            teams={(each.site.name, each.name): each for each in teams},
            skilled=set(skills.values_list("worker__code", "skill__name")),
            accounts={each.email.lower(): each for each in accounts},
            holders=dict(holders.values_list("person_id", "code")),
        )

    def look_at(self, number: int, said: Mapping[str, Any]) -> None:
        """Take a row over in memory, or note why not."""
        row, faults = read_row(number, said)
        self.bad += faults
        if row is None:
            return
        if row.code in self.seen:
            self._fault(row, "code", _("%(code)s stands in the list twice.") % {"code": row.code})
            return
        self.seen.add(row.code)
        known = self.workers.get(row.code)
        if known is None and row.name is None:
            self._fault(row, "name", _("Nobody has this code yet, so the row is a new worker’s and needs her name."))
            return
        place = self._place(row, known)
        if place is None or not self._days_fit(row, known) or not self._address_fits(row, known):
            return
        if known is None:
            self._add(row, *place)
        else:
            self._change(known, row, *place)

    def _fault(self, row: StaffRow, column: str, why: str) -> None:
        self.bad.append(BadCell(row=row.number, column=column, why=why))

    def _place(self, row: StaffRow, known: Worker | None) -> tuple[Site | None, Team | None] | None:
        """Where she belongs by this row; None where the row names a place that is not there."""
        if row.site is None and row.team is None:
            return (known.site, known.team) if known is not None else (None, None)
        site = known.site if known is not None and row.site is None else None
        if row.site is not None:
            site = self.sites.get(row.site)
            if site is None:
                there = ", ".join(sorted(self.sites)) or _("none yet")
                self._fault(row, "site", _("There is no such site. There are: %(sites)s.") % {"sites": there})
                return None
        if row.team is None:
            present = known.team if known is not None else None
            return site, present if present is not None and site is not None and present.site_id == site.pk else None
        team = self._team(row, row.team, site)
        return None if team is None else (team.site, team)

    def _team(self, row: StaffRow, name: str, site: Site | None) -> Team | None:
        if site is not None:
            team = self.teams.get((site.name, name))
            if team is None and self.adds_teams:
                team = self.teams[site.name, name] = Team(site=site, name=name)
                self.new_teams.append(team)
            if team is None:
                said = {"site": site.name, "team": name}
                self._fault(row, "team", _("%(site)s has no team %(team)s. Add it first, or have it added.") % said)
            return team
        found = [team for (_site, called), team in self.teams.items() if called == name]
        if len(found) != 1:
            several = _("Several sites have a team of this name: name the site.")
            self._fault(row, "team", several if found else _("There is no such team. Name its site to have it added."))
            return None
        return found[0]

    def _days_fit(self, row: StaffRow, known: Worker | None) -> bool:
        first = row.started_on or (known.started_on if known is not None else None)
        if row.left_on is not None and first is not None and row.left_on < first:
            self._fault(row, "left_on", _("The last day lies before the first."))
            return False
        return True

    def _address_fits(self, row: StaffRow, known: Worker | None) -> bool:
        if row.email is None:
            return True
        why = ""
        account = self.accounts.get(row.email)
        if row.email in self.addresses:
            why = _("%(email)s stands in the list twice.") % {"email": row.email}
        elif account is not None and self.holders.get(account.pk, row.code) != row.code:
            why = _("This account is the worker %(code)s’s.") % {"code": self.holders[account.pk]}
        elif account is None and known is not None and known.person is not None:
            why = _("She has an account already: %(email)s.") % {"email": known.person.email}
        elif account is None and not self.adds_accounts:
            why = _("The organisation has no account of this address. Give it one first, or have it given.")
        elif account is None and not is_address(row.email):
            why = _("This is no mail address.")
        elif account is None and Person.objects.filter(email__iexact=row.email).exists():
            why = _("This address has an account already, which is not this organisation’s.")
        if why:
            self._fault(row, "email", why)
            return False
        self.addresses.add(row.email)
        return True

    def _link(self, worker: Worker, row: StaffRow) -> bool:
        present = worker.person.email.lower() if worker.person is not None else None
        if row.email is None or row.email == present:
            return False
        self.linked.append((worker, row.email))
        return True

    def _add(self, row: StaffRow, site: Site | None, team: Team | None) -> None:
        assert row.name is not None
        made = Worker(
            organisation=self.organisation,
            site=site,
            team=team,
            code=row.code,
            name=row.name,
            languages=row.languages or [],
            started_on=row.started_on,
            left_on=row.left_on,
            created_at=self.now,
        )
        self.added.append(made)
        self._link(made, row)
        self.skills += [(made, each) for each in row.skills]

    def _change(self, worker: Worker, row: StaffRow, site: Site | None, team: Team | None) -> None:
        said = {"name": row.name, "languages": row.languages, "started_on": row.started_on}
        after: dict[str, Any] = {
            name: value for name, value in said.items() if value is not None and value != getattr(worker, name)
        }
        before: dict[str, Any] = {name: getattr(worker, name) for name in after}
        if (site, team) != (worker.site, worker.team):
            before["team"], after["team"] = str(worker.team or worker.site or ""), str(team or site or "")
        if team != worker.team:
            self.moves.append(TeamMove(worker=worker, from_team=worker.team, to_team=team, at=self.now))
        new_skills = [each for each in row.skills if (row.code, each) not in self.skilled]
        if new_skills:
            after["skills"] = new_skills
            self.skills += [(worker, each) for each in new_skills]
        if self._link(worker, row):
            before["account"], after["account"] = worker.person.email if worker.person else None, row.email
        if row.left_on is not None and worker.left_on is None:
            self.left.append(worker)
        elif row.left_on is not None and row.left_on != worker.left_on:
            before["left_on"], after["left_on"] = worker.left_on, row.left_on
        for name in ("name", "languages", "started_on", "left_on"):
            value = getattr(row, name)
            if value is not None:
                setattr(worker, name, value)
        worker.site, worker.team = site, team
        if after:
            self.changed.append((worker, {"before": before, "after": after}))
