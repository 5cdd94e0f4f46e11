"""From options and columns to one of the kernel's designs of proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .effect_tables import Moments, Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from evenkeel.kernel import Effect, Season

OTHER_ARM = ("control", "0", "a", "off", "old", "baseline", "no", "false", "placebo")


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


@dataclass(frozen=True, slots=True)
class Proved:
    """What a design found, and how the places of its course read."""

    effect: Effect
    start: str | None
    names: dict[float, str]


def prove(asked: Asked, criterion: str | None) -> Proved:
    """Read DATA and run the design."""
    return DESIGNS[asked.design](asked, criterion)


def _series(asked: Asked, criterion: str | None) -> Proved:
    from evenkeel.kernel import frozen_baseline, interrupted_series

    table = _table(asked, asked.after, *asked.covariates)
    moments = table.moments(table.time_column(asked.time))
    start, said = _start(asked, table, moments)
    data: dict[str, Any] = {
        "start": start, "size": _sizes(asked, table), "family": asked.family, "seasons": _seasons(asked.season),
        "wait": asked.wait, "criterion": criterion, "level": asked.level,
    }  # fmt: skip
    values = table.numbers(asked.value)
    if asked.design == "freeze":
        found = frozen_baseline(values, moments.places, **data)
    else:
        found = interrupted_series(
            values,
            moments.places,
            trend=asked.trend,
            slope=asked.slope,
            centre=asked.centre,
            covariates=_columns(table, asked.covariates),
            errors=_choice(asked.errors or "quasi", ("quasi", "plain", "hac")),
            **data,
        )
    return Proved(found, said, _names(moments))


def _counterfactual(asked: Asked, criterion: str | None) -> Proved:
    from evenkeel.kernel import counterfactual_series

    table = _table(asked, asked.after, *(() if asked.unit else asked.controls))
    moments = table.moments(table.time_column(asked.time))
    start, said = _start(asked, table, moments)
    values, places, controls = (
        _rates(asked, table),
        moments.places,
        _columns(table, asked.controls) if not asked.unit else None,
    )
    if asked.unit:
        values, places, controls = _beside(asked, table, moments, values)
    found = counterfactual_series(
        values, places, start=start, controls=controls, seasons=_seasons(asked.season), wait=asked.wait,
        criterion=criterion, level=asked.level,
    )  # fmt: skip
    return Proved(found, said, _names(moments))


def _beside(asked: Asked, table: Table, moments: Moments, values: npt.NDArray[np.float64]) -> Any:
    """One row a unit and time, turned: the treated unit's series (their mean), and each other unit as a control."""
    import numpy as np

    unit, names = table.named(str(asked.unit))
    if not asked.treated:
        raise click.UsageError(
            "With --unit, --treated names the unit (or the column of 0 and 1) that the action touched."
        )
    touched = _touched(asked, table, unit, names)
    times, at = np.unique(moments.places, return_inverse=True)
    grid = np.full((len(times), len(names)), np.nan)
    again = np.zeros((len(times), len(names)), dtype=int)
    np.add.at(again, (at, unit), 1)
    for row in np.flatnonzero(again[at, unit] > 1)[1:2]:
        table.refuse(int(row), str(asked.unit), "the unit has two rows for one time", "Keep one, or add them up.")
    grid[at, unit] = values
    mine = np.array([bool(touched[unit == k].any()) for k in range(len(names))])
    wanted = [k for k in range(len(names)) if not mine[k] and (not asked.controls or names[k] in asked.controls)]
    # A control with a hole cannot tell what would have been at that time.
    whole = [k for k in wanted if not np.isnan(grid[:, k]).any()]
    if wanted and not whole:
        raise table.refuse_file(
            "no control has a value at every time", "Fill the holes, or name better ones in --controls."
        )
    count = (~np.isnan(grid[:, mine])).sum(axis=1)
    mean = np.where(count > 0, np.nansum(grid[:, mine], axis=1) / np.maximum(count, 1), np.nan)
    return mean, times, grid[:, whole] if whole else None


def _did(asked: Asked, criterion: str | None) -> Proved:
    from evenkeel.kernel import difference_in_differences, staggered_effect

    if not asked.treated:
        raise click.UsageError("The did design needs --treated: a column of 0 and 1, or names of units.")
    table = _table(asked, asked.unit, asked.cluster, asked.after, *asked.covariates)
    unit, names = table.named(asked.unit) if asked.unit else (None, [])
    cluster = table.named(asked.cluster)[0] if asked.cluster else None
    touched = _touched(asked, table, unit, names)
    values, weights = _rates(asked, table), _sizes(asked, table)
    column = table.time_column(asked.time)
    moments = table.moments(column) if column else None
    times = 0 if moments is None else len(set(moments.places.tolist()))
    if unit is not None and moments is not None and (times > 2 or asked.after is None) and not asked.covariates:
        starts, said = _starts(asked, table, moments, unit, touched)
        found = staggered_effect(
            values, unit, moments.places, starts, weights=_no_holes(weights), clusters=cluster, criterion=criterion,
            level=asked.level,
        )  # fmt: skip
        return Proved(found, said, _names(moments))
    if asked.after is not None:
        after, start = table.flags(asked.after), None
    elif moments is not None and asked.start is not None:
        after, start = (moments.places >= moments.of(asked.start, "--start")).astype(float), asked.start
    else:
        raise click.UsageError("Say what is after: --after with a column of 0 and 1, or --time and --start.")
    errors = _choice(asked.errors or "auto", ("auto", "plain", "robust", "cluster"))
    found = difference_in_differences(
        values, touched, after, units=unit, clusters=cluster, weights=_no_holes(weights),
        covariates=_columns(table, asked.covariates), errors=errors, criterion=criterion, level=asked.level,
    )  # fmt: skip
    return Proved(found, start, {})


