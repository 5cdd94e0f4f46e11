"""The trail of who did what when."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy

from evenkeel.ground import trail as ground_trail
from evenkeel.ground.access import require, visible
from evenkeel.ground.pages import Nav, PageRequest, page, render

from .. import scopes

_SIZE = 50


@page(
    gettext_lazy("Trail"),
    name="people:trail",
    nav=Nav(section="setup", icon="history", order=90, scope=scopes.TRAIL_VIEW),
)
def trail(request: PageRequest) -> HttpResponse:
    """Who did what to which, newest first. Turned by the last row seen, so it stays quick however long it is."""
    require(request.actor, scopes.TRAIL_VIEW)
    rows = _narrowed(visible(request.actor, scopes.TRAIL_VIEW, ground_trail.entries()), request.GET)
    found = list(_after(rows, request.GET.get("after", "")).order_by("-at", "-id")[: _SIZE + 1])
    shown = found[:_SIZE]
    kinds = dict(ground_trail.kinds())
    for entry in shown:
        entry.thing = kinds.get(entry.object_kind, entry.object_kind)
        entry.said = _said(entry.detail_json)
    further = request.GET.copy()
    if len(found) > _SIZE:
        further["after"] = f"{shown[-1].at.isoformat()}_{shown[-1].id}"
    newest = request.GET.copy()
    newest.pop("after", None)
    context = {
        "entries": shown,
        "further": further.urlencode() if len(found) > _SIZE else "",
        "newest": newest.urlencode(),
        "is_further": "after" in request.GET,
        "is_narrowed": any(request.GET.get(name) for name in ("who", "what", "kind", "object", "from", "until")),
        "kinds": sorted(kinds.items(), key=lambda pair: pair[1]),
    }
    return render(request, "people/trail.html", context)


def _narrowed(rows: QuerySet[Any], sent: QueryDict) -> QuerySet[Any]:
    if who := sent.get("who", "").replace("\0", ""):
        rows = rows.filter(actor_name__icontains=who)
    if what := sent.get("what", "").replace("\0", ""):
        rows = rows.filter(Q(verb__icontains=what) | Q(scope__icontains=what))
    if kind := sent.get("kind", "").replace("\0", ""):
        rows = rows.filter(object_kind=kind)
    if thing := sent.get("object", "").replace("\0", ""):
        rows = rows.filter(object_id=thing)
    for name, lookup in (("from", "at__date__gte"), ("until", "at__date__lte")):
        day = _day(sent.get(name, ""))
        if day is not None:
            rows = rows.filter(**{lookup: day})
    return rows


def _day(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:  # the 31st of a short month
        return None


def _after(rows: QuerySet[Any], place: str) -> QuerySet[Any]:
    at_text, _underscore, id_text = place.partition("_")
    try:
        at, pk = parse_datetime(at_text), UUID(id_text)
    except ValueError:
        return rows
    return rows.filter(Q(at__lt=at) | Q(at=at, id__lt=pk)) if at else rows


def _said(detail_json: str) -> list[tuple[str, str, str]]:
    """What an entry tells: name, before, after. Details without a before stand in the last place."""
    detail = json.loads(detail_json)
    before, after = detail.pop("before", {}) or {}, detail.pop("after", {}) or {}
    lines = [(name, _text(before.get(name)), _text(after.get(name))) for name in sorted({*before, *after})]
    return lines + [(name, "", _text(value)) for name, value in sorted(detail.items())]


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return ", ".join(_text(each) for each in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
