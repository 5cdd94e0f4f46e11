"""Where a change sits: measure's counts by cell, the kernel's scan, and rows that a page can show and a reader check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any
from uuid import UUID

from evenkeel.kernel import Explanation, explain_rate, explain_ratio
from evenkeel.measure import Apart, AuditCell, Days, audit_cells, change_cells, dimensions_of, explained
from evenkeel.work import programme_labels

from .models import Driver, Investigation
from .rules import Counts, Key, Line, lines_of, people_in, verdict_without_cause
from .rules_recipes import digest_of

# Of accuracy, whose cells the roll-ups keep; what any other metric is cut by is measure's to say.
DIMENSIONS = ("queue", "organisation", "site", "team", "worker", "expected_label", "policy_version")
ACCURACY = "accuracy"
# The verdict on a figure that is put together from several others: there are no rows to take it apart by.
NO_PARTS = "no_parts"
# The verdict on a signal of which nothing is left that chance could not have raised.
CHANCE = "chance"


# As an investigation keeps what the kernel says.
_VERDICTS = {
    "no data": "no_data", "no change": "none", "mix shift": "mix", "global shift": "everywhere", "localised": "localised",
}  # fmt: skip
_PLACES = ("organisation", "site", "team", "worker")
_MOST_CAUSES = 3
_MOST_RANKED = 20
# How the search is set, as a recipe states it.
SEARCH = {"hierarchy": list(_PLACES), "most_causes": _MOST_CAUSES, "most_ranked": _MOST_RANKED}


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the scan says, ready to be stored and shown."""

    verdict: str
    change: float | None
    mix: float | None
    rate: float | None
    rows: tuple[Driver, ...]
    # What was read of either window: audits, errors, cells, and a digest of them.
    before: dict[str, object]
    now: dict[str, object]

    def to_dict(self) -> dict[str, object]:
        """As JSON keeps it."""
        return {"verdict": self.verdict, "change": self.change, "mix": self.mix, "rate": self.rate}


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """What chose the changed window: how often a point is flagged by chance, and the share of the days that it had seen."""

    chance: float
    share: float
    # Whether the figure moved since to the other side than the alarm told of: then nothing of it is left to explain.
    is_gone: bool = False


def find(
    investigation: Investigation,
    *,
    label: str | None = None,
    apart: Sequence[Apart] = (),
    alarm: Alarm | None = None,
) -> Found:
    """Rank the cells that explain the change between the investigation's two windows. The rows are not saved.

    All of it is read from roll-ups. A figure that is put together from several others has no rows of its own: its verdict is
    `NO_PARTS`, and nothing is ranked. What is `apart` is left out; with a `label` only what audits found to be that is
    read. With an `alarm` it is a signal's: the days that raised it are among those it is explained by.
    """
    names = names_for(investigation.metric)
    cells = dict(zip(("before", "now"), _windows(investigation, label, apart), strict=True))
    before, now = _by_key(cells["before"], names), _by_key(cells["now"], names)
    if how_of(investigation.metric) == "none":
        nothing = _read(before)
        return Found(verdict=NO_PARTS, change=None, mix=None, rate=None, rows=(), before=nothing, now=nothing)
    if how_of(investigation.metric) != "share" and not _counted(before, now):
        # Nothing was counted in either window (no dispute at all): there are no sums to compare.
        verdict = "none" if before and now else "no_data"
        return Found(verdict=verdict, change=None, mix=None, rate=None, rows=(), before=_read(before), now=_read(now))
    said = _scan(investigation.metric, names, before, now, alarm)
    titles = {
        (name, value): title for window in cells.values() for cell in window for name, value, title in cell.named()
    }
    labels = programme_labels(investigation.programme).items()
    titles |= {(name, value): title for name in ("expected_label", "label") for value, title in labels}
    lines, verdict = lines_of(said, is_share=how_of(investigation.metric) == "share"), _VERDICTS[said.verdict]
    if verdict == "localised" and not any(line.is_cause for line in lines):
        verdict = verdict_without_cause(said)
    if alarm is not None and (alarm.is_gone or verdict == "none"):
        verdict = CHANCE if verdict in ("none", "everywhere", "localised") else verdict
        lines = [replace(line, is_cause=False) for line in lines]
    rows = [_row(investigation, rank, line, titles, before, now) for rank, line in enumerate(lines, start=1)]
    return Found(
        verdict=verdict,
        change=_number(said.change),
        mix=_number(said.mix),
        rate=_number(said.rate),
        rows=tuple(rows),
        before=_read(before),
        now=_read(now),
    )


def _counted(*windows: Counts) -> bool:
    return any(errors for window in windows for errors, _n in window.values())


def names_for(metric: str) -> tuple[str, ...]:
    """By what a change of a metric is taken apart."""
    return DIMENSIONS if metric == ACCURACY else dimensions_of(metric)


def how_of(metric: str) -> str:
    """Whether a metric is taken apart as a share, a mean, a count, or not at all ("none")."""
    return explained(metric).how


