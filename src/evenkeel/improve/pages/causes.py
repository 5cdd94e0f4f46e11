"""The catalogue of causes."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import require
from evenkeel.ground.pages import PageRequest, page, render

from .. import scopes
from ..causes import BRANCHES, CAUSES
from ..words import BRANCHES as BRANCH_TITLES


@page(gettext_lazy("Causes"))
def causes(request: PageRequest) -> HttpResponse:
    """What each cause means, with an error that it explains, by branch of the fishbone."""
    require(request.actor, scopes.VIEW)
    groups = [
        (BRANCH_TITLES[branch], found)
        for branch in BRANCHES
        if (found := [each for each in CAUSES if each.branch == branch])
    ]
    crumbs = [(_("Investigations"), reverse("improve:investigations"))]
    return render(request, "improve/causes.html", {"groups": groups}, crumbs=crumbs)
