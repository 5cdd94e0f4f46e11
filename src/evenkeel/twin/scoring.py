"""What the product concluded, set against what was planted: one file a score in `kinds/scores/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal
from uuid import UUID

import numpy as np
import numpy.typing as npt

from evenkeel.ground.catalogue import Catalogue
from evenkeel.ground.errors import NotFound

from .wide.programmes import truths_in

if TYPE_CHECKING:
    from evenkeel.kernel import Estimate

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


_COLUMNS = ("score", "name", "n", "hits", "value", "goal", "unit")
# Fewer runs say nothing of how much runs differ.
_ENOUGH_RUNS = 3


class NoTruth(NotFound):
    """The folder holds no run of the twin."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of the table: how often (`hits` of `n`) or how much (`value`, the mean of `n`), and the goal in words.

    Rows of several runs are added up: hits and n, or the mean of the values, each run's weighed by its n. `values` holds
    every run's own: what they differ by is the interval's.
    """

    score: str
    name: str
    n: int
    hits: float | None = None
    value: float | None = None
    goal: str = ""
    unit: str = ""
    values: Sequence[float] = ()

    @property
    def estimate(self) -> Estimate:
        """The row with its interval: Wilson's for a share, Student's over the runs for a mean of three or more."""
        from evenkeel.kernel import Estimate, mean, proportion

        if self.hits is not None:
            return proportion(round(self.hits), self.n) if self.n else Estimate.unknown(method="wilson")
        if self.value is None:
            return Estimate.unknown(method="t")
        half = mean(self.values).half_width if len(self.values) >= _ENOUGH_RUNS else float("nan")
        return Estimate(self.value, self.value - half, self.value + half, self.n, float(self.n), "t")

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {name: getattr(self, name) for name in _COLUMNS} | {"values": list(self.values)}


@dataclass(frozen=True, kw_only=True)
class Planted:
    """An event as the run's truth keeps it."""

    kind: str
    is_fault: bool
    from_day: int
    until_day: int | None
    where: Mapping[str, str]
    blames: Mapping[str, str]
    settings: Mapping[str, Any] = field(default_factory=dict)

    def is_on(self, day: int, *, after: int = 0) -> bool:
        """Whether it acts on a day, or ended at most `after` days ago."""
        return self.from_day <= day and (self.until_day is None or day < self.until_day + after)


