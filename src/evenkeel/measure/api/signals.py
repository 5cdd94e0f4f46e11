"""Signals: read, taken on, closed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Query, Router, Schema

from evenkeel.ground.access import load, require
from evenkeel.ground.pages import PageRequest
from evenkeel.kernel import Estimate

from .. import scopes
from ..acts.signals import acknowledge, dispose
from ..models import Signal
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


def _signal(request: PageRequest, signal_id: UUID) -> Signal:
    return load(request.actor, scopes.SIGNAL_VIEW, signal_rows(request.actor).select_related("series"), signal_id)
