"""From options and columns to one of the kernel's designs of proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from .effect_columns import (
    Asked,
    choice_of,
    names_of,
    numeric_columns,
    rates_of,
    read_table,
    refuse_beyond,
    seasons_of,
    sizes_of,
    start_of,
    starts_of,
    touched_rows,
    without_holes,
)
from .effect_tables import Moments, Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from evenkeel.kernel import Effect

OTHER_ARM = ("control", "0", "a", "off", "old", "baseline", "no", "false", "placebo")


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

    table = read_table(asked, asked.after, *asked.covariates)
    moments = table.moments(table.time_column(asked.time))
    start, said = start_of(asked, table, moments)
    data: dict[str, Any] = {
        "start": start, "size": sizes_of(asked, table), "family": asked.family, "seasons": seasons_of(asked.season),
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
            covariates=numeric_columns(table, asked.covariates),
            errors=choice_of(asked.errors or "quasi", ("quasi", "plain", "hac")),
            **data,
        )
    return Proved(found, said, names_of(moments))


def _counterfactual(asked: Asked, criterion: str | None) -> Proved:
    from evenkeel.kernel import counterfactual_series

    table = read_table(asked, asked.after, *(() if asked.unit else asked.controls))
    moments = table.moments(table.time_column(asked.time))
    start, said = start_of(asked, table, moments)
    values, places, controls = (
        rates_of(asked, table),
        moments.places,
        numeric_columns(table, asked.controls) if not asked.unit else None,
    )
    if asked.unit:
        values, places, controls = _beside(asked, table, moments, values)
    found = counterfactual_series(
        values, places, start=start, controls=controls, seasons=seasons_of(asked.season), wait=asked.wait,
        criterion=criterion, level=asked.level,
    )  # fmt: skip
    return Proved(found, said, names_of(moments))


def _beside(asked: Asked, table: Table, moments: Moments, values: npt.NDArray[np.float64]) -> Any:
    """One row a unit and time, turned: the treated unit's series (their mean), and each other unit as a control."""
    import numpy as np

    unit, names = table.named(str(asked.unit))
    if not asked.treated:
        raise click.UsageError(
            "With --unit, --treated names the unit (or the column of 0 and 1) that the action touched."
        )
    touched = touched_rows(asked, table, unit, names)
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
    table = read_table(asked, asked.unit, asked.cluster, asked.after, *asked.covariates)
    unit, names = table.named(asked.unit) if asked.unit else (None, [])
    cluster = table.named(asked.cluster)[0] if asked.cluster else None
    touched = touched_rows(asked, table, unit, names)
    values, weights = rates_of(asked, table), sizes_of(asked, table)
    column = table.time_column(asked.time)
    moments = table.moments(column) if column else None
    times = 0 if moments is None else len(set(moments.places.tolist()))
    if unit is not None and moments is not None and (times > 2 or asked.after is None) and not asked.covariates:
        starts, said = starts_of(asked, table, moments, unit, touched)
        found = staggered_effect(
            values, unit, moments.places, starts, weights=without_holes(weights), clusters=cluster, criterion=criterion,
            level=asked.level,
        )  # fmt: skip
        return Proved(found, said, names_of(moments))
    if asked.after is not None:
        after, start = table.flags(asked.after), None
    elif moments is not None and asked.start is not None:
        after, start = (moments.places >= moments.of(asked.start, "--start")).astype(float), asked.start
    else:
        raise click.UsageError("Say what is after: --after with a column of 0 and 1, or --time and --start.")
    errors = choice_of(asked.errors or "auto", ("auto", "plain", "robust", "cluster"))
    found = difference_in_differences(
        values, touched, after, units=unit, clusters=cluster, weights=without_holes(weights),
        covariates=numeric_columns(table, asked.covariates), errors=errors, criterion=criterion, level=asked.level,
    )  # fmt: skip
    return Proved(found, start, {})


def _arms(asked: Asked, criterion: str | None) -> Proved:
    from evenkeel.kernel import compare_arms

    column = asked.arm or asked.treated
    if column is None:
        raise click.UsageError("The ab design needs --arm, the column that says which arm a row belongs to.")
    table = read_table(asked, column, asked.cluster)
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
    sizes = sizes_of(asked, table)
    values = table.numbers(asked.value)
    refuse_beyond(asked, table, values, sizes)
    cluster = table.named(asked.cluster)[0][used] if asked.cluster else None
    found = compare_arms(
        values[used], (which[used] == names.index(mine)).astype(int),
        size=None if sizes is None else without_holes(sizes)[used], clusters=cluster,
        looks="one" if asked.looks == "one" else "any", planned=asked.planned, share=asked.share,
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
    table = read_table(asked, asked.before, asked.before_size, asked.treated)
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
