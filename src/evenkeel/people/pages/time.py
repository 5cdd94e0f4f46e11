"""Time: my day and the clock in the header, a team's day, one worker's day with its corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.errors import NotNow
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.slots import parts_for
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.ground.templatetags.moments import day as day_text
from evenkeel.ground.templatetags.wording import duration_text
from evenkeel.ground.trying import tried

from .. import scopes
from ..acts.time import answer_request, ask_correction, correct_time, end_shift, switch_state
from ..day_bar import day_bar
from ..hours import Day, day_from, day_of, spans_around
from ..looks import note_look
from ..models import STATE_TITLES, Team, TimeMark, TimeRequest, TimeSpan, Worker
from ..rules.timeline import BREAK, STATES, WELLNESS, Stretch
from ..rules.visits import Visits, visits_of
from ..timekeeping import stretch_of
from .time_forms import AnswerForm, CorrectionForm, RequestForm

_LATEST = 20
_FIRST, _LAST = date(2000, 1, 2), date(2199, 12, 31)
_TONES = {"production": "good", "audit": "good", "idle": "warn", "system_down": "bad", "": "quiet"}


@page(
    gettext_lazy("My day"),
    name="people:my-day",
    nav=Nav(section="work", icon="clock", order=16, scope=scopes.TIME_OWN, is_for_workers=True),
)
def my_day(request: PageRequest) -> HttpResponse:
    """My own day: what it was spent on, and a request to put it right."""
    worker = _me(request)
    day = day_of(worker, on=_day(request), now=request.now)
    form = RequestForm(request.POST or None, day=day)
    if request.method == "POST":
        made = tried(form, lambda said: ask_correction(request.actor, worker=worker, now=request.now, **said))
        if made is not None:
            messages.success(request, _("Your request is on its way; you will be told of the answer."))
            return redirect(f"{reverse('people:my-day')}?day={day.on.isoformat()}")
    asked = worker.time_requests.select_related("answered_by").order_by("-asked_at")[:_LATEST]
    context = {**_told(request, day), "form": form, "asked": [_request(each, day.zone) for each in asked]}
    return render(request, "people/my_day.html", context, status=422 if form.errors else 200)


@require_POST
@page(gettext_lazy("Change of state"))
def state(request: PageRequest) -> HttpResponse:
    """Be in another state from now on, or go off duty; leads back to the page it was said on."""
    worker, said = _me(request), request.POST.get("state", "")
    if said == "off":
        end_shift(request.actor, worker=worker, now=request.now)
        messages.success(request, _("You are off duty."))
    else:
        switch_state(request.actor, worker=worker, state=said, now=request.now)
        messages.success(request, _("You are in “%(state)s” now.") % {"state": STATE_TITLES[said]})
    url = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return redirect(url if is_ours else "people:my-day")


@page(
    gettext_lazy("Time"),
    name="people:team-time",
    nav=Nav(section="people", icon="clock", order=25, scope=scopes.TIME_VIEW),
)
def team_time(request: PageRequest) -> HttpResponseBase:
    """Who is in which state now, and what the day was spent on so far, of everybody within reach."""
    require(request.actor, scopes.TIME_VIEW)
    teams = visible(request.actor, scopes.TIME_VIEW, Team.objects.select_related("site").order_by("site__name", "name"))
    workers = visible(request.actor, scopes.TIME_VIEW, Worker.objects.filter(left_on=None))
    on = _day(request)
    # One query for the stretches of everybody on the page: those of the day, and what runs now.
    around = spans_around(on, now=request.now) | Q(ended_at=None)
    table = Table(
        request,
        workers.select_related("organisation", "site", "team").prefetch_related(
            Prefetch("time_spans", TimeSpan.objects.filter(around).order_by("began_at"), to_attr="spans")
        ),
        title=_("Time"),
        columns=_team_columns(on, request.now),
        filters=[
            TextFilter("q", _("Search by name or code"), fields=["name", "code"]),
            ChoiceFilter("team", _("Team"), choices=[(each.pk, f"{each.site.name} – {each.name}") for each in teams]),
        ],
        default_sort="name",
        empty=Empty(
            title=_("Nobody to see"),
            body=_("Here stands who of your people is at work, in which state, and what the day was spent on."),
            icon="clock",
        ),
    )
    requests = visible(request.actor, scopes.TIME_CORRECT, TimeRequest.objects.filter(answered_at=None))
    waiting = [
        (each, reverse("people:worker-time", args=[each.worker_id]) + f"?day={each.began_at.date().isoformat()}")
        for each in requests.select_related("worker").order_by("asked_at")[:_LATEST]
    ]
    context = {
        "table": table,
        "waiting": waiting,
        "on": on or request.now.date(),
        **_around(on or request.now.date(), request),
    }
    return render(request, "people/team_time.html", context)


@page(gettext_lazy("A worker's day"))
def worker_time(
    request: PageRequest, worker_id: UUID, *, correction: CorrectionForm | None = None, answer: AnswerForm | None = None
) -> HttpResponse:
    """One worker's day, its corrections, and what she asks for."""
    worker = _theirs(request, worker_id)
    note_look(request.actor, workers=[worker.pk], what=_("Day at the time clock"), now=request.now)
    day = day_of(worker, on=_day(request), now=request.now)
    marks = TimeMark.objects.filter(worker=worker, origin="lead").order_by("-noted_at")[:_LATEST]
    asked = worker.time_requests.select_related("answered_by").order_by("-asked_at")[:_LATEST]
    is_own = request.actor.worker_id == worker.pk
    context = {
        **_told(request, day, merges=not is_own),
        "may_correct": not is_own and bool(may(request.actor, scopes.TIME_CORRECT, worker)),
        "form": correction or CorrectionForm(day=day),
        "answer_form": answer or AnswerForm(),
        "asked": [_request(each, day.zone) for each in asked],
        "marks": [_mark(each, day.zone) for each in marks],
        "worker": worker,
    }
    crumbs = [
        (gettext_lazy("Time"), reverse("people:team-time")),
        (worker.name, reverse("people:worker", args=[worker.pk])),
    ]
    return render(
        request, "people/worker_time.html", context, crumbs=crumbs, status=422 if correction or answer else 200
    )


