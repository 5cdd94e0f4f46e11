"""What actions were worth, what they taught, and which causes keep coming back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import require
from evenkeel.ground.pages import Nav, PageRequest, page, render

from .. import queries, scopes, words_actions
from ..queries_actions import Checked, causes_found, checked_actions, lessons
from ..rules_benefits import KINDS, apart, currencies_of, systemic, total_of
from . import charts_actions

_LESSONS = 50


@page(
    gettext_lazy("Benefits and lessons"),
    name="improve:portfolio",
    nav=Nav(section="insight", icon="trophy", order=52, scope=scopes.ACTION_VIEW),
)
def portfolio(request: PageRequest) -> HttpResponse:
    """Measured benefits summed honestly, lessons (?q= searches them), systemic causes."""
    require(request.actor, scopes.ACTION_VIEW)
    asked = request.GET.get("q", "")[:200]
    found = checked_actions(request.actor)
    context = benefits_of(found) | {
        "asked": asked,
        "lessons": [
            (each, queries.cause_title(each.action.cause) if each.action.cause else "")
            for each in lessons(request.actor, asked)[:_LESSONS]
        ],
        "causes": [
            (queries.cause_title(line.cause), line)
            for line in (systemic(causes_found(request.actor)) if request.actor.has(scopes.VIEW) else [])
        ],
        "chart": charts_actions.effects_of(found, "percent"),
    }
    return render(request, "improve/portfolio.html", context, crumbs=[(_("Actions"), reverse("improve:actions"))])


def benefits_of(found: list[Checked]) -> dict[str, Any]:
    """The sums and rows of some checked actions; what two of them share is counted once."""
    groups = apart([each.claim for each in found])
    shared = {claim.key: group.counted.key for group in groups for claim in group.also}
    titles = {str(each.action.pk): each.action.title for each in found}
    currencies = currencies_of(groups)
    totals = {kind: total_of(groups, kind) for kind in KINDS}
    if len(currencies) > 1:
        # A sum over two currencies means nothing.
        totals["money_cents"] = None
    return {
        "totals": totals,
        "currencies": currencies,
        "currency": currencies[0] if len(currencies) == 1 else "",
        "counted": len(groups),
        "rows": [
            {
                "action": each.action,
                "verdict": each.check.get_verdict_display(),
                "tone": words_actions.VERDICT_TONES[each.check.verdict],
                "improvement": words_actions.improvement_text(each.improvement, each.plan.unit),
                "benefit": {kind: each.check.benefit.get(kind) for kind in KINDS},
                "currency": each.check.benefit.get("currency", ""),
                "shared_with": titles.get(shared.get(str(each.action.pk), ""), ""),
            }
            for each in found
        ],
    }
