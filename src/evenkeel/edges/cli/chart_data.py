"""From rows of a file to series x time for `evenkeel chart`: sorted by time, gaps kept, equal times added or grouped."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import nan
from statistics import median
from typing import TYPE_CHECKING

from .columns import Columns

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

When = date | float | str


@dataclass(frozen=True, kw_only=True)
class SeriesData:
    """`value`, `size` and `count` (rows behind a point) are series x points; `groups` has the rows of a point last."""

    names: list[dict[str, str]]
    times: list[When]
    value: npt.NDArray[np.float64]
    size: npt.NDArray[np.float64] | None
    groups: npt.NDArray[np.float64] | None
    season: npt.NDArray[np.int64] | None

    @property
    def step_days(self) -> float | None:
        """The usual distance of two points in days, where times are dates."""
        days = [when.toordinal() for when in self.times if isinstance(when, date)]
        if len(days) < 2 or len(days) < len(self.times):
            return None
        return float(median(after - before for before, after in itertools.pairwise(days)))


def series_of(
    table: Columns,
    *,
    value: str,
    size: str | None,
    by: Sequence[str],
    time: str | None,
    is_grouped: bool,
    is_count: bool,
    season: str | None,
) -> SeriesData:
    """The table as series: rows of one series and time make one point, or one subgroup.

    Without a time each row is a point, in the order of the file. Refuses a second value of one time where adding up makes
    no sense, a count above its size, and what is no number.
    """
    import numpy as np

    x = table.numbers_or_gaps(
        value,
        fits=(lambda number: number >= 0) if is_count else (lambda number: True),
        fix="Give a number of 0 or more, or leave the cell empty." if is_count else "Give a number, or leave it empty.",
    )
    n = None if size is None else table.numbers_or_gaps(
        size, fits=lambda number: number >= 0, fix="Give a number of 0 or more, or leave the cell empty."
    )  # fmt: skip
    keys = list(zip(*[_texts(table, name) for name in by], strict=True)) if by else [()] * table.rows
    names = sorted(set(keys), key=lambda key: [_natural(part) for part in key])
    row_of = {key: place for place, key in enumerate(names)}
    times, at = _times(table, time, keys)
    shape = (len(names), len(times))
    rows_behind = np.zeros(shape, dtype=np.int64)
    value_at = np.full(shape, nan)
    size_at = None if n is None else np.full(shape, nan)
    members: dict[tuple[int, int], list[float]] = {}
    codes: dict[int, int] = {}
    kinds = {name: place for place, name in enumerate(sorted(set(_texts(table, season))))} if season else {}
    for row in range(table.rows):
        place = row_of[keys[row]], at[row]
        if season:
            codes.setdefault(at[row], kinds[str(table.columns[season][row] or "")])
        if is_grouped:
            members.setdefault(place, []).append(x[row])
            continue
        if rows_behind[place] and not is_count:
            table.refuse(row, str(time), f"{table.columns[str(time)][row]!r} has a value already",
                         "Keep one value a time, or use --kind xbar.")  # fmt: skip
        rows_behind[place] += 1
        if x[row] == x[row]:
            value_at[place] = x[row] + (0.0 if value_at[place] != value_at[place] else value_at[place])
        if size_at is not None and n is not None and n[row] == n[row]:
            size_at[place] = n[row] + (0.0 if size_at[place] != size_at[place] else size_at[place])
    groups = None
    if is_grouped:
        widest = max(map(len, members.values()))
        groups = np.full((*shape, widest), nan)
        for (series, point), values in members.items():
            groups[series, point, : len(values)] = values
    return SeriesData(
        names=[dict(zip(by, key, strict=True)) for key in names],
        times=times,
        value=value_at,
        size=size_at,
        groups=groups,
        season=np.array([codes.get(point, 0) for point in range(len(times))]) if season else _weekdays(times),
    )


def refuse_above(table: Columns, value: str, size: str) -> None:
    """Refuse a row whose hits are more than its size."""
    for row in range(table.rows):
        try:
            hits, n = float(table.columns[value][row]), float(table.columns[size][row])
        except (TypeError, ValueError):
            continue
        if hits > n:
            table.refuse(row, value, f"{table.columns[value][row]} is more than its size {table.columns[size][row]}",
                         "A share counts hits among a number of cases; use --kind u for counts per unit.")  # fmt: skip


def _texts(table: Columns, name: str) -> list[str]:
    return ["" if said is None else str(said) for said in table.columns[name]]


def _natural(text: str) -> tuple[int, float, str]:
    try:
        return 0, float(text), text
    except ValueError:
        return 1, 0.0, text


def _times(table: Columns, time: str | None, keys: Sequence[tuple[str, ...]]) -> tuple[list[When], list[int]]:
    """The points in order, and which one each row belongs to."""
    if time is None:
        seen: dict[tuple[str, ...], int] = {}
        at = []
        for key in keys:
            at.append(seen.get(key, 0))
            seen[key] = at[-1] + 1
        return [float(point + 1) for point in range(max(seen.values(), default=0))], at
    said = table.columns[time]
    for row, one in enumerate(said):
        if one is None or str(one).strip() == "":
            table.refuse(row, time, "the cell is empty", "Say when, or leave the row out.")
    read = _dates(said) or _floats(said)
    if read is None:
        # Names of periods that are neither dates nor numbers stand in the order of the file.
        order: list[When] = list(dict.fromkeys(str(one) for one in said))
        place = {when: point for point, when in enumerate(order)}
        return order, [place[str(one)] for one in said]
    moments = sorted(set(read))
    place = {when: point for point, when in enumerate(moments)}
    return list(moments), [place[when] for when in read]


def _dates(said: Sequence[object]) -> Sequence[When] | None:
    found: list[When] = []
    for one in said:
        if isinstance(one, datetime):
            found.append(one.replace(tzinfo=None))
        elif isinstance(one, date):
            found.append(datetime(one.year, one.month, one.day))  # noqa: DTZ001
        else:
            try:
                found.append(datetime.fromisoformat(str(one).strip()).replace(tzinfo=None))
            except ValueError:
                return None
    is_whole = all(isinstance(when, datetime) and (when.hour, when.minute, when.second) == (0, 0, 0) for when in found)
    return [when.date() for when in found if isinstance(when, datetime)] if is_whole else found


def _floats(said: Sequence[object]) -> Sequence[When] | None:
    try:
        return [float(str(one)) for one in said]
    except ValueError:
        return None


def _weekdays(times: Sequence[When]) -> npt.NDArray[np.int64] | None:
    import numpy as np

    days = [when.weekday() for when in times if isinstance(when, date)]
    return np.array(days, dtype=np.int64) if len(days) == len(times) else None