@require_POST
@page(gettext_lazy("Correct the time"))
def correction(request: PageRequest, worker_id: UUID) -> HttpResponseBase:
    """Put a worker's time right."""
    worker = _theirs(request, worker_id)
    require(request.actor, scopes.TIME_CORRECT, worker)
    form = CorrectionForm(request.POST, day=day_of(worker, on=_day(request), now=request.now))
    made = tried(form, lambda said: correct_time(request.actor, worker=worker, now=request.now, **said))
    if made is None:
        return worker_time(request, worker_id, correction=form)
    messages.success(request, _("The time is corrected; what stood there before is kept."))
    return redirect(f"{reverse('people:worker-time', args=[worker.pk])}?day={form.day.on.isoformat()}")


@require_POST
@page(gettext_lazy("Answer a request"))
def request_answer(request: PageRequest, request_id: UUID) -> HttpResponseBase:
    """Grant a request or turn it down."""
    rows = TimeRequest.objects.select_related("worker__person", "worker__site")
    found = load(request.actor, scopes.TIME_CORRECT, rows, request_id)
    form = AnswerForm(request.POST)
    said = tried(
        form,
        lambda said: answer_request(
            request.actor,
            request=found,
            is_granted=request.POST.get("answer") == "grant",
            remark=said["remark"],
            now=request.now,
        ),
    )
    if said is None:
        return worker_time(request, found.worker_id, answer=form)
    messages.success(request, _("Answered; she is told."))
    return redirect(f"{reverse('people:worker-time', args=[found.worker_id])}?day={found.began_at.date().isoformat()}")


def _me(request: PageRequest) -> Worker:
    workers = Worker.objects.select_related("organisation", "site", "team")
    found = workers.filter(pk=request.actor.worker_id).first() if request.actor.worker_id else None
    if found is None:
        raise NotNow(_("You have no worker record, so the clock does not run for you."), code="no-worker")
    return found


def _theirs(request: PageRequest, worker_id: UUID) -> Worker:
    return load(
        request.actor, scopes.TIME_VIEW, Worker.objects.select_related("organisation", "site", "team"), worker_id
    )


def _day(request: PageRequest) -> date | None:
    try:
        said = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None
    return said if _FIRST <= said <= _LAST else None


def _around(on: date, request: PageRequest) -> dict[str, Any]:
    """The day before and the one behind, as far as there are any."""
    step = timedelta(days=1)
    return {
        "before_url": f"?day={(on - step).isoformat()}",
        "behind_url": f"?day={(on + step).isoformat()}" if on < request.now.date() else None,
    }


def _told(request: PageRequest, day: Day, *, merges: bool = False) -> dict[str, Any]:
    """A day as the page shows it. Others do not see whether somebody's pause was for her well-being."""
    if merges:
        day = merged(day)
    places = _places(request, day)
    zone = day.zone
    sums = day.totals
    step = timedelta(days=1)
    return {
        "day": day,
        "bar": day_bar(day),
        "sums": [(each, STATE_TITLES[each], seconds) for each, seconds in sums.items()],
        "shifts": [
            (
                _clock(shift[0].began_at, zone),
                _clock(shift[-1].ended_at or day.now, zone),
                [_row(each, day, places) for each in visits_of(shift)],
            )
            for shift in day.shifts
        ],
        "before_url": f"?day={(day.on - step).isoformat()}",
        "behind_url": f"?day={(day.on + step).isoformat()}" if day.until <= day.now else None,
    }


