"""`evenkeel plan-audit`: how much to look at, and how to divide it. It needs no install."""

from __future__ import annotations

from math import ceil, inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .columns import read_columns
from .refused import SHARE, refuses
from .root import json_option, say

if TYPE_CHECKING:
    from evenkeel.kernel import Allocation


@click.command("plan-audit")
@click.argument("strata", required=False, type=click.Path(path_type=Path))
@click.option("--rate", type=click.FloatRange(0, 1), help="The share you expect, say an accuracy of 0.95.")
@click.option("--half-width", type=click.FloatRange(0, 0.5, min_open=True, max_open=True), help="Wanted: +- so much.")
@click.option("--n", "audits", type=click.IntRange(1), help="Audits at hand: how far do they reach?")
@click.option("--fallen", type=click.FloatRange(0, 1), help="A share that must be noticed, below --rate.")
@click.option("--power", type=SHARE, default=0.8, show_default=True, help="How surely it must be noticed.")
@click.option("--false-alarm", type=SHARE, default=0.05, show_default=True, help="Chance of an alarm without a fall.")
@click.option(
    "--per-day", type=click.FloatRange(0, min_open=True), help="Audits a day, to tell how many days it takes."
)
@click.option("--population", type=click.IntRange(1), help="How many there are in all, when few.")
@click.option("--cluster-size", type=click.FloatRange(1), default=1.0, help="Audits that stand or fall together.")
@click.option("--alike", type=click.FloatRange(0, 1), default=0.0, help="How alike they are (intra-class correlation).")
@click.option("--budget", type=click.FloatRange(0, min_open=True), help="With STRATA: what audits may cost together.")
@click.option("--rule", type=click.Choice(["neyman", "proportional", "equal"]), default="neyman", show_default=True,
              help="How audits are shared out over the strata.")  # fmt: skip
@click.option("--level", type=SHARE, default=0.95, show_default=True, help="Confidence level.")
@json_option
@refuses
def plan_audit(
    strata: Path | None,
    rate: float | None,
    half_width: float | None,
    audits: int | None,
    fallen: float | None,
    power: float,
    false_alarm: float,
    per_day: float | None,
    population: int | None,
    cluster_size: float,
    alike: float,
    budget: float | None,
    rule: str,
    level: float,
    as_json: bool,
) -> None:
    """Say how many audits are enough, how far some reach, and where to put them.

    STRATA: CSV or Parquet with the columns stratum, size, rate[, cost], one row a stratum: then audits are allocated, for
    --n, --budget or --half-width. Without it, --rate with --half-width gives a size, with --n an interval, and with
    --fallen the audits that notice a fall.

    JSON: n, half_width, rate, level, population, design_effect, anytime_n, detection (n, flag_at, false_alarm, power, days),
    strata (stratum, size, rate, cost, n), cost, standard_error, plain_error, warnings.
    """
    data: dict[str, Any] = dict.fromkeys(
        ("n", "half_width", "rate", "level", "population", "design_effect", "anytime_n", "detection", "strata", "cost",
         "standard_error", "plain_error")
    )  # fmt: skip
    data |= {"level": level, "warnings": []}
    if strata is not None:
        said = _allocated(strata, audits, budget, half_width, rule, level, as_json)
        say(data | said, _allocation_lines(said), as_json=as_json)
        return
    if rate is None or (half_width is None and audits is None and fallen is None):
        raise click.UsageError("Give STRATA, or --rate with --half-width, --n or --fallen.")
    from evenkeel.kernel import cluster_effect

    effect = cluster_effect(cluster_size, alike)
    data |= {"rate": rate, "population": population, "design_effect": effect}
    lines: list[str] = []
    if half_width is not None:
        data |= _sized(rate, half_width, population, effect, level)
        lines.append(f"{data['n']} audits give {rate:.4g} +- {half_width:g} at {level:.0%}.")
        lines.append(f"Looked at after every audit, {data['anytime_n']} are needed for the same width.")
    elif audits is not None:
        data |= _reached(rate, audits, population, effect, level)
        lines.append(f"{audits} audits give {rate:.4g} +- {data['half_width']:.4f} at {level:.0%}.")
    if fallen is not None:
        found = _noticed(rate, fallen, audits, power, false_alarm, per_day)
        data["detection"] = found
        days = f", {found['days']} days at {per_day:g} a day" if found["days"] is not None else ""
        lines.append(
            f"{found['n']} audits notice a fall to {fallen:g} with power {found['power']:.3f}: flag at "
            f"{found['flag_at']} errors (false alarms {found['false_alarm']:.3f}){days}."
        )
    say(data, lines, as_json=as_json)


