"""Investigations, their drivers and cases."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Router, Schema

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest
from evenkeel.measure import SIGNAL_VIEW, Signal
from evenkeel.people import Organisation, Site, Team, note_look
from evenkeel.work import Programme, Queue

from .. import acts, coding, queries, scopes
from ..causes import CAUSES
from ..models import CaseCoding, Driver, EvidenceCase, Investigation, InvestigationNote
from ..rules import Windows
from ..sources import find_source
from .common import person_said

router = Router()


class EstimateOut(Schema):
    """A figure with its uncertainty; unknown numbers are null."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    n_effective: float
    method: str
    level: float


class DriverOut(Schema):
    """A part of the change: a cell of one to three dimensions, counted in both windows.

    `is_beyond`: a cause that the same work outside the investigation's place has shown. `is_unproven`: no cause, but among the
    first three to look at; chance leaves differences as large.
    """

    rank: int
    cell: list[dict[str, str]]
    is_cause: bool
    is_beyond: bool
    is_unproven: bool
    baseline_errors: float
    baseline_n: float
    current_errors: float
    current_n: float
    excess: float
    share_of_change: float | None

    @classmethod
    def of(cls, driver: Driver) -> DriverOut:
        return cls(
            rank=driver.rank,
            cell=driver.cell,
            is_cause=driver.is_cause,
            is_beyond=driver.is_beyond,
            is_unproven=driver.is_unproven,
            baseline_errors=driver.baseline_errors,
            baseline_n=driver.baseline_n,
            current_errors=driver.current_errors,
            current_n=driver.current_n,
            excess=driver.excess,
            share_of_change=driver.share,
        )


class InvestigationOut(Schema):
    """An investigation, without drivers and cases."""

    id: UUID
    title: str
    state: Literal["open", "closed"]
    metric: str
    where: str
    programme_id: UUID
    queue_id: UUID | None
    organisation_id: UUID | None
    site_id: UUID | None
    team_id: UUID | None
    signal_id: UUID | None
    baseline_since: date
    since: date
    until: date
    baseline: EstimateOut
    current: EstimateOut
    verdict: str
    statement: str
    owner_id: UUID
    opened_at: datetime
    looked_at: datetime
    closed_at: datetime | None
    cause: str | None
    summary: str | None

    @classmethod
    def said(cls, found: Investigation) -> dict[str, Any]:
        closing = None if found.is_open else found.closing
        plain = (
            "id", "title", "metric", "programme_id", "queue_id", "organisation_id", "site_id", "team_id", "signal_id",
            "baseline_since", "since", "until", "statement", "owner_id", "opened_at", "looked_at",
        )  # fmt: skip
        return {name: getattr(found, name) for name in plain} | {
            "state": "open" if closing is None else "closed",
            "where": found.where_name,
            "baseline": EstimateOut(**found.baseline),
            "current": EstimateOut(**found.current),
            "verdict": found.scan["verdict"],
            "closed_at": closing.at if closing else None,
            "cause": closing.cause if closing else None,
            "summary": closing.summary if closing else None,
        }

    @classmethod
    def of(cls, found: Investigation) -> InvestigationOut:
        return cls(**cls.said(found))


class InvestigationPage(Schema):
    rows: list[InvestigationOut]
    after: UUID | None


class InvestigationDetail(InvestigationOut):
    """An investigation with its drivers; `hidden_drivers` tell of fewer than five people."""

    drivers: list[DriverOut]
    hidden_drivers: int


class CaseOut(Schema):
    """A decision drawn as evidence, with its odds, and the latest word on its cause.

    From audits with the auditor's answer; else `value` is what its row says, in the metric's unit.
    """

    id: UUID
    item_id: UUID
    item_key: str
    decided_label: str
    audited_label: str | None
    error_class: str
    decided_at: datetime
    draw_id: UUID | None
    value: float | None
    pi: float
    u: float
    cause: str | None
    severity: int | None
    comment: str | None

    @classmethod
    def of(cls, case: EvidenceCase, said: CaseCoding | None) -> CaseOut:
        decision = case.decided
        return cls(
            id=case.pk,
            item_id=decision.item_id,
            item_key=decision.item.key,
            decided_label=decision.label,
            audited_label=case.verdict.label if case.verdict else None,
            error_class=case.error_class,
            decided_at=decision.decided_at,
            draw_id=case.verdict.draw_id if case.verdict else None,
            value=case.value,
            pi=case.pi,
            u=case.u,
            cause=said.cause if said else None,
            severity=said.severity if said else None,
            comment=said.comment if said else None,
        )


