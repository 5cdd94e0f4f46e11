"""What a change of any metric can be taken apart by: what counts by cell in both windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from evenkeel.people import Organisation, Site, Team, Worker
from evenkeel.policy import PolicyVersion
from evenkeel.work import Queue

from ..taken_apart import explained
from .apart import Apart, Days
from .changing_cubes import Sums, counted
from .changing_money import money
from .changing_names import dimensions_of
from .changing_sums import units
from .figures import AuditCell, names_of

_TABLES: Mapping[str, Any] = {
    "queue": Queue, "organisation": Organisation, "site": Site, "team": Team, "worker": Worker,
    "policy_version": PolicyVersion,
}  # fmt: skip


def change_cells(
    metric: str,
    *,
    programme_id: UUID,
    before: Days,
    now: Days,
    where: Mapping[str, UUID | None],
    apart: Sequence[Apart] = (),
) -> tuple[list[AuditCell], list[AuditCell]]:
    """What counts by cell in either window: `errors` of `n`, as `explained(metric)` says what they are.

    A share's unwanted rows (weighted by the odds of being drawn), a mean's sum of values (as it is shown), a count's rows with
    the days of the window for n. `apart` is left out, of shares and means that have cells. Reads roll-ups, and of the log what
    these lack yet. Nobody's own eyes: the caller has asked.
    """
    way, names = explained(metric), dimensions_of(metric)
    if way.how == "none":
        return [], []
    if way.is_money:
        found = [money(metric, names, programme_id, days, where) for days in (before, now)]
    elif way.from_units:
        found = [units(way, names, programme_id, days, where) for days in (before, now)]
    else:
        found = counted(way, names, programme_id, before, now, where, apart)
    if way.how == "count":
        found = _a_day(found, before, now)
    titles = _titles(names, found)
    return tuple(  # type: ignore[return-value]
        [
            AuditCell(
                values=dict(zip(names, key, strict=True)),
                titles=dict(zip(names, map(dict.__getitem__, titles, key), strict=True)),
                errors=max(errors, 0.0),
                n=n,
            )
            for key, (errors, n) in sorted(window.items())
            if n > 0
        ]
        for window in found
    )


def _a_day(found: Sequence[Sums], before: Days, now: Days) -> list[Sums]:
    """A count has no n but its days: every cell of either window stood open to be counted on each of them."""
    cells = {key for window in found for key in window}
    return [
        {key: (window.get(key, (0.0, 0.0))[0], float((days.until - days.since).days)) for key in cells}
        for window, days in zip(found, (before, now), strict=True)
    ]


def _titles(names: Sequence[str], windows: Sequence[Sums]) -> list[dict[str, str]]:
    """What each value of each dimension is called."""
    values: list[set[str]] = [set() for _name in names]
    for window in windows:
        if window:
            for seen, column in zip(values, zip(*window, strict=True), strict=True):
                seen.update(column)
    found = []
    for name, seen in zip(names, values, strict=True):
        table = _TABLES.get(name)
        titles = names_of(table, {UUID(value) for value in seen if value}) if table is not None else {}
        found.append({value: value for value in seen} | {str(key): title for key, title in titles.items()})
    return found
