"""The list of investigations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import require, visible
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.work import PROGRAMME_VIEW, Programme

from .. import queries, scopes
from ..models import Investigation
from ..wordings import CauseNow, causes_now


@page(
    gettext_lazy("Investigations"),
    name="improve:investigations",
    nav=Nav(section="insight", icon="microscope", order=40, scope=scopes.VIEW),
)
def investigations(request: PageRequest) -> HttpResponseBase:
    """All investigations within reach, newest first."""
    require(request.actor, scopes.VIEW)
    table = Table(
        request,
        queries.investigations(request.actor),
        title=_("Investigations"),
        columns=[
            Column("title", _("Investigation"), sort="title", link=lambda row: row.get_absolute_url()),
            Column("where_name", _("Where"), sort="where_name"),
            Column("programme.name", _("Programme"), sort="programme__name", optional=True),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda row: _("open") if row.is_open else _("closed"),
                tone=lambda row: "info" if row.is_open else "quiet",
            ),
            Column("cause", _("Main cause"), value=_cause_of(causes_now())),
            Column("owner", _("Owner"), kind="person", sort="owner__name"),
            Column(
                "coded",
                _("Cases with a cause"),
                kind="progress",
                value=lambda row: (row.coded_count, row.case_count) if row.case_count else None,
            ),
            Column("opened_at", _("Opened"), kind="moment", sort="opened_at"),
        ],
        filters=[
            TextFilter("q", _("Search investigations"), fields=["title", "where_name", "statement"]),
            StateFilter("state", _("State"), choices=[("open", _("open")), ("closed", _("closed"))]),
            ChoiceFilter("programme", _("Programme"), choices=lambda: _programmes(request)),
        ],
        default_sort="-opened_at",
        export_name="investigations",
        empty=Empty(
            title=_("No investigations yet"),
            body=_("An investigation asks why a figure changed. Open one from a signal, or by hand."),
            icon="microscope",
        ),
    )
    return table.export() or render(
        request, "improve/investigations.html", {"table": table, "may_open": request.actor.has(scopes.EDIT)}
    )


class StateFilter(ChoiceFilter):
    """Open or closed: whether there is a closing."""

    def narrow(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return rows.filter(closing__isnull=value == ["open"])


def _cause_of(causes: dict[str, CauseNow]) -> Callable[[Investigation], Any]:
    return lambda row: None if row.is_open else queries.cause_title(row.closing.cause, causes)


def _programmes(request: PageRequest) -> list[tuple[str, str]]:
    rows = visible(request.actor, PROGRAMME_VIEW, Programme.objects.order_by("name"))
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]
