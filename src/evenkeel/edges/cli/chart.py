"""`evenkeel chart`: control charts of any file, with limits, flags, a budget of false alarms, and a drawing. No install."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .chart_findings import flags_of, is_known, row_of, summary_of
from .chart_kinds import COUNTED, KINDS, SHARES, SIZED, Drawn, Settings, draw, kind_of
from .chart_words import lines_of
from .columns import read_columns
from .refusals import Refusal
from .root import json_option, say

if TYPE_CHECKING:
    from .chart_data import SeriesData

DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "quarter": 91.3125, "year": 365.25}


@click.command()
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--kind", help=f"One of {', '.join(KINDS)}. beta-p with --size, else i, unless set.")
@click.option("--value", required=True, help="The column with the counts or values.")
@click.option("--size", help="The column with what the counts are out of: audits, cases, days.")
@click.option("--by", multiple=True, help="A column that names series; repeat it, or join with commas.")
@click.option("--time", "--at", "time", help="The column that orders points: dates, numbers or names of periods.")
@click.option("--group", help="The column that names subgroups, for xbar, r and s; --time unless set.")
@click.option(
    "--budget", help="False alarms you accept over all series together: 1/week, 0.5/day, 2/month, 0.01/point."
)
@click.option("--every", type=click.Choice([*DAYS]), help="How far two points are apart, where --time has no dates.")
@click.option("--freeze", help="The last point of the baseline: its number from 1, or its time.")
@click.option("--exclude", multiple=True, help="Points that set no limits, by number from 1 or time; commas allowed.")
@click.option("--part", multiple=True, help="Last points before new limits begin, by number from 1 or time.")
@click.option("--season", help="A column of codes whose level may differ; or `weekday` with dates. For beta-p and i.")
@click.option("--multiply", type=float, default=1.0, show_default=True, help="Show rates per so much size (u).")
@click.option("--width", type=click.FloatRange(0, min_open=True), help="Limits in standard errors: 3; EWMA's L 2.962.")
@click.option("--convention", help="g: three_sigma or probability. t: nelson or probability.")
@click.option("--within", type=click.Choice(["range", "deviation"]), default="range", show_default=True,
              help="What sigma of xbar comes from.")  # fmt: skip
@click.option("--target", type=float, help="Centre, where a standard sets it (i, ewma, cusum).")
@click.option(
    "--sigma", type=click.FloatRange(0, min_open=True), help="Sigma, where a standard sets it (i, ewma, cusum)."
)
@click.option("--weight", "--lambda", "weight", type=click.FloatRange(0, 1, min_open=True), default=0.2,
              show_default=True, help="Of the newest point in an EWMA.")  # fmt: skip
@click.option("--steady", "is_steady", is_flag=True, help="EWMA limits of the long run, from the first point on.")
@click.option("--slack", "-k", "slack", type=click.FloatRange(0), default=0.5, show_default=True, help="CUSUM's k.")
@click.option("--limit", "limit", type=click.FloatRange(0, min_open=True), default=5.0, show_default=True,
              help="CUSUM's h.")  # fmt: skip
@click.option("--head-start", type=click.FloatRange(0), default=0.0, show_default=True, help="Where a CUSUM begins.")
@click.option("--rules", help="Annotate patterns: nelson, western-electric, or rule numbers such as 1,2,5.")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="Draw to this file; one file a series.")
@json_option
def chart(data: Path, value: str, size: str | None, by: tuple[str, ...], as_json: bool, **said: Any) -> None:
    """Draw the limits of a control chart and name the points that they flag.

    DATA is a CSV or Parquet file (gzip too), one row a point. An empty cell or a size of 0 is a point without data. With
    --time rows are sorted, counts of the same time are added, and a series without a row at a time has a gap there.

    With --budget limits are set so that all series together raise so many false alarms, by points beyond limits and by a
    moving average, allowing for the length of each baseline.

    JSON: kind, method, budget (false_alarms, per, points_per_period, per_point), series (by, n, centre, lower, upper,
    spread, baseline_points, flags, change, runs, rules), limits (by, point, time, value, statistic, centre, lower, upper, z),
    flags (by, point, time, value, rule, side), svg, warnings. Points count from 1; flags of a series are its points.
    """
    kind = _kind(said["kind"], size)
    names = [name.strip() for each in by for name in each.split(",") if name.strip()]
    is_grouped = kind in ("xbar", "r", "s") or (kind in ("ewma", "cusum") and said["group"] is not None)
    time = said["group"] if is_grouped and said["group"] else said["time"]
    if kind in SIZED and size is None:
        raise click.UsageError(f"--kind {kind} needs --size.")
    if is_grouped and time is None:
        raise click.UsageError(f"--kind {kind} needs --group or --time: which rows are one subgroup.")
    season = said["season"] if said["season"] not in (None, "weekday") else None
    used = size if kind in (*SIZED, "ewma", "cusum") else None
    needed = [each for each in (value, used, time, season, *names) if each]
    table = read_columns(data, needed=list(dict.fromkeys(needed)), known=None, as_json=as_json)
    from .chart_data import refuse_above, series_of

    is_share = kind in SHARES or (kind in ("ewma", "cusum") and used is not None)
    if is_share and used is not None:
        refuse_above(table, value, used)
    is_count = kind in COUNTED or is_share
    series = series_of(table, value=value, size=used, by=names, time=time, is_grouped=is_grouped,
                       is_count=is_count or kind == "g", season=season)  # fmt: skip
    if series.size is not None and kind in ("u", "laney-u") and said["multiply"] != 1:
        series.size[:] = series.size / said["multiply"]
    if said["season"] == "weekday" and series.season is None:
        raise click.UsageError("--season weekday needs dates in --time.")
    try:
        settings = _settings(kind, series, said)
        answer = _answer(series, settings, said)
    except ValueError as error:
        detail = f"{data.name}: {str(error)[:1].lower()}{str(error)[1:]}"
        raise Refusal({"code": "input", "detail": detail, "fields": {}}, as_json=as_json) from None
    say(answer, lines_of(answer), as_json=as_json)


def _kind(said: str | None, size: str | None) -> str:
    if said is None:
        return "beta-p" if size else "i"
    found = kind_of(said)
    if found is None:
        raise click.BadParameter(f"{said!r} is no kind. Kinds are {', '.join(KINDS)}.", param_hint="--kind")
    return found


def _settings(kind: str, series: SeriesData, said: dict[str, Any]) -> Settings:
    from evenkeel.kernel import Phases

    points = len(series.times)
    freeze = _points(series, [said["freeze"]] if said["freeze"] else [], "--freeze")
    parts = [point for point in _points(series, said["part"], "--part") if point < points]
    exclude = [point - 1 for point in _points(series, said["exclude"], "--exclude")]
    conventions = {"g": ("three_sigma", "probability"), "t": ("nelson", "probability")}.get(kind, ())
    convention = said["convention"].strip().lower().replace("-", "_") if said["convention"] else None
    if convention is not None and convention not in conventions:
        known = " or ".join(conventions) or "for g and t only"
        raise click.BadParameter(f"{said['convention']!r}: {known}.", param_hint="--convention")
    usual = 2.962 if kind == "ewma" else 3.0
    return Settings(
        kind=kind,
        phases=Phases(freeze=freeze[0] if freeze else None, exclude=tuple(exclude), part=tuple(parts)),
        width=said["width"] or usual,
        convention=convention,
        use_season=said["season"] is not None,
        **{name: said[name] for name in ("within", "target", "sigma", "weight", "slack", "limit", "head_start",
                                         "is_steady")},
    )  # fmt: skip


def _points(series: SeriesData, said: Any, option: str) -> list[int]:
    """Numbers from 1, given as such or as times."""
    by_time = {str(when): place for place, when in enumerate(series.times, 1)}
    found = []
    for each in [part.strip() for one in said for part in one.split(",") if part.strip()]:
        number = int(each) if each.isdigit() else by_time.get(each)
        if number is None or not 1 <= number <= len(series.times):
            raise click.BadParameter(
                f"{each!r} is no point: give a number from 1 to {len(series.times)}, or a time in the data.",
                param_hint=option,
            )
        found.append(number)
    return found


def _answer(series: SeriesData, settings: Settings, said: dict[str, Any]) -> dict[str, Any]:
    from dataclasses import replace

    warnings: list[str] = []
    budget, alarms = None, None
    if said["budget"]:
        budget = _budget(said["budget"], said["every"], series, warnings)
        ready = draw(series, replace(settings, kind=_scored(settings.kind)))
        watched = max(int((ready.chart.baseline_points >= 2).sum()), 1)
        budget["per_point"] = budget["false_alarms"] / budget["points_per_period"] / watched
        settings = _within_budget(settings, budget["per_point"])
    drawn = draw(series, settings)
    if budget and settings.kind not in ("ewma", "cusum", "mr", "r", "s", "run"):
        from evenkeel.kernel import alarms as find

        alarms = find(drawn.chart, false_alarms=budget["false_alarms"] / budget["points_per_period"])
    elif budget and settings.kind in ("mr", "r", "s", "run"):
        warnings.append(f"A budget does not apply to --kind {settings.kind}; its own limits stand.")
    rules = _rules(said["rules"])
    flags = [flag for place in range(len(series.names)) for flag in flags_of(series, drawn, alarms, place)]
    short = [place for place in range(len(series.names)) if drawn.chart.baseline_points[place] < 8]
    if short:
        warnings.append(
            f"{len(short)} of {len(series.names)} series have fewer than 8 baseline points: limits are wide."
        )
    return {
        "kind": settings.kind,
        "method": drawn.chart.method,
        "budget": budget,
        "series": [summary_of(series, drawn, alarms, settings.phases, rules, place, flags)
                   for place in range(len(series.names))],
        "limits": [row_of(series, drawn, place, point) for place in range(len(series.names))
                   for point in range(len(series.times)) if len(series.names) == 1 or is_known(drawn, place, point)],
        "flags": flags,
        "svg": _svg(said["svg"], series, drawn, flags, settings) if said["svg"] else [],
        "warnings": warnings,
    }  # fmt: skip


def _scored(kind: str) -> str:
    return kind if kind not in ("run",) else "i"


def _within_budget(settings: Settings, rate: float) -> Settings:
    from dataclasses import replace

    from evenkeel.kernel import alarm_width, cusum_limit, ewma_width

    rate = min(rate, 0.4)
    if settings.kind == "ewma":
        return replace(settings, width=ewma_width(1 / rate, weight=settings.weight), is_steady=True)
    if settings.kind == "cusum":
        return replace(settings, limit=cusum_limit(1 / rate, slack=settings.slack))
    return replace(settings, width=alarm_width(rate))


def _budget(said: str, every: str | None, series: SeriesData, warnings: list[str]) -> dict[str, Any]:
    amount, _, per = said.strip().lower().replace("per", "/").replace(" ", "").partition("/")
    per = per.rstrip("s") or "week"
    per = {"d": "day", "daily": "day", "w": "week", "weekly": "week", "wk": "week", "mo": "month"}.get(per, per)
    try:
        alarms = float(amount)
    except ValueError:
        alarms = 0.0
    if alarms <= 0 or per not in (*DAYS, "point"):
        raise click.BadParameter(
            f"{said!r}: give a number above 0 and a period, such as 1/week, 0.5/day, 2/month or 0.01/point.",
            param_hint="--budget",
        )
    step = DAYS[every] if every else series.step_days
    if step is None and per != "point":
        step = 1.0
        warnings.append("Times are no dates: points are taken as days. Say --every week, say, where they are not.")
    return {
        "false_alarms": alarms,
        "per": per,
        "points_per_period": 1.0 if per == "point" else max(DAYS[per] / (step or 1.0), 1e-9),
        "per_point": 0.0,
    }


def _rules(said: str | None) -> tuple[int, ...]:
    from evenkeel.kernel import RULES, WESTERN_ELECTRIC

    if said is None:
        return ()
    name = said.strip().lower().replace("_", "-")
    if name in ("nelson", "all"):
        return tuple(RULES)
    if name in ("western-electric", "we"):
        return WESTERN_ELECTRIC
    numbers = [int(part) for part in name.split(",") if part.strip().isdigit()]
    if len(numbers) != len(name.split(",")) or not set(numbers) <= set(RULES):
        raise click.BadParameter(f"{said!r}: nelson, western-electric, or numbers 1 to 8.", param_hint="--rules")
    return tuple(numbers)


def _svg(path: Path, series: SeriesData, drawn: Drawn, flags: list[dict[str, Any]], settings: Settings) -> list[str]:
    from .chart_drawing import write_svg

    paths = []
    for place, names in enumerate(series.names):
        one = path if len(series.names) == 1 else path.with_name(f"{path.stem}-{place + 1}{path.suffix or '.svg'}")
        own = [flag for flag in flags if flag["by"] == names]
        write_svg(one, series=series, drawn=drawn, place=place, flags=own, kind=settings.kind)
        paths.append(str(one))
    return paths
