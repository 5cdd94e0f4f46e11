"""Signals: read, taken on, closed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import AwareDatetime

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest
from evenkeel.kernel import Estimate

from .. import scopes
from ..acts.handing import hand_over, snooze
from ..acts.signals import acknowledge, dispose
from ..models import Signal, SignalMember
from ..queries.inbox import data_problems, people_for
from ..queries.signals import acknowledgement_of, disposition_of
from ..queries.signals import signals as signal_rows
from .common import EstimateOut, Page

router = Router()


class SignalOut(Schema):
    id: UUID
    programme_id: UUID
    metric: str
    where_kind: str
    where_name: str
    side: int
    rule: str
    first_on: date
    last_on: date
    before: EstimateOut
    after: EstimateOut
    change: EstimateOut
    owner_id: UUID | None
    raised_at: datetime
    acknowledged_at: datetime | None
    closed_at: datetime | None
    disposition: str | None
    reason: str | None

    @classmethod
    def of(cls, row: Signal) -> SignalOut:
        acknowledgement, disposition = acknowledgement_of(row), disposition_of(row)
        same = (
            "id", "programme_id", "metric", "where_name", "side", "rule", "first_on", "last_on", "owner_id", "raised_at",
            "closed_at",
        )  # fmt: skip
        return cls(
            **{name: getattr(row, name) for name in same},
            where_kind=row.series.kind,
            before=EstimateOut.of(Estimate.from_dict(row.before)),
            after=EstimateOut.of(Estimate.from_dict(row.after)),
            change=EstimateOut.of(Estimate.from_dict(row.change)),
            acknowledged_at=acknowledgement.at if acknowledgement else None,
            disposition=disposition.kind if disposition else None,
            reason=disposition.reason if disposition else None,
        )


class MemberOut(Schema):
    """Another series of the same change, as far as you may see it."""

    id: UUID
    metric: str
    where_kind: str
    where_name: str
    side: int
    tie: str
    first_on: date
    change: EstimateOut
    joined_at: datetime


class SnoozeIn(Schema):
    until: AwareDatetime
    reason: str


class OwnerIn(Schema):
    person_id: UUID
    reason: str


class DataProblemOut(Schema):
    id: UUID
    programme_id: UUID
    metric: str
    kind: str
    since_on: date
    rows: int | None
    usual: float | None
    seen_at: datetime


class DispositionIn(Schema):
    kind: str
    reason: str


@router.get("/signals", response=list[SignalOut], operation_id="list_signals")
def list_signals(
    request: PageRequest, page: Query[Page], is_open: bool | None = None, programme_id: UUID | None = None
) -> list[SignalOut]:
    """Signals that you may see, newest first."""
    require(request.actor, scopes.SIGNAL_VIEW)
    rows = signal_rows(request.actor).select_related("series")
    if is_open is not None:
        rows = rows.filter(closed_at__isnull=is_open)
    if programme_id is not None:
        rows = rows.filter(programme=programme_id)
    return [SignalOut.of(row) for row in rows[page.cut()]]


@router.get("/signals/{uuid:signal_id}", response=SignalOut, operation_id="get_signal")
def get_signal(request: PageRequest, signal_id: UUID) -> SignalOut:
    """One signal."""
    return SignalOut.of(_signal(request, signal_id))


@router.post("/signals/{uuid:signal_id}/acknowledgement", response=SignalOut, operation_id="acknowledge_signal")
def acknowledge_signal(request: PageRequest, signal_id: UUID) -> SignalOut:
    """Take a signal on."""
    acknowledge(request.actor, signal=_signal(request, signal_id), now=request.now)
    return SignalOut.of(_signal(request, signal_id))


@router.post("/signals/{uuid:signal_id}/disposition", response=SignalOut, operation_id="dispose_signal")
def dispose_signal(request: PageRequest, signal_id: UUID, said: DispositionIn) -> SignalOut:
    """Say what a signal was: real, noise, known_change or data_problem, with a reason. It is closed then."""
    dispose(request.actor, signal=_signal(request, signal_id), kind=said.kind, reason=said.reason, now=request.now)
    return SignalOut.of(_signal(request, signal_id))


@router.get("/signals/{uuid:signal_id}/members", response=list[MemberOut], operation_id="list_signal_members")
def list_signal_members(request: PageRequest, signal_id: UUID) -> list[MemberOut]:
    """The other series in which the change of a signal shows: other places, other metrics, what guards it."""
    found = _signal(request, signal_id)
    rows = visible(request.actor, scopes.SIGNAL_VIEW, SignalMember.objects.filter(signal=found)).select_related(
        "series"
    )
    same = ("id", "metric", "where_name", "side", "tie", "first_on", "joined_at")
    return [
        MemberOut(
            **{name: getattr(row, name) for name in same},
            where_kind=row.series.kind,
            change=EstimateOut.of(Estimate.from_dict(row.change)),
        )
        for row in rows
    ]


@router.post("/signals/{uuid:signal_id}/snooze", response=SignalOut, operation_id="snooze_signal")
def snooze_signal(request: PageRequest, signal_id: UUID, said: SnoozeIn) -> SignalOut:
    """Put a signal to sleep until a moment, 30 days at most, with a reason."""
    snooze(request.actor, signal=_signal(request, signal_id), until=said.until, reason=said.reason, now=request.now)
    return SignalOut.of(_signal(request, signal_id))


@router.post("/signals/{uuid:signal_id}/owner", response=SignalOut, operation_id="hand_signal_over")
def hand_signal_over(request: PageRequest, signal_id: UUID, said: OwnerIn) -> SignalOut:
    """Give a signal to another person who may act on it, with a reason."""
    found = _signal(request, signal_id)
    to = next((person for person in people_for(found, now=request.now) if person.pk == said.person_id), None)
    if to is None:
        raise Invalid(
            _("It cannot be handed over like this."),
            fields={"person_id": [_("Choose somebody else who may act on signals here.")]},
        )
    hand_over(request.actor, signal=found, to=to, reason=said.reason, now=request.now)
    return SignalOut.of(_signal(request, signal_id))


@router.get("/data-problems", response=list[DataProblemOut], operation_id="list_data_problems")
def list_data_problems(request: PageRequest, page: Query[Page]) -> list[DataProblemOut]:
    """What stands in the way of judging figures now: late, missing or anew defined data."""
    require(request.actor, scopes.SIGNAL_VIEW)
    same = ("id", "programme_id", "metric", "kind", "since_on", "rows", "usual", "seen_at")
    rows = data_problems(request.actor)[page.cut()]
    return [DataProblemOut(**{name: getattr(row, name) for name in same}) for row in rows]


def _signal(request: PageRequest, signal_id: UUID) -> Signal:
    return load(request.actor, scopes.SIGNAL_VIEW, signal_rows(request.actor).select_related("series"), signal_id)
