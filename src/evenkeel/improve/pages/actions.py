"""Opening an action, and one action with its effect report."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, may, require
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried
from evenkeel.measure import PERSON_VIEW
from evenkeel.people import note_look

from .. import acts, queries, scopes, words_actions
from ..acts.actions import OVER
from ..acts.proving import LATE
from ..forms_actions import ActionForm, DueForm, ExtensionForm, LessonForm, ReasonForm
from ..models import Action, EffectCheck, EffectPlan, Investigation, PlanApproval
from ..queries_actions import end_of, plan_in_force, rules_for
from ..rules_plans import Frozen
from .action_parts import check_shown, crumbs, is_late, load_action, plan_shown
from .short_papers import paper_links


@page(gettext_lazy("Open an action"))
def opening(request: PageRequest) -> HttpResponse:
    """Open an action. ?investigation= takes place and cause from there, ?recommendation= what it recommends."""
    require(request.actor, scopes.ACTION_EDIT)
    source = request.POST.get("investigation") or request.GET.get("investigation")
    found = (
        load(request.actor, scopes.EDIT, Investigation.objects.select_related("closing"), source) if source else None
    )
    cause = found.closing.cause if found is not None and not found.is_open else ""
    form = ActionForm(
        request.POST or None, actor=request.actor, is_linked=found is not None, today=request.now.date(),
        initial={"cause": cause} | _recommended(request, found),
    )  # fmt: skip
    if request.method == "POST":
        made = tried(
            form,
            lambda _said: acts.open_action(request.actor, investigation=found, now=request.now, **form.act_arguments()),
        )
        if made is not None:
            return redirect(made)
    said = {"form": form, "investigation": found}
    return render(request, "improve/action_form.html", said, crumbs=crumbs(), status=422 if form.errors else 200)


def _recommended(request: PageRequest, found: Investigation | None) -> dict[str, str]:
    """What one of its recommendations fills the form in with."""
    try:
        asked = UUID(request.GET.get("recommendation", ""))
    except ValueError:
        return {}
    made = found.recommendations.filter(pk=asked).first() if found is not None else None
    if made is None:
        return {}
    said = {"title": made.body.splitlines()[0][:200], "what": made.body}
    return said | ({"cause": made.cause} if made.cause else {})


@page(gettext_lazy("Action"))
def action(request: PageRequest, action_id: UUID) -> HttpResponse:
    """What is done, how its effect is judged, what the check says: the effect report."""
    return show(request, load_action(request, action_id))


def show(request: PageRequest, found: Action, *, due_form: DueForm | None = None) -> HttpResponse:
    """The page, with the form that was sent and is not right where one is given."""
    plan = plan_in_force(found)
    checks = list(EffectCheck.objects.filter(plan__action=found).select_related("plan").order_by("-at"))
    may_edit = bool(may(request.actor, scopes.ACTION_EDIT, found))
    rules = rules_for(found.programme_id)
    approvals = list(plan.approvals.select_related("by__organisation")) if plan else []
    coached = _coached(request, found, plan)
    context = {
        "action": found,
        "exports": _exports(found, plan=plan, checks=checks),
        "tone": words_actions.VERDICT_TONES[found.state],
        "cause": queries.cause_title(found.cause) if found.cause else "",
        "plan": plan_shown(plan) if plan else None,
        "approvals": approvals,
        "approvals_wanted": rules.approvals,
        "coached": coached,
        "checks": [check_shown(request, found, check) for check in checks],
        "steps": found.steps.select_related("by").order_by("-at", "-id"),
        "reopened": found.reopened.select_related("investigation"),
        "lesson": found.lessons.select_related("by").first(),
        "may_edit": may_edit,
        "may_plan": may_edit and found.state in ("draft", "planned") and found.kind != Action.CONTAINMENT,
        "may_approve": found.state == "planned" and _may_approve(request, found, plan, approvals),
        "may_begin": may_edit
        and (found.state == "planned" or (found.kind == Action.CONTAINMENT and found.state == "draft")),
        "may_finish": may_edit and found.kind == Action.CONTAINMENT and found.state == "running",
        "may_check": may_edit
        and plan is not None
        and found.state == "running"
        and request.now.date() >= end_of(plan) + LATE,
        "may_drop": may_edit and found.state in ("draft", "planned", "running", "cannot_tell"),
        "may_extend": may_edit
        and plan is not None
        and found.state == "cannot_tell"
        and not hasattr(plan, "extension")
        and Frozen.read(plan.document).extension_weeks > 0,
        "reason_form": ReasonForm(prefix="reason"),
        "extension_form": ExtensionForm(prefix="extension"),
        "lesson_form": LessonForm(),
        "is_late": is_late(found, request.now.date()),
    }
    if may_edit and found.state not in OVER:
        context["due_form"] = due_form or DueForm(prefix="due", initial={"due_on": found.due_on})
    return render(request, "improve/action.html", context, crumbs=crumbs(), status=422 if due_form else 200)


def _may_approve(request: PageRequest, found: Action, plan: EffectPlan | None, approvals: list[PlanApproval]) -> bool:
    """Not one's own plan or action, and not twice: a button that only refuses is none."""
    person = request.actor.person_id
    is_own = plan is None or person in (plan.by_id, found.owner_id)
    if is_own or any(each.by_id == person for each in approvals):
        return False
    return bool(may(request.actor, scopes.ACTION_APPROVE, found))


def _exports(found: Action, *, plan: EffectPlan | None, checks: list[EffectCheck]) -> list[tuple[str, str]]:
    report = paper_links("improve:effect-paper", found.pk) if plan else []
    return [*report, (_("Figures as CSV"), reverse("improve:figures", args=[found.pk]))] if checks else report


def _coached(request: PageRequest, found: Action, plan: EffectPlan | None) -> list[Any]:
    """The coached people, for whoever may see single people's figures there; looking is itself recorded."""
    if plan is None or not may(request.actor, PERSON_VIEW, found):
        return []
    people = [each.worker for each in plan.coached.select_related("worker__organisation").order_by("worker__name")]
    note_look(request.actor, workers=[each.pk for each in people], what=found.title, now=request.now)
    return people
