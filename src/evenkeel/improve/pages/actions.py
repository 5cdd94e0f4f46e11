"""The board of actions, one action with its effect report, and its steps."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.ground.trying import tried
from evenkeel.kernel import Estimate
from evenkeel.measure import PERSON_VIEW
from evenkeel.people import note_look
from evenkeel.work import PROGRAMME_VIEW, Programme

from .. import acts, queries, scopes, words_actions
from ..acts.actions import OVER
from ..acts.plans import FRESH
from ..acts.proving import LATE
from ..forms_actions import ActionForm, DueForm, ExtensionForm, LessonForm, PlanForm, ReasonForm
from ..models import Action, EffectCheck, EffectPlan, Investigation, PlanApproval
from ..queries_actions import actions, end_of, metric_of, plan_in_force, rules_for, shows_figures
from ..rules_plans import Frozen
from . import charts_actions
from .short_papers import paper_links


@page(
    gettext_lazy("Actions"),
    name="improve:actions",
    nav=Nav(section="insight", icon="wrench", order=50, scope=scopes.ACTION_VIEW),
)
def board(request: PageRequest) -> HttpResponseBase:
    """Every action within reach: what stands where, whose it is, what is late."""
    require(request.actor, scopes.ACTION_VIEW)
    today = request.now.date()
    table = Table(
        request,
        actions(request.actor),
        title=_("Actions"),
        columns=[
            Column("title", _("Action"), sort="title", link=lambda row: row.get_absolute_url()),
            Column("kind", _("Kind"), value=lambda row: row.get_kind_display(), sort="kind"),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda row: row.get_state_display(),
                tone=lambda row: words_actions.VERDICT_TONES[row.state],
                sort="state",
            ),
            Column("where_name", _("Where"), sort="where_name"),
            Column("cause", _("Cause"), value=lambda row: queries.cause_title(row.cause) if row.cause else None),
            Column("programme.name", _("Programme"), sort="programme__name", optional=True),
            Column("owner", _("Owner"), kind="person", sort="owner__name"),
            Column("due_on", _("Due"), kind="day", sort="due_on"),
            Column(
                "late",
                _("Late"),
                kind="badge",
                value=lambda row: _("late") if is_late(row, today) else None,
                tone=lambda _row: "bad",
            ),
            Column("plan_until", _("Window ends"), kind="day", optional=True),
            Column("opened_at", _("Opened"), kind="moment", sort="opened_at"),
        ],
        filters=[
            TextFilter("q", _("Search actions"), fields=["title", "what", "where_name"]),
            ChoiceFilter("state", _("State"), choices=[(slug, str(title)) for slug, title in Action.STATES]),
            ChoiceFilter("kind", _("Kind"), choices=[(slug, str(title)) for slug, title in Action.KINDS]),
            ChoiceFilter("programme", _("Programme"), choices=lambda: _programmes(request)),
        ],
        default_sort="-opened_at",
        export_name="actions",
        empty=Empty(
            title=_("No actions yet"),
            body=_("An action is done about a cause, and says before it starts how its effect will be judged."),
            icon="wrench",
        ),
    )
    said = {"table": table, "may_open": request.actor.has(scopes.ACTION_EDIT)}
    return table.export() or render(request, "improve/actions.html", said)


def is_late(action: Action, today: Any) -> bool:
    """Whether it is past its day and has not begun."""
    return action.due_on < today and action.state in ("draft", "planned")


def _programmes(request: PageRequest) -> list[tuple[str, str]]:
    rows = visible(request.actor, PROGRAMME_VIEW, Programme.objects.order_by("name"))
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


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
    return render(request, "improve/action_form.html", said, crumbs=_crumbs(), status=422 if form.errors else 200)


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
        "plan": _plan_shown(plan) if plan else None,
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
    return render(request, "improve/action.html", context, crumbs=_crumbs(), status=422 if due_form else 200)


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


def load_action(request: PageRequest, action_id: UUID) -> Action:
    rows = Action.objects.select_related("owner__organisation", "programme", "investigation", "signal")
    return load(request.actor, scopes.ACTION_VIEW, rows, action_id)


def _crumbs() -> list[tuple[Any, str | None]]:
    return [(_("Actions"), reverse("improve:actions"))]


def _coached(request: PageRequest, found: Action, plan: EffectPlan | None) -> list[Any]:
    """The coached people, for whoever may see single people's figures there; looking is itself recorded."""
    if plan is None or not may(request.actor, PERSON_VIEW, found):
        return []
    people = [each.worker for each in plan.coached.select_related("worker__organisation").order_by("worker__name")]
    note_look(request.actor, workers=[each.pk for each in people], what=found.title, now=request.now)
    return people


