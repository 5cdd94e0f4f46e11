"""What an error costs in a programme."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried
from evenkeel.work import Programme

from .. import acts, coding, scopes
from ..models import SEVERITIES


class CostForm(forms.Form):
    """The cost of one error of a severity."""

    severity = forms.TypedChoiceField(label=_("Severity"), choices=SEVERITIES, coerce=int)
    cost = forms.DecimalField(label=_("Cost of one error"), min_value=0, max_digits=9, decimal_places=2)
    currency = forms.CharField(label=_("Currency"), min_length=3, max_length=3)


@page(_("Cost of errors"))
def error_costs(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """What is set, and setting it."""
    programme = load(request.actor, scopes.CAUSE_EDIT, Programme.objects.all(), programme_id)
    form = CostForm(request.POST or None)
    if request.method == "POST":

        def said(sent: dict[str, Any]) -> Any:
            return acts.set_error_cost(
                request.actor,
                programme=programme,
                severity=sent["severity"],
                cost_cents=round(sent["cost"] * 100),
                currency=sent["currency"].upper(),
                now=request.now,
            )

        if tried(form, said) is not None:
            return redirect("improve:error-costs", programme.pk)
    costs = coding.costs_of(programme.pk)
    context = {
        "programme": programme,
        "form": form,
        "rows": [(title, costs.get(severity)) for severity, title in SEVERITIES],
    }
    crumbs = [(programme.name, programme.get_absolute_url())]
    return render(request, "improve/costs.html", context, crumbs=crumbs, status=422 if form.errors else 200)
