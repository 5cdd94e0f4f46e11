"""How a programme approves actions, when a return counts, and what an error and an hour cost there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried
from evenkeel.work import Programme

from .. import acts, scopes
from ..models import SEVERITIES, ActionRules
from ..queries_actions import rules_for

_USUAL = ""


class ActionRulesForm(forms.Form):
    """The rules as people say them: money in whole units, which the acts keep in cents."""

    approvals = forms.IntegerField(
        label=_("People who approve an effect plan"), min_value=0, max_value=3,
        help_text=_("Besides whoever wrote it and whoever owns the action."),
    )  # fmt: skip
    is_confirmed = forms.BooleanField(label=_("They log in again to approve"), required=False)
    recurrence_days = forms.IntegerField(
        label=_("Days in which a return counts"), min_value=1, max_value=730,
        help_text=_("The same cause at the same place within them takes the action up again."),
    )  # fmt: skip
    validated_from = forms.ChoiceField(
        label=_("Investigations are validated from"), required=False,
        help_text=_("Somebody else codes their cases blind before they close."),
    )  # fmt: skip
    minutes_per_error = forms.FloatField(label=_("Minutes an error costs"), min_value=0)
    money_per_error = forms.DecimalField(label=_("Money an error costs"), min_value=0, max_digits=9, decimal_places=2)
    money_per_hour = forms.DecimalField(label=_("Money an hour costs"), min_value=0, max_digits=9, decimal_places=2)
    currency = forms.CharField(label=_("Currency"), min_length=3, max_length=3)

    def __init__(self, data: Any, *, rules: ActionRules):
        names = ("approvals", "is_confirmed", "recurrence_days", "minutes_per_error", "currency")
        initial = {name: getattr(rules, name) for name in names} | {
            "validated_from": _USUAL if rules.validated_from is None else str(rules.validated_from),
            "money_per_error": f"{rules.cents_per_error / 100:.2f}",
            "money_per_hour": f"{rules.cents_per_hour / 100:.2f}",
        }
        super().__init__(data, initial=initial)
        field: Any = self.fields["validated_from"]
        grades = [(str(severity), title) for severity, title in SEVERITIES]
        field.choices = [(_USUAL, _("The usual severity")), *grades, ("0", _("None"))]

    def rules(self) -> dict[str, Any]:
        """As the act takes them."""
        said = dict(self.cleaned_data)
        grade = said.pop("validated_from")
        return said | {
            "validated_from": int(grade) if grade != _USUAL else None,
            "cents_per_error": float(said.pop("money_per_error") * 100),
            "cents_per_hour": float(said.pop("money_per_hour") * 100),
        }


@page(_("Rules for actions"))
def action_rules(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """The rules in force, and setting others."""
    programme = load(request.actor, scopes.RULES_EDIT, Programme.objects.all(), programme_id)
    form = ActionRulesForm(request.POST or None, rules=rules_for(programme.pk))
    if request.method == "POST":

        def ruled(_said: dict[str, Any]) -> ActionRules:
            return acts.set_action_rules(request.actor, programme=programme, now=request.now, **form.rules())

        if tried(form, ruled) is not None:
            messages.success(request, _("Saved. Checks that have run keep the rates they ran with."))
            return redirect(programme)
    crumbs = [(programme.name, programme.get_absolute_url())]
    context = {"programme": programme, "form": form}
    return render(request, "improve/action_rules.html", context, crumbs=crumbs, status=422 if form.errors else 200)
