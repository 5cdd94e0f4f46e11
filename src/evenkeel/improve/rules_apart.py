"""Which known changes a baseline can do without. Plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True, kw_only=True)
class Known:
    """A change that is known: since <= day < until, where (values by dimension, {} = everywhere), and what people call it."""

    since: date
    until: date
    where: Mapping[str, str]
    what: str


def left_out(known: Sequence[Known], *, place: Mapping[str, str], since: date, until: date) -> list[Known]:
    """Those that touch a baseline of since <= day < until at a place, cut to its days; each part once, in order of time.

    Of every part half of the baseline's days remain: else there is nothing to compare it with, its work of today would pass for
    other work, and what happened there for somebody else's doing.

    >>> first, end = date(2026, 3, 2), date(2026, 3, 30)
    >>> scam = Known(since=date(2026, 2, 20), until=date(2026, 3, 9), where={"site": "r", "label": "scam"}, what="Rotterdam")
    >>> [(each.since.day, each.until.day) for each in left_out([scam], place={"site": "r"}, since=first, until=end)]
    [(2, 9)]
    >>> left_out([scam], place={"site": "m"}, since=first, until=end)
    []
    >>> all_of_it = Known(since=date(2026, 3, 9), until=date(2026, 3, 29), where={"site": "r"}, what="Rotterdam")
    >>> left_out([all_of_it], place={"site": "r"}, since=first, until=end)
    []
    >>> left_out([all_of_it], place={}, since=first, until=end)
    []
    """
    found: dict[tuple[date, date, tuple[tuple[str, str], ...]], Known] = {}
    for each in known:
        cut = replace(each, since=max(each.since, since), until=min(each.until, until))
        is_elsewhere = any(place.get(name, value) != value for name, value in each.where.items())
        if cut.since < cut.until and not is_elsewhere:
            found.setdefault((cut.since, cut.until, tuple(sorted(each.where.items()))), cut)
    kept = list[Known]()
    # From coarse to fine: a part is without the days of whatever holds it as well.
    for each in sorted(found.values(), key=lambda one: (len(_beside(one, place)), *_in_time(one))):
        days = _days_of(one for one in (*kept, each) if _beside(one, place) <= _beside(each, place))
        if 2 * len(days) <= (until - since).days:
            kept.append(each)
    return sorted(kept, key=_in_time)


def _in_time(known: Known) -> tuple[date, date, list[tuple[str, str]]]:
    return known.since, known.until, sorted(known.where.items())


def _beside(known: Known, place: Mapping[str, str]) -> set[tuple[str, str]]:
    """What narrows it within a place; nothing where it held the whole."""
    return set(known.where.items()) - set(place.items())


def _days_of(known: Iterable[Known]) -> set[date]:
    return {each.since + timedelta(days=day) for each in known for day in range((each.until - each.since).days)}