def _plan_shown(plan: EffectPlan) -> dict[str, Any]:
    said = Frozen.read(plan.document)
    past = said.past
    return {
        "row": plan,
        "metric": metric_of(said.metric),
        "criterion": words_actions.criterion_text(said),
        "expected": words_actions.amount(said.expected, said.unit) if said.aim == "improve" else "",
        "comparison": words_actions.COMPARISONS[said.comparison],
        "assumes": words_actions.ASSUMES[said.comparison],
        "days": list(words_actions.window_text(said)),
        "control": metric_of(said.negative_control) if said.negative_control else None,
        "power": past.get("power"),
        "audits_a_week": past.get("audits_a_week"),
        "enough_weeks": past.get("enough_weeks"),
        "extension_weeks": said.extension_weeks,
    }


def check_shown(request: PageRequest, action: Action, check: EffectCheck) -> dict[str, Any]:
    plan = Frozen.read(check.plan.document)
    sees = shows_figures(request.actor, action, plan)
    improvement = Estimate.from_dict(check.effect)
    found = check.found
    return {
        "row": check,
        "tone": words_actions.VERDICT_TONES[check.verdict],
        "improvement": words_actions.improvement_text(improvement, plan.unit),
        "because": words_actions.because_text(check.because, plan, improvement),
        "coaching": words_actions.coaching_text(found.get("plain"), found.get("luck"), plan),
        "looks": [
            (words_actions.LOOKS.get(each["name"], each["name"]), each["value"], each["is_fine"])
            for each in found["looks"]
        ],
        "chart": charts_actions.course(check, plan, actor=request.actor, programme_id=action.programme_id)
        if sees
        else None,
        "study": charts_actions.study(check, plan),
        "hides": not sees,
        "benefit": {kind: check.benefit.get(kind) for kind in ("errors", "hours", "money_cents")},
        "currency": check.benefit.get("currency", ""),
    }


@page(gettext_lazy("Effect plan"))
def plan(request: PageRequest, action_id: UUID) -> HttpResponse:
    """Say how the effect will be judged, and freeze it."""
    found = load_action(request, action_id)
    require(request.actor, scopes.ACTION_EDIT, found)
    form = PlanForm(request.POST or None, actor=request.actor, action=found, today=request.now.date())
    if request.method == "POST":
        made = tried(
            form, lambda _said: acts.freeze_plan(request.actor, action=found, asked=form.asked(), now=request.now)
        )
        if made is not None:
            messages.success(request, _("The plan is frozen."))
            return redirect(found)
    crumbs = [*_crumbs(), (found.title, found.get_absolute_url())]
    said = {"form": form, "action": found}
    return render(request, "improve/plan_form.html", said, crumbs=crumbs, status=422 if form.errors else 200)


@page(gettext_lazy("Approve a plan"))
def approval(request: PageRequest, action_id: UUID) -> HttpResponse:
    """Read the frozen plan once more and approve it; where the programme asks for it, log in again first."""
    found = load_action(request, action_id)
    require(request.actor, scopes.ACTION_APPROVE, found)
    row = plan_in_force(found)
    if row is None:
        raise NotNow(_("The action has no effect plan yet."), code="no-plan")
    confirmed_at = _confirmed_at(request)
    if rules_for(found.programme_id).is_confirmed:
        is_fresh = confirmed_at is not None and timedelta(0) <= request.now - confirmed_at <= FRESH
        if not is_fresh:
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")
    if request.method == "POST":
        acts.approve_plan(
            request.actor,
            action=found,
            sha256=request.POST.get("sha256", ""),
            confirmed_at=confirmed_at,
            now=request.now,
        )
        messages.success(request, _("The plan is approved."))
        return redirect(found)
    crumbs = [*_crumbs(), (found.title, found.get_absolute_url())]
    return render(request, "improve/approval.html", {"action": found, "plan": _plan_shown(row)}, crumbs=crumbs)


