"""The box of suggestions: ideas with votes, and what became of each."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.trying import tried
from evenkeel.work import Programme

from .. import acts, scopes
from ..acts.suggestions import OPEN
from ..forms_actions import SuggestionForm, TriageForm
from ..models import Suggestion
from ..queries_initiatives import suggestions, votes_of

_SHOWN = 200


@page(
    gettext_lazy("Suggestions"),
    name="improve:suggestions",
    nav=Nav(section="insight", icon="lightbulb", order=56, scope=scopes.SUGGEST),
)
def box(request: PageRequest) -> HttpResponse:
    """What people want to be better, most wanted first; ?state=decided shows what was decided."""
    require(request.actor, scopes.SUGGEST)
    form = SuggestionForm(request.POST or None, programmes=_programmes(request))
    if request.method == "POST":
        made = tried(form, lambda said: acts.suggest(request.actor, now=request.now, **said))
        if made is not None:
            messages.success(request, _("Thank you. Your own vote is counted."))
            return redirect("improve:suggestions")
    is_open = request.GET.get("state") != "decided"
    rows = suggestions(request.actor).filter(Q(state__in=OPEN) if is_open else ~Q(state__in=OPEN))
    said = {"shown": votes_of(request.actor, rows[:_SHOWN]), "is_open": is_open, "form": form}
    return render(request, "improve/suggestions.html", said, status=422 if form.errors else 200)


def _programmes(request: PageRequest) -> object:
    """Those in which she may suggest: by her grants, or by her organisation's part in them."""
    own = visible(request.actor, scopes.SUGGEST, Programme.objects.order_by("name"))
    if not request.actor.is_outside:
        return own
    return Programme.objects.filter(engagements__organisation=request.actor.organisation_id).distinct().order_by("name")


@page(gettext_lazy("Suggestion"))
def suggestion(request: PageRequest, suggestion_id: UUID) -> HttpResponse:
    """One suggestion, what was merged into it, and its decision."""
    found = _load(request, suggestion_id)
    others = suggestions(request.actor).filter(
        programme=found.programme_id, organisation=found.organisation_id, state__in=OPEN
    )
    form = TriageForm(request.POST or None, others=others.exclude(pk=found.pk))
    if request.method == "POST":
        done = tried(form, lambda said: acts.triage(request.actor, suggestion=found, now=request.now, **said))
        if done is not None:
            return redirect(found)
    context = {
        "suggestion": found,
        "shown": votes_of(request.actor, [found])[0],
        "merged": found.merged.select_related("by").order_by("at"),
        "is_open": found.state in OPEN,
        "may_triage": bool(may(request.actor, scopes.TRIAGE, found)),
        "form": form,
    }
    crumbs = [(_("Suggestions"), reverse("improve:suggestions"))]
    return render(request, "improve/suggestion.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def _load(request: PageRequest, suggestion_id: UUID) -> Suggestion:
    rows = Suggestion.objects.select_related("by__organisation", "programme", "merged_into", "initiative")
    return load(request.actor, scopes.SUGGEST, rows, suggestion_id)


@require_POST
@page(gettext_lazy("Vote"))
def voting(request: PageRequest, suggestion_id: UUID) -> HttpResponse:
    """Vote for it, or take the vote back."""
    found = _load(request, suggestion_id)
    acts.vote(request.actor, suggestion=found, is_for="back" not in request.POST, now=request.now)
    return redirect("improve:suggestions")
