"""`evenkeel effect`: did an action work, and how long must one run to find out. It needs no install."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

import click

from .effect_columns import Asked
from .effect_designs import DESIGNS, prove
from .effect_plans import plan, plan_options
from .effect_words import as_data, as_lines
from .refusals import Refusal
from .root import json_option, say

SHARE = click.FloatRange(0, 1, min_open=True, max_open=True)
option = partial(click.option, metavar="COLUMN")


def _listed(ctx: click.Context, parameter: click.Parameter, said: tuple[str, ...]) -> tuple[str, ...]:
    """Names with commas between them, the option given once or often."""
    return tuple(name.strip() for text in said for name in text.split(",") if name.strip())


@click.command()
@click.argument("data", required=False, type=click.Path(path_type=Path))
@click.option("--design", help="How it is proved: see above.", metavar="DESIGN")
@click.option("--criterion", help="What must be true for success, as stated before: 'ratio < 0.95'.", metavar="TEXT")
@option("--value", "--outcome", "--metric", "value", help="The figure: errors, a mean, a count.")
@option("--size", "--offset", "--weight", "--n", "size", help="What the value is counted in: audits, population, days.")
@option("--time", "--date", "time", help="Numbers or dates; the rows in their order where there is no such column.")
@click.option("--start", "--intervention", "--from", "start", metavar="MOMENT",
              help="When the action began, as --time has it; for did also a column with each unit's start.")  # fmt: skip
@option("--after", "--post", "--period", "after", help="Instead of --start: 0 before the action, 1 from then on.")
@option("--unit", "--site", "--group", "unit", help="Site, vendor, person: what is compared over time.")
@click.option("--treated", metavar="COLUMN|NAMES", help="0 and 1, or names of units; for ab the arm with the action.")
@option("--cluster", help="Rows of one cluster stand or fall together (people, sites).")
@click.option("--controls", multiple=True, callback=_listed, metavar="COLUMNS",
              help="counterfactual: series that the action cannot have touched.")  # fmt: skip
@click.option("--covariates", multiple=True, callback=_listed, metavar="COLUMNS", help="What else is held equal.")
@click.option("--season", multiple=True, callback=_listed, metavar="PERIOD[:PAIRS]",
              help="12 or 12:2, waves over 12 points; 7:dummies, a level a weekday.")  # fmt: skip
@option("--arm", help="ab: which arm a row belongs to.")
@click.option("--control", metavar="NAME", help="ab: the arm without the action.")
@option("--before", help="coaching: errors before.")
@option("--before-size", help="coaching: audits before.")
@click.option("--slope", is_flag=True, help="its: the trend may change as well.")
@click.option("--trend/--no-trend", default=True, help="its: take a straight trend out (default).")
@click.option("--centre", "--center", "centre", type=float, help="its: where the change of slope is 0.")
@click.option("--wait", type=click.FloatRange(0), default=0.0, help="Points after --start that count for neither side.")
@click.option("--family", type=click.Choice(["auto", "poisson", "gaussian"]), default="auto", show_default=True,
              help="its: counts (a ratio) or measurements (a difference).")  # fmt: skip
@click.option("--errors", metavar="KIND", help="its: quasi (default), plain, hac; did: plain, robust, cluster.")
@click.option("--looks", type=click.Choice(["any", "one"]), default="any", show_default=True,
              help="ab: may be looked at any day, or once at a size fixed before.")  # fmt: skip
@click.option("--planned", type=click.FloatRange(1), default=4000.0, show_default=True,
              help="ab: cases an arm at which the bound is narrowest.")  # fmt: skip
@click.option("--share", type=SHARE, help="ab: intended share of cases with the action, to check the arms by.")
@option("--negative-control", help="A value that the action cannot have moved: the same design is run on it.")
@option("--negative-size", help="Its size, where it differs from --size.")
@click.option("--level", type=SHARE, default=0.95, show_default=True, help="Confidence level.")
@click.option(
    "--svg", type=click.Path(path_type=Path, dir_okay=False), help="Draw what was seen and what would have been."
)
@click.option("--power", "wanted_power", is_flag=False, flag_value=0.8, type=SHARE, metavar="[SHARE]",
              help="Plan instead of prove, as `effect plan`; the power wanted, 0.8 unless said.")  # fmt: skip
@plan_options
@json_option
def effect(
    data: Path | None,
    design: str | None,
    criterion: str | None,
    negative_control: str | None,
    negative_size: str | None,
    svg: Path | None,
    wanted_power: float | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Say whether an action worked: effect, interval, verdict against what was stated before, and what that assumes.

    DATA: CSV or Parquet (gzip too), read by the columns that the options name; other columns are left aside.

    \b
    Designs and what they read
      its             one series:      --value [--size] --time --start [--season] [--slope]
      freeze          one series:      as its, without a trend; the baseline stays frozen
      did             units compared:  --value [--size] --treated and --after, or
                                       --unit --time --treated and --start (roll-out in waves:
                                       --treated is 1 from each unit's start on, or --start
                                       names a column of starts)
      counterfactual  one series:      --value --time --start --controls a,b
                                       (or --unit and --treated NAME: the other units)
      ab              two arms:        --value [--size] --arm [--control NAME]
      coaching        people:          --before --before-size --value --size --treated

    \b
    Criterion: SUBJECT SIGN NUMBER, checked before anything is read
      ratio < 0.95          after over what would have been
      reduction >= 10%      the same as ratio <= 0.9; also increase, change
      difference < -1       after less what would have been, in units of the data
      difference <= -2 pp   in percentage points
      ratio between 0.9 and 1.1

    \b
    Plan: evenkeel effect plan --rate 0.05 --target 0.04 --per-week 1500 [--weeks 6]
      Weeks needed, by --design (ab, its, freeze, did). Exit code 1 when the plan
      cannot see its own target in --weeks; the sentence says what would do.

    The verdict is effective, not_effective or cannot_tell. It obeys the careful interval, which allows for what the textbook
    assumes away.

    JSON: design, verdict, because, criterion, scale, effect, ratio, difference, careful (each value, low, high, n,
    n_effective, method, level), p_value, coefficient, standard_error, terms, diagnostics (name, value, is_fine, says),
    assumes, event_study (distance and estimate), negative_control, start, course, seconds.
    """
    wants_plan = wanted_power is not None or (data is not None and str(data) == "plan" and not data.exists())
    if wants_plan:
        plan(design or "ab", criterion, power=wanted_power or 0.8, as_json=as_json, **options)
        return
    name = _design(design)
    if data is None or options["value"] is None:
        raise click.UsageError("Give DATA and --value. `evenkeel effect --help` shows what each design reads.")
    _criterion(criterion, as_json)
    asked = Asked(
        data=data, design=name, as_json=as_json, **{key: options[key] for key in Asked.__slots__ if key in options}
    )  # fmt: skip
    began = process_time()
    try:
        found, control = _with_control(asked, criterion, negative_control, negative_size)
    except ValueError as error:
        raise _refusal(str(error), as_json) from None
    said = as_data(found, control) | {"seconds": round(process_time() - began, 4)}
    if svg is not None:
        from .effect_chart import draw

        svg.write_text(draw(found, asked.value), encoding="utf-8")
    say(said, as_lines(found.effect), as_json=as_json)


