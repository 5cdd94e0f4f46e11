"""The options of `evenkeel effect`, and the columns that they name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .effect_tables import Moments, Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from evenkeel.kernel import Season


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of `evenkeel effect`, as they were given."""

    data: Path
    design: str
    value: str
    size: str | None
    time: str | None
    start: str | None
    after: str | None
    unit: str | None
    treated: str | None
    cluster: str | None
    controls: tuple[str, ...]
    covariates: tuple[str, ...]
    season: tuple[str, ...]
    arm: str | None
    control: str | None
    before: str | None
    before_size: str | None
    slope: bool
    trend: bool
    centre: float | None
    wait: float
    family: str
    errors: str | None
    looks: str
    planned: float
    share: float | None
    level: float
    as_json: bool


def read_table(asked: Asked, *more: str | None) -> Table:
    return Table.read(asked.data, [asked.value, asked.size, asked.time, *more], as_json=asked.as_json)


def sizes_of(asked: Asked, table: Table) -> npt.NDArray[np.float64] | None:
    return table.numbers(asked.size, least=0.0) if asked.size else None


def without_holes(sizes: npt.NDArray[np.float64] | None) -> Any:
    import numpy as np

    return None if sizes is None else np.nan_to_num(sizes)


def rates_of(asked: Asked, table: Table) -> npt.NDArray[np.float64]:
    """Values, over their size where there is one; nan where the size is 0."""
    import numpy as np

    values, sizes = table.numbers(asked.value), sizes_of(asked, table)
    if sizes is None:
        return values
    rates: npt.NDArray[np.float64] = np.divide(values, sizes, out=np.full(len(values), np.nan), where=sizes > 0)
    return rates


def refuse_beyond(
    asked: Asked, table: Table, values: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64] | None
) -> None:
    import numpy as np

    if sizes is None:
        return
    for row in np.flatnonzero((values > sizes) | (values < 0))[:1]:
        fix = "Give so many of the row's cases."
        table.refuse(int(row), asked.value, f"{values[row]:g} does not lie in 0 to {sizes[row]:g}", fix)


def numeric_columns(table: Table, names: tuple[str, ...]) -> Any:
    """Numeric columns as they are, others as one column of 0 and 1 a value but the first."""
    import numpy as np

    from .effect_tables import as_number

    parts = []
    for name in names:
        if name not in table:
            raise table.refuse_file(
                f"there is no column {name!r}", "Name columns that exist, with commas between them."
            )
        if all(as_number(text) is not None for text in table.texts(name)):
            parts.append(table.filled(name)[:, None])
        else:
            codes, values = table.named(name)
            parts.append((codes[:, None] == np.arange(1, len(values))).astype(float))
    return np.column_stack(parts) if parts else None


def start_of(asked: Asked, table: Table, moments: Moments) -> tuple[float, str]:
    """When the action began: --start, or the first time at which --after is 1."""
    import numpy as np

    if asked.start is not None:
        return moments.of(asked.start, "--start"), asked.start
    if asked.after is None:
        raise click.UsageError("Say when the action began: --start, or --after with a column of 0 and 1.")
    flags = table.flags(asked.after)
    if not flags.any():
        raise table.refuse_file(f"column {asked.after!r} is never 1", "Give 1 from the action on.")
    first = float(moments.places[flags == 1].min())
    for row in np.flatnonzero((moments.places > first) & (flags == 0))[:1]:
        table.refuse(int(row), asked.after, "it is 0 again after the action began", "Give 1 from the action on.")
    return first, moments.said[int(np.flatnonzero(moments.places == first)[0])]


def touched_rows(
    asked: Asked, table: Table, unit: npt.NDArray[np.int64] | None, names: list[str]
) -> npt.NDArray[np.float64]:
    """Which rows the action touches: a column of 0 and 1, or names of units."""
    import numpy as np

    said = str(asked.treated)
    if said in table:
        return table.flags(said)
    wanted = [name.strip() for name in said.split(",")]
    if unit is None:
        raise table.refuse_file(
            f"there is no column {said!r}", "Give a column of 0 and 1, or --unit and names of units."
        )
    for name in wanted:
        if name not in names:
            known = ", ".join(names[:5])
            raise table.refuse_file(f"there is neither a column nor a unit {name!r}", f"Units are {known}.")
    return np.isin(unit, [names.index(name) for name in wanted]).astype(float)


def starts_of(
    asked: Asked, table: Table, moments: Moments, unit: npt.NDArray[np.int64], touched: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], str | None]:
    """Each row's unit's start: one --start for all, a column of starts, or the first time at which --treated is 1."""
    import numpy as np

    ever = np.zeros(int(unit.max()) + 1, dtype=bool)
    ever[unit[touched == 1]] = True
    if asked.start is not None and asked.start in table:
        texts = table.columns.columns[asked.start]
        empty = {"", "na", "n/a", "nan", "never", "none", "inf", "null", "."}
        each = [
            np.inf if text is None or str(text).strip().lower() in empty else moments.of(str(text).strip(), "--start")
            for text in texts
        ]
        return np.where(ever[unit], np.array(each), np.inf), None
    if asked.start is not None:
        return np.where(ever[unit], moments.of(asked.start, "--start"), np.inf), asked.start
    after = table.flags(asked.after) if asked.after else np.ones(len(unit))
    now = (touched == 1) & (after == 1)
    if asked.after is None and not (ever[unit] & (touched == 0)).any():
        raise click.UsageError("Say when the action began: --start, or let --treated be 1 from each unit's start on.")
    first = np.full(len(ever), np.inf)
    np.minimum.at(first, unit[now], moments.places[now])
    for row in np.flatnonzero((moments.places > first[unit]) & (touched == 0))[:1]:
        table.refuse(int(row), str(asked.treated), "it is 0 again after the unit's start", "Give 1 from the start on.")
    return first[unit], None


def seasons_of(said: tuple[str, ...]) -> list[Season]:
    """PERIOD, PERIOD:PAIRS or PERIOD:dummies."""
    from evenkeel.kernel import Season

    from .effect_tables import as_number

    found = []
    for text in said:
        period, _, kind = text.partition(":")
        number = as_number(period)
        if number is None or number < 2:
            raise click.BadParameter(f"{text!r}: the period is a number of 2 or more, as in 12, 12:2 or 7:dummies.",
                                     param_hint="--season")  # fmt: skip
        if kind in {"dummies", "dummy", "levels"} or (not kind and number <= 7 and number % 1 == 0):
            found.append(Season(number, None))
        elif not kind or kind.isdigit():
            found.append(Season(number, int(kind or 2)))
        else:
            raise click.BadParameter(
                f"{text!r}: after the colon, a number of pairs or 'dummies'.", param_hint="--season"
            )
    return found


def choice_of(said: str, known: tuple[str, ...]) -> Any:
    usual = {"classical": "plain", "ols": "plain", "poisson": "plain", "quasipoisson": "quasi", "newey-west": "hac",
             "clustered": "cluster", "hc3": "robust"}  # fmt: skip
    name = usual.get(said.lower(), said.lower())
    if name not in known:
        raise click.BadParameter(f"{said!r} is not one of {', '.join(known)}.", param_hint="--errors")
    return name


def names_of(moments: Moments) -> dict[float, str]:
    return dict(zip(moments.places.tolist(), moments.said, strict=True))
