"""`evenkeel explain`: why a rate, a mean or a table of values changed, and where. It needs no install."""

from __future__ import annotations

from importlib import import_module
from math import isfinite
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from .root import json_option, say
from .windows import BASELINE, CURRENT, Table, read_table

if TYPE_CHECKING:
    from evenkeel.kernel import Explanation, Shifts


@click.command()
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--event", help="Column that is 1 (or true) where the event happened, one row a decision.")
@click.option("--value", help="Column of events of a cell (with --count), or of a measured value of a decision.")
@click.option("--count", "--n", "count", help="With --value: column of how many the events are of.")
@click.option("--per", help="With --value: column that the sum of values is divided by (a ratio of sums).")
@click.option("--quantile", type=click.FloatRange(0, 1, min_open=True, max_open=True),
              help="With --value: explain this quantile instead of the mean.")  # fmt: skip
@click.option("--real", help="Column of measured values of a table with forecasts.")
@click.option("--predict", help="With --real: column of the forecasts.")
@click.option("--window-column", "--window", "window", help="Column that says which window a row belongs to.")
@click.option("--baseline", "baseline", help="What the window column holds for the baseline.  [default: baseline]")
@click.option("--current", "current", help="What it holds for the current window; numbers also as <0 or =0."
              "  [default: current]")  # fmt: skip
@click.option("--period", help="Column of days, weeks: their scatter in the baseline is more than chance.")
@click.option("--dimensions", required=True, help="Columns to look in, a,b,c.")
@click.option("--hierarchy", "hierarchies", multiple=True, help="Nested columns from coarse to fine: vendor>site>team.")
@click.option("--family-error", type=click.FloatRange(0, 0.5, min_open=True), default=0.05, show_default=True,
              help="Chance of a cause where nothing changed.")  # fmt: skip
@click.option("--most", type=click.IntRange(1, 50), default=8, show_default=True, help="Causes at most.")
@json_option
def explain(
    data: Path,
    event: str | None,
    value: str | None,
    count: str | None,
    per: str | None,
    quantile: float | None,
    real: str | None,
    predict: str | None,
    window: str | None,
    baseline: str | None,
    current: str | None,
    period: str | None,
    dimensions: str,
    hierarchies: tuple[str, ...],
    family_error: float,
    most: int,
    as_json: bool,
) -> None:
    """Say why a figure changed between two windows: other work, everything at once, or some parts of the work.

    DATA: CSV or Parquet, gzip allowed. Decisions (--event), counted cells (--value --count), measured values (--value, with
    --per or --quantile), each with a window column that holds `baseline` and `current`; or a table of leaves with forecasts
    (--real --predict) without one. Cells may come several times, once a minute or day: then their own scatter is allowed for.

    A window column of numbers can be split: --baseline "<0" --current "=0" takes minute 0 against all before it.

    JSON: verdict ("no change", "mix shift", "global shift", "localised", "no data"), mix, rate, remainder, causes (where,
    rate_ratio, excess, share (value, low, high), n, score, also_known_as), seconds.
    """
    names = _listed(dimensions, "--dimensions")
    chains = [_listed(chain.replace(">", ","), "--hierarchy") for chain in hierarchies]
    for chain in chains:
        for name in chain:
            if name not in names:
                raise click.BadParameter(
                    f"{name!r} is not among --dimensions {','.join(names)}.", param_hint="--hierarchy"
                )
    form = _form(event, value, count, per, quantile, real, predict, window)
    numbers = [name for name in (event, value, count, per, real, predict) if name]
    others = [name for name in (window, period) if name]
    _load()  # the clock starts where the work does
    started = perf_counter()
    table = read_table(data, dimensions=names, numbers=numbers, others=others, as_json=as_json)
    if form == "forecast":
        said = _of_shifts(table, names, real or "", predict or "", most)
    else:
        is_current, kept = table.windows(window or "", baseline, current)
        said = _of_windows(
            table, form, names, is_current, kept, event=event, value=value, count=count, per=per, quantile=quantile,
            period=period, chains=chains, family_error=family_error, most=most,
        )  # fmt: skip
    said["seconds"] = round(perf_counter() - started, 4)
    say(said, _lines(said), as_json=as_json)


def _load() -> None:
    """What is imported on first use, so that the seconds told are those of the work."""
    from evenkeel.kernel import explain_rate

    for name in ("pyarrow.csv", "pyarrow.parquet", "scipy.special"):
        import_module(name)
    explain_rate({}, [], [])


def _form(
    event: str | None,
    value: str | None,
    count: str | None,
    per: str | None,
    quantile: float | None,
    real: str | None,
    predict: str | None,
    window: str | None,
) -> str:
    given = [name for name, said in (("--event", event), ("--value", value), ("--real", real)) if said]
    if len(given) != 1:
        raise click.UsageError("Give one of --event, --value (with --count), --real with --predict.")
    if bool(real) != bool(predict):
        raise click.UsageError("Give --real together with --predict.")
    if (count or per or quantile) and not value:
        raise click.UsageError("--count, --per and --quantile belong to --value.")
    if sum(x is not None for x in (count, per, quantile)) > 1:
        raise click.UsageError("Give one of --count, --per, --quantile.")
    if real:
        return "forecast"
    if not window:
        raise click.UsageError(f"Give --window-column: the column that holds {BASELINE} and {CURRENT}.")
    if event:
        return "event"
    return "count" if count else "ratio" if per else "quantile" if quantile else "mean"