class InvestigationIn(Schema):
    """since <= day < until are the changed days, baseline_since <= day < since those compared with."""

    title: str
    programme_id: UUID
    baseline_since: date
    since: date
    until: date
    queue_id: UUID | None = None
    organisation_id: UUID | None = None
    site_id: UUID | None = None
    team_id: UUID | None = None
    metric: str = "accuracy"
    # What it is opened from: "incident", or "disputes" with the id of one of them.
    source: str = ""
    source_id: UUID | None = None
    statement: str = ""
    owner_id: UUID | None = None


class CodingIn(Schema):
    """`severity` 1 minor to 4 critical; without an `error_class` the auditor's stands."""

    cause: str
    severity: int | None = None
    error_class: str = ""
    comment: str = ""


class NoteIn(Schema):
    body: str


class NoteOut(Schema):
    id: UUID
    body: str
    by_id: UUID
    at: datetime

    @classmethod
    def of(cls, note: InvestigationNote) -> NoteOut:
        return cls(id=note.pk, body=note.body, by_id=note.by_id, at=note.at)


class ClosingIn(Schema):
    cause: str
    summary: str


class LookOut(Schema):
    new_cases: int


class CauseOut(Schema):
    slug: str
    title: str
    why: str
    branch: str
    example: str


@router.get("/causes", response=list[CauseOut], operation_id="list_causes")
def list_causes(request: PageRequest) -> list[CauseOut]:
    """The catalogue of causes."""
    return [
        CauseOut(
            slug=each.slug, title=str(each.title), why=str(each.why), branch=each.branch, example=str(each.example)
        )
        for each in CAUSES
    ]


@router.get("/investigations", response=InvestigationPage, operation_id="list_investigations")
def list_investigations(
    request: PageRequest,
    state: Literal["open", "closed", "all"] = "all",
    programme_id: UUID | None = None,
    after: UUID | None = None,
    limit: Annotated[int, Field(ge=1, le=1_000)] = 100,
) -> InvestigationPage:
    """The investigations that you may see, newest first."""
    rows = queries.investigations(request.actor)
    if state != "all":
        rows = rows.filter(closing__isnull=state == "open")
    if programme_id is not None:
        rows = rows.filter(programme_id=programme_id)
    if after is not None:
        rows = rows.filter(id__lt=after)
    found = list(rows.order_by("-id")[:limit])
    return InvestigationPage(
        rows=[InvestigationOut.of(each) for each in found], after=found[-1].pk if len(found) == limit else None
    )


@router.post("/investigations", response=InvestigationDetail, operation_id="open_investigation")
def post_investigation(request: PageRequest, said: InvestigationIn) -> InvestigationDetail:
    """Open an investigation by hand; figures, drivers and a first draw of cases come with it."""
    actor = request.actor
    programme = load(actor, scopes.EDIT, Programme.objects.all(), said.programme_id)
    made = acts.open_investigation(
        actor,
        title=said.title,
        metric=said.metric,
        programme=programme,
        windows=Windows(baseline_since=said.baseline_since, since=said.since, until=said.until),
        queue=load(actor, scopes.EDIT, Queue.objects.all(), said.queue_id) if said.queue_id else None,
        organisation=load(actor, scopes.EDIT, Organisation.objects.all(), said.organisation_id)
        if said.organisation_id
        else None,
        site=load(actor, scopes.EDIT, Site.objects.select_related("organisation"), said.site_id)
        if said.site_id
        else None,
        team=load(actor, scopes.EDIT, Team.objects.select_related("site__organisation"), said.team_id)
        if said.team_id
        else None,
        statement=said.statement,
        source=find_source(actor, kind=said.source, source_id=said.source_id)
        if said.source and said.source_id
        else None,
        owner=person_said(said.owner_id, field="owner") if said.owner_id else None,
        now=request.now,
    )
    return _detail(request, made)


