"""Why: the fishbone, answers to why, paretos, who answers for it, what should be done elsewhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import Actor, load, may
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried
from evenkeel.policy import ChangeRequest, change_requests_of

from .. import accountable, acts, coding, queries, room, scopes, words_room
from ..acts.reasons import DEEPEST
from ..forms_room import RecommendationForm, RulingForm, WhyForm
from ..models import Investigation, Why
from ..recommending import RECOMMENDATION, RECOMMENDATIONS
from ..rules_pareto import BYS
from ..wordings import causes_now
from .one import load_investigation
from .tabs import crumbs_of, exports_of, tabs_of


@page(gettext_lazy("Why"))
def why(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """Everything that is said about why."""
    return show(request, load_investigation(request.actor, investigation_id))


@require_POST
@page(gettext_lazy("Why"))
def answering(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """Answer why."""
    found = load_investigation(request.actor, investigation_id)
    form = _why_form(request, found, request.POST)
    made = tried(form, lambda said: acts.add_why(request.actor, investigation=found, now=request.now, **said))
    if made is None:
        return show(request, found, why_form=form)
    return redirect(f"{reverse('improve:why', args=[found.pk])}#why-{made.pk}")


@require_POST
@page(gettext_lazy("Strike out"))
def striking(request: PageRequest, why_id: UUID) -> HttpResponse:
    """Strike an answer out."""
    struck = load(request.actor, scopes.VIEW, Why.objects.select_related("investigation"), why_id)
    acts.strike_why(request.actor, why=struck, now=request.now)
    return redirect("improve:why", struck.investigation_id)


@require_POST
@page(gettext_lazy("Who answers for it"))
def ruling(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """Say who answers for it."""
    found = load_investigation(request.actor, investigation_id)
    form = RulingForm(request.POST)
    made = tried(form, lambda said: acts.rule_accountability(
        request.actor, investigation=found, now=request.now, **said))  # fmt: skip
    if made is None:
        return show(request, found, ruling_form=form)
    return redirect(f"{reverse('improve:why', args=[found.pk])}#accountability")


@require_POST
@page(gettext_lazy("Recommend"))
def recommending(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """Recommend something."""
    found = load_investigation(request.actor, investigation_id)
    form = RecommendationForm(request.POST)
    made = tried(form, lambda said: acts.recommend(request.actor, investigation=found, now=request.now, **said))
    if made is None:
        return show(request, found, recommendation_form=form)
    messages.success(request, _("The recommendation is written down."))
    return redirect(f"{reverse('improve:why', args=[found.pk])}#recommendations")


def show(
    request: PageRequest,
    found: Investigation,
    *,
    why_form: WhyForm | None = None,
    ruling_form: RulingForm | None = None,
    recommendation_form: RecommendationForm | None = None,
) -> HttpResponse:
    """The page; a form with errors comes back on it."""
    actor = request.actor
    may_change = bool(may(actor, scopes.EDIT, found)) and found.is_open
    causes, whys = causes_now(), room.whys_of(found)
    codings = coding.codings_for(actor, found)
    # What an error costs is the house's own affair.
    costs = {} if actor.is_outside else coding.costs_of(found.programme_id)
    paretos = coding.paretos_of(found, codings, costs)
    currency = next((cost.currency for cost in costs.values()), "")
    derived, ruled = accountable.derived(found), accountable.last_ruling(found)
    sent = [form for form in (why_form, ruling_form, recommendation_form) if form is not None]
    context = {
        "investigation": found,
        "tabs": tabs_of(found, current="why"),
        "exports": exports_of(found),
        "fishbone": room.fishbone_of(found, whys=whys, codings=codings, causes=causes),
        "whys": whys,
        "paretos": [
            (room.pareto_chart(found, by, paretos[by], causes, unit=currency if by == "money" else ""),
             [(causes[line.cause].title if line.cause in causes else line.cause, line) for line in paretos[by]])
            for by in BYS if paretos[by]
        ],
        "agreement": words_room.agreement_text(coding.agreement_of(found)),
        "party": words_room.PARTIES[ruled.party if ruled else derived.party],
        "derived_party": words_room.PARTIES[derived.party],
        "derived_says": derived.party != "unknown",
        "derived_why": words_room.WHY_ACCOUNTABLE[derived.why],
        # A vendor's people see their own figures elsewhere, and nobody else's anywhere.
        "spreads": () if actor.is_outside else derived.spreads,
        "ruling": ruled,
        "recommendations": _recommendations(actor, found),
        "may_act": bool(may(actor, scopes.ACTION_EDIT, found)),
        "may_change": may_change,
        "why_form": why_form or (_why_form(request, found) if may_change else None),
        "ruling_form": ruling_form or RulingForm(),
        "recommendation_form": recommendation_form or RecommendationForm(),
    }  # fmt: skip
    status = 422 if any(form.errors for form in sent) else 200
    return render(request, "improve/why.html", context, crumbs=crumbs_of(found), status=status)


def _recommendations(actor: Actor, found: Investigation) -> list[tuple[Any, Any, str, ChangeRequest | None]]:
    """Each with its kind's title, the page where it is done, and the change of the policy that it asked for."""
    rows = list(found.recommendations.select_related("by").order_by("at", "id"))
    asked = [each.pk for each in rows if each.kind == "policy"]
    requests = change_requests_of(actor, source_kind=RECOMMENDATION, source_ids=asked) if asked else {}
    return [
        (each, RECOMMENDATIONS[each.kind].title, RECOMMENDATIONS[each.kind].opens(found), requests.get(each.pk))
        for each in rows
        if each.kind in RECOMMENDATIONS
    ]


def _why_form(request: PageRequest, found: Investigation, sent: Any = None) -> WhyForm:
    whys = [shown.why for shown in room.whys_of(found) if not shown.is_struck and shown.depth < DEEPEST]
    return WhyForm(sent, whys=whys, cases=list(queries.cases_of(request.actor, found)))
