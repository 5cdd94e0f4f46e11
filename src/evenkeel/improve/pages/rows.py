"""The audited decisions behind a driver."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, may, visible
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table
from evenkeel.ground.templatetags.layout import Tab
from evenkeel.measure import PERSON_VIEW
from evenkeel.work import programme_labels

from .. import scopes
from ..drivers import ACCURACY
from ..models import Driver
from ..queries import verdicts_behind
from ..rules import PEOPLE_NEEDED
from ..words import last_day
from .rows_behind import decisions_table

# By its name: a scope is a string of the house.
_AUDIT_VIEW = "quality:audit:view"


@page(gettext_lazy("Audited decisions"))
def driver_rows(request: PageRequest, driver_id: UUID) -> HttpResponseBase:
    """The rows of one driver in the changed window, or with ?window=before in the baseline."""
    rows = Driver.objects.select_related("investigation__programme")
    driver = load(request.actor, scopes.VIEW, rows, driver_id)
    found = driver.investigation
    shows_people = bool(may(request.actor, PERSON_VIEW, found))
    if driver.people < PEOPLE_NEEDED and not shows_people:
        raise NotFound(_("There is no such page, or it is not yours to see."))
    is_baseline = request.GET.get("window") == "before"
    make = _table if found.metric == ACCURACY else decisions_table
    table = make(request, driver, is_baseline=is_baseline, shows_people=shows_people)
    context = {
        "driver": driver,
        "is_accuracy": found.metric == ACCURACY,
        "table": table,
        "since": found.baseline_since if is_baseline else found.since,
        "last": last_day(found.baseline_until if is_baseline else found.until),
        "windows": [
            Tab(title=_("In the changed window"), url="?window=now", is_current=not is_baseline),
            Tab(title=_("Before"), url="?window=before", is_current=is_baseline),
        ],
    }
    crumbs = [
        (_("Investigations"), reverse("improve:investigations")),
        (found.title, found.get_absolute_url()),
    ]
    return table.export() or render(request, "improve/rows.html", context, crumbs=crumbs)


def _table(request: PageRequest, driver: Driver, *, is_baseline: bool, shows_people: bool) -> Table:
    labels = programme_labels(driver.investigation.programme)
    people = [Column("draw.decision.worker", _("Decided by"), kind="person")] if shows_people else []
    verdicts = visible(request.actor, _AUDIT_VIEW, verdicts_behind(driver, is_baseline=is_baseline))
    return Table(
        request,
        verdicts.select_related("draw__decision__item", "draw__decision__worker__organisation", "draw__decision__team"),
        title=_("Audited decisions"),
        columns=[
            Column("draw.decision.item.key", _("Item"), link=lambda row: row.draw.get_absolute_url()),
            Column(
                "is_right",
                _("Verdict"),
                kind="badge",
                value=lambda row: _("right") if row.is_right else row.get_error_class_display(),
                tone=lambda row: "good" if row.is_right else "bad",
                sort=["is_right", "draw__decision__decided_at"],
            ),
            Column(
                "draw.decision.label",
                _("Decided"),
                value=lambda row: labels.get(row.draw.decision.label, row.draw.decision.label),
                sort="draw__decision__label",
            ),
            Column("label", _("Audited as"), value=lambda row: labels.get(row.label, row.label), sort="label"),
            Column("draw.decision.team", _("Team"), sort="draw__decision__team__name"),
            *people,
            Column("draw.pi", _("Odds"), kind="percent", help=_("The odds with which the decision was drawn.")),
            Column("draw.decision.decided_at", _("Decided at"), kind="moment", sort="draw__decision__decided_at"),
            Column("comment", _("Comment of the audit"), optional=True),
        ],
        filters=[
            ChoiceFilter("right", _("Verdict"), choices=[("False", _("wrong")), ("True", _("right"))], field="is_right")
        ],
        default_sort="is_right",
        export_name="audited-decisions",
        empty=Empty(
            title=_("No audited decisions here"),
            body=_("Nothing was audited in this window, or it is not yours to see."),
            icon="clipboard-check",
        ),
    )
