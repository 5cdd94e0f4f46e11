"""Items: the list, and one with its whole history."""

from __future__ import annotations

import json
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, may, visible
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter

from .. import scopes
from ..kinds.item import item_kinds
from ..models import Decision, Item, Programme
from ..queries.decisions import decisions_of_item
from ..queries.desk import item_content_html, item_summary
from ..queries.programmes import items_of, programme_labels
from .decisions import decision_columns
from .queues import PROGRAMMES


@page(gettext_lazy("Items"))
def items(request: PageRequest, programme_id: UUID) -> HttpResponseBase:
    """A programme's items, found by their key."""
    programme = load(request.actor, scopes.ITEM_VIEW, Programme.objects.all(), programme_id)
    table = Table(
        request,
        items_of(request.actor, programme),
        title=_("Items"),
        columns=[
            Column("key", _("Key"), sort="key", link=lambda each: each.get_absolute_url(), kind="code"),
            Column("summary", _("Content"), value=item_summary),
            Column("kind", _("Kind"), value=lambda each: item_kinds[each.kind].title, optional=True),
            Column("language", _("Language"), optional=True),
            Column("created_at", _("Came in"), kind="moment", sort="id"),
        ],
        filters=[
            TextFilter("q", _("Search by key"), fields=["key"]),
            ChoiceFilter("kind", _("Kind"), choices=lambda: [(kind.slug, kind.title) for kind in item_kinds]),
        ],
        default_sort="created_at",
        export_name="items",
        empty=Empty(
            title=_("No items yet"), body=_("Items come in by the API or by an import of labels."), icon="database"
        ),
    )
    may_change = request.actor.has(scopes.BULK_DO) and not request.actor.is_outside
    context = {"programme": programme, "table": table, "may_change": may_change}
    return table.export() or render(request, "work/items.html", context, crumbs=[PROGRAMMES])


@page(gettext_lazy("Item"))
def item(request: PageRequest, item_id: UUID) -> HttpResponse:
    """One item: what it shows, where it waits, who decided what about it."""
    found = load(request.actor, scopes.ITEM_VIEW, Item.objects.select_related("programme"), item_id)
    sees_decisions = request.actor.has(scopes.DECISION_VIEW)
    decisions: QuerySet[Decision] = visible(request.actor, scopes.DECISION_VIEW, decisions_of_item(found))
    context = {
        "item": found,
        "content": item_content_html(found),
        "kind": item_kinds[found.kind].title,
        "tasks": found.tasks.filter(queue__in=visible(request.actor, scopes.QUEUE_VIEW, found.programme.queues.all()))
        .select_related("queue")
        .order_by("queue__name"),
        "facts": [(_("Kind"), item_kinds[found.kind].title), (_("Language"), found.language or None)],
        "attributes": [(name, _as_said(said)) for name, said in sorted(found.attributes.items())],
        "table": Table(
            request,
            decisions,
            title=_("Decisions"),
            columns=[
                column for column in decision_columns(programme_labels(found.programme)) if column.name != "item.key"
            ],
            default_sort="-decided_at",
            empty=Empty(title=_("Nobody has decided about it yet"), icon="gavel"),
        )
        if sees_decisions
        else None,
    }
    may_list = may(request.actor, scopes.ITEM_VIEW, found.programme)
    crumbs = [PROGRAMMES, (found.programme.name, found.programme.get_absolute_url())]
    if may_list:
        crumbs.append((_("Items"), f"{found.programme.get_absolute_url()}items/"))
    return render(request, "work/item.html", context, crumbs=crumbs)


def _as_said(value: object) -> object:
    """What is nested stands there as JSON, as it came in."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
