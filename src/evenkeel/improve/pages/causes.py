"""The catalogue of causes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import require
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried

from .. import acts, scopes
from ..causes import BRANCHES
from ..coding import understanding
from ..forms_room import WordingForm
from ..rules_coding import locked
from ..wordings import causes_now
from ..words import BRANCHES as BRANCH_TITLES


@page(gettext_lazy("Causes"))
def causes(request: PageRequest) -> HttpResponse:
    """What each cause means, with an error that it explains, by branch of the fishbone. A POST words one."""
    require(request.actor, scopes.VIEW)
    may_word = request.actor.has(scopes.CAUSE_EDIT)
    form = WordingForm(request.POST or None)
    if request.method == "POST":
        made = tried(form, lambda said: acts.word_cause(request.actor, now=request.now, **said))
        if made is not None:
            return redirect(f"{reverse('improve:causes')}#{made.slug}")
    known, said = causes_now(), understanding()
    shut = locked(said)
    groups = [
        (BRANCH_TITLES[branch], [(each, said.get(each.slug), each.slug in shut) for each in found])
        for branch in BRANCHES
        if (found := [each for each in known.values() if each.branch == branch and not each.is_retired])
    ]
    context = {"groups": groups, "form": form if may_word else None}
    crumbs = [(_("Investigations"), reverse("improve:investigations"))]
    return render(request, "improve/causes.html", context, crumbs=crumbs, status=422 if form.errors else 200)