def spans_of(investigation: Investigation) -> tuple[Days, Days]:
    """The two windows."""
    return (
        Days(since=investigation.baseline_since, until=investigation.baseline_until),
        Days(since=investigation.since, until=investigation.until),
    )


def place_of(investigation: Investigation) -> dict[str, UUID | None]:
    """Its part of the programme, as measure takes it."""
    return {name: getattr(investigation, f"{name}_id") for name in ("queue", "organisation", "site", "team")}


def _read(counts: Counts) -> dict[str, object]:
    """What a window held, so that a later run can say whether it holds the same."""
    return {
        "n": sum(n for _errors, n in counts.values()),
        "errors": sum(errors for errors, _n in counts.values()),
        "cells": len(counts),
        "digest": digest_of([[*key, *counts[key]] for key in sorted(counts)]),
    }


def _windows(
    investigation: Investigation, label: str | None, apart: Sequence[Apart]
) -> tuple[Sequence[AuditCell], Sequence[AuditCell]]:
    # Nobody's own eyes: the investigation's reach has been checked, and its page hides single people where it must.
    before, now = spans_of(investigation)
    programme_id = investigation.programme_id
    if investigation.metric != ACCURACY:
        where = place_of(investigation)
        return change_cells(
            investigation.metric, programme_id=programme_id, before=before, now=now, where=where, apart=apart
        )
    where_ids: dict[str, Any] = {f"{name}_id": value for name, value in place_of(investigation).items()}
    first, second = (
        audit_cells(programme_id=programme_id, since=days.since, until=days.until, apart=apart, **where_ids)
        for days in (before, now)
    )
    if label is not None:
        first, second = (
            [cell for cell in cells if cell.values["expected_label"] == label] for cells in (first, second)
        )
    return first, second


def _by_key(cells: Sequence[AuditCell], names: Sequence[str]) -> Counts:
    summed: defaultdict[Key, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for cell in cells:
        key = tuple(cell.values[name] for name in names)
        errors, n = summed[key]
        summed[key] = (errors + cell.errors, n + cell.n)
    return dict(summed)


def _scan(metric: str, names: Sequence[str], before: Counts, now: Counts, alarm: Alarm | None) -> Explanation:
    keys = [*sorted(before), *sorted(now)]
    columns = {
        name: [key[place] for key in keys]
        for place, name in enumerate(names)
        # A dimension with one value says nothing that the whole does not say.
        if len({key[place] for key in keys}) > 1 and not _is_new(place, before, now)
    }
    counts = [*(before[key] for key in sorted(before)), *(now[key] for key in sorted(now))]
    explain = explain_rate if how_of(metric) == "share" else explain_ratio
    return explain(
        columns,
        [errors for errors, _ in counts],
        [False] * len(before) + [True] * len(now),
        n=[n for _, n in counts],
        hierarchies=(_PLACES,),
        most_causes=_MOST_CAUSES,
        most_ranked=_MOST_RANKED,
        alarm_chance=None if alarm is None else alarm.chance,
        alarm_share=1.0 if alarm is None else alarm.share,
    )


# A value has hardly a baseline when its share of the work grew to more than four times what it was; when a fifth of the
# present work is like that, the dimension tells of time, not of place.
_GREW = 4
_MOST_NEW = 0.2


def _is_new(place: int, before: Counts, now: Counts) -> bool:
    """Whether much of the present work has a value here with hardly a baseline, as after a new policy version.

    The expected rate of such a value would rest on a day or two of luck, and pass a fault on as a change of mix.
    """
    then, today = _shares(place, before), _shares(place, now)
    return sum(share for value, share in today.items() if share > _GREW * then.get(value, 0.0)) > _MOST_NEW


def _shares(place: int, counts: Counts) -> dict[str, float]:
    """Each value's share of the audited work."""
    n: defaultdict[str, float] = defaultdict(float)
    for key, (_errors, count) in counts.items():
        n[key[place]] += count
    total = sum(n.values())
    return {value: count / total for value, count in n.items()} if total else {}


def _row(
    investigation: Investigation,
    rank: int,
    line: Line,
    titles: dict[tuple[str, str], str],
    before: Counts,
    now: Counts,
) -> Driver:
    driver = line.driver
    cell = [
        {"dimension": str(name), "value": str(value), "title": titles.get((name, value)) or str(value)}
        for name, value in driver.where
    ]
    return Driver(
        investigation=investigation,
        rank=rank,
        cell=cell,
        also=[
            " × ".join(titles.get((name, value)) or str(value) for name, value in other.where) for other in line.also
        ],
        is_cause=line.is_cause,
        people=people_in(dict(driver.where), names=names_for(investigation.metric), before=before, now=now),
        baseline_errors=driver.baseline_events,
        baseline_n=driver.baseline_n,
        current_errors=driver.current_events,
        current_n=driver.current_n,
        excess=driver.excess,
        share=_number(driver.share.value),
        llr=driver.llr,
    )


def _number(value: float) -> float | None:
    # JSON and the database's numbers know no nan.
    return value if isfinite(value) else None
