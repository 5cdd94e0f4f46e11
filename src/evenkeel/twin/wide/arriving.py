"""Items come in by their own clock: what waits, who waited how long, what is left over at night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from .day import Work
from .ids import new_ids
from .install import Installed
from .plan import DAYS_A_YEAR, Plan
from .staff import Floats, Ints

_ARRIVALS, _HOUR_US = 8, 3_600_000_000


@dataclass(kw_only=True)
class Waiting:
    """What stands open in each market: when it came in, oldest first. It goes on from day to day."""

    plan: Plan
    open: list[Ints]

    @classmethod
    def nothing(cls, plan: Plan) -> Waiting:
        """Before the first day."""
        return cls(plan=plan, open=[np.zeros(0, np.int64) for _market in plan.markets])

    def take(self, work: Work) -> tuple[Work, Ints]:
        """What of a day's work finds an item, oldest item first, and when each of these came in (microseconds, UTC).

        Whoever finds nothing decides nothing at that moment: there is less work than people.
        """
        found, entered = np.zeros(len(work), dtype=bool), np.zeros(len(work), np.int64)
        for market in range(len(self.plan.markets)):
            waits = np.sort(np.r_[self.open[market], arrived(self.plan, market, work.day)])
            rows = np.flatnonzero(work.market == market)
            rows = rows[np.argsort(work.at[rows], kind="stable")]
            there = np.searchsorted(waits, work.at[rows], side="right")
            turn = np.arange(1, len(rows) + 1)
            served = turn + np.minimum(np.minimum.accumulate(there - turn), 0) if len(rows) else turn
            is_served = np.diff(np.r_[0, served]) > 0
            found[rows[is_served]] = True
            entered[rows[is_served]] = waits[served[is_served] - 1]
            self.open[market] = waits[int(served[-1]) if len(rows) else 0 :]
        return work.only(found), entered[found]


def expected(plan: Plan, market: int, on: date) -> float:
    """How many items come in on a day in a market, on average: its share, the week, holidays, growth."""
    arrivals = plan.arrivals
    share = plan.markets[market].share / sum(each.share for each in plan.markets)
    week = arrivals.weekdays[on.weekday()] if arrivals.weekdays else 1.0
    feast = arrivals.holiday if on.isoformat() in arrivals.holidays else 1.0
    return float(
        arrivals.items_a_day * share * week * feast
        * (1 + arrivals.growth_a_year) ** ((on - plan.first_on).days / DAYS_A_YEAR)
    )  # fmt: skip


def arrived(plan: Plan, market: int, day: int) -> Ints:
    """When a day's items of a market come in, in microseconds since 1970, UTC; the day is that of its first site."""
    rng = np.random.default_rng([plan.seed, _ARRIVALS, day, market])
    on = plan.date_of(day)
    odds = np.array(plan.arrivals.hours or np.ones(24), dtype=float)
    hour = rng.choice(24, size=rng.poisson(expected(plan, market, on)), p=odds / odds.sum())
    language = plan.markets[market].language
    zone = next((site.time_zone for site in plan.sites if language in site.languages), "UTC")
    begins = (datetime.combine(on, time(0), ZoneInfo(zone)) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        microseconds=1
    )
    found: Ints = np.sort(begins + ((hour + rng.random(len(hour))) * _HOUR_US).astype(np.int64))
    return found


def waited(plan: Plan, work: Work, entered: Ints) -> dict[str, Any]:
    """The columns of decisions that tell of waiting."""
    turnaround_s: Floats = (work.at - entered) / 1e6
    return {
        "enqueued_at": entered,
        "turnaround_s": turnaround_s,
        "in_time": turnaround_s <= plan.arrivals.target_hours * 3600,
    }


def open_rows(waiting: Waiting, known: Installed, *, at: datetime) -> dict[str, Any]:
    """What stands open at night, as the log has it: one row a queue, and one more for each hour of age."""
    rng = np.random.default_rng([waiting.plan.seed, _ARRIVALS, at.toordinal()])
    moment = int(at.timestamp() * 1e6)
    queue, is_whole, items, overdue, age_s = [], [], [], [], []
    for market, entered in enumerate(waiting.open):
        ages = (moment - entered[entered <= moment]) / 1e6
        late = int((ages > waiting.plan.arrivals.target_hours * 3600).sum())
        rows: list[tuple[bool, int, int | None, float]] = [(True, len(ages), late, float(ages.max(initial=0)))]
        hours, counts = np.unique((ages // 3600).astype(np.int64), return_counts=True)
        rows += [(False, int(n), None, 3600.0 * (hour + 0.5)) for hour, n in zip(hours, counts, strict=True)]
        for whole, n, past, age in rows:
            queue.append(str(known.queues[market].pk))
            is_whole.append(whole)
            items.append(n)
            overdue.append(past)
            age_s.append(age)
    import pyarrow as pa

    count = len(queue)
    return {
        "id": new_ids(np.full(count, moment), rng),
        "sign": np.ones(count, np.int64),
        "at": np.full(count, moment),
        "programme_id": pa.array([str(known.programme.pk)] * count, pa.string()),
        "queue_id": pa.array(queue, pa.string()),
        "is_whole": np.array(is_whole),
        "items": np.array(items, dtype=np.int64),
        "overdue": pa.array(overdue, pa.int64()),
        "age_s": np.array(age_s),
    }
