"""The decisions behind a part of a change of any figure but accuracy."""

from __future__ import annotations

from django.utils.translation import gettext as _

from evenkeel.ground.access import visible
from evenkeel.ground.pages import PageRequest
from evenkeel.ground.tables import Column, Empty, Table
from evenkeel.measure import explained, metrics
from evenkeel.work import DECISION_VIEW, Decision, programme_labels

from ..drivers import spans_of
from ..evidence import rows_of
from ..models import Driver

# What a reader may go through; the counts of the part are of all.
_MOST = 1_000


def decisions_table(request: PageRequest, driver: Driver, *, is_baseline: bool, shows_people: bool) -> Table:
    """The decisions that speak against the figure in one of the windows, newest first: the latest 1,000."""
    found = driver.investigation
    way, kind = explained(found.metric), metrics[found.metric]
    before, now = spans_of(found)
    part = {each["dimension"]: each["value"] for each in driver.cell}
    behind = rows_of(found, part=part, of=before if is_baseline else now)
    labels = programme_labels(found.programme)
    rows = Decision.objects.filter(pk__in=list(behind)[:_MOST])
    people = [Column("worker", _("Decided by"), kind="person")] if shows_people else []
    said = (
        [Column("value", kind.title, kind=kind.unit, value=lambda row: behind[row.pk].value * way.scale)]
        if way.is_measured
        else []
    )
    return Table(
        request,
        visible(request.actor, DECISION_VIEW, rows).select_related("item", "worker__organisation", "team", "queue"),
        title=_("Decisions"),
        columns=[
            Column("item.key", _("Item"), link=lambda row: row.get_absolute_url()),
            Column("label", _("Decided"), value=lambda row: labels.get(row.label, row.label), sort="label"),
            *said,
            Column("queue", _("Queue"), sort="queue__name"),
            Column("team", _("Team"), sort="team__name"),
            *people,
            Column("decided_at", _("Decided at"), kind="moment", sort="decided_at"),
        ],
        default_sort="-decided_at",
        export_name="decisions",
        empty=Empty(
            title=_("No decisions here"),
            body=_(
                "Nothing speaks against the figure here, its rows are about no single decisions, or they are not yours to see."
            ),
            icon="list",
        ),
    )