def _design(said: str | None) -> str:
    usual = {"interrupted": "its", "interrupted-time-series": "its", "diff-in-diff": "did", "difference-in-differences": "did",
             "staggered": "did", "stepped": "did", "rollout": "did", "causal-impact": "counterfactual",
             "causalimpact": "counterfactual", "randomised": "ab", "randomized": "ab", "a/b": "ab", "abtest": "ab",
             "before-after": "freeze", "spc": "freeze"}  # fmt: skip
    name = usual.get((said or "").lower(), (said or "").lower())
    if name not in DESIGNS:
        fix = f"Choose one of {', '.join(DESIGNS)}."
        raise click.BadParameter(f"{said!r} is no design. {fix}" if said else fix, param_hint="--design")
    return name


def _criterion(said: str | None, as_json: bool) -> None:
    """Refuse a criterion that cannot be read before any row is."""
    from evenkeel.kernel import BadCriterion, read_criterion

    if said is None:
        return
    try:
        read_criterion(said)
    except BadCriterion as error:
        raise _refusal(str(error), as_json, field="criterion") from None


def _with_control(asked: Asked, criterion: str | None, other: str | None, size: str | None) -> Any:
    from dataclasses import replace

    from evenkeel.kernel import against_negative_control

    found = prove(asked, criterion)
    if other is None:
        return found, None
    control = prove(replace(asked, value=other, size=size or asked.size), None)
    return replace(found, effect=against_negative_control(found.effect, control.effect)), control


def _refusal(said: str, as_json: bool, field: str = "") -> Refusal:
    detail = said[:1].upper() + said[1:] + ("" if said.endswith(".") else ".")
    fields = {field: [detail]} if field and as_json else {}
    return Refusal({"code": "input", "detail": detail, "fields": fields}, as_json=as_json)
