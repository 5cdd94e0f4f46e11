"""Sampling plans: starting one with a preview, its draws, its replay."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table
from evenkeel.ground.templatetags.parts import badge, moment
from evenkeel.ground.templatetags.wording import percent_text

from .. import scopes
from ..acts.plans import end_plan, start_plan
from ..drawing import replay_plan
from ..models import AuditTask, Draw, SamplingPlan, Verdict
from ..queries import Coverage, coverage_of_plans, plan_preview
from .forms import PlanForm, tried
from .words import OUTCOMES, outcome, tone_of_outcome


@page(gettext_lazy("Start a sampling plan"))
def start(request: PageRequest) -> HttpResponse:
    """Say which decisions are audited and what share of them; the preview says what that costs and tells."""
    require(request.actor, scopes.PLAN_EDIT)
    form = PlanForm(request.POST or None, actor=request.actor, initial=_initial(request))
    if request.method == "POST":
        made = tried(form, lambda said: _started(request, form))
        if made is not None:
            messages.success(
                request, _("%(name)s runs: decisions made from now on may be drawn.") % {"name": made.name}
            )
            return redirect(made)
    crumbs = [(_("Sampling"), reverse("quality:home"))]
    return render(
        request,
        "quality/start.html",
        {"form": form, **_preview(request, PlanForm(_example(request, form), actor=request.actor))},
        crumbs=crumbs,
        status=422 if form.errors else 200,
    )


def _initial(request: PageRequest) -> dict[str, Any]:
    said = request.GET.get("programme", "")
    return {"where": f"programme:{said}"} if said else {}


def _example(request: PageRequest, form: PlanForm) -> dict[str, Any]:
    """What the preview shows before anything was said: the form as it stands."""
    if request.method == "POST":
        return dict(request.POST.items())
    first = next((key for _name, group in form.fields["where"].choices for key, _title in group), "")  # type: ignore[attr-defined]
    return {"where": form.initial.get("where") or first, "percent": 5, "name": "-"}


def _started(request: PageRequest, form: PlanForm) -> SamplingPlan:
    programme, queue = form.place()
    return start_plan(
        request.actor,
        programme=programme,
        queue=queue,
        name=form.cleaned_data["name"],
        rate=form.rate,
        covers_imports=form.cleaned_data["covers_imports"],
        now=request.now,
    )


@page(gettext_lazy("Preview"))
def preview(request: PageRequest) -> HttpResponse:
    """What a plan would cost and tell; a part of the page on which it is started."""
    require(request.actor, scopes.PLAN_EDIT)
    form = PlanForm({"name": "-"} | dict(request.GET.items()), actor=request.actor)
    return TemplateResponse(request, "quality/parts/preview.html", _preview(request, form))


def _preview(request: PageRequest, form: PlanForm) -> dict[str, Any]:
    if not form.is_valid() or not 0 < form.rate <= 1:
        return {"preview": None}
    programme, queue = form.place()
    return {"preview": plan_preview(programme, queue=queue, rate=form.rate, now=request.now)}


@page(gettext_lazy("Sampling plan"))
def plan(request: PageRequest, plan_id: UUID) -> HttpResponseBase:
    """A plan: its odds, how far auditing has come, and each draw with its odds."""
    found = _plan(request, plan_id)
    table = _draws(request, found)
    if (exported := table.export()) is not None:
        return exported
    coverage = coverage_of_plans(request.actor, [found], now=request.now).get(found.pk, Coverage())
    context = {
        "plan": found,
        "facts": _facts(request, found),
        "coverage": coverage,
        "table": table,
        "may_end": found.is_running
        and found.is_drawn_here
        and not request.actor.is_outside
        and bool(may(request.actor, scopes.PLAN_EDIT, found)),
    }
    crumbs = [(_("Sampling"), reverse("quality:home"))]
    return render(request, "quality/plan.html", context, crumbs=crumbs)


def _plan(request: PageRequest, plan_id: UUID) -> SamplingPlan:
    plans = SamplingPlan.objects.select_related("programme", "queue", "created_by")
    return load(request.actor, scopes.PLAN_VIEW, plans, plan_id)


def _facts(request: PageRequest, found: SamplingPlan) -> list[tuple[object, object]]:
    return [
        (_("State"), badge(_("runs"), tone="good") if found.is_running else badge(_("ended"))),
        (_("Programme"), found.programme.name),
        (_("Queue"), found.queue.name if found.queue else _("all of the programme")),
        *_design(found),
        (_("Started"), moment(found.started_at, now=request.now)),
        (_("Ended"), moment(found.ended_at, now=request.now)),
        (_("Drawn up to"), moment(found.drawn_until, now=request.now)),
        (_("Started by"), found.created_by.name if found.created_by else _("the system")),
    ]


def _design(found: SamplingPlan) -> list[tuple[object, object]]:
    if not found.is_drawn_here:
        return [(_("Design"), _("chosen in another tool, with odds that are known"))]
    return [
        (_("Design"), _("Poisson: each decision for itself")),
        (_("Odds of each decision"), percent_text(found.rate)),
        (_("Imported decisions"), _("drawn, too") if found.covers_imports else _("left out")),
        (_("Salt"), found.salt),
    ]


def _draws(request: PageRequest, found: SamplingPlan) -> Table:
    present = Verdict.objects.filter(draw=OuterRef("pk"), corrected_by=None)
    task = AuditTask.objects.filter(draw=OuterRef("pk"))
    draws = visible(
        request.actor,
        scopes.AUDIT_VIEW,
        Draw.objects.filter(plan=found).select_related("decision__organisation", "decision__queue"),
    ).annotate(
        is_right=Subquery(present.values("is_right")[:1]),
        auditor_name=Subquery(present.values("auditor__name")[:1]),
        expires_at=Subquery(task.values("expires_at")[:1]),
        closed_at=Subquery(task.values("closed_at")[:1]),
    )
    return Table(
        request,
        draws,
        title=_("Draws"),
        columns=[
            Column("drawn_at", _("Drawn"), kind="moment", sort="drawn_at", link=lambda draw: draw.get_absolute_url()),
            Column("decision.decided_at", _("Decided"), kind="moment", sort="decision__decided_at"),
            Column("decision.queue", _("Queue"), value=lambda draw: draw.decision.queue and draw.decision.queue.name),
            Column("decision.organisation.name", _("Organisation"), sort="decision__organisation__name"),
            Column("pi", _("Odds"), kind="percent", sort="pi"),
            Column(
                "u",
                _("Hash"),
                kind="number",
                digits=6,
                sort="u",
                optional=True,
                help=_("The decision's number between 0 and 1. It is drawn when the number is below the odds."),
            ),
            Column(
                "outcome",
                _("Audit"),
                kind="badge",
                value=lambda draw: OUTCOMES[outcome(draw, now=request.now)],
                tone=lambda draw: tone_of_outcome(outcome(draw, now=request.now)),
            ),
            Column("auditor_name", _("Auditor"), sort="auditor_name"),
            Column("closed_at", _("Audited"), kind="moment", sort="closed_at"),
        ],
        filters=[
            ChoiceFilter(
                "outcome",
                _("Audit"),
                choices=[("True", _("right")), ("False", _("wrong"))],
                field="is_right",
            )
        ],
        default_sort="-drawn_at",
        export_name="draws",
        empty=Empty(
            title=_("Nothing drawn yet"),
            body=_("Decisions are drawn once they can no longer be taken back, about a minute after that."),
            icon="shuffle",
        ),
    )


@page(gettext_lazy("Replay"))
def replay(request: PageRequest, plan_id: UUID) -> HttpResponse:
    """Draw everything again from the salt and the odds, and say whether it is the same; a part of the plan's page."""
    found = _plan(request, plan_id)
    return TemplateResponse(request, "quality/parts/replay.html", {"replay": replay_plan(found), "plan": found})


@require_POST
@page(gettext_lazy("End the plan"))
def end(request: PageRequest, plan_id: UUID) -> HttpResponse:
    """End a plan now."""
    found = load(request.actor, scopes.PLAN_EDIT, SamplingPlan.objects.all(), plan_id)
    end_plan(request.actor, plan=found, now=request.now)
    messages.success(request, _("%(name)s has ended. What it drew still waits to be audited.") % {"name": found.name})
    return redirect(found)
