"""Sampling plans: starting and changing one with a preview, its draws, its replay."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
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
from evenkeel.ground.trying import tried
from evenkeel.work import Programme, Queue

from .. import scopes
from ..acts.ours import insist_on_ours
from ..acts.plans import change_plan, end_plan, present_version, start_plan
from ..drawing import replay_plan
from ..models import AuditTask, Draw, PlanVersion, SamplingPlan, Verdict
from ..queries import Coverage, coverage_of_plans, plan_outlook
from ..rules.layers import design_faults, layers
from .plan_forms import ChangeForm, DesignForm, PlanForm, initial_of
from .words import OUTCOMES, layer_word, outcome, outlook_words, tone_of_outcome


@page(gettext_lazy("Start a sampling plan"))
def start(request: PageRequest) -> HttpResponse:
    """Say which decisions are audited and what share of them; the preview says what that costs and tells."""
    require(request.actor, scopes.PLAN_EDIT)
    insist_on_ours(request.actor)
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
        covers_imports=form.cleaned_data["covers_imports"],
        now=request.now,
        **form.design(),
        **form.assignment(),
    )


@page(gettext_lazy("Preview"))
def preview(request: PageRequest) -> HttpResponse:
    """What a plan would cost and tell; a part of the page on which it is started."""
    require(request.actor, scopes.PLAN_EDIT)
    insist_on_ours(request.actor)
    form = PlanForm({"name": "-"} | dict(request.GET.items()), actor=request.actor)
    return TemplateResponse(request, "quality/parts/preview.html", _preview(request, form))


def _preview(request: PageRequest, form: PlanForm) -> dict[str, Any]:
    if not form.is_valid():
        return {"preview": None, "faults": _faults(form)}
    programme, queue = form.place()
    return _seen(request, form, programme, queue, covers_imports=form.cleaned_data["covers_imports"])


def _seen(
    request: PageRequest, form: DesignForm, programme: Programme, queue: Queue | None, *, covers_imports: bool
) -> dict[str, Any]:
    design = {name: value for name, value in form.design().items() if value is not None}
    if faults := design_faults(design):
        return {"preview": None, "faults": [sentence for said in faults.values() for sentence in said]}
    found = plan_outlook(
        programme,
        queue=queue,
        design=design,
        covers_imports=covers_imports,
        cents_an_hour=form.cents_an_hour,
        now=request.now,
    )
    return {"preview": found.outlook, **outlook_words(found)}


def _faults(form: forms.Form) -> list[str]:
    """What keeps a preview from being worked out, in the words beside the fields; nothing for what is still empty."""
    said = form.errors.as_data().items()
    return [
        f"{form[name].label}: {sentence}"
        for name, errors in said
        for error in errors
        if error.code not in ("required", "invalid_choice")
        for sentence in error.messages
    ]


@page(gettext_lazy("Change the plan"))
def change(request: PageRequest, plan_id: UUID) -> HttpResponse:
    """Other odds for what is decided from now on; the preview says what that costs and tells."""
    found = load(request.actor, scopes.PLAN_EDIT, _plans(), plan_id)
    insist_on_ours(request.actor)
    design = present_version(found).design
    form = ChangeForm(request.POST or None, kept=design, initial=initial_of(found, design))
    if request.method == "POST":
        made = tried(form, lambda said: _changed(request, form, found))
        if made is not None:
            messages.success(
                request, _("Decisions made from now on have the odds of version %(n)s.") % {"n": made.number}
            )
            return redirect(found)
    crumbs = [(_("Sampling"), reverse("quality:home")), (found.name, found.get_absolute_url())]
    shown = ChangeForm(request.POST or initial_of(found, design), kept=design)
    seen = _change_preview(request, shown, found)
    return render(
        request,
        "quality/change.html",
        {"form": form, "plan": found, **seen},
        crumbs=crumbs,
        status=422 if form.errors else 200,
    )


@page(gettext_lazy("Preview"))
def change_preview(request: PageRequest, plan_id: UUID) -> HttpResponse:
    """What other odds would cost and tell; a part of the page on which a plan is changed."""
    found = load(request.actor, scopes.PLAN_EDIT, _plans(), plan_id)
    insist_on_ours(request.actor)
    form = ChangeForm(dict(request.GET.items()), kept=present_version(found).design)
    return TemplateResponse(request, "quality/parts/preview.html", _change_preview(request, form, found))


def _change_preview(request: PageRequest, form: ChangeForm, found: SamplingPlan) -> dict[str, Any]:
    if not form.is_valid():
        return {"preview": None, "faults": _faults(form)}
    return _seen(request, form, found.programme, found.queue, covers_imports=found.covers_imports)


def _changed(request: PageRequest, form: ChangeForm, found: SamplingPlan) -> PlanVersion:
    said = {"why": form.cleaned_data["why"], **form.design(), **form.assignment()}
    return change_plan(request.actor, plan=found, now=request.now, **said)


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
        "versions": list(PlanVersion.objects.filter(plan=found).select_related("made_by").order_by("-number")),
        "may_end": found.is_running
        and found.is_drawn_here
        and not request.actor.is_outside
        and bool(may(request.actor, scopes.PLAN_EDIT, found)),
    }
    crumbs = [(_("Sampling"), reverse("quality:home"))]
    return render(request, "quality/plan.html", context, crumbs=crumbs)


def _plan(request: PageRequest, plan_id: UUID) -> SamplingPlan:
    return load(request.actor, scopes.PLAN_VIEW, _plans(), plan_id)


def _plans() -> QuerySet[SamplingPlan]:
    return SamplingPlan.objects.select_related("programme", "queue", "created_by")


def _facts(request: PageRequest, found: SamplingPlan) -> list[tuple[object, object]]:
    return [
        (_("State"), badge(_("runs"), tone="good") if found.is_running else badge(_("ended"))),
        (_("Programme"), found.programme.name),
        (_("Queue"), found.queue.name if found.queue else _("all of the programme")),
        *_design(request, found),
        (_("Who audits what"), _assignment_text(found)),
        (_("Started"), moment(found.started_at, now=request.now)),
        (_("Ended"), moment(found.ended_at, now=request.now)),
        (_("Drawn up to"), moment(found.drawn_until, now=request.now)),
        (_("Started by"), found.created_by.name if found.created_by else _("the system")),
    ]


def _design(request: PageRequest, found: SamplingPlan) -> list[tuple[object, object]]:
    if not found.is_drawn_here:
        return [(_("Design"), _("chosen in another tool, with odds that are known"))]
    return [
        (_("Design"), _("Poisson: each decision for itself")),
        (_("Odds of each decision"), _odds_text(found)),
        (_("Imported decisions"), _("drawn, too") if found.covers_imports else _("left out")),
        (_("Salt"), _("known to our own people") if request.actor.is_outside else found.salt),
    ]


def _odds_text(found: SamplingPlan) -> str:
    present = present_version(found).design
    names = [str(layers[each["kind"]].title) for each in present.get("layers", [])]
    odds = percent_text(found.rate)
    return _("%(odds)s at least; more by %(layers)s") % {"odds": odds, "layers": ", ".join(names)} if names else odds


def _assignment_text(found: SamplingPlan) -> str:
    """A plan's rules of assignment in words; what every audit obeys anyway is not said."""
    said = [_("nobody her own team")] if found.keeps_teams_apart else []
    if found.most_a_person is not None:
        said.append(_("at most %(n)d of one person in seven days") % {"n": found.most_a_person})
    if found.most_a_day is not None:
        said.append(_("at most %(n)d a day") % {"n": found.most_a_day})
    if found.spreads_evenly:
        said.append(_("the last to whoever audited less today"))
    return "; ".join(said) or _("whoever may audit")


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
                "stratum",
                _("Odds from"),
                value=lambda draw: layer_word(draw.stratum),
                sort="stratum",
                help=_("What gave the decision the highest odds."),
            ),
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
