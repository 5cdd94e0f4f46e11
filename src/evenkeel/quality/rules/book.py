"""A plan's design as stored: versions, and the odds of their days. With salt and decisions it says who is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
import numpy.typing as npt

from .audits import Drawn
from .odds import DayOdds, drawn

if TYPE_CHECKING:
    import pyarrow as pa

# What a number that passed through text may lose.
_SAME = 1e-12


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version of a plan: from when on, everybody's rate, and whether layers make the odds differ by day."""

    number: int
    from_at: datetime
    rate: float
    is_layered: bool = False


@dataclass(kw_only=True)
class Book:
    """The versions of a plan, oldest first, and the odds of each version's days."""

    versions: Sequence[Version]
    frames: dict[tuple[int, date], DayOdds] = field(default_factory=dict)

    def odds(self, version: Version, day: date) -> DayOdds | None:
        """The odds of a day; None where a layered version has none on record."""
        return self.frames.get((version.number, day)) if version.is_layered else DayOdds(rate=version.rate)

    def parts(self, rows: pa.Table) -> Iterator[tuple[Version, date, npt.NDArray[np.int64]]]:
        """The rows by version and day (UTC) of `decided_at`."""
        moments = rows["decided_at"].to_numpy(zero_copy_only=False).astype("datetime64[us]")
        days = moments.astype("datetime64[D]").astype(np.int64)
        starts = np.array([_naive(version.from_at) for version in self.versions], dtype="datetime64[us]")
        # What was decided before the first version began is looked at by its odds: imports may say any moment.
        version = np.maximum(np.searchsorted(starts, moments, side="right") - 1, 0)
        both, place = np.unique(version * 10_000_000 + days, return_inverse=True)
        for number, pair in enumerate(both):
            at, day = divmod(int(pair), 10_000_000)
            yield self.versions[at], date(1970, 1, 1).fromordinal(day + 719_163), np.flatnonzero(place == number)

    def to_dict(self) -> dict[str, Any]:
        """As JSON, for whoever replays a sample elsewhere."""
        return {
            "versions": [
                {
                    "number": each.number,
                    "from_at": each.from_at.isoformat(),
                    "rate": each.rate,
                    "is_layered": each.is_layered,
                }
                for each in self.versions
            ],
            "days": [
                {"version": number, "day": day.isoformat(), "odds": odds.to_dict()}
                for (number, day), odds in sorted(self.frames.items())
            ],
        }

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> Book:
        """From what `to_dict` gave."""
        versions = [
            Version(**{**each, "from_at": datetime.fromisoformat(each["from_at"])}) for each in said["versions"]
        ]
        days = {
            (each["version"], date.fromisoformat(each["day"])): DayOdds.from_dict(each["odds"]) for each in said["days"]
        }
        return cls(versions=versions, frames=days)


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Mismatch:
    """A decision whose draw is not what the plan's odds and salt say.

    `kind`: `missing` should have been drawn, `extra` should not, `odds` stored odds or number differ, `design` the odds of
    its day are not on record.
    """

    decision_id: UUID
    kind: str
    said: Drawn


@dataclass(frozen=True)
class Replay:
    """What a replay of a plan found."""

    decisions: int
    draws: int
    mismatches: tuple[Mismatch, ...]

    @property
    def is_true(self) -> bool:
        """Whether every draw is what the plan says."""
        return not self.mismatches


def replay(
    tables: Iterable[pa.Table], *, book: Book, salt: int, stored: Mapping[str, tuple[float, float]]
) -> tuple[Replay, dict[str, tuple[float, float]]]:
    """Draw again from decisions as columns, and compare with what was drawn: id -> (pi, u).

    Returns what was found and the stored draws that no decision answered to.
    """
    left, decisions = dict(stored), 0
    wrong: list[Mismatch] = []
    for rows in tables:
        decisions += rows.num_rows
        for version, day, places in book.parts(rows):
            part = rows.take(places)
            odds = book.odds(version, day)
            found = (odds or DayOdds(rate=version.rate)).of(part)
            u, hits = drawn(part, found, salt=salt)
            ids = part["id"]
            said = {ids[int(row)].as_py(): (float(found.pi[row]), float(u[row])) for row in hits}
            if left:
                known = {key: row for row, key in enumerate(ids.to_pylist()) if key in left}
                said |= {key: (float(found.pi[row]), float(u[row])) for key, row in known.items()}
            wrong += _compared(said, left, is_known=odds is not None)
    return Replay(decisions, len(stored), tuple(wrong)), left


def _compared(
    said: Mapping[str, tuple[float, float]], left: dict[str, tuple[float, float]], *, is_known: bool
) -> Iterator[Mismatch]:
    for key, (pi, u) in said.items():
        made = left.pop(key, None)
        hit = Drawn(UUID(key), u, u < pi)
        if not is_known:
            yield Mismatch(hit.decision_id, "design", hit)
        elif made is None:
            yield Mismatch(hit.decision_id, "missing", hit)
        elif not hit.is_drawn:
            yield Mismatch(hit.decision_id, "extra", hit)
        elif abs(made[0] - pi) > _SAME or abs(made[1] - u) > _SAME:
            yield Mismatch(hit.decision_id, "odds", hit)
