"""Organisations, their sites and teams, and those who decide: for programs that keep people's records elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Router, Schema

from evenkeel.ground.access import load, visible
from evenkeel.ground.pages import PageRequest

from .. import acts, scopes
from ..models import Organisation, Person, Site, Team, Worker
from .rights import role_said

router = Router()


class OrganisationOut(Schema):
    id: UUID
    name: str
    is_house: bool


class NameIn(Schema):
    name: str


class TeamOut(Schema):
    id: UUID
    name: str


class SiteIn(NameIn):
    time_zone: str = Field("UTC", description="such as Asia/Singapore")


class SiteOut(SiteIn):
    id: UUID
    teams: list[TeamOut] = []


class WorkerChange(NameIn):
    team_id: UUID | None = None
    languages: list[str] = Field([], description="codes such as de or pt-BR")


class WorkerIn(WorkerChange):
    code: str = Field(description="what the organisation's own lists call her")
    account_id: UUID | None = Field(None, description="the account by which she logs in and decides")
    started_on: date | None = None


class WorkerSkillIn(Schema):
    skill: str
    since: date
    until: date | None = None


class WorkerOut(Schema):
    id: UUID
    organisation_id: UUID
    site_id: UUID | None
    team_id: UUID | None
    account_id: UUID | None
    code: str
    name: str
    languages: list[str]
    started_on: date | None
    left_on: date | None
    skills: list[WorkerSkillIn]

    @classmethod
    def of(cls, found: Worker) -> WorkerOut:
        skills = [
            WorkerSkillIn(skill=each.skill.name, since=each.since, until=each.until)
            for each in sorted(found.skills.all(), key=lambda each: (each.skill.name, each.since))
        ]
        names = ("organisation_id", "site_id", "team_id", "code", "name", "languages", "started_on", "left_on")
        said = {name: getattr(found, name) for name in names}
        return cls(id=found.pk, account_id=found.person_id, skills=skills, **said)


class WorkerPage(Schema):
    rows: list[WorkerOut]
    after: UUID | None = Field(description="ask with it for what follows; empty at the end")


class LeavingIn(Schema):
    left_on: date


class AccountLinkIn(Schema):
    account_id: UUID | None = Field(description="empty: nobody's any more")


class StaffRowIn(Schema):
    """What is left out or empty stays as it is."""

    code: str
    name: str | None = None
    email: str | None = Field(None, description="of her account")
    site: str | None = None
    team: str | None = None
    languages: list[str] = []
    skills: list[str] = []
    started_on: date | None = None
    left_on: date | None = None


class StaffIn(Schema):
    rows: list[StaffRowIn]
    adds_teams: bool = Field(False, description="make a team that its site does not have yet")
    adds_accounts: bool = Field(False, description="give an account to whoever has an address and none yet")
    role_id: UUID | None = Field(None, description="of those who get an account, everywhere in their organisation")
    only_tries: bool = Field(False, description="only say what it would do")


class BadCellOut(Schema):
    row: int = Field(description="1 is the first")
    column: str
    why: str


class StaffOut(Schema):
    rows: int
    added: int
    changed: int
    left: int
    same: int
    new_teams: int
    new_accounts: int
    is_done: bool
    bad: list[BadCellOut] = Field(description="while there are any nothing is written")


@router.get("/organisations", response=list[OrganisationOut], operation_id="list_organisations")
def list_organisations(request: PageRequest) -> Any:
    """Our own and the vendors within reach, by name."""
    return visible(request.actor, scopes.ORGANISATION_VIEW, Organisation.objects.order_by("name"))


@router.post("/organisations", response=OrganisationOut, operation_id="add_organisation")
def post_organisation(request: PageRequest, said: NameIn) -> Organisation:
    """Add a vendor."""
    return acts.add_organisation(request.actor, name=said.name, now=request.now)


@router.get("/organisations/{uuid:organisation_id}/sites", response=list[SiteOut], operation_id="list_sites")
def list_sites(request: PageRequest, organisation_id: UUID) -> list[SiteOut]:
    """An organisation's sites, each with its teams."""
    found = _organisation(request, organisation_id)
    sites = visible(request.actor, scopes.ORGANISATION_VIEW, found.sites.order_by("name"))
    return [_site(each) for each in sites.prefetch_related("teams")]


@router.post("/organisations/{uuid:organisation_id}/sites", response=SiteOut, operation_id="add_site")
def post_site(request: PageRequest, organisation_id: UUID, said: SiteIn) -> SiteOut:
    """Add a site."""
    found = _organisation(request, organisation_id)
    made = acts.add_site(request.actor, organisation=found, name=said.name, time_zone=said.time_zone, now=request.now)
    return _site(made)


@router.post("/sites/{uuid:site_id}/teams", response=TeamOut, operation_id="add_team")
def post_team(request: PageRequest, site_id: UUID, said: NameIn) -> Team:
    """Add a team to a site."""
    site = load(request.actor, scopes.ORGANISATION_VIEW, Site.objects.select_related("organisation"), site_id)
    return acts.add_team(request.actor, site=site, name=said.name, now=request.now)