def _arms(asked: Asked, criterion: str | None) -> Proved:
    from evenkeel.kernel import compare_arms

    column = asked.arm or asked.treated
    if column is None:
        raise click.UsageError("The ab design needs --arm, the column that says which arm a row belongs to.")
    table = _table(asked, column, asked.cluster)
    which, names = table.named(column)
    if len(names) != 2 and not (asked.control and asked.treated and asked.arm):
        raise table.refuse_file(
            f"column {column!r} has {len(names)} arms ({', '.join(names[:5])})",
            "Give two, or name them with --control and --treated.",
        )
    other = asked.control or next((name for name in names if name.lower() in OTHER_ARM), None)
    if other is None or other not in names:
        said = " and ".join(names[:5])
        raise table.refuse_file(f"column {column!r} holds {said}", "Say with --control which of them had no action.")
    mine = asked.treated if asked.arm and asked.treated else next(name for name in names if name != other)
    if mine not in names:
        raise table.refuse_file(f"column {column!r} has no arm {mine!r}", f"Choose one of {', '.join(names[:5])}.")
    used = (which == names.index(other)) | (which == names.index(mine))
    sizes = _sizes(asked, table)
    values = table.numbers(asked.value)
    _within(asked, table, values, sizes)
    cluster = table.named(asked.cluster)[0][used] if asked.cluster else None
    found = compare_arms(
        values[used], (which[used] == names.index(mine)).astype(int), size=None if sizes is None else _no_holes(sizes)[used],
        clusters=cluster, looks="one" if asked.looks == "one" else "any", planned=asked.planned, share=asked.share,
        criterion=criterion, level=asked.level,
    )  # fmt: skip
    return Proved(found, None, {0.0: other, 1.0: mine})


def _coaching(asked: Asked, criterion: str | None) -> Proved:
    import numpy as np

    from evenkeel.kernel import coaching_effect

    needed = {
        "--before": asked.before,
        "--before-size": asked.before_size,
        "--size": asked.size,
        "--treated": asked.treated,
    }
    for option, said in needed.items():
        if said is None:
            raise click.UsageError(f"The coaching design needs {option} (see --help).")
    table = _table(asked, asked.before, asked.before_size, asked.treated)
    names = (str(asked.before), str(asked.before_size), asked.value, str(asked.size))
    x0, n0, x1, n1 = (np.nan_to_num(table.numbers(name, least=0.0)) for name in names)
    for name, hits, n in ((names[0], x0, n0), (names[2], x1, n1)):
        for row in np.flatnonzero(hits > n)[:1]:
            table.refuse(int(row), name, f"{hits[row]:g} is more than the {n[row]:g} audits", "Give errors among them.")
    found = coaching_effect(x0, n0, x1, n1, table.flags(str(asked.treated)), criterion=criterion, level=asked.level)
    return Proved(found, None, {})


DESIGNS: dict[str, Callable[[Asked, str | None], Proved]] = {
    "its": _series,
    "freeze": _series,
    "did": _did,
    "counterfactual": _counterfactual,
    "ab": _arms,
    "coaching": _coaching,
}


# ---------------------------------------------------------------- columns


def _table(asked: Asked, *more: str | None) -> Table:
    return Table.read(asked.data, [asked.value, asked.size, asked.time, *more], as_json=asked.as_json)


def _sizes(asked: Asked, table: Table) -> npt.NDArray[np.float64] | None:
    return table.numbers(asked.size, least=0.0) if asked.size else None


def _no_holes(sizes: npt.NDArray[np.float64] | None) -> Any:
    import numpy as np

    return None if sizes is None else np.nan_to_num(sizes)


def _rates(asked: Asked, table: Table) -> npt.NDArray[np.float64]:
    """Values, over their size where there is one; nan where the size is 0."""
    import numpy as np

    values, sizes = table.numbers(asked.value), _sizes(asked, table)
    if sizes is None:
        return values
    rates: npt.NDArray[np.float64] = np.divide(values, sizes, out=np.full(len(values), np.nan), where=sizes > 0)
    return rates


def _within(asked: Asked, table: Table, values: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64] | None) -> None:
    import numpy as np

    if sizes is None:
        return
    for row in np.flatnonzero((values > sizes) | (values < 0))[:1]:
        fix = "Give so many of the row's cases."
        table.refuse(int(row), asked.value, f"{values[row]:g} does not lie in 0 to {sizes[row]:g}", fix)


def _columns(table: Table, names: tuple[str, ...]) -> Any:
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


def _start(asked: Asked, table: Table, moments: Moments) -> tuple[float, str]:
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


def _touched(
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


def _starts(
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


def _seasons(said: tuple[str, ...]) -> list[Season]:
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


def _choice(said: str, known: tuple[str, ...]) -> Any:
    usual = {"classical": "plain", "ols": "plain", "poisson": "plain", "quasipoisson": "quasi", "newey-west": "hac",
             "clustered": "cluster", "hc3": "robust"}  # fmt: skip
    name = usual.get(said.lower(), said.lower())
    if name not in known:
        raise click.BadParameter(f"{said!r} is not one of {', '.join(known)}.", param_hint="--errors")
    return name


def _names(moments: Moments) -> dict[float, str]:
    return dict(zip(moments.places.tolist(), moments.said, strict=True))
