"""The live floor: one page, and the part of it that asks for itself anew every few seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, require
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.people import OnDuty
from evenkeel.work import QUEUE_VIEW, Queue

from . import scopes
from .acts import set_backlog_target
from .floor import Floor, Narrowed, QueueLine, floor

# With half a second of the way this keeps what is shown younger than five seconds.
EVERY_S = 4
_FILTERS = ("site", "team", "queue")
_SOON = timedelta(minutes=15)


@page(
    gettext_lazy("Live floor"),
    name="planning:floor",
    nav=Nav(section="work", icon="activity", order=12, scope=scopes.FLOOR_VIEW),
)
def live_floor(request: PageRequest) -> HttpResponse:
    """Who is on which queue in which state, what waits against its target, and what will be late next."""
    require(request.actor, scopes.FLOOR_VIEW)
    found = floor(request.actor, narrowed=_narrowed(request), now=request.now)
    context = {
        "part": _part(request, found),
        "filters": _filters(found, _narrowed(request)),
        "every_s": EVERY_S,
        "may_edit": request.actor.has(scopes.FLOOR_EDIT),
        "lines": found.queues,
    }
    return render(request, "planning/floor.html", context)


@page(gettext_lazy("Live floor"))
def live_part(request: PageRequest) -> HttpResponse:
    """The part that lives. Nothing (204) when it still looks as the page says it has `seen` it."""
    require(request.actor, scopes.FLOOR_VIEW)
    found = floor(request.actor, narrowed=_narrowed(request), now=request.now)
    part, version = _part(request, found), _version(found)
    if request.GET.get("seen") == version:
        return HttpResponse(status=204)
    return HttpResponse(part)


@require_POST
@page(gettext_lazy("How much may wait"))
def target(request: PageRequest, queue_id: UUID) -> HttpResponse:
    """Set or lift a queue's backlog target."""
    queue = load(request.actor, QUEUE_VIEW, Queue.objects.all(), queue_id)
    said = request.POST.get("most", "").strip()
    if said and not (said.isascii() and said.isdigit()):
        messages.error(request, _("A number of items, or nothing."))
        return redirect("planning:floor")
    try:
        most = int(said[:12]) if said else None
        set_backlog_target(request.actor, queue=queue, most=most, now=request.now)
    except Invalid as wrong:
        messages.error(request, " ".join([wrong.sentence, *wrong.fields["most"]]))
    else:
        messages.success(request, _("Saved."))
    return redirect("planning:floor")


urlpatterns = [
    path("planning/floor/", live_floor, name="floor"),
    path("planning/floor/live/", live_part, name="floor-live"),
    path("planning/queues/<uuid:queue_id>/backlog-target/", target, name="backlog-target"),
]


# ---------------------------------------------------------------- what is shown


@dataclass(frozen=True, kw_only=True)
class _Person:
    one: OnDuty
    minutes: int
    queue: str


def _part(request: PageRequest, found: Floor) -> str:
    names = {line.now.queue_id: line.now.name for line in found.queues}
    people = [
        _Person(
            one=one, minutes=_minutes(found.at - one.since), queue=names.get(one.queue_id, "") if one.queue_id else ""
        )
        for one in found.people
    ]
    query = "&".join(f"{name}={value}" for name in _FILTERS if (value := _uuid(request, name)))
    context = {
        "floor": found,
        "people": people,
        "lines": [_line(line, found.at) for line in found.queues],
        "next_due": _ahead(found.next_due_at, found.at),
        "next_is_soon": bool(found.next_due_at and found.next_due_at - found.at < _SOON),
        "alert": _alert(found.queues),
        "poll_url": f"{reverse('planning:floor-live')}?{query}{'&' if query else ''}seen={_version(found)}",
        "every_s": EVERY_S,
    }
    return render_to_string("planning/parts/floor.html", context, request)


def _line(line: QueueLine, at: datetime) -> dict[str, Any]:
    return {
        "line": line,
        "oldest": at - line.now.oldest_at if line.now.oldest_at else None,
        "oldest_s": (at - line.now.oldest_at).total_seconds() // 60 * 60 if line.now.oldest_at else None,
        "next_due": _ahead(line.now.next_due_at, at),
        "is_soon": bool(line.now.next_due_at and line.now.next_due_at - at < _SOON),
    }


def _version(found: Floor) -> str:
    """What the part looks like, in sixteen signs: minutes and not moments, so that it changes when its words do."""
    said = [
        (
            str(line.now),
            line.people,
            line.most,
            _ahead(line.now.next_due_at, found.at),
            _age(line.now.oldest_at, found.at),
        )
        for line in found.queues
    ]
    people = [(one.worker_id, one.state, one.queue_id, _minutes(found.at - one.since)) for one in found.people]
    return blake2b(repr((said, people)).encode(), digest_size=8).hexdigest()


def _age(since: datetime | None, at: datetime) -> int | None:
    return None if since is None else _minutes(at - since)


def _ahead(at: datetime | None, now: datetime) -> int | None:
    """Whole minutes until then."""
    return None if at is None else _minutes(at - now)


def _minutes(length: timedelta) -> int:
    return max(int(length.total_seconds() // 60), 0)


def _alert(lines: Sequence[QueueLine]) -> str:
    """What a screen reader is told of, and only when it changes: queues that are late or over their target."""
    late = [line.now.name for line in lines if line.now.late]
    over = [line.now.name for line in lines if line.is_over]
    said = []
    if late:
        text = ngettext("Items are late in %(names)s.", "Items are late in %(names)s.", len(late))
        said.append(text % {"names": ", ".join(late)})
    if over:
        said.append(_("More waits than may in %(names)s.") % {"names": ", ".join(over)})
    return " ".join(said)


def _filters(found: Floor, narrowed: Narrowed) -> list[dict[str, Any]]:
    """What the floor may be narrowed to: the places of those on duty, and the queues."""
    sites = {one.site_id: one.site for one in found.places if one.site_id}
    teams = {one.team_id: one.team for one in found.places if one.team_id}
    queues = {line.now.queue_id: f"{line.now.programme}: {line.now.name}" for line in found.queues}
    offered: list[tuple[str, Any, dict[Any, str], UUID | None]] = [
        ("site", _("Site"), sites, narrowed.site),
        ("team", _("Team"), teams, narrowed.team),
        ("queue", _("Queue"), queues, narrowed.queue),
    ]
    return [
        {
            "name": name,
            "title": title,
            "choices": [(pk, words, pk == chosen) for pk, words in sorted(choices.items(), key=lambda pair: pair[1])],
        }
        for name, title, choices, chosen in offered
        if choices or chosen
    ]


def _narrowed(request: PageRequest) -> Narrowed:
    return Narrowed(**{name: _uuid(request, name) for name in _FILTERS})


def _uuid(request: PageRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None
