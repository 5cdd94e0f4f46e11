"""Opening an investigation."""

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

from evenkeel.ground.access import load, require
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried
from evenkeel.measure import SIGNAL_VIEW, Signal

from .. import acts, scopes
from ..forms import OpenForm
from ..sources import Source, find_source


@page(gettext_lazy("Open an investigation"))
def by_hand(request: PageRequest) -> HttpResponse:
    """Open an investigation without a signal. ?programme=, ?queue=, ?place=, ?metric= fill the form in; ?source= with
    ?source_id= say what it is opened from."""
    require(request.actor, scopes.EDIT)
    filled: dict[str, Any] = {
        name: request.GET[name] for name in ("programme", "queue", "place", "metric") if name in request.GET
    }
    source = _source(request)
    if source is not None:
        told = {
            "title": source.title,
            "programme": source.programme_id,
            "queue": source.queue_id,
            "metric": source.metric,
        }
        filled = {name: value for name, value in told.items() if value is not None} | filled
    form = OpenForm(request.POST or None, actor=request.actor, today=request.now.date(), filled=filled)
    if request.method == "POST":
        made = tried(
            form,
            lambda _said: acts.open_investigation(
                request.actor, source=source, now=request.now, **form.act_arguments()
            ),
        )
        if made is not None:
            return redirect(made)
    crumbs = [(_("Investigations"), reverse("improve:investigations"))]
    return render(
        request,
        "improve/open.html",
        {"form": form, "source": source},
        crumbs=crumbs,
        status=422 if form.errors else 200,
    )


def _source(request: PageRequest) -> Source | None:
    """What the address says that it is opened from: found again, for whoever may see it."""
    kind, text = request.GET.get("source", ""), request.GET.get("source_id", "")
    if not kind:
        return None
    try:
        source_id = UUID(text)
    except ValueError:
        raise NotFound(_("There is no such page, or it is not yours to see.")) from None
    return find_source(request.actor, kind=kind, source_id=source_id)


@require_POST
@page(gettext_lazy("Open an investigation"))
def for_signal(request: PageRequest, signal_id: UUID) -> HttpResponse:
    """The button on a signal's page."""
    rows = Signal.objects.select_related("programme", "queue", "organisation", "site", "team")
    signal = load(request.actor, SIGNAL_VIEW, rows, signal_id)
    made = acts.open_from_signal(request.actor, signal=signal, now=request.now)
    if made.opened_at != request.now:
        messages.info(request, _("This signal has an investigation already."))
    return redirect(made)
