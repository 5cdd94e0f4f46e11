"""Where a change sits: measure's counts by cell, the kernel's scan, and rows that a page can show and a reader check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.kernel import Drivers, find_drivers
from evenkeel.measure import AuditCell, audit_cells

from .models import Driver, Investigation

# Asked in this order; a finer level of the same hierarchy comes after the coarser one.
DIMENSIONS = ("queue", "organisation", "site", "team", "worker", "expected_label", "policy_version")


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the scan says, ready to be stored and shown."""

    verdict: str
    change: float
    mix: float
    rate: float
    rows: tuple[Driver, ...]


def find(investigation: Investigation, *, now: datetime) -> Found:
    """Rank the cells that explain the change between the investigation's two windows; reads roll-ups, not decisions."""
    before = _cells(investigation, baseline=True)
    after = _cells(investigation, baseline=False)
    keys = sorted({tuple(cell.values[name] for name in DIMENSIONS) for cell in (*before, *after)})
    said = _scan(keys, _by_key(before), _by_key(after))
    titles = {(name, value): title for cell in (*before, *after) for name, value, title in cell.named()}
    chosen = list(said.causes) or [row for row in said.ranked if row.excess > 0][:5]
    rows = tuple(
        Driver(
            investigation=investigation,
            rank=rank,
            dimension=" × ".join(str(name) for name, _value in driver.cell),
            value=" × ".join(str(value) for _name, value in driver.cell),
            title=" × ".join(titles.get((str(name), str(value)), str(value)) for name, value in driver.cell)
            or _("Everywhere"),
            is_cause=driver in said.causes,
            baseline_errors=driver.baseline_errors,
            baseline_n=driver.baseline_n,
            current_errors=driver.current_errors,
            current_n=driver.current_n,
            excess=driver.excess,
            share=driver.share_of_change,
            llr=driver.llr,
            computed_at=now,
        )
        for rank, driver in enumerate(chosen, start=1)
    )
    return Found(verdict=said.verdict, change=said.change, mix=said.mix, rate=said.rate, rows=rows)


def _cells(investigation: Investigation, *, baseline: bool) -> Sequence[AuditCell]:
    return audit_cells(
        programme_id=investigation.programme_id,
        queue_id=investigation.queue_id,
        organisation_id=investigation.organisation_id,
        site_id=investigation.site_id,
        team_id=investigation.team_id,
        since=investigation.baseline_since if baseline else investigation.since,
        until=investigation.since if baseline else investigation.until,
    )


def _by_key(cells: Sequence[AuditCell]) -> dict[tuple[str, ...], tuple[float, float]]:
    summed: dict[tuple[str, ...], tuple[float, float]] = {}
    for cell in cells:
        key = tuple(cell.values[name] for name in DIMENSIONS)
        errors, n = summed.get(key, (0.0, 0.0))
        summed[key] = (errors + cell.errors, n + cell.n)
    return summed


def _scan(
    keys: Sequence[tuple[str, ...]],
    before: Mapping[tuple[str, ...], tuple[float, float]],
    after: Mapping[tuple[str, ...], tuple[float, float]],
) -> Drivers:
    none = (0.0, 0.0)
    columns = {
        name: [key[place] for key in keys]
        for place, name in enumerate(DIMENSIONS)
        # A dimension with one value says nothing that the whole does not say.
        if len({key[place] for key in keys}) > 1
    }
    return find_drivers(
        columns,
        [before.get(key, none)[0] for key in keys],
        [before.get(key, none)[1] for key in keys],
        [after.get(key, none)[0] for key in keys],
        [after.get(key, none)[1] for key in keys],
    )
