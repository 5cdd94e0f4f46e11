"""When the change of a signal began, asked again once more days have been seen than on the day of the alarm."""

from __future__ import annotations

from datetime import date, timedelta

from ..models import Signal
from ..rules.dating import Between, between
from .explaining import began_on
from .watching import watched

# No change is dated further back than this before the first day that stood out.
_FURTHEST = timedelta(days=28)


def dated_by(signal: Signal, *, until: date) -> Between:
    """The days between which its change began (95 %), from every day of its series before `until`.

    On the day of the alarm few days speak of the change, and those that raised it are the most extreme ones; each day that
    follows makes the dating surer. Days of an earlier signal of the same series are not looked at: two changes would be
    dated as one. As the signal has it where its series has no chart. See `kernel.date_change`.
    """
    on, earliest, latest = began_on(signal)
    said = Between(on=on, earliest=min(earliest, on), latest=max(latest, on))
    before = Signal.objects.filter(series=signal.series_id, raised_at__lt=signal.raised_at)
    ends = [row.last_on for row in before.order_by("-raised_at")[:1]]
    since = max([signal.first_on - _FURTHEST, *(end + timedelta(days=1) for end in ends)])
    found = watched(signal.series, today=until - timedelta(days=1), rate=signal.rate)
    return between(found, side=signal.side, since=since, until=until) or said
