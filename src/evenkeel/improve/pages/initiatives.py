"""The board of initiatives, and one with its charter, gates, benefits, markets, risks and notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.ground.trying import tried
from evenkeel.people import Person, people_with

from .. import scopes
from ..acts import initiatives as steps
from ..forms_actions import InitiativeForm, TollgateForm
from ..models import Initiative, InitiativeRisk, MarketStatus, Stakeholder, StatusNote, Tollgate
from ..queries_actions import actions
from ..queries_initiatives import (
    GateShown,
    actions_of,
    effects_of,
    gates_of,
    initiatives,
    markets_of,
    phases_of,
    timeline_of,
)
from .portfolio import benefits_of
from .short_papers import paper_links


@page(
    gettext_lazy("Initiatives"),
    name="improve:initiatives",
    nav=Nav(section="insight", icon="rocket", order=54, scope=scopes.INITIATIVE_VIEW),
)
def board(request: PageRequest) -> HttpResponseBase:
    """Every initiative within reach, with the phase it stands in."""
    require(request.actor, scopes.INITIATIVE_VIEW)
    rows = initiatives(request.actor)
    phases = phases_of(rows)
    table = Table(
        request,
        rows,
        title=_("Initiatives"),
        columns=[
            Column("title", _("Initiative"), sort="title", link=lambda row: row.get_absolute_url()),
            Column("kind", _("Kind"), value=lambda row: row.get_kind_display(), sort="kind"),
            Column("phase", _("Phase"), value=lambda row: phases.get(row.pk, "")),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda row: row.get_state_display(),
                tone=lambda row: "info" if row.state == "open" else "quiet",
                sort="state",
            ),
            Column("programme.name", _("Programme"), sort="programme__name"),
            Column("leader", _("Leader"), kind="person", sort="leader__name"),
            Column("due_on", _("Due"), kind="day", sort="due_on"),
        ],
        filters=[
            TextFilter("q", _("Search initiatives"), fields=["title", "problem", "goal"]),
            ChoiceFilter("state", _("State"), choices=[(slug, str(title)) for slug, title in Initiative.STATES]),
        ],
        default_sort="-opened_at",
        export_name="initiatives",
        empty=Empty(
            title=_("No initiatives yet"),
            body=_("An initiative is a project with a charter, gates, and benefits that are measured."),
            icon="rocket",
        ),
    )
    said = {"table": table, "may_start": request.actor.has(scopes.INITIATIVE_EDIT)}
    return table.export() or render(request, "improve/initiatives.html", said)


@page(gettext_lazy("Start an initiative"))
def starting(request: PageRequest) -> HttpResponse:
    """A charter."""
    require(request.actor, scopes.INITIATIVE_EDIT)
    people = _people(request)
    form = InitiativeForm(request.POST or None, actor=request.actor, today=request.now.date(), people=people)
    if request.method == "POST":
        made = tried(form, lambda said: steps.start_initiative(request.actor, now=request.now, **said))
        if made is not None:
            return redirect(made)
    status = 422 if form.errors else 200
    return render(request, "improve/initiative_form.html", {"form": form}, crumbs=_crumbs(), status=status)


def _people(request: PageRequest) -> list[Person]:
    """Who may have a part: people whose roles let them see initiatives, a vendor's person her own colleagues."""
    found = people_with(scopes.INITIATIVE_VIEW, now=request.now)
    if request.actor.is_outside:
        found = [each for each in found if each.organisation_id == request.actor.organisation_id]
    return found


@page(gettext_lazy("Initiative"))
def initiative(request: PageRequest, initiative_id: UUID) -> HttpResponse:
    """Charter, gates, line of time, actions with their measured benefits, markets, people, risks, notes."""
    found = load_initiative(request, initiative_id)
    gates = gates_of(found)
    own = actions_of(request.actor, found)
    may_edit = bool(may(request.actor, scopes.INITIATIVE_EDIT, found)) and found.state != "ended"
    linked = {each.pk for each in own}
    context = benefits_of(effects_of(request.actor, found)) | {
        "initiative": found,
        "exports": paper_links("improve:initiative-paper", found.pk),
        "gates": [(gate, _may_review(request, found, gate)) for gate in gates],
        "timeline": timeline_of(found, gates, own),
        "actions": own,
        "markets": markets_of(found),
        "stakeholders": found.stakeholders.select_related("person__organisation").order_by("person__name"),
        "risks": sorted(found.risks.filter(closed_at=None), key=lambda risk: -risk.rank),
        "notes": found.notes.select_related("by")[:10],
        "may_edit": may_edit,
        "statuses": MarketStatus.STATUSES,
        "roles": Stakeholder.ROLES,
        "levels": range(1, 6),
        "people": sorted(_people(request), key=lambda each: each.name) if may_edit else [],
        "others": [
            each for each in actions(request.actor).filter(programme=found.programme_id)[:200] if each.pk not in linked
        ]
        if may_edit
        else [],
    }
    return render(request, "improve/initiative.html", context, crumbs=_crumbs())