class Run:
    """A run's truth in columns: one row a day, person, market and true clause."""

    def __init__(self, folder: Path) -> None:
        import json

        import pyarrow.parquet as pq

        if not (folder / "plan.json").exists():
            raise NoTruth(f"{folder} holds no truth of a run: make one with `evenkeel twin run`.")
        self.told: dict[str, Any] = json.loads((folder / "plan.json").read_text())
        cells = pq.read_table(folder / "cells.parquet")
        self.columns: dict[str, Any] = {name: cells[name].to_numpy() for name in cells.column_names}
        self._places: dict[str, npt.NDArray[np.int64]] = {}
        self._masks: dict[tuple[tuple[str, str], ...], Bools] = {}

    @cached_property
    def first_on(self) -> date:
        return date.fromisoformat(self.told["plan"]["first_on"])

    @cached_property
    def programme(self) -> UUID:
        return UUID(self.told["programme"])

    @property
    def days(self) -> int:
        """How many days the run has."""
        return int(self.told["plan"]["days"])

    @cached_property
    def events(self) -> tuple[Planted, ...]:
        plans = self.told["plan"]["events"]
        return tuple(
            Planted(**each | {"settings": plan["settings"]})
            for each, plan in zip(self.told["events"], plans, strict=True)
        )

    def date_of(self, day: int) -> date:
        """The calendar day."""
        return self.first_on + timedelta(days=day)

    def day_of(self, on: date) -> int:
        """The day of the run."""
        return (on - self.first_on).days

    def place(self, kind: Literal["organisation", "site", "team", "market"]) -> npt.NDArray[np.int64]:
        """Each row's place in the list of names of that kind (`names`)."""
        if kind not in self._places:
            self._places[kind] = self._place(kind)
        return self._places[kind]

    def _place(self, kind: str) -> npt.NDArray[np.int64]:
        worker = self.columns["worker"]
        found: npt.NDArray[np.int64]
        if kind == "market":
            found = self.columns["market"].astype(np.int64)
            return found
        if kind == "team":
            found = np.array(self.told["worker_team"], dtype=np.int64)[worker]
            return found
        site: npt.NDArray[np.int64] = np.array(self.told["worker_site"], dtype=np.int64)[worker]
        if kind == "site":
            return site
        own = [each["organisation"] for each in self.told["plan"]["sites"]]
        found = np.array([self.names("organisation").index(name) for name in own], dtype=np.int64)[site]
        return found

    def names(self, kind: str) -> list[str]:
        """The names of a kind, in order."""
        plan = self.told["plan"]
        if kind == "organisation":
            return list(dict.fromkeys(each["organisation"] for each in plan["sites"]))
        if kind == "team":
            return list(self.told["team_names"])
        return [each["name"] for each in plan[{"site": "sites", "market": "markets", "clause": "clauses"}[kind]]]

    def ids(self, kind: str) -> list[UUID]:
        """The product's ids, in the order of `names`."""
        if kind == "organisation":
            own = [each["organisation"] for each in self.told["plan"]["sites"]]
            return [UUID(self.told["organisations"][own.index(name)]) for name in self.names("organisation")]
        return [UUID(each) for each in self.told[{"site": "sites", "team": "teams", "market": "queues"}[kind]]]

    def mask(self, where: Mapping[str, str]) -> Bools:
        """The rows of a place, by names; a clause is the true one."""
        key = tuple(sorted(where.items()))
        if key not in self._masks:
            found = np.ones(len(self.columns["day"]), dtype=bool)
            for kind, name in where.items():
                column = self.columns["clause"] if kind == "clause" else self.place(kind)  # type: ignore[arg-type]
                found &= column == self.names(kind).index(name)
            self._masks[key] = found
        return self._masks[key]

    def between(self, since: int, until: int) -> Bools:
        """The rows of since <= day < until."""
        day = self.columns["day"]
        found: Bools = (day >= since) & (day < until)
        return found

    def share_right(self, rows: Bools) -> float:
        """What was really right among the decisions of some rows; nan without any."""
        n = self.columns["n"][rows].sum()
        return float(self.columns["right"][rows].sum() / n) if n else float("nan")

    def share_hoped(self, rows: Bools) -> float:
        """What was to be expected of how people decided, chance aside; nan without any."""
        n = self.columns["n"][rows].sum()
        return float(self.columns["hoped"][rows].sum() / n) if n else float("nan")

    def as_judged(self, share: float) -> float:
        """The share that auditors of the plan's sensitivity and specificity would call right, had they seen everything."""
        audits = self.told["plan"]["audits"]
        return share * float(audits["specificity"]) + (1 - share) * (1 - float(audits["sensitivity"]))


class Score:
    """A kind of score."""

    slug: ClassVar[str]
    title: ClassVar[str]
    why: ClassVar[str]

    @classmethod
    def lines(cls, run: Run) -> Iterator[Line]:
        """The rows of one run; the run's install is the one that is open."""
        raise NotImplementedError


SCORES: Catalogue[type[Score]] = Catalogue("score", package="evenkeel.twin.kinds.scores")


def score(folder: Path) -> list[Line]:
    """Every score of a run whose install is open, its programmes together; `folder` is its data folder. Raises `NoTruth`."""
    runs = runs_in(folder)
    found = [[line for kind in SCORES for line in kind.lines(run)] for run in runs]
    return together(found) if len(found) > 1 else found[0]


def runs_in(folder: Path) -> list[Run]:
    """What really was in a run, by programme; `folder` is its data folder. Raises `NoTruth`."""
    return [Run(each) for each in truths_in(folder / "truth")]


def together(runs: list[list[Line]]) -> list[Line]:
    """The rows of several runs as one table."""
    found: dict[tuple[str, str], list[Line]] = {}
    for lines in runs:
        for line in lines:
            found.setdefault((line.score, line.name), []).append(line)
    return [_summed(lines) for lines in found.values()]


def _summed(lines: list[Line]) -> Line:
    first = lines[0]
    n = sum(line.n for line in lines)
    if first.hits is not None:
        return replace(first, n=n, hits=sum(line.hits or 0.0 for line in lines))
    known = [line for line in lines if line.value is not None and line.n]
    value = sum((line.value or 0.0) * line.n for line in known) / n if n else None
    values = [each for line in known for each in (line.values or (line.value or 0.0,))]
    return replace(first, n=n, value=value, values=tuple(values))


def told(line: Line) -> str:
    """A row for people: a share or a mean with its interval; a mean of one or two runs without."""
    found = line.estimate
    if not found.is_known:
        return "no case"
    if line.hits is not None:
        return f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}]"
    between = f" [{found.low:.3f}, {found.high:.3f}]" if found.has_interval else ""
    return f"{found.value:.4f}{between}{line.unit}"
