"""What this room tells of staffing: how many people joined, left or changed a team whose house takes part in a programme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Q
from django.utils.translation import ngettext

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.changes import MOST, Change, Span, tells_changes
from evenkeel.people import WORKER_VIEW, TeamMove, Worker

from .models import Programme


@tells_changes
def joined_and_left(actor: Actor, span: Span) -> Iterator[Change]:
    """People's first and last days, counted by team and day: a number, and nobody's name."""
    if not actor.has(WORKER_VIEW):
        return
    since, until = span.since.astimezone(UTC).date(), span.until.astimezone(UTC).date()
    began = Q(started_on__gte=since, started_on__lt=until)
    ended = Q(left_on__gte=since, left_on__lt=until)
    rows = visible(actor, WORKER_VIEW, Worker.objects.filter(began | ended, team__isnull=False))
    if span.programmes is not None:
        rows = rows.filter(_at_work(span, ""))
    counted: Counter[tuple[date, str, str]] = Counter()
    for team, started_on, left_on in rows.values_list("team__name", "started_on", "left_on"):
        if started_on is not None and since <= started_on < until:
            counted[started_on, team, "joined"] += 1
        if left_on is not None and since <= left_on < until:
            counted[left_on, team, "left"] += 1
    for (day, team, what), n in sorted(counted.items(), reverse=True)[:MOST]:
        yield Change(at=datetime.combine(day, time(), UTC), title=_told(team, what, n))


@tells_changes
def moved(actor: Actor, span: Span) -> Iterator[Change]:
    """People who came from one team to another, counted by teams and day."""
    if not actor.has(WORKER_VIEW):
        return
    asked = TeamMove.objects.filter(
        at__gte=span.since, at__lt=span.until, from_team__isnull=False, to_team__isnull=False
    )
    rows = visible(actor, WORKER_VIEW, asked)
    if span.programmes is not None:
        rows = rows.filter(_at_work(span, "worker__"))
    counted: Counter[tuple[date, str, str]] = Counter()
    for at, from_team, to_team in rows.values_list("at", "from_team__name", "to_team__name"):
        counted[at.astimezone(UTC).date(), from_team, to_team] += 1
    for (day, from_team, to_team), n in sorted(counted.items(), reverse=True)[:MOST]:
        said: dict[str, Any] = {"from": from_team, "to": to_team, "n": n}
        title = ngettext("%(n)d person moved from %(from)s to %(to)s", "%(n)d people moved from %(from)s to %(to)s", n)
        yield Change(at=datetime.combine(day, time(), UTC), title=title % said)


def _at_work(span: Span, worker: str) -> Q:
    """Our own people may work anywhere; a partner's where the partner takes part."""
    of = Programme.objects.filter(pk__in=list(span.programmes or ())).values("engagements__organisation")
    return Q(**{f"{worker}organisation__is_house": True}) | Q(**{f"{worker}organisation__in": of})


def _told(team: str, what: str, n: int) -> str:
    said: dict[str, Any] = {"team": team, "n": n}
    if what == "joined":
        return ngettext("%(n)d person joined %(team)s", "%(n)d people joined %(team)s", n) % said
    return ngettext("%(n)d person left %(team)s", "%(n)d people left %(team)s", n) % said
