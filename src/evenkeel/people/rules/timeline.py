"""A person's time as stretches of states. Pure values.

Everything that is ever said about somebody's time is one sentence: "from here to there she was in this state", where "there"
may be open and the state may be off duty. Painting such a sentence over what was known gives what is known now. So there is
never an overlap and never a gap within a shift, in whatever order the sentences come; a shift is a run of stretches that
touch, and the sum of its states is its length because each ends where the next begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

OFF = ""
PRODUCTION, AUDIT, TRAINING, COACHING, MEETING = "production", "audit", "training", "coaching", "meeting"
BREAK, WELLNESS, IDLE, SYSTEM_DOWN = "break", "wellness", "idle", "system_down"
STATES = (PRODUCTION, AUDIT, TRAINING, COACHING, MEETING, BREAK, WELLNESS, IDLE, SYSTEM_DOWN)
# What a person may say of herself; that she is idle or the system down is found out.
OWN_STATES = (PRODUCTION, AUDIT, TRAINING, COACHING, MEETING, BREAK, WELLNESS)
# States in which the tool is used all the time: without a sign of life they turn idle.
AT_THE_TOOL = (PRODUCTION, AUDIT)
# Time away from items: what is in hand goes back to the queue.
AWAY = (TRAINING, COACHING, MEETING, BREAK, WELLNESS, OFF)


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A state from `began_at` on, until `ended_at` if that is known already. Half-open."""

    state: str
    began_at: datetime
    ended_at: datetime | None = None
    origin: str = "person"
    programme_id: UUID | None = None
    queue_id: UUID | None = None

    def seconds(self, *, until: datetime) -> float:
        """Its length, counted to `until` while it runs."""
        end = until if self.ended_at is None else self.ended_at
        return max(0.0, (end - self.began_at).total_seconds())


def paint(known: Sequence[Stretch], said: Stretch) -> list[Stretch]:
    """What is known after something new was said: `said` covers whatever it touches. Off duty leaves nothing behind it.

    >>> day = datetime(2026, 3, 2, tzinfo=UTC)
    >>> at = lambda hour: day.replace(hour=hour)
    >>> work = Stretch(state="production", began_at=at(8))
    >>> [(each.state, each.began_at.hour, each.ended_at and each.ended_at.hour)
    ...  for each in paint([work], Stretch(state="break", began_at=at(10), ended_at=at(11)))]
    [('production', 8, 10), ('break', 10, 11), ('production', 11, None)]
    """
    left = [part for each in known for part in _outside(each, said)]
    is_empty = said.ended_at is not None and said.ended_at <= said.began_at
    if said.state != OFF and not is_empty:
        left.append(said)
    return sorted(left, key=lambda each: each.began_at)


def _outside(known: Stretch, said: Stretch) -> Iterator[Stretch]:
    """The parts of a stretch that lie before and behind what was said."""
    if said.ended_at is not None and said.ended_at <= said.began_at:
        yield known
        return
    if known.began_at < said.began_at:
        end = said.began_at if known.ended_at is None else min(known.ended_at, said.began_at)
        yield replace(known, ended_at=end)
    if said.ended_at is not None and (known.ended_at is None or known.ended_at > said.ended_at):
        yield replace(known, began_at=max(known.began_at, said.ended_at))


def runs(stretches: Iterable[Stretch]) -> list[list[Stretch]]:
    """Shifts: runs of stretches that touch, in order of time."""
    found: list[list[Stretch]] = []
    for each in sorted(stretches, key=lambda stretch: stretch.began_at):
        if found and found[-1][-1].ended_at == each.began_at:
            found[-1].append(each)
        else:
            found.append([each])
    return found


def clipped(stretches: Iterable[Stretch], *, since: datetime, until: datetime) -> list[Stretch]:
    """What of the stretches lies within since <= t < until; one that runs ends at `until`."""
    found = []
    for each in stretches:
        began, ended = max(each.began_at, since), min(each.ended_at or until, until)
        if began < ended:
            found.append(replace(each, began_at=began, ended_at=ended))
    return found


def totals(stretches: Iterable[Stretch], *, until: datetime) -> dict[str, float]:
    """Seconds by state, in the order of `STATES`; states that did not occur are left out."""
    found: dict[str, float] = {}
    for each in stretches:
        found[each.state] = found.get(each.state, 0.0) + each.seconds(until=until)
    return {state: found[state] for state in STATES if state in found}


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """A calendar day of a time zone, in UTC: 23 to 25 hours, as the clocks there are changed.

    >>> first, last = day_bounds(date(2026, 3, 29), "Europe/Berlin")
    >>> (last - first).total_seconds() / 3600
    23.0
    """
    local = ZoneInfo(zone)
    first, last = (
        datetime.combine(each, time(), tzinfo=local).astimezone(UTC) for each in (day, day + timedelta(days=1))
    )
    return first, last


def local_day(at: datetime, zone: str) -> date:
    """The calendar day that a moment belongs to in a time zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def by_day(stretch: Stretch, zone: str) -> Iterator[tuple[date, Stretch]]:
    """A stretch that is over, cut at the midnights of a time zone: each piece with its day."""
    assert stretch.ended_at is not None
    began = stretch.began_at
    while began < stretch.ended_at:
        day = local_day(began, zone)
        # Where a day is left out (a zone that crossed the date line) its bounds are empty; then the piece is the rest.
        last = day_bounds(day, zone)[1]
        ended = min(stretch.ended_at, last) if last > began else stretch.ended_at
        yield day, replace(stretch, began_at=began, ended_at=ended)
        began = ended
