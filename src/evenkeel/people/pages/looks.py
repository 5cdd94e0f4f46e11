"""Who looked at whose figures: each person at her own, and whoever reads the trail."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, require
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table, TextFilter

from .. import scopes
from ..looks import looks_at
from ..models import Worker
from .own import account_tabs


@page(gettext_lazy("Who looked"))
def own_looks(request: PageRequest) -> HttpResponseBase:
    """Everybody's own."""
    require(request.actor, scopes.LOOK_READ)
    worker = Worker.objects.filter(person=request.actor.person_id).first()
    table = _table(request, worker)
    return table.export() or render(
        request, "people/looks.html", {"table": table, "tabs": account_tabs(request), "lead": _LEAD}
    )


@page(gettext_lazy("Who looked"))
def worker_looks(request: PageRequest, worker_id: UUID) -> HttpResponseBase:
    """For whoever may read the trail."""
    worker = load(request.actor, scopes.TRAIL_VIEW, Worker.objects.all(), worker_id)
    table = _table(request, worker)
    crumbs = [
        (gettext_lazy("Workers"), reverse("people:workers")),
        (worker.name, reverse("people:worker", args=[worker.pk])),
    ]
    return table.export() or render(request, "people/looks.html", {"table": table, "lead": worker.name}, crumbs=crumbs)


_LEAD = gettext_lazy("Whoever sees figures about you alone is noted here, once a day for each page.")


def _table(request: PageRequest, worker: Worker | None) -> Table:
    return Table(
        request,
        looks_at(worker),
        title=_("Who looked"),
        columns=[
            Column("viewer.name", _("Who"), sort="viewer__name"),
            Column("viewer.organisation.name", _("Organisation"), sort="viewer__organisation__name"),
            Column("what", _("What she saw"), sort="what"),
            Column("at", _("First time that day"), kind="moment", sort="at"),
        ],
        filters=[TextFilter("q", _("Search"), fields=["viewer__name", "what"])],
        default_sort="-at",
        export_name="looks",
        empty=Empty(
            title=_("Nobody has looked yet"),
            body=_("When a lead or a manager opens figures of one person, that is noted for this person to read."),
            icon="search",
        ),
    )