def _sized(rate: float, half_width: float, population: int | None, effect: float, level: float) -> dict[str, Any]:
    from evenkeel.kernel import anytime_sample_size, share_sample_size

    n = share_sample_size(
        rate, half_width=half_width, population=population or inf, design_effect=effect, level=level
    )  # fmt: skip
    return {
        "n": n,
        "half_width": half_width,
        "anytime_n": anytime_sample_size(rate, half_width=half_width, level=level),
    }


def _reached(rate: float, n: int, population: int | None, effect: float, level: float) -> dict[str, Any]:
    from evenkeel.kernel import proportion

    if population is not None and n > population:
        raise ValueError(f"--n {n} is more than the population of {population}")
    left = 1 - n / population if population else 1.0
    if left <= 0:
        return {"n": n, "half_width": 0.0}
    effective = n / (effect * left)
    return {"n": n, "half_width": proportion(rate * effective, effective, level=level).half_width}


def _noticed(
    rate: float, fallen: float, n: int | None, power: float, false_alarm: float, per_day: float | None
) -> dict[str, Any]:
    from dataclasses import asdict

    from evenkeel.kernel import detection, detection_sample_size

    if n is None:
        found = detection_sample_size(usual=rate, fallen=fallen, power=power, false_alarm=false_alarm)
    else:
        found = detection(n, usual=rate, fallen=fallen, false_alarm=false_alarm)
    return asdict(found) | {"days": ceil(found.n / per_day - 1e-9) if per_day else None}


def _allocated(
    path: Path, n: int | None, budget: float | None, half_width: float | None, rule: str, level: float, as_json: bool
) -> dict[str, Any]:
    from evenkeel.kernel import allocate, allocate_budget

    table = read_columns(path, needed=("stratum", "size", "rate"), known=("cost",), as_json=as_json)
    names = table.texts("stratum")
    sizes = table.numbers("size", fits=lambda x: x >= 1 and x % 1 == 0, fix="Give a whole number of 1 or more.")
    rates = table.numbers("rate", fits=lambda x: 0 <= x <= 1, fix="Give the share you expect, from 0 to 1.")
    costs = None
    if "cost" in table:
        costs = table.numbers("cost", fits=lambda x: x > 0, fix="Give what one audit costs, above 0.")
    if len(set(names)) < len(names):
        row = next(row for row, name in enumerate(names) if name in names[:row])
        table.refuse(row, "stratum", f"{names[row]!r} occurs twice", "Name each stratum once.")
    found: Allocation
    if n is not None:
        found = allocate(sizes, n=n, rates=rates, cost=costs, rule=rule)  # type: ignore[arg-type]
    elif budget is not None or half_width is not None:
        found = allocate_budget(
            sizes, budget=budget or inf, half_width=half_width, rates=rates, cost=costs, level=level
        )  # fmt: skip
    else:
        raise click.UsageError("With STRATA give --n, --budget or --half-width.")
    certain = [name for name, rate in zip(names, rates, strict=True) if rate in (0, 1)]
    warnings = [f"Stratum {name}: a rate of 0 or 1 gets the minimum; guess less boldly." for name in certain]
    return {
        "n": found.total,
        "half_width": found.half_width(level=level),
        "population": int(sum(sizes)),
        "strata": [
            {"stratum": name, "size": int(size), "rate": rate, "cost": cost, "n": int(drawn)}
            for name, size, rate, cost, drawn in zip(
                names, sizes, rates, costs or [1.0] * len(names), found.n, strict=True
            )
        ],
        "cost": found.cost,
        "standard_error": found.standard_error,
        "plain_error": found.plain_error,
        "warnings": warnings,
    }


def _allocation_lines(said: dict[str, Any]) -> list[str]:
    rows = [f"{row['stratum']:24} {row['size']:>10} {row['rate']:>8.4f} {row['n']:>8}" for row in said["strata"]]
    first = f"{'stratum':24} {'size':>10} {'rate':>8} {'audits':>8}"
    last = (
        f"{said['n']} audits, +- {said['half_width']:.4f} (drawn plainly: standard error "
        f"{said['plain_error']:.5f} instead of {said['standard_error']:.5f}), cost {said['cost']:g}."
    )
    return [first, *rows, last, *said["warnings"]]
