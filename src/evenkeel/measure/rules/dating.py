"""The days between which a change began. Plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenkeel.kernel import date_change

from .watching import Watched


@dataclass(frozen=True, kw_only=True)
class Between:
    """A change most likely began `on` a day, and surely (95 %) on `earliest` or later and on `latest` or earlier."""

    on: date
    earliest: date
    latest: date


def between(watched: Watched, *, side: int, since: date, until: date) -> Between | None:
    """The days between which the one lasting shift of a chart began that its points of since <= day < until show.

    `side`: -1 for a fall, 1 for a rise. None where fewer than two points after the baseline lie there. See
    `kernel.date_change`: scores around 0 before the shift, as the frozen baseline has them.
    """
    if watched.chart is None:
        return None
    places = [
        place
        for place in range(watched.baseline, len(watched.readings))
        if since <= watched.readings[place].day < until
    ]
    if len(places) < 2:
        return None
    found = date_change(watched.chart.z[places[0] : places[-1] + 1] * side)
    if int(found.at) < 0:
        return None
    days = [watched.readings[place].day for place in places]
    on, earliest, latest = (days[int(each)] for each in (found.at, found.low, found.high))
    return Between(on=on, earliest=earliest, latest=latest)
