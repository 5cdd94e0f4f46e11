"""Decisions on plain values: windows, the odds of evidence, which cells of a scan deserve a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evenkeel.kernel import Cause, Explanation, wilson
from evenkeel.measure import difference

# Whole weeks, so that weekends weigh alike.
BASELINE_DAYS = 28
LONGEST_DAYS = 92
# Fewer people behind a row, and it tells of single people.
PEOPLE_NEEDED = 5
# A changed window of fewer days says little, however sure it is that all of them lie after the change.
LEAST_DAYS = 3
ROWS_SHOWN = 8
WANTED_CASES = 25

Key = tuple[str, ...]
Counts = Mapping[Key, tuple[float, float]]


@dataclass(frozen=True, kw_only=True)
class Windows:
    """A baseline and a changed window, half-open in days: baseline_since <= day < since <= day < until."""

    baseline_since: date
    since: date
    until: date


def windows_around(changed_on: date, *, until: date, baseline_days: int = BASELINE_DAYS) -> Windows:
    """The windows for a change that began on `changed_on`, looked at up to, not including, `until`.

    >>> windows_around(date(2026, 3, 9), until=date(2026, 3, 12))
    Windows(baseline_since=datetime.date(2026, 2, 9), since=datetime.date(2026, 3, 9), until=datetime.date(2026, 3, 12))
    """
    last = min(max(until, changed_on + timedelta(days=1)), changed_on + timedelta(days=LONGEST_DAYS - baseline_days))
    return Windows(baseline_since=changed_on - timedelta(days=baseline_days), since=changed_on, until=last)


def windows_between(
    earliest: date, on: date, latest: date, *, until: date, baseline_days: int = BASELINE_DAYS
) -> Windows:
    """The windows for a change that began between two days, most likely `on`: surely before against surely after.

    The changed window begins on the latest day, so that no day without the change thins it, unless fewer than `LEAST_DAYS`
    would be left; then as late as leaves so many, and not before the likeliest day. The baseline begins `baseline_days` before
    the earliest: what lies between the earliest day and the changed window is for neither (`rules_apart`).

    >>> found = windows_between(date(2026, 3, 5), date(2026, 3, 9), date(2026, 3, 11), until=date(2026, 3, 17))
    >>> found.baseline_since, found.since
    (datetime.date(2026, 2, 5), datetime.date(2026, 3, 11))
    >>> windows_between(date(2026, 3, 5), date(2026, 3, 9), date(2026, 3, 11), until=date(2026, 3, 12)).since
    datetime.date(2026, 3, 9)
    """
    since = max(on, min(latest, until - timedelta(days=LEAST_DAYS)))
    return windows_around(since, until=until, baseline_days=baseline_days + (since - min(earliest, since)).days)


def fault_in(windows: Windows) -> str | None:
    """What is wrong with windows that somebody typed: "order", "long", or None."""
    if not windows.baseline_since < windows.since < windows.until:
        return "order"
    if windows.until - windows.baseline_since > timedelta(days=LONGEST_DAYS):
        return "long"
    return None


def evidence_rate(errors: int, *, wanted: int = WANTED_CASES) -> float:
    """The odds with which each of `errors` wrong decisions is drawn as evidence, so that about `wanted` come.

    >>> evidence_rate(20), evidence_rate(100)
    (1.0, 0.25)
    """
    return 1.0 if errors <= wanted else wanted / errors


@dataclass(frozen=True, kw_only=True)
class Line:
    """A cell of the scan that is shown, and the cells that hold exactly the same audits."""

    driver: Cause
    is_cause: bool
    also: tuple[Cause, ...]
    # Whether it was found beyond the place that is looked at.
    is_beyond: bool = False


def lines_of(found: Explanation, *, most: int = ROWS_SHOWN, is_share: bool = True) -> list[Line]:
    """The causes in their order, those that moved as the whole did before others; then what differs most beside them,
    without proof; then what else moved that way.

    Cells with the same audits (a site and its only team) are one line under the simplest and coarsest of them; the empty
    cell is left to the verdict unless it is the cause. Of a share a cause must also be another than its own past.
    """
    way = 1 if found.change >= 0 else -1
    causes = found.causes or ((found.everywhere,) if found.everywhere else ())
    if is_share:
        causes = tuple(driver for driver in causes if not driver.where or has_other_rate(driver))
    causes = tuple(sorted(causes, key=lambda driver: driver.excess * way <= 0))
    rest = [driver for driver in (*found.unproven, *found.ranked) if driver.where and driver.excess * way > 0]
    lines: list[Line] = []
    for driver in (*causes, *rest):
        if len(lines) < most and not any(_is_same(driver, line.driver) for line in lines):
            # One of each name, and never by chance: the same cell is listed by several looks, with other numbers.
            alike = {other.where: other for other in reversed(rest) if _is_same(other, driver)} | {driver.where: driver}
            same = sorted(alike.values(), key=_simplest)
            lines.append(Line(driver=same[0], is_cause=driver in causes, also=tuple(same[1:])))
    return lines


def has_other_rate(driver: Cause) -> bool:
    """Whether a part's own share of errors is another than before, beyond chance: Newcombe's interval leaves out 0.

    In a flood a part gets many errors more because it gets much more work, and what a model of the baseline expects of a
    part that was small then may be wrong. More of the same is nobody's fault, so it is named no cause.
    """
    if not driver.baseline_n or not driver.current_n:
        return False
    before, now = (
        wilson(min(max(events, 0.0), n), n)
        for events, n in ((driver.baseline_events, driver.baseline_n), (driver.current_events, driver.current_n))
    )
    change = difference(before, now)
    return change.low > 0 if driver.excess > 0 else change.high < 0


def verdict_without_cause(found: Explanation) -> str:
    """What is said when every part that seemed to stand out only had more work: "mix" where mix is most of the change."""
    return "mix" if abs(found.mix) >= abs(found.rate) else "none"


def _simplest(driver: Cause) -> tuple[int, str]:
    # By name, a hierarchy (organisation, site, team, worker) happens to read from coarse to fine.
    return len(driver.where), str(driver.where)


def _is_same(one: Cause, other: Cause) -> bool:
    return (one.baseline_events, one.baseline_n, one.current_events, one.current_n) == (
        other.baseline_events, other.baseline_n, other.current_events, other.current_n,
    )  # fmt: skip


def people_in(cell: Mapping[str, str], *, names: Sequence[str], before: Counts, now: Counts) -> int:
    """How many workers' audited decisions lie in a cell: in the window that has fewer, of those that have any.

    What no person stands behind (items in a queue) tells of nobody: `PEOPLE_NEEDED`.
    """
    if "worker" not in names:
        return PEOPLE_NEEDED
    by = names.index("worker")

    def count(counts: Counts) -> int:
        return len(
            {
                key[by]
                for key, (_errors, n) in counts.items()
                if n > 0 and all(key[names.index(name)] == value for name, value in cell.items())
            }
        )

    return min((found for found in (count(before), count(now)) if found), default=0)