def merged(day: Day) -> Day:
    """The day with wellness shown as a break."""
    return replace(
        day, stretches=[replace(each, state=BREAK) if each.state == WELLNESS else each for each in day.stretches]
    )


def _places(request: PageRequest, day: Day) -> dict[UUID | None, str]:
    """The names of the day's queues, as the room that has them gives them to the reader; those she may not see have none."""
    ids = {each.queue_id for each in day.stretches if each.queue_id is not None}
    return {each: "".join(parts_for("people:time-queue", request, each)) for each in ids}


def _row(visits: Visits, day: Day, places: Mapping[UUID | None, str]) -> dict[str, Any]:
    """One state on one queue: what it took in all, and each visit to it."""
    first, last = visits.stretches[0], visits.stretches[-1]
    return {
        "state": visits.state,
        "title": STATE_TITLES[visits.state],
        "place": places.get(visits.queue_id, ""),
        "from": _clock(first.began_at, day.zone),
        "until": _clock(last.ended_at or day.now, day.zone),
        "length": duration_text(visits.seconds(until=day.now)),
        "is_corrected": any(each.origin == "lead" for each in visits.stretches),
        "visits": [_visit(each, day) for each in visits.stretches],
    }


def _visit(each: Stretch, day: Day) -> dict[str, Any]:
    return {
        "from": _clock(each.began_at, day.zone),
        "until": _clock(each.ended_at or day.now, day.zone),
        "length": duration_text(each.seconds(until=day.now)),
        "is_corrected": each.origin == "lead",
    }


def _clock(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def _request(each: TimeRequest, zone: str) -> dict[str, Any]:
    return {
        "id": each.pk,
        "title": STATE_TITLES[each.state],
        "day": day_text(each.began_at.date()),
        "from": _clock(each.began_at, zone),
        "until": _clock(each.ended_at, zone),
        "reason": each.reason,
        "is_open": each.answered_at is None,
        "is_granted": each.is_granted,
        "remark": each.remark,
        "by": each.answered_by.name if each.answered_by else "",
    }


def _mark(each: TimeMark, zone: str) -> dict[str, Any]:
    return {
        "title": STATE_TITLES[each.state],
        "from": _clock(each.began_at, zone),
        "until": _clock(each.ended_at, zone) if each.ended_at else "",
        "day": day_text(each.began_at.date()),
        "reason": each.reason,
        "by": each.by_name,
        "at": each.noted_at,
    }


def _team_columns(on: date | None, now: datetime) -> list[Column]:
    days: dict[UUID, dict[str, float]] = {}

    def sums(worker: Any) -> dict[str, float]:
        if worker.pk not in days:
            days[worker.pk] = day_from(worker, [stretch_of(row) for row in worker.spans], on=on, now=now).totals
        return days[worker.pk]

    def total(*states: str) -> Any:
        return lambda worker: sum(sums(worker).get(each, 0.0) for each in states) or None

    return [
        Column("name", _("Name"), kind="person", value=lambda each: each, sort="name", link=_time_url),
        Column(
            "state",
            _("Now"),
            kind="badge",
            value=lambda each: STATE_TITLES[_state_now(each)],
            tone=lambda each: _TONES.get(_state_now(each), "info"),
        ),
        Column("since", _("Since"), kind="moment", value=lambda each: getattr(_running(each), "began_at", None)),
        Column("work", _("Production"), kind="duration", value=total("production")),
        Column("audit", _("Audit"), kind="duration", value=total("audit")),
        Column("learn", _("Training, coaching"), kind="duration", value=total("training", "coaching")),
        Column("meet", _("Meeting"), kind="duration", value=total("meeting")),
        Column("pause", _("Break"), kind="duration", value=total(BREAK, WELLNESS)),
        Column("idle", _("Idle"), kind="duration", value=total("idle")),
        Column("down", _("System down"), kind="duration", value=total("system_down"), optional=True),
        Column("whole", _("Present"), kind="duration", value=total(*STATES)),
    ]


def _running(worker: Any) -> TimeSpan | None:
    return next((row for row in worker.spans if row.ended_at is None), None)


def _state_now(worker: Any) -> str:
    """The state somebody is in; others see wellness as a break."""
    row = _running(worker)
    return "" if row is None else BREAK if row.state == WELLNESS else row.state


def _time_url(worker: Worker) -> str:
    return reverse("people:worker-time", args=[worker.pk])
