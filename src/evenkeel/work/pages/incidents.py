"""Incidents: the list, opening one, and one with its timeline, parts, links, actions and review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, PeriodFilter, Table, TextFilter
from evenkeel.ground.trying import tried
from evenkeel.people import Person

from .. import scopes
from ..acts.incidents import (
    add_incident_action,
    finish_incident_action,
    give_incident_role,
    link_incident,
    matrix_of,
    move_incident,
    note_incident,
    open_incident,
    rate_incident,
    review_incident,
    set_matrix,
)
from ..models import Escalation, Incident, IncidentAction, IncidentRole, Item, Programme, Queue
from ..rules.incidents import WAYS
from ..telling import people_of

_INCIDENTS = (gettext_lazy("Incidents"), "/work/incidents/")
SEVERITY_TONES = {1: "bad", 2: "warn", 3: "info", 4: "quiet"}
_STATE_TONES = {"open": "bad", "mitigated": "warn", "resolved": "good", "reviewed": "quiet"}


def _text(label: Any, *, rows: int = 3, **said: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=said.pop("most", 4_000), widget=forms.Textarea(attrs={"rows": rows}), **said
    )


class _LevelsForm(forms.Form):
    impact = forms.TypedChoiceField(label=gettext_lazy("Impact"), coerce=int, choices=Incident.LEVELS)
    urgency = forms.TypedChoiceField(label=gettext_lazy("Urgency"), coerce=int, choices=Incident.LEVELS)


class OpeningForm(_LevelsForm):
    programme = forms.ModelChoiceField(queryset=Programme.objects.none(), label=gettext_lazy("Programme"))
    title = forms.CharField(label=gettext_lazy("What goes wrong"), max_length=200)
    body = _text(gettext_lazy("What is known"), required=False)

    def __init__(self, *args: Any, request: PageRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = visible(request.actor, scopes.INCIDENT_EDIT, Programme.objects.all())


class NoteForm(forms.Form):
    body = _text(gettext_lazy("Note"))


class StateForm(forms.Form):
    to = forms.ChoiceField(label=gettext_lazy("Now it is"), choices=Incident.STATES[:3])
    note = _text(gettext_lazy("Why"), rows=2)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Part"), choices=IncidentRole.ROLES)
    person = forms.ModelChoiceField(queryset=Person.objects.none(), label=gettext_lazy("Who"))

    def __init__(self, *args: Any, able: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Person.objects.filter(pk__in=[person.pk for person in able])


class LinkForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=(("item", gettext_lazy("Item, by its key")), ("queue", gettext_lazy("Queue, by its name"))),
    )
    name = forms.CharField(label=gettext_lazy("Key or name"), max_length=200)


class ActionForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("What is to be done"), max_length=200)
    owner = forms.ModelChoiceField(queryset=Person.objects.none(), required=False, label=gettext_lazy("By whom"))
    due_on = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, able: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Person.objects.filter(pk__in=[person.pk for person in able])


class ReviewForm(forms.Form):
    happened = _text(gettext_lazy("What happened"), most=20_000)
    causes = _text(gettext_lazy("Why it happened"), most=20_000)
    helped = _text(gettext_lazy("What helped"), most=20_000, required=False)


@page(
    gettext_lazy("Incidents"),
    name="work:incidents",
    nav=Nav(section="work", icon="siren", order=38, scope=scopes.INCIDENT_VIEW),
)
def incidents(request: PageRequest) -> HttpResponseBase:
    """Every incident within reach."""
    found = visible(request.actor, scopes.INCIDENT_VIEW, Incident.objects.all())
    table = Table(
        request,
        found.select_related("programme", "commander__organisation"),
        title=_("Incidents"),
        columns=[
            Column("title", _("Incident"), sort="title", link=lambda each: each.get_absolute_url()),
            Column("severity", _("Severity"), kind="badge", sort="severity", tone=lambda each: SEVERITY_TONES[each.severity]),
            Column("state", _("State"), kind="badge", value=lambda each: each.get_state_display(),
                   tone=lambda each: _STATE_TONES[each.state]),
            Column("programme.name", _("Programme"), sort="programme__name"),
            Column("commander", _("Commander"), kind="person"),
            Column("opened_at", _("Opened"), kind="moment", sort="opened_at"),
            Column("resolved_at", _("Resolved"), kind="moment", sort="resolved_at", optional=True),
        ],
        filters=[
            TextFilter("q", _("Search incidents"), fields=["title"]),
            ChoiceFilter("state", _("State"), choices=Incident.STATES),
            ChoiceFilter("severity", _("Severity"), choices=[(n, n) for n in (1, 2, 3, 4)]),
            PeriodFilter("opened", _("Opened"), field="opened_at"),
        ],
        default_sort="-opened_at",
        export_name="incidents",
        empty=Empty(
            title=_("No incidents yet"),
            body=_("When something goes wrong at large, open one: somebody commands, and everything is on one timeline."),
            icon="siren",
        ),
    )  # fmt: skip
    context = {"table": table, "may_edit": request.actor.has(scopes.INCIDENT_EDIT)}
    return table.export() or render(request, "work/incidents.html", context)


@page(gettext_lazy("Open an incident"))
def opening(request: PageRequest) -> HttpResponse:
    """Open an incident."""
    require(request.actor, scopes.INCIDENT_EDIT)
    form = OpeningForm(request.POST or None, request=request, initial={"impact": 3, "urgency": 3})
    if request.method == "POST":
        made = tried(form, lambda said: open_incident(request.actor, now=request.now, **said))
        if made is not None:
            return redirect(made)
    context = {"form": form}
    return render(
        request, "work/incident_opening.html", context, crumbs=[_INCIDENTS], status=422 if form.errors else 200
    )


@page(gettext_lazy("Incident"))
def incident(request: PageRequest, incident_id: UUID) -> HttpResponse:
    """One incident, whole."""
    return _shown(request, _incident(request, incident_id))


def _doing(
    title: Any, slug: str, do: Callable[[PageRequest, Incident, dict[str, Any]], object]
) -> Callable[[PageRequest, UUID], HttpResponseBase]:
    """A page that does one thing to an incident by the form of this name, and shows the incident again."""

    @require_POST
    @page(title)
    def doing(request: PageRequest, incident_id: UUID) -> HttpResponse:
        found = _incident(request, incident_id)
        require(request.actor, scopes.INCIDENT_EDIT, found)
        form = _forms(request, found, {slug: request.POST})[slug]
        if tried(form, lambda said: do(request, found, said) is not None) is None:
            return _shown(request, found, **{slug: form})
        messages.success(request, _("It stands on the timeline."))
        return redirect(found)

    return doing


noting = _doing(gettext_lazy("Note on an incident"), "note_form", lambda request, found, said: note_incident(
    request.actor, incident=found, now=request.now, **said
))  # fmt: skip
moving = _doing(gettext_lazy("Move an incident on"), "state_form", lambda request, found, said: move_incident(
    request.actor, incident=found, now=request.now, **said
))  # fmt: skip
rating = _doing(gettext_lazy("Rate an incident"), "levels_form", lambda request, found, said: rate_incident(
    request.actor, incident=found, now=request.now, **said
))  # fmt: skip
giving = _doing(gettext_lazy("Give a part"), "role_form", lambda request, found, said: give_incident_role(
    request.actor, incident=found, now=request.now, **said
))  # fmt: skip
acting = _doing(gettext_lazy("Add an action"), "action_form", lambda request, found, said: add_incident_action(
    request.actor, incident=found, now=request.now, **said
))  # fmt: skip
reviewing = _doing(gettext_lazy("Review an incident"), "review_form", lambda request, found, said: review_incident(
    request.actor, incident=found, now=request.now, **said
))  # fmt: skip
linking = _doing(gettext_lazy("Link to an incident"), "link_form", lambda request, found, said: link_incident(
    request.actor, incident=found, now=request.now, **_linked(request, found, **said)
))  # fmt: skip


@require_POST
@page(gettext_lazy("Finish an action"))
def finishing(request: PageRequest, incident_action_id: UUID) -> HttpResponse:
    """Say that an action is done."""
    rows = IncidentAction.objects.select_related("incident")
    found = load(request.actor, scopes.INCIDENT_EDIT, rows, incident_action_id)
    finish_incident_action(request.actor, action=found, now=request.now)
    return redirect(found.incident)


class MatrixForm(forms.Form):
    """Sixteen choices, one an impact and urgency."""

    def __init__(self, *args: Any, cells: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for impact, row in enumerate(cells, 1):
            for urgency, severity in enumerate(row, 1):
                label = _("Impact %(impact)d, urgency %(urgency)d") % {"impact": impact, "urgency": urgency}
                self.fields[f"cell_{impact}_{urgency}"] = forms.IntegerField(
                    label=label, min_value=1, max_value=4, initial=severity
                )

    def cells(self) -> list[list[int]]:
        """The matrix that was filled in."""
        return [[self.cleaned_data[f"cell_{impact}_{urgency}"] for urgency in (1, 2, 3, 4)] for impact in (1, 2, 3, 4)]


@page(gettext_lazy("Severity matrix"))
def matrix(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """How grave an incident is, by impact and urgency."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    require(request.actor, scopes.TIER_EDIT, programme)
    form = MatrixForm(request.POST or None, cells=matrix_of(programme))
    if request.method == "POST":
        made = tried(
            form,
            lambda _said: set_matrix(request.actor, programme=programme, cells=form.cells(), now=request.now),
        )
        if made is not None:
            messages.success(request, _("The matrix holds for incidents rated from now on."))
            return redirect("work:severity-matrix", programme.pk)
    rows = [(impact, [form[f"cell_{impact}_{urgency}"] for urgency in (1, 2, 3, 4)]) for impact in (4, 3, 2, 1)]
    crumbs = [(programme.name, programme.get_absolute_url())]
    context = {"programme": programme, "form": form, "rows": rows}
    return render(request, "work/severity_matrix.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def _linked(request: PageRequest, found: Incident, *, kind: str, name: str) -> dict[str, Any]:
    """What was named, if the actor may see it: a restricted item cannot be linked by guessing its key."""
    name = name.replace("\x00", "")
    if kind == "item":
        items = Item.objects.filter(programme=found.programme_id, key=name)
        return {"item": visible(request.actor, scopes.ITEM_VIEW, items).first()}
    queues = Queue.objects.filter(programme=found.programme_id, name=name)
    return {"queue": visible(request.actor, scopes.QUEUE_VIEW, queues).first()}


def _forms(request: PageRequest, found: Incident, sent: dict[str, Any] | None = None) -> dict[str, forms.Form]:
    able = people_of(scopes.INCIDENT_EDIT, programme=found.programme, now=request.now)
    said = sent or {}
    states = [(state, title) for state, title in Incident.STATES if state in WAYS[found.state] and state != "reviewed"]
    state_form = StateForm(said.get("state_form"))
    if not said:
        state_form.fields["to"].choices = states  # type: ignore[attr-defined]
    levels = {"impact": found.impact, "urgency": found.urgency}
    return {
        "note_form": NoteForm(said.get("note_form")),
        "state_form": state_form,
        "levels_form": _LevelsForm(said.get("levels_form"), initial=levels),
        "role_form": RoleForm(said.get("role_form"), able=able),
        "link_form": LinkForm(said.get("link_form")),
        "action_form": ActionForm(said.get("action_form"), able=able),
        "review_form": ReviewForm(said.get("review_form")),
    }


def _shown(request: PageRequest, found: Incident, **wrong: forms.Form) -> HttpResponse:
    links = found.links
    actor = request.actor
    context = {
        "incident": found,
        "severity_tone": SEVERITY_TONES[found.severity],
        "state_tone": _STATE_TONES[found.state],
        "entries": found.entries.all()[:500],
        "roles": found.roles.select_related("person__organisation").order_by("role"),
        "actions": found.actions.select_related("owner__organisation"),
        "items": visible(actor, scopes.ITEM_VIEW, Item.objects.filter(pk__in=links.values("item"))),
        "queues": visible(actor, scopes.QUEUE_VIEW, Queue.objects.filter(pk__in=links.values("queue"))),
        "escalations": visible(
            actor, scopes.ESCALATION_VIEW, Escalation.objects.filter(pk__in=links.values("escalation"))
        ).select_related("item"),
        "may_edit": may(actor, scopes.INCIDENT_EDIT, found),
        "is_closed": found.state == Incident.REVIEWED,
        "is_resolved": found.state == Incident.RESOLVED,
        **_forms(request, found),
        **wrong,
    }
    crumbs = [_INCIDENTS]
    return render(request, "work/incident.html", context, crumbs=crumbs, status=422 if wrong else 200)


def _incident(request: PageRequest, incident_id: UUID) -> Incident:
    rows = Incident.objects.select_related("programme", "commander__organisation")
    return load(request.actor, scopes.INCIDENT_VIEW, rows, incident_id)
