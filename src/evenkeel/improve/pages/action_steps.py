"""The steps of an action: planned, approved, begun, checked, ended, extended, learned from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import require
from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried

from .. import acts, scopes
from ..acts.plans import FRESH
from ..forms_actions import PlanForm
from ..models import Action
from ..queries_actions import plan_in_force, rules_for
from .action_parts import crumbs, load_action, plan_shown


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
    said = {"form": form, "action": found}
    return render(request, "improve/plan_form.html", said, crumbs=crumbs(found), status=422 if form.errors else 200)


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
    return render(request, "improve/approval.html", {"action": found, "plan": plan_shown(row)}, crumbs=crumbs(found))


def _confirmed_at(request: PageRequest) -> datetime | None:
    """When she last proved who she is in this session."""
    moments = [float(record["at"]) for record in get_authentication_records(request) if "at" in record]
    return datetime.fromtimestamp(max(moments), UTC) if moments else None


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
