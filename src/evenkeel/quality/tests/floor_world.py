"""A made-up floor of work, as columns, to draw from: who decides what, how risky it is, and which decisions are wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from evenkeel.kernel import Estimate, WeightedParts, weighted_rate
from evenkeel.quality.rules.history import History
from evenkeel.quality.rules.layers import day_odds
from evenkeel.quality.rules.odds import DayOdds, drawn

FIRST = date(2026, 2, 2)
# What an audit takes, by queue: hard ones longer.
SECONDS = {"q0": 45.0, "q1": 60.0, "q2": 90.0}
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Floor:
    """Days of decisions, one table a day, and whether each was right; 28 days before them come from the same floor."""

    days: list[pa.Table]
    right: list[FloatArray]
    before: pa.Table
    started_on: Mapping[str, date]

    @property
    def seconds(self) -> float:
        """What an audit takes on average, of decisions drawn at random."""
        return _seconds(pa.concat_tables(self.days))

    @property
    def truth(self) -> float:
        """The share of right decisions, all of them looked at."""
        return float(np.concatenate(self.right).mean())


def make_floor(*, days: int, a_day: int, seed: int) -> Floor:
    """Three queues of unlike difficulty, 40 people of two vendors (four of them new and worse), a rare answer that is often
    wrong, and a risk score that knows something of errors."""
    rng = np.random.default_rng(seed)
    started = {f"p{n}": FIRST - timedelta(days=5 if n < 4 else 300) for n in range(40)}
    made = [_day(rng, FIRST + timedelta(days=day), a_day) for day in range(-28, days)]
    before = pa.concat_tables([table for table, _right in made[:28]])
    # A picture of the days before: every so many-th row.
    picture = before.take(pa.array(np.arange(0, before.num_rows, max(1, before.num_rows // 8_000))))
    return Floor([table for table, _ in made[28:]], [right for _, right in made[28:]], picture, started)


def _day(rng: np.random.Generator, day: date, n: int) -> tuple[pa.Table, FloatArray]:
    queue = rng.choice(3, size=n, p=[0.75, 0.2, 0.05])
    person = rng.integers(0, 40, n)
    rare = rng.random(n) < 0.03
    wrong = np.array([0.02, 0.15, 0.35])[queue] + 0.08 * (person < 4) + 0.25 * rare
    is_wrong = rng.random(n) < wrong
    risk = rng.lognormal(0.0, 0.5, n) * np.where(is_wrong, 1.8, 1.0)
    ids = rng.integers(0, 2**63, (n, 2), dtype=np.int64)
    at = datetime.combine(day, datetime.min.time(), UTC)
    table = pa.table(
        {
            "id": [_uuid(int(high), int(low)) for high, low in ids],
            "decided_at": pa.array([at] * n, pa.timestamp("us", tz="UTC")),
            "queue_id": [f"q{number}" for number in queue],
            "worker_id": [f"p{number}" for number in person],
            "organisation_id": [f"v{number % 2}" for number in person],
            "label": np.where(rare, "Rare", "Usual").tolist(),
            "language": ["de" if number % 3 else "fr" for number in person],
            "risk": risk,
        }
    )
    return table, (~is_wrong).astype(float)


def _uuid(high: int, low: int) -> str:
    text = f"{high:016x}{low:016x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


@dataclass(frozen=True)
class Drawn:
    """One sample through the product's own rules: what it says of accuracy, how many audits, how they are spread."""

    headline: Estimate
    naive: float
    audits: int
    people_unseen: int
    hours: float


def draw_floor(
    floor: Floor, design: Mapping[str, Any], *, salt: int, audited: Mapping[str, Any] | None = None
) -> Drawn:
    """Draw every day with odds from the days before (floors look at what was drawn so far), and weigh by the odds."""
    looked_at: dict[str, dict[str, date]] = {
        "worker_id": {}, "queue_id": {}, "language": {}, "organisation_id": {},
    }  # fmt: skip
    values, weights, seconds = list[FloatArray](), list[FloatArray](), 0.0
    is_adaptive = any(each["kind"] == "floor" for each in design.get("layers", []))
    odds: DayOdds | None = None
    for number, (table, right) in enumerate(zip(floor.days, floor.right, strict=True)):
        day = FIRST + timedelta(days=number)
        if odds is None or is_adaptive:
            odds = day_odds(design, _history(floor, day, looked_at))
        found = odds.of(table)
        _u, hits = drawn(table, found, salt=salt)
        values.append(right[hits])
        weights.append(1 / found.pi[hits])
        seconds += len(hits) * _seconds(table.take(pa.array(hits)))
        if is_adaptive:
            for column, seen in looked_at.items():
                seen.update(dict.fromkeys(table[column].take(pa.array(hits)).to_pylist(), day))
    y, w = np.concatenate(values), np.concatenate(weights)
    unseen = 40 - len(looked_at["worker_id"]) if is_adaptive else 0
    return Drawn(weighted_rate(WeightedParts.of(y, w)), float(y.mean()), len(y), unseen, seconds / 3600)


def _seconds(table: pa.Table) -> float:
    queues = table["queue_id"].to_numpy()
    return sum(SECONDS[name] * float((queues == name).mean()) for name in SECONDS) if len(queues) else 0.0


def _history(floor: Floor, day: date, looked_at: Mapping[str, Mapping[str, date]]) -> History:
    a_day = floor.days[0].num_rows
    return History(
        day=day,
        rows=floor.before,
        scale=28 * a_day / floor.before.num_rows,
        looked_at={column: dict(seen) for column, seen in looked_at.items()},
        started_on=floor.started_on,
        right={("q0", "v0"): (500, 482), ("q0", "v1"): (500, 482), ("q1", "v0"): (130, 108), ("q1", "v1"): (130, 108),
               ("q2", "v0"): (35, 22), ("q2", "v1"): (35, 22)},
        seconds=SECONDS | {"": 50.0},
    )  # fmt: skip


# Designs that look where errors are, each meant to need about as many audits as the first.
DESIGNS: dict[str, dict[str, Any]] = {
    "random": {"rate": 0.05},
    "whole": {"rate": 0.012, "layers": [{"kind": "widths", "whole": 1.0}]},
    "widths": {"rate": 0.012, "layers": [{"kind": "widths", "whole": 1.0, "queue": 4.0}]},
    "risk": {"rate": 0.01, "layers": [{"kind": "risk", "a_day": 90}]},
    "rare and new": {
        "rate": 0.02,
        "layers": [{"kind": "rare_class", "below": 0.05, "rate": 0.4}, {"kind": "new_hire", "days": 30, "rate": 0.1}],
    },
    "floors": {"rate": 0.01, "layers": [{"kind": "floor", "worker": 7, "queue": 3, "language": 3, "organisation": 3}]},
    "all, limited": {
        "rate": 0.012,
        "audits_a_day": 100,
        "layers": [
            {"kind": "widths", "whole": 1.0, "queue": 4.0},
            {"kind": "risk", "a_day": 40},
            {"kind": "rare_class", "below": 0.05, "rate": 0.2},
            {"kind": "new_hire", "days": 30, "rate": 0.06},
            {"kind": "floor", "worker": 7, "queue": 3, "language": 3, "organisation": 3},
        ],
    },
}
