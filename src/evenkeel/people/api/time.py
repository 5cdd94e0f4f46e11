"""The time clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from evenkeel.ground.access import load
from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..acts.time import correct_time, end_shift, note_downtime, switch_state
from ..hours import Day, day_of, hours_into_shift, state_of
from ..models import Worker
from ..pages.time import merged
from ..presence import sign_of_life

router = Router()


class StateIn(Schema):
    state: str = Field(description="production, audit, training, coaching, meeting, break or wellness")
    programme_id: UUID | None = None
    queue_id: UUID | None = None


class StateOut(Schema):
    state: str = Field(description="empty when off duty")
    hours_into_shift: float | None


class StretchOut(Schema):
    state: str
    began_at: datetime
    ended_at: datetime | None
    origin: str
    programme_id: UUID | None
    queue_id: UUID | None


class DayOut(Schema):
    worker_id: UUID
    day: date
    zone: str = Field(description="the time zone of the worker's site, by which the day is counted")
    since: datetime
    until: datetime
    seconds: dict[str, float] = Field(description="by state; they sum to the time present")
    stretches: list[StretchOut]

    @classmethod
    def of(cls, day: Day) -> DayOut:
        names = ("state", "began_at", "ended_at", "origin", "programme_id", "queue_id")
        return cls(
            worker_id=day.worker.pk,
            day=day.on,
            zone=day.zone,
            since=day.since,
            until=day.until,
            seconds=day.totals,
            stretches=[StretchOut(**{name: getattr(each, name) for name in names}) for each in day.stretches],
        )


class CorrectionIn(Schema):
    began_at: datetime
    ended_at: datetime
    state: str = Field(description="empty for off duty")
    reason: str


class DowntimeIn(Schema):
    began_at: datetime
    ended_at: datetime
    reason: str


class DowntimeOut(Schema):
    people: int


@router.get("/time/state", response=StateOut, operation_id="get_state")
def get_state(request: PageRequest) -> StateOut:
    """The state you are in now."""
    return _state(_me(request), request.now)


@router.post("/time/state", response=StateOut, operation_id="switch_state")
def post_state(request: PageRequest, said: StateIn) -> StateOut:
    """Be in another state from now on; the first one begins your shift."""
    worker = _me(request)
    switch_state(
        request.actor,
        worker=worker,
        state=said.state,
        programme_id=said.programme_id,
        queue_id=said.queue_id,
        now=request.now,
    )
    return _state(worker, request.now)


@router.post("/time/end", response=StateOut, operation_id="end_shift")
def post_end(request: PageRequest) -> StateOut:
    """Go off duty."""
    worker = _me(request)
    end_shift(request.actor, worker=worker, now=request.now)
    return _state(worker, request.now)


@router.post("/time/sign", response={204: None}, operation_id="sign_of_life", url_name="people_sign")
def post_sign(request: PageRequest) -> None:
    """Say that you are there; without a sign for some minutes you count as idle."""
    sign_of_life(request.actor, now=request.now)


@router.get("/time/day", response=DayOut, operation_id="get_my_day")
def get_day(request: PageRequest, day: date | None = None) -> DayOut:
    """Your own day; today by default."""
    return DayOut.of(day_of(_me(request), on=_sound(day), now=request.now))


@router.get("/workers/{uuid:worker_id}/day", response=DayOut, operation_id="get_day")
def get_worker_day(request: PageRequest, worker_id: UUID, day: date | None = None) -> DayOut:
    """Somebody else's day. Time for well-being is shown as a break."""
    worker = load(request.actor, scopes.TIME_VIEW, Worker.objects.select_related("site"), worker_id)
    return DayOut.of(merged(day_of(worker, on=_sound(day), now=request.now)))


@router.post("/workers/{uuid:worker_id}/corrections", response=DayOut, operation_id="correct_time")
def post_correction(request: PageRequest, worker_id: UUID, said: CorrectionIn) -> DayOut:
    """Put somebody's time right; what stood there before is kept."""
    worker = load(request.actor, scopes.TIME_VIEW, Worker.objects.select_related("site"), worker_id)
    began_at, ended_at = _utc(said.began_at, "began_at"), _utc(said.ended_at, "ended_at")
    correct_time(
        request.actor,
        worker=worker,
        began_at=began_at,
        ended_at=ended_at,
        state=said.state,
        reason=said.reason,
        now=request.now,
    )
    return DayOut.of(merged(day_of(worker, now=request.now)))


@router.post("/time/downtimes", response=DowntimeOut, operation_id="note_downtime")
def post_downtime(request: PageRequest, said: DowntimeIn) -> DowntimeOut:
    """Note that the system was down: whoever worked then was not idle."""
    began_at, ended_at = _utc(said.began_at, "began_at"), _utc(said.ended_at, "ended_at")
    n = note_downtime(request.actor, began_at=began_at, ended_at=ended_at, reason=said.reason, now=request.now)
    return DowntimeOut(people=n)


def _me(request: PageRequest) -> Worker:
    workers = Worker.objects.select_related("site")
    found = workers.filter(pk=request.actor.worker_id).first() if request.actor.worker_id else None
    if found is None:
        raise NotNow(_("You have no worker record, so the clock does not run for you."), code="no-worker")
    return found


def _state(worker: Worker, now: datetime) -> StateOut:
    return StateOut(state=state_of(worker.pk, now=now), hours_into_shift=hours_into_shift(worker.pk, now=now))


def _sound(day: date | None) -> date | None:
    if day is not None and not date(2000, 1, 1) <= day <= date(2200, 1, 1):
        raise Invalid(_("There is no such day here."), fields={"day": [_("Choose one from 2000 to 2200.")]})
    return day


def _utc(moment: datetime, field: str) -> datetime:
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        raise Invalid(_("There is no such moment in UTC."), fields={field: [_("Choose another.")]}) from None