@router.post(
    "/signals/{uuid:signal_id}/investigation", response=InvestigationDetail, operation_id="open_signal_investigation"
)
def post_signal_investigation(request: PageRequest, signal_id: UUID) -> InvestigationDetail:
    """Open the investigation of a signal, or get the one that it has."""
    rows = Signal.objects.select_related("programme", "queue", "organisation", "site", "team")
    signal = load(request.actor, SIGNAL_VIEW, rows, signal_id)
    return _detail(request, acts.open_from_signal(request.actor, signal=signal, now=request.now))


@router.get("/investigations/{uuid:investigation_id}", response=InvestigationDetail, operation_id="get_investigation")
def get_investigation(request: PageRequest, investigation_id: UUID) -> InvestigationDetail:
    """One investigation with its ranked drivers."""
    return _detail(request, _load(request, investigation_id))


@router.post("/investigations/{uuid:investigation_id}/looks", response=LookOut, operation_id="look_again")
def post_look(request: PageRequest, investigation_id: UUID) -> LookOut:
    """Compute figures and drivers anew with the audits made since, and draw more cases."""
    found = _load(request, investigation_id)
    return LookOut(new_cases=acts.draw_evidence(request.actor, investigation=found, now=request.now))


@router.get("/investigations/{uuid:investigation_id}/cases", response=list[CaseOut], operation_id="list_cases")
def list_cases(request: PageRequest, investigation_id: UUID) -> list[CaseOut]:
    """The drawn cases, in the order of their lots."""
    found = _load(request, investigation_id)
    # A word that a second coder has still to match is nobody's to read.
    codings = coding.codings_for(request.actor, found)
    return [CaseOut.of(case, codings.get(case.pk)) for case in queries.cases_of(request.actor, found)]


@router.post("/cases/{uuid:case_id}/codings", response=CaseOut, operation_id="code_case")
def post_coding(request: PageRequest, case_id: UUID, said: CodingIn) -> CaseOut:
    """Say what caused a case; the latest word counts."""
    rows = EvidenceCase.objects.select_related("investigation", "decision__item", "verdict__draw")
    case = load(request.actor, scopes.VIEW, rows, case_id)
    made = acts.code_case(request.actor, case=case, now=request.now, **said.dict())
    return CaseOut.of(case, made)


@router.get("/investigations/{uuid:investigation_id}/notes", response=list[NoteOut], operation_id="list_notes")
def list_notes(request: PageRequest, investigation_id: UUID) -> list[NoteOut]:
    """The remarks, oldest first."""
    return [NoteOut.of(note) for note in queries.notes_of(_load(request, investigation_id))]


@router.post("/investigations/{uuid:investigation_id}/notes", response=NoteOut, operation_id="add_note")
def post_note(request: PageRequest, investigation_id: UUID, said: NoteIn) -> NoteOut:
    """Add a remark."""
    found = _load(request, investigation_id)
    return NoteOut.of(acts.add_note(request.actor, investigation=found, body=said.body, now=request.now))


@router.post(
    "/investigations/{uuid:investigation_id}/closing", response=InvestigationOut, operation_id="close_investigation"
)
def post_closing(request: PageRequest, investigation_id: UUID, said: ClosingIn) -> InvestigationOut:
    """Close with a cause and a summary."""
    found = _load(request, investigation_id)
    acts.close_investigation(
        request.actor, investigation=found, cause=said.cause, summary=said.summary, now=request.now
    )
    return InvestigationOut.of(_load(request, investigation_id))


@router.post(
    "/investigations/{uuid:investigation_id}/reopening", response=InvestigationOut, operation_id="reopen_investigation"
)
def post_reopening(request: PageRequest, investigation_id: UUID) -> InvestigationOut:
    """Open a closed investigation again."""
    found = _load(request, investigation_id)
    return InvestigationOut.of(acts.reopen_investigation(request.actor, investigation=found, now=request.now))


def _load(request: PageRequest, investigation_id: UUID) -> Investigation:
    rows = Investigation.objects.select_related("programme", "closing", "signal")
    return load(request.actor, scopes.VIEW, rows, investigation_id)


def _detail(request: PageRequest, found: Investigation) -> InvestigationDetail:
    drivers = queries.drivers_for(request.actor, found)
    note_look(request.actor, workers=drivers.workers, what=found.title, now=request.now)
    return InvestigationDetail(
        **InvestigationOut.said(found),
        drivers=[DriverOut.of(driver) for driver in drivers.rows],
        hidden_drivers=drivers.hidden,
    )
