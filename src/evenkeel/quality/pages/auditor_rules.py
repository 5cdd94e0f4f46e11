"""Which skills and certifications auditors need, by queue or guideline; and why somebody gets no audit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried
from evenkeel.people import WORKER_VIEW, Worker
from evenkeel.policy import POLICY_VIEW, Policy
from evenkeel.work import PROGRAMME_VIEW, Programme, Queue

from .. import scopes
from ..acts.auditor_rules import set_auditor_rule
from ..models import AuditorRule
from ..queries.auditor_rules import auditor_rules, standings
from ..queries.why_not_audit import why_no_audit
from .forms import WordsField

_AUDITORS = (gettext_lazy("Auditors"), "quality:auditors")


class AuditorRuleForm(forms.Form):
    """What is asked of whoever audits the decisions of a queue, or those under a guideline."""

    where = forms.ChoiceField(label=gettext_lazy("Decisions of"))
    skills = WordsField(
        label=gettext_lazy("Skills"), required=False, help_text=gettext_lazy("By commas: an auditor has all of them.")
    )
    certifications = WordsField(
        label=gettext_lazy("Certifications"),
        required=False,
        help_text=gettext_lazy("By commas. A lapse holds from the next audit taken. Both empty: nothing is asked."),
    )

    def __init__(self, *args: Any, request: PageRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        queues = Queue.objects.filter(closed_at=None).select_related("programme").order_by("programme__name", "name")
        self.queues = {str(each.pk): each for each in visible(request.actor, scopes.PLAN_EDIT, queues)}
        policies = visible(request.actor, POLICY_VIEW, Policy.objects.order_by("name"))
        self.policies = {str(each.pk): each for each in policies}
        self.fields["where"].choices = [  # type: ignore[attr-defined]
            (
                _("Queues"),
                [(f"queue:{key}", f"{each.programme.name}: {each.name}") for key, each in self.queues.items()],
            ),
            (_("Guidelines"), [(f"policy:{key}", each.name) for key, each in self.policies.items()]),
        ]

    def said(self) -> dict[str, Any]:
        """As the act takes it."""
        kind, _colon, key = self.cleaned_data["where"].partition(":")
        target = self.queues[key] if kind == "queue" else self.policies[key]
        return {kind: target, **{name: self.cleaned_data[name] for name in ("skills", "certifications")}}


@page(gettext_lazy("What auditors need"))
def rules(request: PageRequest) -> HttpResponse:
    """The rules in force, how many auditors fulfil each, and what waits for them; POST sets one."""
    require(request.actor, scopes.PLAN_VIEW)
    may_edit = not request.actor.is_outside and request.actor.has(scopes.PLAN_EDIT)
    form = AuditorRuleForm(request.POST or None, request=request, initial=_initial(request)) if may_edit else None
    if request.method == "POST":
        require(request.actor, scopes.PLAN_EDIT)
        made = (
            tried(form, lambda _said: set_auditor_rule(request.actor, now=request.now, **form.said())) if form else None
        )
        if made is not None:
            said = _("The next audit taken obeys.") if made.asks else _("Nothing is asked there any more.")
            messages.success(request, said)
            return redirect("quality:auditor_rules")
    shown = visible(request.actor, scopes.PLAN_VIEW, auditor_rules())
    context = {"standings": standings(shown, now=request.now), "form": form}
    status = 422 if form and form.errors else 200
    return render(request, "quality/auditor_rules.html", context, crumbs=[_crumb()], status=status)


def _initial(request: PageRequest) -> dict[str, Any]:
    """A rule in force to be changed (?rule=); else what a queue asks of those who work there (?queue=) to begin with."""
    rules_ = visible(request.actor, scopes.PLAN_VIEW, AuditorRule.objects.all())
    if (rule := rules_.filter(pk__in=_keys(request, "rule")).first()) is not None:
        where = f"queue:{rule.queue_id}" if rule.queue_id else f"policy:{rule.policy_id}"
        return {"where": where, **_as_words(rule.skills, rule.certifications)}
    queues = visible(request.actor, scopes.PLAN_EDIT, Queue.objects.all())
    if (queue := queues.filter(pk__in=_keys(request, "queue")).first()) is not None:
        return {"where": f"queue:{queue.pk}", **_as_words(queue.skills, queue.certifications)}
    return {}


def _as_words(skills: Sequence[str], certifications: Sequence[str]) -> dict[str, str]:
    return {"skills": ", ".join(skills), "certifications": ", ".join(certifications)}


def _keys(request: PageRequest, name: str) -> list[UUID]:
    """The key that the address names; none where it is no key."""
    try:
        return [UUID(request.GET.get(name, ""))]
    except ValueError:
        return []


@page(gettext_lazy("Why no audit is handed out"))
def why_not(request: PageRequest) -> HttpResponse:
    """Every rule of assignment for one auditor. ?worker= names her, ?q= looks for somebody, ?programme= cuts; else it is me."""
    may_ask = request.actor.has(WORKER_VIEW) and request.actor.has(scopes.AUDITOR_VIEW)
    if not may_ask:
        require(request.actor, scopes.AUDIT_DO)
    said = request.GET.get("programme", "")
    programme = load(request.actor, PROGRAMME_VIEW, Programme.objects.all(), said) if said else None
    text = request.GET.get("q", "").strip().replace("\x00", "")
    worker = auditor_asked(request, request.GET.get("worker") or None) if not text else None
    workers = visible(request.actor, WORKER_VIEW, Worker.objects.select_related("organisation")) if may_ask else None
    context = {
        "programme": programme,
        "may_ask": may_ask,
        "text": text,
        "matches": list(workers.filter(name__icontains=text)[:20]) if text and workers is not None else [],
        "found": why_no_audit(request.actor, worker=worker, programme=programme, now=request.now) if worker else None,
        "is_own": worker is not None and worker.pk == request.actor.worker_id,
    }
    return render(request, "quality/why_not_audit.html", context, crumbs=[(_("Audits"), reverse("quality:audits"))])


def auditor_asked(request: PageRequest, worker_id: str | UUID | None) -> Worker | None:
    """The auditor somebody asks about: herself, or one of those whom she leads; `NotFound` otherwise."""
    rows = Worker.objects.select_related("organisation", "site", "team", "person__organisation", "person__worker")
    own = request.actor.worker_id
    if worker_id is None:
        return rows.filter(pk=own).first() if own else None
    if own is not None and str(worker_id) == str(own):
        return rows.get(pk=own)
    if not (request.actor.has(WORKER_VIEW) and may(request.actor, scopes.AUDITOR_VIEW)):
        raise NotFound(_("There is no such auditor, or she is not yours to see."))
    return load(request.actor, WORKER_VIEW, rows, worker_id)


def _crumb() -> tuple[Any, str]:
    return _AUDITORS[0], reverse(_AUDITORS[1])
