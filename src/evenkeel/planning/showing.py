"""The living part of the floor: as markup, as a version that changes when its words do, as a sentence for screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenkeel.ground.pages import PageRequest
from evenkeel.people import OnDuty

from .floor import Floor, Narrowed, QueueLine

# With half a second of the way this keeps what is shown younger than five seconds.
EVERY_S = 4
FILTERS = ("site", "team", "queue")
_SOON = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class _Person:
    one: OnDuty
    minutes: int
    queue: str


def part_of(request: PageRequest, found: Floor) -> str:
    """The part of the page that lives, with the address at which it asks for itself anew."""
    names = {line.now.queue_id: line.now.name for line in found.queues}
    people = [
        _Person(
            one=one, minutes=_minutes(found.at - one.since), queue=names.get(one.queue_id, "") if one.queue_id else ""
        )
        for one in found.people
    ]
    query = "&".join(f"{name}={value}" for name in FILTERS if (value := _uuid(request, name)))
    context = {
        "floor": found,
        "people": people,
        "lines": [_line(line, found.at) for line in found.queues],
        "next_due": _ahead(found.next_due_at, found.at),
        "next_due_s": _seconds(_ahead(found.next_due_at, found.at)),
        "next_is_soon": bool(found.next_due_at and found.next_due_at - found.at < _SOON),
        "alert": _alert(found.queues),
        "poll_url": f"{reverse('planning:floor-live')}?{query}{'&' if query else ''}seen={version_of(found)}",
        "every_s": EVERY_S,
    }
    return render_to_string("planning/parts/floor.html", context, request)


def _line(line: QueueLine, at: datetime) -> dict[str, Any]:
    return {
        "line": line,
        "oldest_s": (at - line.now.oldest_at).total_seconds() // 60 * 60 if line.now.oldest_at else None,
        "next_due": _ahead(line.now.next_due_at, at),
        "next_due_s": _seconds(_ahead(line.now.next_due_at, at)),
        "is_soon": bool(line.now.next_due_at and line.now.next_due_at - at < _SOON),
    }


def version_of(found: Floor) -> str:
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


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * 60


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


def filters_of(found: Floor, narrowed: Narrowed) -> list[dict[str, Any]]:
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


def narrowed_by(request: PageRequest) -> Narrowed:
    """Which part of the floor the address asks for; what makes no sense in it narrows nothing."""
    return Narrowed(**{name: _uuid(request, name) for name in FILTERS})


def _uuid(request: PageRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None
