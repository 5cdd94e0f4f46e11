"""How a programme's findings are disputed, and the reasons that are offered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried
from evenkeel.work import PROGRAMME_VIEW, Programme

from .. import scopes
from ..acts.dispute_rules import add_dispute_reason, retire_dispute_reason, set_dispute_rule
from ..models import DisputeReason
from ..queries.disputes import rule_of
from .dispute_forms import DisputeRuleForm, ReasonForm
from .disputes import DISPUTES_CRUMB


@page(gettext_lazy("Rule about disputes"))
def dispute_rule(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """Say how a programme's findings are disputed."""
    programme = load(request.actor, PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    require(request.actor, scopes.DISPUTE_EDIT, programme)
    rule = rule_of(programme)
    form = DisputeRuleForm(
        request.POST or None, initial={name: getattr(rule, name) for name in DisputeRuleForm.base_fields}
    )
    if request.method == "POST":
        made = tried(form, lambda said: set_dispute_rule(request.actor, programme=programme, now=request.now, **said))
        if made is not None:
            messages.success(request, _("The rule holds from now on."))
            return redirect("quality:programme", programme.pk)
    crumbs = [(programme.name, programme.get_absolute_url())]
    context = {"programme": programme, "form": form}
    return render(request, "quality/dispute_rule.html", context, crumbs=crumbs, status=422 if form.errors else 200)


@page(gettext_lazy("Reasons of disputes"))
def dispute_reasons(request: PageRequest) -> HttpResponse:
    """The reasons that are offered; POST adds one."""
    require(request.actor, scopes.DISPUTE_EDIT)
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        made = tried(form, lambda said: add_dispute_reason(request.actor, now=request.now, **said))
        if made is not None:
            messages.success(request, _("The reason is offered from now on."))
            return redirect("quality:dispute_reasons")
    found = visible(request.actor, scopes.DISPUTE_EDIT, DisputeReason.objects.order_by("-side", "title"))
    programmes = [] if request.actor.is_outside else Programme.objects.order_by("name")[:50]
    context = {"reasons": found, "form": form, "programmes": programmes}
    return render(
        request, "quality/dispute_reasons.html", context, crumbs=[DISPUTES_CRUMB], status=422 if form.errors else 200
    )


@require_POST
@page(gettext_lazy("Retire a reason"))
def retiring(request: PageRequest, reason_id: UUID) -> HttpResponse:
    """Offer a reason no more."""
    found = load(request.actor, scopes.DISPUTE_EDIT, DisputeReason.objects.all(), reason_id)
    retire_dispute_reason(request.actor, reason=found, now=request.now)
    messages.success(request, _("It is offered no more; disputes that gave it keep it."))
    return redirect("quality:dispute_reasons")
