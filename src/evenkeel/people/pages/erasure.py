"""Erasing a worker: first what it would touch, then, her code typed again, the deed."""

from __future__ import annotations

from uuid import UUID

from django.apps import apps
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest, object_url, page, render
from evenkeel.ground.trying import tried

from .. import acts, scopes
from ..erasing import erasing_of
from ..forms import ErasureForm
from ..models import Worker


@page(gettext_lazy("Erase"))
def erasure(request: PageRequest, worker_id: UUID) -> HttpResponseBase:
    """What an erasure would touch; POST does it."""
    rows = Worker.objects.select_related("organisation", "person")
    found = load(request.actor, scopes.WORKER_ERASE, rows, worker_id)
    form = ErasureForm(request.POST or None, worker=found)
    if request.method == "POST":
        left = tried(form, lambda said: acts.erase_worker(request.actor, worker=found, now=request.now, **said))
        if left is not None:
            messages.success(request, _("Erased. What is left of her is %(code)s.") % {"code": left.code})
            return redirect("people:workers")
    seen = erasing_of(request.actor, worker=found)
    context = {
        "worker": found,
        "form": form,
        "database": [
            (str(apps.get_model(name)._meta.verbose_name_plural), count) for name, count in seen.database.items()
        ],
        "has_account": seen.has_account,
    }
    crumbs = [
        (gettext_lazy("Workers"), reverse("people:workers")),
        (found.name, object_url("people:worker", found.pk)),
    ]
    return render(request, "people/erasure.html", context, crumbs=crumbs, status=422 if form.errors else 200)
