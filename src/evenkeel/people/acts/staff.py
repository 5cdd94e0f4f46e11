"""A whole list of workers at once, new ones and known ones: every row is looked at before the first is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..models import Organisation, Person, Role, Skill, Team, TeamMove, Worker, WorkerSkill
from ..rules.staff import BadCell, wrong_columns
from .grants import give_grant
from .persons import add_person
from .staff_list import StaffList

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
            took = StaffList.of(organisation, adds_teams=adds_teams, adds_accounts=adds_accounts, now=now)
            for number, row in said:
                took.look_at(number, row)
            if took.bad or only_tries:
                raise _Undo
            _write(took, deed, actor, role)
    except _Undo:
        return _found(took, len(said), is_done=False)
    return _found(took, len(said), is_done=True)


class _Undo(Exception):
    """Nothing is written: the transaction ends as if it had not been."""


def _write(took: StaffList, deed: Deed, actor: Actor, role: Role | None) -> None:
    """Store all of it, in a handful of statements, with one row of the trail a kind of change."""
    Team.objects.bulk_create(took.new_teams)
    for worker, address in took.linked:
        worker.person = took.accounts.get(address) or _account(took, actor, worker, address, role)
    Worker.objects.bulk_create(took.added, batch_size=500)
    touched = {worker.pk: worker for worker in (*(each for each, _said in took.changed), *took.left)}
    fields = ["name", "site", "team", "person", "languages", "started_on", "left_on"]
    Worker.objects.bulk_update(touched.values(), fields, batch_size=200)
    TeamMove.objects.bulk_create(took.moves, batch_size=500)
    _write_skills(took)
    organisation = took.organisation.pk
    if took.added:
        told = [(each, {"code": each.code, "name": each.name}) for each in took.added]
        deed.record_together("added", told, organisation_id=organisation)
    if took.changed:
        deed.record_together("changed", took.changed, organisation_id=organisation)
    if took.left:
        last_days = [(each, {"left_on": each.left_on}) for each in took.left]
        deed.record_together("left", last_days, organisation_id=organisation)
    deed.record(
        "list of workers taken over",
        on=took.organisation,
        organisation_id=organisation,
        after={"added": len(took.added), "changed": len(took.changed), "left": len(took.left)},
    )
    for each in took.left:
        deed.tell("worker.left", worker_id=each.pk)


def _account(took: StaffList, actor: Actor, worker: Worker, address: str, role: Role | None) -> Person:
    made = add_person(actor, organisation=took.organisation, email=address, name=worker.name, now=took.now)
    if role is not None:
        give_grant(actor, person=made, role=role, now=took.now)
    return made


def _write_skills(took: StaffList) -> None:
    names = {name for _worker, name in took.skills}
    known = {each.name: each for each in Skill.objects.filter(name__in=names)}
    for name in sorted(names - known.keys()):
        known[name] = Skill.objects.create(name=name)
    rows = [WorkerSkill(worker=worker, skill=known[name], since=took.now.date()) for worker, name in took.skills]
    WorkerSkill.objects.bulk_create(rows, batch_size=500)


def _found(took: StaffList, rows: int, *, is_done: bool) -> StaffImport:
    """What it comes to."""
    if took.bad:
        return StaffImport(rows=rows, bad=tuple(took.bad))
    touched = {worker.pk for worker, _said in took.changed} | {worker.pk for worker in took.left}
    return StaffImport(
        rows=rows,
        same=rows - len(took.added) - len(touched),
        new_teams=len(took.new_teams),
        new_accounts=sum(address not in took.accounts for _worker, address in took.linked),
        is_done=is_done,
        added=len(took.added),
        changed=len(took.changed),
        left=len(took.left),
    )
