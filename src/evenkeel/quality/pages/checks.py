"""Second audits and cases to settle, at the audit desk; and which share of a plan's verdicts is audited again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, require
from evenkeel.ground.errors import Invalid, NotFound
from evenkeel.ground.ids import uuid7
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried
from evenkeel.work import item_content_html

from .. import scopes
from ..acts.checks import answer_check, return_check, set_check_rule
from ..forms import audit_spec, main_choices
from ..models import AuditCheck, CheckAnswer, CheckRule, SamplingPlan
from ..queries.checks import answers_of, check_rule, checks_waiting_for, open_checks
from ..rules.checks import check_u
from .desk import asked_fields, guideline, marking, said_at_the_desk


@never_cache
@page(gettext_lazy("Audit"))
def check(request: PageRequest, check_id: UUID) -> HttpResponse:
    """A second audit or a case in this person's hands, or the one she has answered."""
    return _desk(request, *_check(request, check_id))


def _check(request: PageRequest, check_id: UUID) -> tuple[AuditCheck, CheckAnswer | None]:
    rows = AuditCheck.objects.select_related(
        "draw__plan", "draw__decision__item", "draw__decision__form_version", "draw__decision__policy_version",
        "draw__decision__queue", "programme", "verdict",
    )  # fmt: skip
    found = load(request.actor, scopes.AUDIT_DO, rows, check_id)
    own = next((each for each in answers_of(found).values() if each.by_id == request.actor.worker_id), None)
    if own is None and not found.is_held_by(request.actor.worker_id, now=request.now):
        raise NotFound(_("There is no such page, or it is not yours to see."))
    return found, own


def _desk(
    request: PageRequest, found: AuditCheck, own: CheckAnswer | None, *, wrong: Invalid | None = None
) -> HttpResponse:
    decision = found.draw.decision
    spec = audit_spec(decision)
    said = request.POST if wrong else {}
    titles = {choice["value"]: choice["title"] for choice in main_choices(spec)}
    is_case = own is None and found.stage == AuditCheck.EXPERT
    context = {
        "task": found,
        "answer_url": reverse("quality:check_answer", args=[found.pk]),
        "return_url": reverse("quality:check_return", args=[found.pk]),
        "item_html": item_content_html(decision.item),
        "spec": spec,
        "fields": asked_fields(spec, said),
        "marking": marking(spec, request.POST if wrong else None) if own is None else None,
        "client_key": said.get("client_key") or uuid7().hex,
        "comment": said.get("comment", ""),
        "is_technical": bool(said.get("technical")),
        "faults": wrong.fields if wrong else {},
        "waiting": checks_waiting_for(request.actor, now=request.now).exclude(pk=found.pk).count(),
        "own": own,
        "own_title": titles.get(own.label, own.label) if own else "",
        "others": _others(found, titles) if is_case else [],
        **guideline(request, found.draw),
    }
    crumbs = [(_("Audits"), reverse("quality:audits"))]
    return render(request, "quality/desk.html", context, crumbs=crumbs, status=422 if wrong else 200)


def _others(found: AuditCheck, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Both audits without names, in an order that does not tell which was first."""
    second = answers_of(found)[AuditCheck.SECOND]
    both = [
        {
            "title": titles.get(each.label, each.label),
            # The class of error would give the first answer away; a technical one tells of the item alone.
            "kind": each.get_error_class_display() if each.error_class == "technical_error" else "",
            "comment": each.comment,
        }
        for each in (found.verdict, second)
    ]
    return both if check_u(found.pk, 0) < 0.5 else both[::-1]


@require_POST
@page(gettext_lazy("Answer"))
def answer(request: PageRequest, check_id: UUID) -> HttpResponse:
    """Give one's own answer to a second audit, or settle a case."""
    found, own = _check(request, check_id)
    spec = audit_spec(found.draw.decision)
    try:
        answer_check(request.actor, check_id=found.pk, now=request.now, **said_at_the_desk(request.POST, spec))
    except Invalid as wrong:
        return _desk(request, found, own, wrong=wrong)
    return redirect("quality:check", found.pk)


@require_POST
@page(gettext_lazy("Give back"))
def give_back(request: PageRequest, check_id: UUID) -> HttpResponse:
    """Give a second audit or a case back unjudged."""
    return_check(request.actor, check_id=check_id, now=request.now)
    messages.info(request, _("The audit waits for somebody else."))
    return redirect("quality:audits")


class CheckRuleForm(forms.Form):
    """Which share of a plan's verdicts is audited again; in percent."""

    share_right = forms.FloatField(label=gettext_lazy("Of verdicts “right”, %"), min_value=0, max_value=100, initial=5)
    share_wrong = forms.FloatField(
        label=gettext_lazy("Of verdicts “wrong”, %"),
        min_value=0,
        max_value=100,
        initial=30,
        help_text=gettext_lazy("Wrong decisions are few; how well auditors find them needs cases."),
    )
    settle_agreed = forms.FloatField(
        label=gettext_lazy("Of pairs that agree, to an expert all the same, %"),
        min_value=0.1,
        max_value=100,
        initial=25,
        help_text=gettext_lazy("Two who are wrong alike are found in no other way."),
    )

    def share(self, name: str) -> float:
        """As the act takes it."""
        return float(self.cleaned_data[name]) / 100


@page(gettext_lazy("Second audits"))
def rule(request: PageRequest, plan_id: UUID) -> HttpResponse:
    """The share of a plan's verdicts that is audited again, and where those audits stand; POST sets it."""
    plan = load(request.actor, scopes.PLAN_VIEW, SamplingPlan.objects.select_related("programme"), plan_id)
    require(request.actor, scopes.PLAN_EDIT, plan)
    present = check_rule(plan.pk, at=request.now)
    names = ("share_right", "share_wrong", "settle_agreed")
    initial = {name: round(getattr(present, name) * 100, 4) for name in names} if present else None
    form = CheckRuleForm(request.POST or None, initial=initial)
    if request.method == "POST":
        made = tried(form, lambda _said: _rule_set(request, plan, form))
        if made is not None:
            messages.success(request, _("Verdicts given from now on are audited again by these odds."))
            return redirect("quality:check_rule", plan.pk)
    context = {"plan": plan, "form": form, "present": present, "counts": open_checks(plan)}
    crumbs = [(_("Sampling"), reverse("quality:home")), (plan.name, plan.get_absolute_url())]
    return render(request, "quality/check_rule.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def _rule_set(request: PageRequest, plan: SamplingPlan, form: CheckRuleForm) -> CheckRule:
    return set_check_rule(
        request.actor,
        plan=plan,
        share_right=form.share("share_right"),
        share_wrong=form.share("share_wrong"),
        settle_agreed=form.share("settle_agreed"),
        now=request.now,
    )