def _may_review(request: PageRequest, found: Initiative, shown: GateShown) -> bool:
    keeper = shown.gate.keeper_id or found.sponsor_id or found.leader_id
    return shown.is_next and found.state != "ended" and keeper == request.actor.person_id


def load_initiative(request: PageRequest, initiative_id: UUID) -> Initiative:
    """The initiative, for whoever may see it."""
    rows = Initiative.objects.select_related(
        "programme", "leader__organisation", "sponsor__organisation", "organisation"
    )
    return load(request.actor, scopes.INITIATIVE_VIEW, rows, initiative_id)


def _crumbs() -> list[tuple[Any, str | None]]:
    return [(_("Initiatives"), reverse("improve:initiatives"))]


def _step(request: PageRequest, found: Initiative, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Invalid as wrong:
        said = [sentence for sentences in wrong.fields.values() for sentence in sentences]
        messages.error(request, " ".join([wrong.sentence, *said]))
    return redirect(found)


@require_POST
@page(gettext_lazy("Gate"))
def gate(request: PageRequest, tollgate_id: UUID) -> HttpResponse:
    """Look at a gate: which criteria are met."""
    rows = Tollgate.objects.select_related("initiative")
    found = load(request.actor, scopes.INITIATIVE_VIEW, rows, tollgate_id)
    met = [f"met-{place}" in request.POST for place in range(len(found.criteria))]
    note = request.POST.get("note", "")
    return _step(
        request,
        found.initiative,
        lambda: steps.review_tollgate(request.actor, tollgate=found, met=met, note=note, now=request.now),
    )


@page(gettext_lazy("Plan a gate"))
def gate_plan(request: PageRequest, tollgate_id: UUID) -> HttpResponse:
    """Say what must be true at a gate, who passes it, and when that is planned."""
    rows = Tollgate.objects.select_related("initiative__organisation")
    found = load(request.actor, scopes.INITIATIVE_EDIT, rows, tollgate_id)
    form = TollgateForm(request.POST or None, gate=found, people=_people(request))
    if request.method == "POST":
        made = tried(form, lambda said: steps.plan_tollgate(request.actor, tollgate=found, now=request.now, **said))
        if made is not None:
            return redirect(found.initiative)
    crumbs = [*_crumbs(), (found.initiative.title, found.initiative.get_absolute_url())]
    context = {"gate": found, "form": form}
    return render(request, "improve/tollgate_form.html", context, crumbs=crumbs, status=422 if form.errors else 200)


@require_POST
@page(gettext_lazy("Part of an initiative"))
def part(request: PageRequest, initiative_id: UUID, what: str) -> HttpResponse:
    """Add an action, a person, a market's status or a risk; move the initiative; draft a note."""
    found, actor, now = load_initiative(request, initiative_id), request.actor, request.now
    require(actor, scopes.INITIATIVE_EDIT, found)

    def said(name: str) -> str:
        return request.POST.get(name, "")

    def level(name: str) -> int:
        return int(said(name)) if said(name).isdecimal() and len(said(name)) < 3 else 0

    acts: dict[str, Callable[[], object]] = {
        "action": lambda: steps.link_action(
            actor, initiative=found, action=load(actor, scopes.ACTION_VIEW, actions(actor), said("action")), now=now
        ),
        "person": lambda: steps.set_stakeholder(
            actor, initiative=found, person=_person(request, said("person")), role=said("role"), now=now
        ),
        "market": lambda: steps.set_market_status(
            actor, initiative=found, market=said("market"), status=said("status"), note=said("note"), now=now
        ),
        "risk": lambda: steps.note_risk(
            actor, initiative=found, title=said("title"), likelihood=level("likelihood"), impact=level("impact"),
            answer=said("answer"), now=now,
        ),
        "state": lambda: steps.move_initiative(
            actor, initiative=found, state=said("state"), reason=said("reason"), now=now
        ),
        "note": lambda: steps.draft_note(actor, initiative=found, now=now),
    }  # fmt: skip
    if what not in acts:
        raise Invalid(_("There is no such step."))
    return _step(request, found, acts[what])


def _person(request: PageRequest, pk: str) -> Person:
    found = next((each for each in _people(request) if str(each.pk) == pk), None)
    if found is None:
        raise Invalid(_("There is no such person."), fields={"person": [_("Choose one of the list.")]})
    return found


@require_POST
@page(gettext_lazy("Risk"))
def risk(request: PageRequest, initiative_risk_id: UUID) -> HttpResponse:
    """A risk is over."""
    rows = InitiativeRisk.objects.select_related("initiative")
    found = load(request.actor, scopes.INITIATIVE_EDIT, rows, initiative_risk_id)
    return _step(request, found.initiative, lambda: steps.close_risk(request.actor, risk=found, now=request.now))


@require_POST
@page(gettext_lazy("Status note"))
def note(request: PageRequest, status_note_id: UUID) -> HttpResponse:
    """Send a note as it was edited."""
    rows = StatusNote.objects.select_related("initiative")
    found = load(request.actor, scopes.INITIATIVE_EDIT, rows, status_note_id)
    body = request.POST.get("body", "")
    return _step(
        request, found.initiative, lambda: steps.send_note(request.actor, note=found, body=body, now=request.now)
    )
