"""Calibration sessions: the list, opening one, the session room."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.errors import Invalid, NotFound
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table
from evenkeel.people import note_look

from .. import scopes
from ..acts.calibration import end_session, open_session
from ..acts.ours import insist_on_ours
from ..models import CalibrationCase, CalibrationSession
from ..queries.calibration import Results, results, seat_of, to_answer, waiting_seats
from .calibration_charts import alignment_forest, site_forest
from .calibration_forms import SessionForm
from .forms import tell

SESSIONS = (gettext_lazy("Calibration"), "/quality/calibration/")


@page(
    gettext_lazy("Calibration"),
    name="quality:calibrations",
    nav=Nav(section="quality", icon="scale", order=27, scope=scopes.CALIBRATION_VIEW),
)
def calibrations(request: PageRequest) -> HttpResponseBase:
    """Every session that the person may see, and those in which her answer is awaited."""
    actor = request.actor
    rows = visible(actor, scopes.CALIBRATION_VIEW, CalibrationSession.objects.select_related("programme"))
    rows = rows.annotate(
        people=Count("seats", distinct=True), done=Count("seats", filter=Q(seats__done_at__isnull=False), distinct=True)
    )
    table = Table(
        request,
        rows,
        title=_("Sessions"),
        columns=[
            Column("name", _("Session"), sort="name", link=lambda each: each.get_absolute_url(), is_heading=True),
            Column(
                "programme.name",
                _("Programme"),
                sort="programme__name",
                link=lambda each: reverse("quality:calibration_trend", args=[each.programme_id]),
            ),
            Column("is_ring", _("Kind"), value=lambda each: _("ring test") if each.is_ring else _("session")),
            Column("done", _("Have answered"), kind="progress", value=lambda each: (each.done, each.people)),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda each: state_of(each, request.now)[0],
                tone=lambda each: state_of(each, request.now)[1],
            ),
            Column("deadline_at", _("Deadline"), kind="moment", sort="deadline_at"),
        ],
        default_sort="-deadline_at",
        export_name="calibration-sessions",
        empty=Empty(
            title=_("No session yet"),
            body=_(
                "In a session everybody answers the same cases blind; then they are compared, discussed and settled."
            ),
            icon="scale",
        ),
    )
    context = {
        "table": table,
        "mine": list(waiting_seats(actor, now=request.now)[:20]) if actor.worker_id else [],
        "may_open": not actor.is_outside and actor.has(scopes.CALIBRATION_EDIT),
    }
    return table.export() or render(request, "quality/calibrations.html", context)


def state_of(session: CalibrationSession, now: Any) -> tuple[str, str]:
    """How a session stands, and in which tone."""
    if session.ended_at is not None:
        return _("ended"), "quiet"
    return (_("answers are seen"), "info") if session.is_open_to_all(now) else (_("blind"), "warn")


@page(gettext_lazy("Open a session"))
def new(request: PageRequest) -> HttpResponseBase:
    """Choose cases and people."""
    require(request.actor, scopes.CALIBRATION_EDIT)
    insist_on_ours(request.actor)
    form = SessionForm(request.POST or None, actor=request.actor, now=request.now)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(open_session(request.actor, now=request.now, **form.said()))
        except Invalid as wrong:
            tell(form, wrong)
    return render(
        request, "quality/calibration_new.html", {"form": form}, crumbs=[SESSIONS], status=422 if form.errors else 200
    )


@page(gettext_lazy("Session"))
def session(request: PageRequest, calibration_session_id: UUID) -> HttpResponseBase:
    """The session room: who has answered while it is blind; everybody's answers side by side afterwards."""
    found = room_of(request, calibration_session_id)
    actor, now = request.actor, request.now
    seat = seat_of(actor, found)
    is_open = found.is_open_to_all(now)
    seats = found.seats.select_related("worker", "site", "organisation").order_by("organisation__name", "worker__name")
    if actor.is_outside:
        seats = seats.filter(organisation=actor.organisation_id)
    said = results(actor, found) if is_open else None
    may_edit = not actor.is_outside and bool(may(actor, scopes.CALIBRATION_EDIT, found))
    if said is not None and may(actor, scopes.CALIBRATION_VIEW, found):
        note_look(actor, workers=[each.worker_id for each in seats], what=found.name, now=now)
    context = {
        "session": found,
        "state": state_of(found, now),
        "is_open": is_open,
        "seat": seat,
        "next_case": to_answer(seat) if seat and not is_open and found.ended_at is None else None,
        "seats": list(seats),
        "cases": found.cases.count(),
        "results": said,
        "may_edit": may_edit and found.ended_at is None,
        "facts": _facts(found, now),
        **(_pictures(said) if said else {}),
    }
    return render(request, "quality/calibration.html", context, crumbs=[SESSIONS])


def room_of(request: PageRequest, session_id: UUID) -> CalibrationSession:
    """The session, for whoever is invited and whoever may see sessions there."""
    rows = CalibrationSession.objects.select_related(
        "programme", "queue", "form_version", "policy_version__policy", "owner"
    )
    for scope in (scopes.CALIBRATION_VIEW, scopes.CALIBRATION_ANSWER):
        found = visible(request.actor, scope, rows).filter(pk=session_id).first()
        if found is not None:
            return found
    raise NotFound(_("There is no such page, or it is not yours to see."))


def case_of(request: PageRequest, case_id: UUID) -> CalibrationCase:
    """A case, for the same people; one whose item is hidden from them is not there."""
    rows = CalibrationCase.objects.select_related(
        "item",
        "repeats",
        "session__programme",
        "session__queue",
        "session__form_version",
        "session__policy_version__policy",
    )
    for scope in (scopes.CALIBRATION_VIEW, scopes.CALIBRATION_ANSWER):
        found = visible(request.actor, scope, rows).filter(pk=case_id).first()
        if found is not None:
            return found
    raise NotFound(_("There is no such page, or it is not yours to see."))


def _facts(found: CalibrationSession, now: Any) -> list[tuple[object, object]]:
    from evenkeel.ground.templatetags.parts import moment

    return [
        (_("Programme"), found.programme.name),
        (_("Queue"), found.queue.name),
        (_("Guideline"), str(found.policy_version or "–")),
        (_("Cases taken"), found.get_chosen_by_display()),
        (_("Opened"), moment(found.opened_at, style="full", now=now)),
        (_("Deadline"), moment(found.deadline_at, style="full", now=now)),
        (_("Owner"), found.owner.name if found.owner else _("the system")),
    ]


def _pictures(said: Results) -> dict[str, Any]:
    by_site = alignment_forest(said.by_site, title=_("Like the settled answer, by site"))
    by_language = alignment_forest(said.by_language, title=_("Like the settled answer, by language"))
    return {
        "seats_shown": [seat for seat, _one, _two in said.cases[0].answers] if said.cases else [],
        "by_site": by_site if said.by_site else None,
        "by_language": by_language if len(said.by_language) > 1 else None,
        "by_person": alignment_forest(said.by_person, title=_("Like the settled answer, by person"))
        if said.by_person
        else None,
        "ring": said.ring,
        "ring_chart": site_forest(said.ring) if said.ring and said.ring.sites else None,
    }


@require_POST
@page(gettext_lazy("End the session"))
def end(request: PageRequest, calibration_session_id: UUID) -> HttpResponse:
    """Take no more answers and remarks."""
    found = load(request.actor, scopes.CALIBRATION_EDIT, CalibrationSession.objects.all(), calibration_session_id)
    end_session(request.actor, session=found, now=request.now)
    messages.success(request, _("The session has ended."))
    return redirect(found)