@router.get("/workers", response=WorkerPage, operation_id="list_workers")
def list_workers(
    request: PageRequest,
    organisation_id: UUID | None = None,
    code: str | None = None,
    after: UUID | None = None,
    limit: Annotated[int, Field(ge=1, le=1_000)] = 100,
) -> WorkerPage:
    """Those who decide, in the order in which they were added."""
    rows = visible(request.actor, scopes.WORKER_VIEW, Worker.objects.order_by("id"))
    said = {"organisation": organisation_id, "code": code, "id__gt": after}
    rows = rows.filter(**{name: value for name, value in said.items() if value is not None})
    found = list(rows.prefetch_related("skills__skill")[:limit])
    return WorkerPage(rows=[WorkerOut.of(each) for each in found], after=found[-1].pk if len(found) == limit else None)


@router.post("/organisations/{uuid:organisation_id}/workers", response=WorkerOut, operation_id="add_worker")
def post_worker(request: PageRequest, organisation_id: UUID, said: WorkerIn) -> WorkerOut:
    """Add a worker."""
    rest = said.dict(exclude={"team_id", "account_id"})
    made = acts.add_worker(
        request.actor,
        organisation=_organisation(request, organisation_id),
        team=_team(request, said.team_id),
        person=_account(request, said.account_id),
        now=request.now,
        **rest,
    )
    return WorkerOut.of(made)


@router.get("/workers/{uuid:worker_id}", response=WorkerOut, operation_id="get_worker")
def get_worker(request: PageRequest, worker_id: UUID) -> WorkerOut:
    """One of them."""
    return WorkerOut.of(_worker(request, worker_id))


@router.put("/workers/{uuid:worker_id}", response=WorkerOut, operation_id="change_worker")
def put_worker(request: PageRequest, worker_id: UUID, said: WorkerChange) -> WorkerOut:
    """Change her name, team and languages. What she decided before keeps the team it was decided in."""
    changed = acts.change_worker(
        request.actor,
        worker=_worker(request, worker_id),
        name=said.name,
        team=_team(request, said.team_id),
        languages=said.languages,
        now=request.now,
    )
    return WorkerOut.of(changed)


@router.post("/workers/{uuid:worker_id}/leaving", response=WorkerOut, operation_id="end_worker")
def post_leaving(request: PageRequest, worker_id: UUID, said: LeavingIn) -> WorkerOut:
    """Note her last day; her decisions stay."""
    found = _worker(request, worker_id)
    return WorkerOut.of(acts.end_worker(request.actor, worker=found, left_on=said.left_on, now=request.now))


@router.post("/workers/{uuid:worker_id}/skills", response=WorkerOut, operation_id="add_worker_skill")
def post_skill(request: PageRequest, worker_id: UUID, said: WorkerSkillIn) -> WorkerOut:
    """Note a skill; one of a new name is made."""
    found = _worker(request, worker_id)
    acts.add_worker_skill(request.actor, worker=found, now=request.now, **said.dict())
    return WorkerOut.of(found)


@router.put("/workers/{uuid:worker_id}/account", response=WorkerOut, operation_id="link_account")
def put_account(request: PageRequest, worker_id: UUID, said: AccountLinkIn) -> WorkerOut:
    """Say whose account the record belongs to, so that she can log in and decide."""
    person = _account(request, said.account_id)
    return WorkerOut.of(
        acts.link_account(request.actor, worker=_worker(request, worker_id), person=person, now=request.now)
    )


@router.post("/organisations/{uuid:organisation_id}/staff", response=StaffOut, operation_id="import_staff")
def post_staff(request: PageRequest, organisation_id: UUID, said: StaffIn) -> StaffOut:
    """Bring an organisation's workers to what a list says: by `code` each is added or changed, the others stay."""
    found = acts.import_staff(
        request.actor,
        organisation=_organisation(request, organisation_id),
        rows=list(enumerate((row.dict(exclude_unset=True) for row in said.rows), 1)),
        adds_teams=said.adds_teams,
        adds_accounts=said.adds_accounts,
        role=role_said(request, said.role_id) if said.role_id else None,
        only_tries=said.only_tries,
        now=request.now,
    )
    names = ("rows", "added", "changed", "left", "same", "new_teams", "new_accounts", "is_done")
    bad = [BadCellOut(row=each.row, column=each.column, why=each.why) for each in found.bad]
    return StaffOut(**{name: getattr(found, name) for name in names}, bad=bad)


def _organisation(request: PageRequest, organisation_id: UUID) -> Organisation:
    return load(request.actor, scopes.ORGANISATION_VIEW, Organisation.objects.all(), organisation_id)


def _worker(request: PageRequest, worker_id: UUID) -> Worker:
    rows = Worker.objects.select_related("organisation", "site", "team", "person")
    return load(request.actor, scopes.WORKER_VIEW, rows, worker_id)


def _team(request: PageRequest, team_id: UUID | None) -> Team | None:
    rows = Team.objects.select_related("site__organisation")
    return load(request.actor, scopes.ORGANISATION_VIEW, rows, team_id) if team_id else None


def _account(request: PageRequest, person_id: UUID | None) -> Person | None:
    rows = Person.objects.select_related("organisation")
    return load(request.actor, scopes.PERSON_VIEW, rows, person_id) if person_id else None


def _site(found: Site) -> SiteOut:
    teams = [TeamOut(id=each.pk, name=each.name) for each in found.teams.all()]
    return SiteOut(id=found.pk, name=found.name, time_zone=found.time_zone, teams=teams)