def _of_windows(
    table: Table,
    form: str,
    names: list[str],
    is_current: Any,
    kept: Any,
    *,
    event: str | None,
    value: str | None,
    count: str | None,
    per: str | None,
    quantile: float | None,
    period: str | None,
    chains: list[list[str]],
    family_error: float,
    most: int,
) -> dict[str, Any]:
    from evenkeel.kernel import explain_quantile, explain_rate, explain_ratio

    cut: Any = table.dimensions(names, kept)
    now = is_current[kept]
    shared: dict[str, Any] = {"hierarchies": chains, "family_error": family_error}
    found: Explanation
    if form == "event":
        x = table.numbers(event or "", kept, fits=lambda x: (x == 0) | (x == 1), fix="Give 1 or 0, true or false.")
        days = None if period is None else table.dimensions([period], kept)[period]
        found = explain_rate(cut, x, now, period=days, most_causes=most, **shared)
    elif form == "count":
        n = table.numbers(count or "", kept, fits=lambda x: x >= 0, fix="Give a number of 0 or more.")
        x = table.numbers(value or "", kept, fits=lambda x: x >= 0, fix="Give a number of 0 or more.")
        table.refuse_first(x > n, kept, value or "", "more events than there are", f"Give at most what {count} holds.")
        found = explain_rate(cut, x, now, n=n, most_causes=most, **shared)
    else:
        x = table.numbers(value or "", kept, fits=lambda x: x >= 0, fix="Give a number of 0 or more.")
        if form == "quantile":
            found = explain_quantile(cut, x, now, p=quantile or 0.5, **shared)
        else:
            n = table.numbers(per, kept, fits=lambda x: x >= 0, fix="Give a number of 0 or more.") if per else None
            found = explain_ratio(cut, x, now, n=n, most_causes=most, **shared)
    return {
        "verdict": found.verdict, "mix": _known(found.mix), "rate": _known(found.rate), "remainder": _known(found.remainder),
        "causes": [_cause(one) for one in found.causes],
    }  # fmt: skip


def _of_shifts(table: Table, names: list[str], real: str, predict: str, most: int) -> dict[str, Any]:
    from evenkeel.kernel import explain_shift

    anything: Any = {"fits": None, "fix": "Give a number."}
    found: Shifts = explain_shift(
        table.dimensions(names, None), table.numbers(real, None, **anything), table.numbers(predict, None, **anything),
        most_causes=max(most, 20),
    )  # fmt: skip
    return {
        "verdict": found.verdict, "mix": 0.0, "rate": _known(found.change), "remainder": 0.0,
        "causes": [_cause(one) for one in found.causes],
    }  # fmt: skip


def _cause(cause: Any) -> dict[str, Any]:
    ratio = cause.rate_ratio if isinstance(cause.rate_ratio, float) else cause.rate_ratio.value
    return {
        "where": dict(cause.where),
        "rate_ratio": _known(ratio),
        "excess": _known(cause.excess),
        "share": {name: _known(getattr(cause.share, name)) for name in ("value", "low", "high")},
        "n": cause.share.n,
        "score": _known(cause.score),
        "also_known_as": [dict(where) for where in cause.also_known_as],
    }


def _known(number: float) -> float | None:
    return float(number) if isfinite(number) else None


def _lines(said: dict[str, Any]) -> list[str]:
    sentences = {
        "no change": "No change beyond chance.",
        "no data": "One of the windows is empty: there is nothing to compare.",
        "mix shift": "Other work came in; the same work has the same rate.",
        "global shift": "Everything changed alike: no part stands out.",
        "localised": "The change sits in a part of the work:",
    }
    lines = [sentences[said["verdict"]]]
    for cause in said["causes"]:
        where = " and ".join(f"{name} = {value}" for name, value in cause["where"].items())
        share, ratio = cause["share"], cause["rate_ratio"]
        of_change = "" if share["value"] is None else (
            f", {share['value']:.0%} [{share['low']:.0%}, {share['high']:.0%}] of the change"
        )  # fmt: skip
        times = "" if ratio is None else f"{ratio:.2f} times what was expected, "
        lines.append(f"  {where}: {times}{cause['excess']:+.1f}{of_change}, n {cause['n']}, score {cause['score']:.1f}")
        same = [" and ".join(f"{name} = {value}" for name, value in other.items()) for other in cause["also_known_as"]]
        lines += [f"    the same rows as {other}" for other in same]
    if said["mix"] is not None:
        lines.append(f"Change = mix {said['mix']:+.6g}, rate {said['rate']:+.6g}, remainder {said['remainder']:+.2g}.")
    return lines


def _listed(said: str, option: str) -> list[str]:
    names = [name.strip() for name in said.split(",") if name.strip()]
    if not names or len(set(names)) < len(names):
        raise click.BadParameter("name columns once each, as a,b,c.", param_hint=option)
    return names