def _confirmed_at(request: PageRequest) -> datetime | None:
    """When she last proved who she is in this session."""
    moments = [float(record["at"]) for record in get_authentication_records(request) if "at" in record]
    return datetime.fromtimestamp(max(moments), UTC) if moments else None


def _step(request: PageRequest, found: Action, act: Callable[[], object], done: str) -> HttpResponse:
    """Do a step of the page; what does not fit is said at its top."""
    try:
        act()
    except Invalid as wrong:
        said = [sentence for sentences in wrong.fields.values() for sentence in sentences]
        messages.error(request, " ".join([wrong.sentence, *said]))
    else:
        messages.success(request, done)
    return redirect(found)


@require_POST
@page(gettext_lazy("Begin"))
def beginning(request: PageRequest, action_id: UUID) -> HttpResponse:
    """Begin the action."""
    found = load_action(request, action_id)
    return _step(
        request, found, lambda: acts.begin_action(request.actor, action=found, now=request.now), _("It is under way.")
    )


@require_POST
@page(gettext_lazy("Check the effect"))
def checking(request: PageRequest, action_id: UUID) -> HttpResponse:
    """Check now what time would check within the hour."""
    found = load_action(request, action_id)
    return _step(
        request, found, lambda: acts.check_effect(request.actor, action=found, now=request.now), _("The check is here.")
    )


@require_POST
@page(gettext_lazy("End or drop"))
def ending(request: PageRequest, action_id: UUID) -> HttpResponse:
    """End a containment, or drop any other action."""
    found = load_action(request, action_id)
    reason = request.POST.get("reason-reason", "")
    is_done = found.kind == Action.CONTAINMENT and found.state == "running" and "finish" in request.POST
    act = acts.finish_action if is_done else acts.drop_action
    done = _("It is done.") if is_done else _("It is dropped.")
    return _step(request, found, lambda: act(request.actor, action=found, reason=reason, now=request.now), done)


@require_POST
@page(gettext_lazy("Wait longer"))
def extension(request: PageRequest, action_id: UUID) -> HttpResponse:
    """Let the plan run longer."""
    found = load_action(request, action_id)
    weeks, reason = request.POST.get("extension-weeks", ""), request.POST.get("extension-reason", "")
    number = int(weeks) if weeks.isdecimal() and len(weeks) < 4 else 0
    return _step(
        request,
        found,
        lambda: acts.extend_plan(request.actor, action=found, weeks=number, reason=reason, now=request.now),
        _("The window is longer now."),
    )


@require_POST
@page(gettext_lazy("Lesson"))
def lesson(request: PageRequest, action_id: UUID) -> HttpResponse:
    """Write down what it taught."""
    found = load_action(request, action_id)
    said = {name: request.POST.get(name, "") for name in ("what_worked", "what_did_not")}
    return _step(
        request, found, lambda: acts.note_lesson(request.actor, action=found, now=request.now, **said), _("Thank you.")
    )


@page(gettext_lazy("Figures of a check"))
def figures(request: PageRequest, action_id: UUID) -> HttpResponse:
    """The figures that the newest check rests on, as CSV: whoever has them can repeat it."""
    found = load_action(request, action_id)
    check = EffectCheck.objects.filter(plan__action=found).order_by("-at").first()
    if check is not None and not shows_figures(request.actor, found, Frozen.read(check.plan.document)):
        raise Refused(_("Figures of single teams are for those who may see figures of single people."))
    out = StringIO()
    writer = csv.writer(out)
    if check is None:
        writer.writerow(["week", "unit", "is_changed", "value", "audits"])
    elif check.data["people"]:
        writer.writerow(["before", "audits_before", "after", "audits_after", "coached"])
        people = check.data["people"]
        writer.writerows(zip(*(people[n] for n in ("before", "n_before", "after", "n_after", "coached")), strict=True))
    else:
        writer.writerow(["week", "unit", "is_changed", "value", "audits"])
        for unit in check.data["units"]:
            for week, (value, size) in enumerate(zip(unit["values"], unit["sizes"], strict=True)):
                name = f"'{unit['name']}" if unit["name"][:1] in "=+-@" and unit["name"] else unit["name"]
                writer.writerow([week, name, int(unit["start"] is not None), value, size])
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="effect-{found.pk}.csv"'
    return answer
