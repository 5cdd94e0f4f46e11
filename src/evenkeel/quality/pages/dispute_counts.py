"""How disputes go: how many, how often findings fall, how long it takes, by whom and by what."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import require
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.people import Worker, note_look

from .. import scopes
from ..queries.dispute_counts import disputes_between, findings_between
from ..rules.dispute_counts import Group, grouped
from .disputes import DISPUTES_CRUMB

_DAYS = (28, 91, 364)
_TITLES: dict[str, Any] = {
    "programme": gettext_lazy("By programme"),
    "organisation": gettext_lazy("By organisation"),
    "site": gettext_lazy("By site"),
    "reason": gettext_lazy("By reason for disputing"),
    "settled_reason": gettext_lazy("By reason for settling"),
    "clause": gettext_lazy("By clause"),
    "auditor": gettext_lazy("By auditor"),
}


@page(gettext_lazy("How disputes go"))
def counts(request: PageRequest) -> HttpResponse:
    """Disputes of the last weeks in groups. Auditors by name only for whoever says how findings are disputed."""
    require(request.actor, scopes.DISPUTE_VIEW)
    said = request.GET.get("days", "")
    days = int(said) if said.isascii() and said.isdigit() and int(said) in _DAYS else 91
    until = datetime.combine(request.now.astimezone(UTC).date() + timedelta(days=1), time(0), UTC)
    names = [name for name in _TITLES if name != "auditor" or request.actor.has(scopes.DISPUTE_EDIT)]
    context = {
        "days": days,
        "choices": _DAYS,
        "cuts": [(name, _TITLES[name], _groups(request, name, until - timedelta(days=days), until)) for name in names],
        "has_hidden": False,
    }
    return render(request, "quality/dispute_counts.html", context, crumbs=[DISPUTES_CRUMB])


def _groups(request: PageRequest, name: str, since: datetime, until: datetime) -> list[tuple[str, Group]]:
    rows = disputes_between(request.actor, since=since, until=until, by=name)
    findings = findings_between(request.actor, since=since, until=until, by=name) if rows else {}
    found = grouped(rows, by=name, findings=findings)
    if name != "auditor":
        return [(group.key or _("none"), group) for group in found]
    shown = [UUID(group.key) for group in found if not group.is_hidden]
    note_look(request.actor, workers=shown, what=_("Disputes of her findings"), now=request.now)
    titles = {str(pk): title for pk, title in Worker.objects.filter(pk__in=shown).values_list("pk", "name")}
    return [(titles.get(group.key, _("fewer than five people")), group) for group in found]
