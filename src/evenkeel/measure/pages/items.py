"""Items: how the answers to each fall, and where crowd and experts differ."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter

from ..models import ItemFigures
from ..queries.study import StudyFigure, item_rows, programme_study
from . import charts
from .common import address, crumbs_of, programme_for, tabs_of


@page(gettext_lazy("Items"))
def item_list(request: PageRequest, programme_id: UUID) -> HttpResponseBase:
    """Items with more than one answer, or an expert's; the chart shows the page of the table that is open."""
    programme = programme_for(request, programme_id)
    study = {figure.metric: figure for figure in programme_study(request.actor, programme=programme)}
    classes = list(study["labels"].detail.get("totals", {})) if "labels" in study else []
    table = _table(request, programme_id, classes)
    context = {
        "programme": programme,
        "tabs": tabs_of(programme, "items"),
        "table": table,
        "is_outside": request.actor.is_outside,
        "majority": _majority(study),
        "chart": charts.item_distribution(
            [row.source for row in table.rows], classes=classes, title=_("How the answers fall"), link=_link
        )
        if table.rows
        else None,
    }
    return table.export() or render(request, "measure/items.html", context, crumbs=crumbs_of(programme, deeper=True))


def _link(row: ItemFigures) -> str:
    return address("work:item", row.item_id)


def _majority(study: dict[str, StudyFigure]) -> StudyFigure | None:
    majority = study.get("majority_accuracy")
    return majority if majority is not None and majority.estimate.is_known else None


def _table(request: PageRequest, programme_id: UUID, classes: list[str]) -> Table:
    labels = [(label, label) for label in classes]
    return Table(
        request,
        item_rows(request.actor, programme=programme_id),
        title=_("Items"),
        columns=[
            Column("item.key", _("Item"), link=_link),
            Column("n", _("Answers"), kind="count", sort="n"),
            Column("majority", _("Most say"), value=_most_say, sort="majority_label"),
            Column("majority_share", _("Their share"), kind="percent", sort="majority_share"),
            Column("expert_label", _("Expert"), sort="expert_label"),
            Column(
                "differs",
                _("Compared"),
                kind="badge",
                value=_compared,
                tone=lambda row: "warn" if row.differs else "good",
            ),
            Column(
                "disagreement",
                _("Disagreement"),
                kind="percent",
                sort="disagreement",
                help=_("Share of pairs of answers to the item that differ: 0 all alike, near 100 all apart."),
            ),
            Column("entropy", _("Entropy, bits"), kind="number", digits=3, sort="entropy", optional=True),
        ],
        filters=[
            TextFilter("q", _("Search items"), fields=["item__key"]),
            ChoiceFilter(
                "differs",
                _("Crowd and experts"),
                choices=[("True", _("differ")), ("False", _("do not differ"))],
            ),
            ChoiceFilter("expert", _("Expert's answer"), choices=labels, field="expert_label"),
            ChoiceFilter("most", _("Most say"), choices=labels, field="majority_label"),
        ],
        default_sort="-disagreement",
        export_name="items",
        empty=Empty(
            title=_("No item has two answers yet"),
            body=_("Items that several people answer show here how their answers fall."),
            icon="layers",
        ),
    )


def _most_say(row: ItemFigures) -> str:
    return _("tie") if row.is_tied else row.majority_label


def _compared(row: ItemFigures) -> str:
    if not row.expert_label or not row.n:
        return ""
    return _("differs") if row.differs else _("agrees")
