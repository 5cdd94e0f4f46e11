"""The limit of a day, on plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

# Fewer people, and a total tells of single people.
ENOUGH = 5
SEVERE_FROM = 3


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most so many minutes a day of content of severity `severity_from` or worse."""

    severity_from: int
    minutes_a_day: int


def reached_limit(severity: int, limits: Iterable[Limit], seconds_by_severity: Mapping[int, float]) -> Limit | None:
    """The strictest limit that stands in the way of more content of `severity`, or None.

    A limit counts everything of its own severity or worse, so an hour of the worst uses up the milder limits too.

    >>> half_hour = Limit(severity_from=3, minutes_a_day=30)
    >>> reached_limit(3, [half_hour], {3: 900, 4: 900}) == half_hour
    True
    >>> reached_limit(2, [half_hour], {3: 900, 4: 900}) is None
    True
    """
    reached = [
        limit
        for limit in limits
        if limit.severity_from <= severity
        and sum(s for of, s in seconds_by_severity.items() if of >= limit.severity_from) >= limit.minutes_a_day * 60
    ]
    return min(reached, key=lambda limit: limit.minutes_a_day, default=None)


def day_of(now: datetime, time_zone: str) -> tuple[datetime, datetime]:
    """The day that `now` falls on where the person works, as half-open moments in UTC: 23 or 25 hours when clocks change."""
    here = now.astimezone(ZoneInfo(time_zone))
    first = here.replace(hour=0, minute=0, second=0, microsecond=0)
    # Wall-clock arithmetic within the zone, so that the next midnight is a midnight on every day.
    return first.astimezone(UTC), (first + timedelta(days=1)).astimezone(UTC)


class Group(NamedTuple):
    """Whose total: a team's, a site's or an organisation's, as fine as there are enough people."""

    organisation: UUID
    site: UUID | None
    team: UUID | None


@dataclass(frozen=True, kw_only=True)
class Dose:
    """What one person saw in a day."""

    seconds: float
    severe_seconds: float


def groups_of_enough(doses: Mapping[Group, Mapping[object, Dose]]) -> dict[Group, dict[object, Dose]]:
    """People by team where five or more of a team are there; the others of a site together; then those of an organisation.

    A rest of fewer than five is left out altogether. No total contains another, so none can be taken from another.

    >>> dose, org = Dose(seconds=60, severe_seconds=0), UUID(int=1)
    >>> team = lambda n: Group(org, UUID(int=2), UUID(int=n))
    >>> found = groups_of_enough({team(3): dict.fromkeys("abcde", dose), team(4): dict.fromkeys("fg", dose)})
    >>> [(group.team, len(who)) for group, who in found.items()]
    [(UUID('00000000-0000-0000-0000-000000000003'), 5)]
    """
    found: dict[Group, dict[object, Dose]] = {}
    waiting = {group: dict(who) for group, who in doses.items()}
    for wider in (lambda group: group._replace(team=None), lambda group: Group(group.organisation, None, None), None):
        left: defaultdict[Group, dict[object, Dose]] = defaultdict(dict)
        for group, who in waiting.items():
            if len(who) >= ENOUGH and group not in found:
                found[group] = who
            elif wider is not None:
                left[wider(group)].update(who)
        waiting = dict(left)
    return found
