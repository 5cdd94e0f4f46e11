"""Which changes are one change seen from several sides. Plain values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from .watchlist import Spot

Tie = Literal["place", "metric", "guard"]
Pool = Mapping[str, int]
# (programme, metric, side, kind of place): where most places of a kind change alike.
Common = tuple[UUID, str, int, str]

# Changes that begin this near to each other began together: a small series shows them days later than a large one.
TOGETHER = timedelta(days=7)
# Another metric of the same work has to move within fewer days: on any day something else moves too.
AT_ONCE = timedelta(days=3)
# While somebody is at work on a signal, what shows up elsewhere of the same thing is handed on to her.
LATER = timedelta(days=28)
# From this share of all organisations (or queues) of a programme on, the cause is the programme's.
_MOST = 0.5

_SIBLINGS = ("organisation", "queue", "label")
_NARROWER = {"programme": 0, "organisation": 1, "queue": 1, "label": 1, "site": 2, "team": 3}


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A change on one series: the metric and what guards it, where, on which side, since when, how improbable by chance."""

    key: UUID
    metric: str
    guard: str
    kind: str
    spot: Spot
    side: int
    first_on: date
    p: float = 1.0


@dataclass
class Group:
    """A change and the others that belong to it; `lead` is what the signal speaks of."""

    lead: Seen
    members: list[tuple[Seen, Tie]] = field(default_factory=list)

    @property
    def all(self) -> list[Seen]:
        """The lead and everything that belongs to it."""
        return [self.lead, *(member for member, _tie in self.members)]


def grouped(changes: Iterable[Seen], *, siblings: Mapping[UUID, Pool] | None = None) -> list[Group]:
    """Changes put together with what they belong to; the least probable by chance first, which leads its group.

    A change belongs to a group by its tie with the lead (`tie_of`): by ties with members two faults would grow together
    through the programme, which shows both. `siblings`: how many organisations, queues and answers it has; where at least
    half of either change alike, the programme's own cause is assumed, and they are one.
    """
    found: list[Group] = []
    waiting = sorted(changes, key=lambda one: (one.p, one.kind, str(one.key)))
    common = _common(waiting, siblings or {})
    for one in waiting:
        for group in found:
            tie = tie_of(one, group.lead, common=common)
            if tie is not None:
                group.members.append((one, tie))
                break
        else:
            found.append(Group(lead=one))
    return [_led_by_what_holds_all(group) for group in found]


def tie_of(one: Seen, lead: Seen, *, is_open: bool = False, common: Collection[Common] = ()) -> Tie | None:
    """Whether two changes are of one cause.

    *place*: one metric on one side, begun within 7 days, at places that share work: the same, one within the other, two of
    one organisation, or lying across (a team and a queue). Two organisations, two queues or two answers share a programme
    alone: they are one only where most of its organisations, queues or answers change. An answer lies across every place,
    and in a large programme something happens somewhere every week: with a place it is one within 3 days. While somebody is
    at work on the lead (`is_open`), what lies within it, or at its own site or queue, belongs to it for 28 days. *guard*,
    *metric*: another metric of the same place or one around it, the guard within 7 days, any other within 3.
    """
    if one.spot.programme != lead.spot.programme:
        return None
    apart = abs(one.first_on - lead.first_on)
    if one.metric == lead.metric:
        if one.side != lead.side:
            return None
        if apart > TOGETHER:
            return "place" if is_open and apart <= LATER and _is_of_one(one.spot, lead.spot) else None
        if (one.spot.label is None) != (lead.spot.label is None) and _is_below_programme(one, lead):
            return "place" if apart <= AT_ONCE else None
        is_common = any((one.spot.programme, one.metric, one.side, kind) in common for kind in _SIBLINGS)
        return "place" if is_common or shares_work(one.spot, lead.spot) else None
    if not is_within(one.spot, lead.spot) and not is_within(lead.spot, one.spot):
        return None
    if lead.metric == one.guard or one.metric == lead.guard:
        return "guard" if apart <= TOGETHER else None
    return "metric" if apart <= AT_ONCE else None


def shares_work(one: Spot, other: Spot) -> bool:
    """Whether two places of a programme may have decided the same items, or are run by the same organisation.

    >>> from uuid import UUID
    >>> programme, site, vendor = (UUID(int=n) for n in (1, 2, 3))
    >>> a, b = (Spot(programme=programme, organisation=vendor, site=site, team=UUID(int=n)) for n in (4, 5))
    >>> shares_work(a, b)
    True
    >>> shares_work(a, Spot(programme=programme, organisation=UUID(int=9)))
    False
    """
    if one.label is not None and other.label is not None:
        return one.label == other.label
    if one.queue is not None and other.queue is not None:
        return one.queue == other.queue
    if one.organisation is not None and other.organisation is not None:
        return one.organisation == other.organisation
    return True


def is_within(one: Spot, other: Spot) -> bool:
    """Whether the first place is the second, or a part of it."""
    kinds = ("queue", "organisation", "site", "team", "label")
    return all(other.at(kind) is None or other.at(kind) == one.at(kind) for kind in kinds)


def _is_below_programme(one: Seen, lead: Seen) -> bool:
    return "programme" not in (one.kind, lead.kind)


def _is_of_one(one: Spot, lead: Spot) -> bool:
    """Whether a later change is at the lead's own place: within it, around it below the programme, or at its site."""
    if lead.queue is None and lead.organisation is None:
        return False
    is_around = (one.queue or one.organisation) is not None and is_within(lead, one)
    return is_within(one, lead) or is_around or (one.site is not None and one.site == lead.site)


def _common(changes: Sequence[Seen], siblings: Mapping[UUID, Pool]) -> set[Common]:
    places: dict[Common, set[UUID | str]] = {}
    for one in changes:
        at = one.spot.at(one.kind) if one.kind in _SIBLINGS else None
        if at is not None:
            places.setdefault((one.spot.programme, one.metric, one.side, one.kind), set()).add(at)
    return {
        key
        for key, some in places.items()
        if len(some) >= 2 and len(some) >= _MOST * siblings.get(key[0], {}).get(key[3], 2 * len(some) + 1)
    }


def _led_by_what_holds_all(group: Group) -> Group:
    """Where several parts of a flagged whole changed, the whole is what the signal speaks of, not its loudest part."""
    lead = group.lead
    same = [one for one in group.all if one.metric == lead.metric]
    parts = [one for one in same if one.kind == lead.kind]
    wholes = [one for one in same if one not in parts and all(is_within(part.spot, one.spot) for part in parts)]
    if len(parts) < 2 or not wholes:
        return group
    whole = max(wholes, key=lambda one: (_NARROWER[one.kind], -one.p))
    rest: list[tuple[Seen, Tie]] = [(lead, "place")]
    return Group(lead=whole, members=rest + [(one, tie) for one, tie in group.members if one is not whole])
