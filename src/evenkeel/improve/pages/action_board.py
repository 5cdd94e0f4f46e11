"""The board of actions: what stands where, whose it is, what is late."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import require, visible
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.work import PROGRAMME_VIEW, Programme

from .. import queries, scopes, words_actions
from ..models import Action
from ..queries_actions import actions
from .action_parts import is_late


@page(
    gettext_lazy("Actions"),
    name="improve:actions",
    nav=Nav(section="insight", icon="wrench", order=50, scope=scopes.ACTION_VIEW),
)
def board(request: PageRequest) -> HttpResponseBase:
    """Every action within reach: what stands where, whose it is, what is late."""
    require(request.actor, scopes.ACTION_VIEW)
    today = request.now.date()
    table = Table(
        request,
        actions(request.actor),
        title=_("Actions"),
        columns=[
            Column("title", _("Action"), sort="title", link=lambda row: row.get_absolute_url()),
            Column("kind", _("Kind"), value=lambda row: row.get_kind_display(), sort="kind"),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda row: row.get_state_display(),
                tone=lambda row: words_actions.VERDICT_TONES[row.state],
                sort="state",
            ),
            Column("where_name", _("Where"), sort="where_name"),
            Column("cause", _("Cause"), value=lambda row: queries.cause_title(row.cause) if row.cause else None),
            Column("programme.name", _("Programme"), sort="programme__name", optional=True),
            Column("owner", _("Owner"), kind="person", sort="owner__name"),
            Column("due_on", _("Due"), kind="day", sort="due_on"),
            Column(
                "late",
                _("Late"),
                kind="badge",
                value=lambda row: _("late") if is_late(row, today) else None,
                tone=lambda _row: "bad",
            ),
            Column("plan_until", _("Window ends"), kind="day", optional=True),
            Column("opened_at", _("Opened"), kind="moment", sort="opened_at"),
        ],
        filters=[
            TextFilter("q", _("Search actions"), fields=["title", "what", "where_name"]),
            ChoiceFilter("state", _("State"), choices=[(slug, str(title)) for slug, title in Action.STATES]),
            ChoiceFilter("kind", _("Kind"), choices=[(slug, str(title)) for slug, title in Action.KINDS]),
            ChoiceFilter("programme", _("Programme"), choices=lambda: _programmes(request)),
        ],
        default_sort="-opened_at",
        export_name="actions",
        empty=Empty(
            title=_("No actions yet"),
            body=_("An action is done about a cause, and says before it starts how its effect will be judged."),
            icon="wrench",
        ),
    )
    said = {"table": table, "may_open": request.actor.has(scopes.ACTION_EDIT)}
    return table.export() or render(request, "improve/actions.html", said)


def _programmes(request: PageRequest) -> list[tuple[str, str]]:
    rows = visible(request.actor, PROGRAMME_VIEW, Programme.objects.order_by("name"))
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]
