"""Event modes: those that hold, those to come and those over; switching one on and off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground import trail
from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, PeriodFilter, Table, TextFilter
from evenkeel.ground.trying import tried

from .. import scopes
from ..acts.event_modes import begin_event_mode, end_event_mode
from ..forms_handout import CodesField
from ..models import EventMode, Programme, Queue
from ..queries.event_modes import modes_seen

_MODES = (gettext_lazy("Event modes"), "/work/event-modes/")


class EventForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    begins_at = forms.DateTimeField(
        label=gettext_lazy("From"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    until = forms.DateTimeField(
        label=gettext_lazy("Until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Then everything is as before, by itself."),
    )
    languages = CodesField(
        label=gettext_lazy("Languages"),
        required=False,
        help_text=gettext_lazy("Codes by commas: these items come first."),
    )
    regions = CodesField(
        label=gettext_lazy("Regions"),
        required=False,
        help_text=gettext_lazy("By commas, as the items' attribute “region” has them."),
    )
    queues = forms.ModelMultipleChoiceField(
        queryset=Queue.objects.none(),
        required=False,
        label=gettext_lazy("Queues"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: every queue of the programme."),
    )
    guidance = forms.CharField(
        label=gettext_lazy("Guidance at the desk"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Stands over the item as long as the mode holds."),
    )
    is_drill = forms.BooleanField(
        label=gettext_lazy("A drill"), required=False, help_text=gettext_lazy("Everything says so.")
    )
    drill_moves_order = forms.BooleanField(
        label=gettext_lazy("The drill changes what comes first as well"),
        required=False,
        help_text=gettext_lazy("Otherwise a drill changes nothing for real."),
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["queues"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Queue.objects.filter(programme=programme, closed_at=None)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        moves_in_drill = said.pop("drill_moves_order", False)
        return {**said, "moves_order": moves_in_drill if said.get("is_drill") else True}


@page(
    gettext_lazy("Event modes"),
    name="work:event-modes",
    nav=Nav(section="work", icon="megaphone", order=39, scope=scopes.EVENT_VIEW),
)
def event_modes(request: PageRequest) -> HttpResponseBase:
    """Every event mode within reach, with those over."""
    table = Table(
        request,
        modes_seen(request.actor),
        title=_("Event modes"),
        columns=[
            Column("name", _("Event"), sort="name", link=lambda each: each.get_absolute_url()),
            Column("programme.name", _("Programme"), sort="programme__name"),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda each: state_of(each, request.now)[0],
                tone=lambda each: state_of(each, request.now)[1],
            ),
            Column("is_drill", _("Drill"), kind="yes_no", sort="is_drill"),
            Column("begins_at", _("From"), kind="moment", sort="begins_at"),
            Column("ends_at", _("Until"), kind="moment", sort="ends_at"),
        ],
        filters=[
            TextFilter("q", _("Search events"), fields=["name"]),
            PeriodFilter("begins", _("From"), field="begins_at"),
        ],
        default_sort="-begins_at",
        export_name="event-modes",
        empty=Empty(
            title=_("No event mode yet"),
            body=_(
                "An election, a disaster, a match: one switch puts its items first and tells the desk what is different."
            ),
            icon="megaphone",
        ),
    )
    programmes = visible(request.actor, scopes.EVENT_EDIT, Programme.objects.order_by("name"))[:50]
    return table.export() or render(request, "work/event_modes.html", {"table": table, "programmes": programmes})


@page(gettext_lazy("Switch an event mode on"))
def beginning(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """Switch an event mode on in a programme."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    require(request.actor, scopes.EVENT_EDIT, programme)
    initial = {"begins_at": request.now, "until": request.now + timedelta(hours=12)}
    form = EventForm(request.POST or None, programme=programme, initial=initial)
    if request.method == "POST":
        made = tried(form, lambda said: begin_event_mode(request.actor, programme=programme, now=request.now, **said))
        if made is not None:
            messages.success(request, _("Switched on. It ends by itself."))
            return redirect(made)
    context = {"programme": programme, "form": form}
    crumbs = [_MODES, (programme.name, programme.get_absolute_url())]
    return render(request, "work/event_mode_form.html", context, crumbs=crumbs, status=422 if form.errors else 200)


@page(gettext_lazy("Event mode"))
def event_mode(request: PageRequest, event_mode_id: UUID) -> HttpResponse:
    """One event mode: when, where, what is different, and what happened to it."""
    found = _mode(request, event_mode_id)
    state, tone = state_of(found, request.now)
    context = {
        "mode": found,
        "state": state,
        "tone": tone,
        "queues": visible(request.actor, scopes.QUEUE_VIEW, found.queues.all()),
        "facts": [
            (_("Languages"), ", ".join(found.languages) or _("any")),
            (_("Regions"), ", ".join(found.regions) or _("any")),
            (_("What comes first"), _("changes") if found.moves_order else _("stays as it is")),
        ],
        "may_end": found.ended_at is None
        and request.now < found.until
        and may(request.actor, scopes.EVENT_EDIT, found),
        "history": trail.history(found),
    }
    return render(request, "work/event_mode.html", context, crumbs=[_MODES])


@require_POST
@page(gettext_lazy("Switch an event mode off"))
def ending(request: PageRequest, event_mode_id: UUID) -> HttpResponse:
    """End it before its time."""
    found = end_event_mode(request.actor, event_mode=_mode(request, event_mode_id), now=request.now)
    messages.success(request, _("Switched off. Everything is as before."))
    return redirect(found)


def state_of(mode: EventMode, now: datetime) -> tuple[str, str]:
    """What a badge says about a mode at a moment, and its tone."""
    if mode.holds_at(now):
        return (_("drill, on"), "info") if mode.is_drill else (_("on"), "warn")
    return (_("to come"), "info") if now < mode.begins_at and mode.ended_at is None else (_("over"), "quiet")


def _mode(request: PageRequest, event_mode_id: UUID) -> EventMode:
    return load(request.actor, scopes.EVENT_VIEW, EventMode.objects.select_related("programme"), event_mode_id)
