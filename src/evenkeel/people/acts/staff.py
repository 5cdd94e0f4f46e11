"""A whole list of workers at once, new ones and known ones: every row is looked at before the first is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..models import Organisation, Person, Role, Site, Skill, Team, TeamMove, Worker, WorkerSkill
from ..rules.staff import BadCell, StaffRow, read_row, wrong_columns
from .checks import is_address
from .grants import give_grant
from .persons import add_person

MOST_ROWS = 20_000


@dataclass(frozen=True, kw_only=True)
class StaffImport:
    """What came of a list: how many were added, changed, noted as leaving, left as they were; and what does not fit."""

    rows: int
    added: int = 0
    changed: int = 0
    left: int = 0
    same: int = 0
    new_teams: int = 0
    new_accounts: int = 0
    bad: tuple[BadCell, ...] = ()
    # Nothing was written: it was only tried, or a row does not fit.
    is_done: bool = False


def import_staff(
    actor: Actor,
    *,
    organisation: Organisation,
    rows: Iterable[tuple[int, Mapping[str, Any]]],
    adds_teams: bool = False,
    adds_accounts: bool = False,
    role: Role | None = None,
    only_tries: bool = False,
    now: datetime,
) -> StaffImport:
    """Bring an organisation's workers to what a list says, each row with its number: by `code` she is added or changed.

    Cells that are empty, columns that are not there and workers whom the list does not name stay as they are; skills are
    added and never taken away. `email` links her account; with `adds_accounts` one is given to whoever has none, invited by
    mail, with the `role` in her organisation. `adds_teams`: a team that a site does not have yet is made. All rows or none;
    `Invalid` for a heading that is not understood, or more than 20,000 rows.
    """
    said = list(rows)
    if said and (faults := wrong_columns({name for _number, row in said for name in row})):
        raise Invalid(_("The list’s columns do not fit."), fields={"columns": faults})
    if not 0 < len(said) <= MOST_ROWS:
        sentence = _("1 to %(n)d rows at once.") % {"n": MOST_ROWS}
        raise Invalid(_("The list cannot be taken over."), fields={"rows": [sentence]})
    try:
        with act(scopes.WORKER_EDIT, actor, on=organisation, now=now) as deed:
            taking = _TakingOver.of(organisation, adds_teams=adds_teams, adds_accounts=adds_accounts, now=now)
            for number, row in said:
                taking.look_at(number, row)
            if taking.bad or only_tries:
                raise _Undo
            taking.write(deed, actor, role)
    except _Undo:
        return taking.found(len(said), is_done=False)
    return taking.found(len(said), is_done=True)


class _Undo(Exception):
    """Nothing is written: the transaction ends as if it had not been."""


@dataclass(kw_only=True)
class _TakingOver:
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
    def of(cls, organisation: Organisation, *, adds_teams: bool, adds_accounts: bool, now: datetime) -> _TakingOver:
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

    def write(self, deed: Deed, actor: Actor, role: Role | None) -> None:
        """Store all of it, in a handful of statements, with one row of the trail a kind of change."""
        Team.objects.bulk_create(self.new_teams)
        for worker, address in self.linked:
            worker.person = self.accounts.get(address) or self._account(actor, worker, address, role)
        Worker.objects.bulk_create(self.added, batch_size=500)
        touched = {worker.pk: worker for worker in (*(each for each, _said in self.changed), *self.left)}
        fields = ["name", "site", "team", "person", "languages", "started_on", "left_on"]
        Worker.objects.bulk_update(touched.values(), fields, batch_size=200)
        TeamMove.objects.bulk_create(self.moves, batch_size=500)
        self._write_skills()
        organisation = self.organisation.pk
        if self.added:
            told = [(each, {"code": each.code, "name": each.name}) for each in self.added]
            deed.record_together("added", told, organisation_id=organisation)
        if self.changed:
            deed.record_together("changed", self.changed, organisation_id=organisation)
        if self.left:
            last_days = [(each, {"left_on": each.left_on}) for each in self.left]
            deed.record_together("left", last_days, organisation_id=organisation)
        deed.record(
            "list of workers taken over",
            on=self.organisation,
            organisation_id=organisation,
            after={"added": len(self.added), "changed": len(self.changed), "left": len(self.left)},
        )
        for each in self.left:
            deed.tell("worker.left", worker_id=each.pk)

    def _account(self, actor: Actor, worker: Worker, address: str, role: Role | None) -> Person:
        made = add_person(actor, organisation=self.organisation, email=address, name=worker.name, now=self.now)
        if role is not None:
            give_grant(actor, person=made, role=role, now=self.now)
        return made

    def _write_skills(self) -> None:
        names = {name for _worker, name in self.skills}
        known = {each.name: each for each in Skill.objects.filter(name__in=names)}
        for name in sorted(names - known.keys()):
            known[name] = Skill.objects.create(name=name)
        rows = [WorkerSkill(worker=worker, skill=known[name], since=self.now.date()) for worker, name in self.skills]
        WorkerSkill.objects.bulk_create(rows, batch_size=500)

    def found(self, rows: int, *, is_done: bool) -> StaffImport:
        """What it comes to."""
        if self.bad:
            return StaffImport(rows=rows, bad=tuple(self.bad))
        touched = {worker.pk for worker, _said in self.changed} | {worker.pk for worker in self.left}
        return StaffImport(
            rows=rows,
            same=rows - len(self.added) - len(touched),
            new_teams=len(self.new_teams),
            new_accounts=sum(address not in self.accounts for _worker, address in self.linked),
            is_done=is_done,
            added=len(self.added),
            changed=len(self.changed),
            left=len(self.left),
        )
