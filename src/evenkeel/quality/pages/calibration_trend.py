"""How alignment and sites' biases move over a programme's sessions and ring tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor, load, require
from evenkeel.ground.changes import changes_between, marks
from evenkeel.ground.charts import Event
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.templatetags.parts import Tab
from evenkeel.people import note_look
from evenkeel.work import PROGRAMME_VIEW, Programme

from .. import scopes
from ..models import CalibrationSeat
from ..queries.calibration import alignment_trend, rings_of
from .calibration import SESSIONS
from .calibration_charts import alignment_chart, bias_chart

_SIDES = {"site": gettext_lazy("Sites"), "language": gettext_lazy("Languages"), "person": gettext_lazy("People")}


@page(gettext_lazy("Alignment"))
def trend(request: PageRequest, programme_id: UUID) -> HttpResponseBase:
    """Alignment by site, language or person over the last sessions; bias of sites over the ring tests' cycles."""
    require(request.actor, scopes.CALIBRATION_VIEW)
    found = load(request.actor, PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    asked = request.GET.get("by", "site")
    by = asked if asked in _SIDES else "site"
    said = alignment_trend(request.actor, programme_id=found.pk, by=by, now=request.now)
    if by == "person" and said:
        seats = CalibrationSeat.objects.filter(session__programme=found, worker__name__in=list(said))
        note_look(
            request.actor, workers=set(seats.values_list("worker_id", flat=True)), what=_("Alignment"), now=request.now
        )
    cycles = rings_of(request.actor, programme_id=found.pk, now=request.now)
    aligned = [each.session.opened_at.date() for points in said.values() for each in points]
    cycled = [session.opened_at.date() for session, _found in cycles]
    here = reverse("quality:calibration_trend", args=[found.pk])
    context = {
        "programme": found,
        "tabs": [Tab(title, f"{here}?by={side}", is_current=side == by) for side, title in _SIDES.items()],
        "chart": alignment_chart(
            said,
            title=_("Like the settled answer, session by session"),
            meanwhile=_meanwhile(request.actor, found.pk, aligned),
        )
        if said
        else None,
        "cycles": cycles,
        "bias": bias_chart(cycles, meanwhile=_meanwhile(request.actor, found.pk, cycled)) if cycles else None,
    }
    return render(request, "quality/calibration_trend.html", context, crumbs=[SESSIONS])


def _meanwhile(actor: Actor, programme_id: UUID, days: Sequence[date]) -> list[Event]:
    """The change log of the programme over these days."""
    if not days:
        return []
    since, until = min(days), max(days) + timedelta(days=1)
    return marks(changes_between(actor, since=since, until=until, programmes=[programme_id]))
