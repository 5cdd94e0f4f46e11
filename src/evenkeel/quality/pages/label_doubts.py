"""The label-error finder: labels that are probably wrong, how often they turned out to be, and sending them to be audited."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.work import Programme

from .. import scopes
from ..acts.label_checks import check_chosen, check_drawn
from ..models import LabelDoubt, LabelReading
from ..queries.label_checks import bands_of
from .agreement import LIST

_AT_ONCE = 25


@page(gettext_lazy("Doubtful labels"))
def doubts(request: PageRequest, programme_id: UUID) -> HttpResponseBase:
    """The most doubtful labels of a programme, and what checks of them found."""
    found = load(request.actor, scopes.DOUBT_VIEW, Programme.objects.all(), programme_id)
    rows = visible(request.actor, scopes.DOUBT_VIEW, LabelDoubt.objects.filter(programme=found)).select_related("item")
    table = _table(request, rows)
    may_check = not request.actor.is_outside and bool(may(request.actor, scopes.DOUBT_CHECK, found))
    context = {
        "programme": found,
        "reading": LabelReading.objects.filter(programme=found).first(),
        "bands": bands_of(found.pk) if not request.actor.is_outside else [],
        "table": table,
        "may_check": may_check,
        "page_ids": [row.source.pk for row in table.rows][:_AT_ONCE] if may_check else [],
    }
    back = (found.name, reverse("quality:agreement", args=[found.pk]))
    return table.export() or render(request, "quality/label_doubts.html", context, crumbs=[LIST, back])


def _table(request: PageRequest, rows: Any) -> Table:
    return Table(
        request,
        rows,
        title=_("Doubtful labels"),
        columns=[
            Column(
                "item.key", _("Item"), sort="item__key", link=lambda row: row.item.get_absolute_url(), is_heading=True
            ),
            Column("label", _("Answer that stands"), sort="label"),
            Column("believed", _("More probable"), sort="believed"),
            Column(
                "chance_wrong",
                _("Chance that it is wrong"),
                kind="percent",
                sort="chance_wrong",
                help=_(
                    "As the answers of everybody, and models’ predictions, have it. Checks tell whether to believe it."
                ),
            ),
            Column("answers", _("Answers"), kind="count", sort="answers"),
            Column("by_people", _("People differ"), kind="yes_no", sort="by_people"),
            Column("by_models", _("Models differ"), kind="yes_no", sort="by_models"),
            Column("language", _("Language"), sort="language", optional=True),
        ],
        filters=[
            TextFilter("q", _("Search items"), fields=["item__key"]),
            ChoiceFilter("by_models", _("Models"), choices=[("True", _("differ")), ("False", _("do not differ"))]),
        ],
        default_sort="-chance_wrong",
        export_name="doubtful-labels",
        empty=Empty(
            title=_("No doubtful label"),
            body=_("Once an hour the answers in the log are compared with each other and with models’ predictions."),
            icon="search",
        ),
    )


@require_POST
@page(gettext_lazy("Check labels"))
def check(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """Send labels to be audited blind: so many drawn ones, or those of the page that was open."""
    found = load(request.actor, scopes.DOUBT_CHECK, Programme.objects.all(), programme_id)
    try:
        if ids := request.POST.getlist("doubt"):
            rows = LabelDoubt.objects.filter(programme=found, pk__in=_keys(ids)).select_related("programme")
            made = check_chosen(request.actor, doubts=list(rows), now=request.now)
        else:
            said = request.POST.get("n", "")
            n = int(said) if said.isascii() and said.isdigit() else 0
            made = check_drawn(request.actor, programme=found, n=n, now=request.now)
    except Invalid as wrong:
        messages.error(request, " ".join(sentence for each in wrong.fields.values() for sentence in each))
    else:
        messages.success(request, _("%(n)s labels wait at the audit desk.") % {"n": len(made)})
    return redirect("quality:doubts", found.pk)


def _keys(ids: list[str]) -> list[UUID]:
    found = []
    for each in ids:
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found
