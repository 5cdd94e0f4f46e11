"""Where a change sits: measure's counts by cell, the kernel's scan, and rows that a page can show and a reader check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any
from uuid import UUID

from evenkeel.kernel import Cause, Explanation, explain_rate, explain_ratio
from evenkeel.measure import Apart, AuditCell, Days, audit_cells, change_cells, dimensions_of, explained
from evenkeel.work import programme_labels

from .models import MOST_UNPROVEN, Driver, Investigation
from .rules import Counts, Key, Line, lines_of, people_in, verdict_without_cause
from .rules_beyond import is_inside, reaching_into, with_reaching
from .rules_recipes import digest_of

# Of accuracy, whose cells the roll-ups keep; what any other metric is cut by is measure's to say.
DIMENSIONS = ("queue", "organisation", "site", "team", "worker", "expected_label", "policy_version")
ACCURACY = "accuracy"
# The verdict on a figure that is put together from several others: there are no rows to take it apart by.
NO_PARTS = "no_parts"
# The verdict on a signal of which nothing is left that chance could not have raised.
CHANCE = "chance"
# The verdict where what explains the change most is no less true elsewhere.
BEYOND = "beyond"


# As an investigation keeps what the kernel says.
_VERDICTS = {
    "no data": "no_data", "no change": "none", "mix shift": "mix", "global shift": "everywhere", "localised": "localised",
}  # fmt: skip
_PLACES = ("organisation", "site", "team", "worker")
_MOST_CAUSES = 3
_MOST_RANKED = 20
# Of the rest of a programme everything that surely changed counts, however little of the whole it is.
_MOST_ELSEWHERE = 8
_ERROR_ELSEWHERE = 0.025
# How the search is set, as a recipe states it.
SEARCH = {
    "hierarchy": list(_PLACES),
    "most_causes": _MOST_CAUSES,
    "most_ranked": _MOST_RANKED,
    "most_unproven": MOST_UNPROVEN,
}


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
    # The ranks of the rows that name what changed beyond the place as well, and a digest of what was read there.
    beyond: tuple[int, ...] = ()
    elsewhere: str = ""

    def to_dict(self) -> dict[str, object]:
        """As JSON keeps it."""
        said = {"verdict": self.verdict, "change": self.change, "mix": self.mix, "rate": self.rate}
        return said | ({"beyond": list(self.beyond)} if self.beyond else {})


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """What chose the changed window: how often a point is flagged by chance, and the share of the days that it had seen."""

    chance: float
    share: float
    # Whether the figure moved since to the other side than the alarm told of: then nothing of it is left to explain.
    is_gone: bool = False


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """The rest of the programme, which the alarm did not choose: its cells in both windows."""

    before: Counts
    now: Counts
    titles: Mapping[tuple[str, str], str]


def find(
    investigation: Investigation,
    *,
    label: str | None = None,
    apart: Sequence[Apart] = (),
    alarm: Alarm | None = None,
    apart_elsewhere: Sequence[Apart] | None = None,
) -> Found:
    """Rank the cells that explain the change between the investigation's two windows. The rows are not saved.

    All of it is read from roll-ups. A figure that is put together from several others has no rows of its own: its verdict is
    `NO_PARTS`, and nothing is ranked. What is `apart` is left out; with a `label` only what audits found to be that is
    read. With an `alarm` it is a signal's: the days that raised it are among those it is explained by. Then, given what is
    `apart_elsewhere`, the rest of the programme is asked as well, which no alarm chose: what surely changed there, reaches into
    the place and carries a part of its change is its cause, and the place is searched for what that leaves.
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
    rest = _elsewhere(investigation, label, alarm, apart_elsewhere)
    reaching = _reaching(names, before, now, rest) if rest is not None else []
    said = _scan(investigation.metric, names, before, now, alarm, reaching)
    titles = _titles_of(*cells.values()) | (dict(rest.titles) if rest is not None else {})
    labels = programme_labels(investigation.programme).items()
    titles |= {(name, value): title for name in ("expected_label", "label") for value, title in labels}
    lines, verdict = lines_of(said, is_share=how_of(investigation.metric) == "share"), _VERDICTS[said.verdict]
    if verdict == "localised" and not any(line.is_cause for line in lines):
        verdict = verdict_without_cause(said)
    if alarm is not None and (alarm.is_gone or verdict == "none"):
        verdict = CHANCE if verdict in ("none", "everywhere", "localised") else verdict
        lines = [replace(line, is_cause=False) for line in lines]
    lines = with_reaching(lines, reaching)
    if lines and lines[0].is_beyond:
        verdict = BEYOND
    rows = [_row(investigation, rank, line, titles, before, now) for rank, line in enumerate(lines, start=1)]
    return Found(
        verdict=verdict,
        change=_number(said.change),
        mix=_number(said.mix),
        rate=_number(said.rate),
        rows=tuple(rows),
        beyond=tuple(rank for rank, line in enumerate(lines, start=1) if line.is_beyond),
        elsewhere="" if rest is None else digest_of([_read(rest.before), _read(rest.now)]),
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


def _elsewhere(
    investigation: Investigation, label: str | None, alarm: Alarm | None, apart: Sequence[Apart] | None
) -> Elsewhere | None:
    """The cells outside the investigation's place; None where nobody asks, or where the place is everything."""
    place = {name: str(id_) for name, id_ in place_of(investigation).items() if id_ is not None}
    place |= {} if label is None else {"expected_label": label}
    names = names_for(investigation.metric)
    if alarm is None or alarm.is_gone or apart is None or not place or not set(place) <= set(names):
        return None
    if how_of(investigation.metric) != "share":
        return None
    whole = Investigation(metric=investigation.metric, programme_id=investigation.programme_id)
    for name in ("baseline_since", "since", "until"):
        setattr(whole, name, getattr(investigation, name))
    cells = _windows(whole, None, apart)
    before, now = (
        {key: counts for key, counts in _by_key(window, names).items() if not is_inside(key, names, place)}
        for window in cells
    )
    return Elsewhere(before=before, now=now, titles=_titles_of(*cells)) if before and now else None


def _reaching(names: Sequence[str], before: Counts, now: Counts, rest: Elsewhere) -> list[Cause]:
    is_now, columns, counts = _as_columns(names, rest.before, rest.now)
    said = explain_rate(
        columns,
        [errors for errors, _ in counts],
        is_now,
        n=[n for _, n in counts],
        hierarchies=(_PLACES,),
        most_causes=_MOST_ELSEWHERE,
        family_error=_ERROR_ELSEWHERE,
        least_share=0.0,
    )
    return reaching_into(said, names=names, before=before, now=now)


def _titles_of(*windows: Sequence[AuditCell]) -> dict[tuple[str, str], str]:
    return {(name, value): title for cells in windows for cell in cells for name, value, title in cell.named()}


def _as_columns(
    names: Sequence[str], before: Counts, now: Counts
) -> tuple[list[bool], dict[str, list[str]], list[tuple[float, float]]]:
    """Which cells are of the changed window, their values by dimension, and their counts, as the search takes them."""
    keys = [*sorted(before), *sorted(now)]
    columns = {
        name: [key[place] for key in keys]
        for place, name in enumerate(names)
        # A dimension with one value says nothing that the whole does not say.
        if len({key[place] for key in keys}) > 1 and not _is_new(place, before, now)
    }
    counts = [*(before[key] for key in sorted(before)), *(now[key] for key in sorted(now))]
    return [False] * len(before) + [True] * len(now), columns, counts


def _scan(
    metric: str,
    names: Sequence[str],
    before: Counts,
    now: Counts,
    alarm: Alarm | None,
    reaching: Sequence[Cause],
) -> Explanation:
    is_now, columns, counts = _as_columns(names, before, now)
    errors, n = [errors for errors, _ in counts], [n for _, n in counts]
    said: dict[str, Any] = {
        "n": n, "hierarchies": (_PLACES,), "most_causes": _MOST_CAUSES, "most_ranked": _MOST_RANKED,
        "most_unproven": MOST_UNPROVEN, "alarm_chance": None if alarm is None else alarm.chance,
        "alarm_share": 1.0 if alarm is None else alarm.share,
    }  # fmt: skip
    if how_of(metric) == "share":
        known = [(each.where, each.rate_ratio.value) for each in reaching]
        return explain_rate(columns, errors, is_now, known=known, **said)
    return explain_ratio(columns, errors, is_now, **said)


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
