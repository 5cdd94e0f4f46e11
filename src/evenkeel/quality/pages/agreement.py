"""The agreement explorer: how far people agree, class by class, place by place, pair by pair; each opens to items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.charts import Matrix
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table
from evenkeel.ground.templatetags.parts import Tab
from evenkeel.people import note_look
from evenkeel.work import ITEM_VIEW, PROGRAMME_VIEW, Item, Programme

from .. import scopes
from ..models import AgreementCut, LabelReading
from ..queries.agreement import SIDES, CutShown, agreement_cuts, cut_of

_TITLES = {
    "class": gettext_lazy("Answers"),
    "clause": gettext_lazy("Clauses"),
    "language": gettext_lazy("Languages"),
    "site": gettext_lazy("Sites"),
    "vendor": gettext_lazy("Vendors"),
    "queue": gettext_lazy("Queues"),
    "pair": gettext_lazy("Pairs of people"),
}
LIST = (gettext_lazy("Agreement"), "/quality/agreement/")


@page(gettext_lazy("Agreement"))
def agreements(request: PageRequest) -> HttpResponseBase:
    """Every programme whose labels were read, with the way to its agreement and its doubtful labels."""
    actor = request.actor
    require(actor, scopes.AGREEMENT_VIEW)
    programmes = visible(actor, scopes.AGREEMENT_VIEW, Programme.objects.filter(label_reading__labels__gt=0))
    readings = visible(actor, scopes.AGREEMENT_VIEW, LabelReading.objects.filter(programme__in=programmes.values("pk")))
    readings = readings.select_related("programme")
    rows = list(readings.order_by("programme__name"))
    whole = {
        cut.programme_id: cut_of(actor, cut)
        for cut in visible(actor, scopes.AGREEMENT_VIEW, AgreementCut.objects.filter(by="all"))
    }
    context = {
        "rows": [(row, whole.get(row.programme_id)) for row in rows],
        "sees_doubts": actor.has(scopes.DOUBT_VIEW) and not actor.is_outside,
    }
    return render(request, "quality/agreements.html", context)


@page(gettext_lazy("Agreement"))
def agreement(request: PageRequest, programme_id: UUID) -> HttpResponseBase:
    """One programme's agreement by one side, from what the job kept."""
    require(request.actor, scopes.AGREEMENT_VIEW)
    found = load(request.actor, PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    sides = [side for side in SIDES if side != "pair" or request.actor.has(scopes.AGREEMENT_PERSON)]
    asked = request.GET.get("by", "class")
    by = asked if asked in sides else "class"
    cuts = agreement_cuts(request.actor, programme_id=found.pk, by=by)
    table = _table(request, cuts, by)
    if by == "pair" and cuts:
        people = {worker for cut in cuts for worker in cut.workers}
        note_look(request.actor, workers=people, what=_("Agreement in %s") % found.name, now=request.now)
    here = reverse("quality:agreement", args=[found.pk])
    context = {
        "programme": found,
        "reading": visible(request.actor, scopes.AGREEMENT_VIEW, LabelReading.objects.filter(programme=found)).first(),
        "whole": next(iter(agreement_cuts(request.actor, programme_id=found.pk, by="all")), None),
        "tabs": [Tab(_TITLES[side], f"{here}?by={side}", is_current=side == by) for side in sides],
        "table": table,
        "matrix": _matrix(cuts) if by == "pair" and cuts else None,
        "doubts_url": reverse("quality:doubts", args=[found.pk]) if request.actor.has(scopes.DOUBT_VIEW) else "",
    }
    return table.export() or render(request, "quality/agreement.html", context, crumbs=[LIST])


def _table(request: PageRequest, cuts: Sequence[CutShown], by: str) -> Table:
    columns = [
        Column("name", _TITLES[by], sort=True, is_heading=True, link=lambda cut: _url(cut)),
        Column(
            "percent",
            _("Pairs alike"),
            kind="estimate",
            bar=True,
            sort=lambda cut: cut.percent.value if cut.percent.is_known else -1.0,
            value=lambda cut: cut.percent,
        ),
        Column("alpha", _("Alpha"), kind="estimate", of="number", digits=3, value=lambda cut: cut.alpha),
        Column("ac1", _("AC1"), kind="estimate", of="number", digits=3, value=lambda cut: cut.ac1),
        Column("items", _("Items"), kind="count", sort=True, help=_("Items with two answers or more.")),
        Column("people", _("People"), kind="count", sort=True),
        Column("withheld", "", value=lambda cut: _("too few people to show") if cut.is_withheld else ""),
    ]
    if by == "pair":
        columns[1:1] = [Column("other", _("and"), sort=True)]
        columns = [each for each in columns if each.name not in ("ac1", "people", "withheld")]
    return Table(
        request,
        list(cuts),
        title=_TITLES[by],
        columns=columns,
        default_sort="name",
        export_name=f"agreement-by-{by}",
        page_size=50,
        empty=Empty(
            title=_("Nothing to compare yet"),
            body=_(
                "Where several people answer the same items, their agreement shows here, read from the log once an hour."
            ),
            icon="users",
        ),
    )


def _url(cut: CutShown) -> str:
    return reverse("quality:agreement_cut", args=[cut.id])


def _matrix(cuts: Sequence[CutShown]) -> Matrix:
    """Pair by pair: percent of shared items answered alike."""
    names = sorted({name for cut in cuts for name in (cut.name, cut.other)})
    place = {name: at for at, name in enumerate(names)}
    table: list[list[float | None]] = [[None] * len(names) for _name in names]
    links = [[""] * len(names) for _name in names]
    for cut in cuts:
        for one, two in ((cut.name, cut.other), (cut.other, cut.name)):
            table[place[one]][place[two]] = round(100 * cut.percent.value) if cut.percent.is_known else None
            links[place[one]][place[two]] = _url(cut)
    return Matrix(
        title=_("Pairs of people"),
        description=_("Of the items that two people share, the percentage that they answered alike."),
        rows=names,
        columns=names,
        counts=table,
        row_title=_("One"),
        column_title=_("and the other"),
        shade="all",
        hrefs=links,
    )


@page(gettext_lazy("Agreement"))
def cut(request: PageRequest, agreement_cut_id: UUID) -> HttpResponseBase:
    """One figure, with the items that divided people most."""
    rows = AgreementCut.objects.select_related("programme")
    found = load(request.actor, scopes.AGREEMENT_VIEW, rows, agreement_cut_id)
    if found.by == "pair":
        found = load(request.actor, scopes.AGREEMENT_PERSON, rows, agreement_cut_id)
    said = cut_of(request.actor, found)
    items = visible(request.actor, ITEM_VIEW, Item.objects.filter(pk__in=[] if said.is_withheld else found.examples))
    place: dict[str, Any] = {key: at for at, key in enumerate(found.examples)}
    context = {
        "cut": said,
        "programme": found.programme,
        "items": sorted(items, key=lambda item: place[str(item.pk)]),
    }
    back = (found.programme.name, f"{reverse('quality:agreement', args=[found.programme_id])}?by={found.by}")
    return render(request, "quality/agreement_cut.html", context, crumbs=[LIST, back])
