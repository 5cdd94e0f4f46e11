"""`evenkeel plan-audit`, `accept` and `sprt`: how much to look at, and what was found says. They need no install."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from math import ceil, inf, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from .columns import read_columns
from .refusals import Refusal
from .root import json_option, say

if TYPE_CHECKING:
    from evenkeel.kernel import AcceptancePlan, Allocation, SequentialTest

_Options = ParamSpec("_Options")

SHARE = click.FloatRange(0, 1, min_open=True, max_open=True)


def _refuses(command: Callable[_Options, None]) -> Callable[_Options, None]:
    """A ValueError of the kernel is a sentence about what was asked; let it out as a refusal with exit code 2."""

    @wraps(command)
    def run(*args: _Options.args, **options: _Options.kwargs) -> None:
        try:
            command(*args, **options)
        except ValueError as error:
            said = str(error)
            detail = said[:1].upper() + said[1:] + ("" if said.endswith(".") else ".")
            as_json = bool(options.get("as_json"))
            raise Refusal({"code": "input", "detail": detail, "fields": {}}, as_json=as_json) from None

    return run


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
@_refuses
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


@click.command()
@click.option("--lot", type=click.IntRange(2), help="Items in the delivery.")
@click.option(
    "--aql", type=float, help="Acceptable quality level, in percent wrong: 0.01 to 10, or more per 100 items."
)
@click.option("--level", "inspection_level", type=click.Choice(["S-1", "S-2", "S-3", "S-4", "I", "II", "III"]),
              default="II", show_default=True, help="Inspection level.")  # fmt: skip
@click.option("--type", "plan_type", type=click.Choice(["single", "double", "multiple"]), default="single",
              show_default=True, help="Samples at most.")  # fmt: skip
@click.option("--inspection", type=click.Choice(["normal", "tightened", "reduced"]), default="normal",
              show_default=True, help="How strict, by the switching rules.")  # fmt: skip
@click.option("--good", type=SHARE, help="Own plan: a share of errors to accept.")
@click.option("--bad", type=SHARE, help="Own plan: a share of errors to reject.")
@click.option("--producer-risk", type=SHARE, default=0.05, show_default=True, help="Own plan: a good lot is rejected.")
@click.option("--consumer-risk", type=SHARE, default=0.10, show_default=True, help="Own plan: a bad lot is accepted.")
@click.option("--distribution", type=click.Choice(["binomial", "hypergeometric", "poisson"]), default=None,
              help="Binomial; Poisson by default for an AQL above 10.")  # fmt: skip
@click.option("--errors", help="Errors found in each stage so far, as 3 or 3,5: the verdict.")
@json_option
@_refuses
def accept(
    lot: int | None,
    aql: float | None,
    inspection_level: str,
    plan_type: str,
    inspection: str,
    good: float | None,
    bad: float | None,
    producer_risk: float,
    consumer_risk: float,
    distribution: str | None,
    errors: str | None,
    as_json: bool,
) -> None:
    """Print a sampling plan for accepting a delivery, how it behaves, and what the errors found say.

    Either from MIL-STD-105E (ISO 2859-1): --lot and --aql. Or the smallest single plan from two risks: --good and --bad.

    JSON: lot, aql, level, inspection, type, code_letter, letter, distribution, looks_at_all, stages (size, drawn, accept,
    reject), curve (p, accept, average_sample, average_outgoing, average_inspected), aoql, scheme (p, accept, average_sample,
    normal, tightened, reduced; normal inspection only), verdict, warnings.
    """
    data: dict[str, Any] = {
        "lot": lot, "aql": aql, "level": None, "inspection": None, "type": plan_type, "code_letter": None, "letter": None,
        "distribution": None, "looks_at_all": False, "stages": [], "curve": [], "aoql": None, "scheme": None,
        "verdict": None, "warnings": [],
    }  # fmt: skip
    if good is not None and bad is not None and aql is None:
        plan, points, used = _own_plan(data, good, bad, producer_risk, consumer_risk, distribution, lot)
    elif lot is not None and aql is not None and good is None and bad is None:
        plan, points, used = _standard(data, lot, aql, inspection_level, plan_type, inspection, distribution)
    else:
        raise click.UsageError("Give --lot and --aql, or --good and --bad.")
    data["distribution"] = used
    drawn = [sum(plan.sizes[: stage + 1]) for stage in range(len(plan.sizes))]
    data["stages"] = [
        {"size": size, "drawn": so_far, "accept": None if most < 0 else most, "reject": least}
        for size, so_far, most, least in zip(plan.sizes, drawn, plan.accept, plan.reject, strict=True)
    ]
    data["curve"] = _curve(plan, points, used, lot)
    fits = lot is not None and (used != "hypergeometric" or plan.most <= lot)
    data["aoql"] = plan.outgoing_limit(lot, distribution=used) if fits and lot and used != "poisson" else None
    if errors is not None:
        data["verdict"] = plan.verdict(_numbers(errors))
    say(data, _accept_lines(data), as_json=as_json)


def _standard(
    data: dict[str, Any], lot: int, aql: float, level: str, plan_type: str, inspection: str, distribution: str | None
) -> tuple[AcceptancePlan, list[float], Any]:
    from evenkeel.kernel import scheme_characteristics, standard_plan

    kind: Any = plan_type
    asked: Any = level
    state: Any = inspection
    found = standard_plan(lot, aql=aql, level=asked, inspection=state, plan_type=kind)
    used: Any = distribution or ("poisson" if aql > 10 else "binomial")
    data |= {
        "level": level, "inspection": inspection, "type": found.plan_type, "code_letter": found.code_letter,
        "letter": found.letter, "looks_at_all": found.looks_at_all,
    }  # fmt: skip
    if found.plan_type != plan_type:
        data["warnings"].append(f"The standard has no {plan_type} plan here: use the {found.plan_type} one.")
    if found.looks_at_all:
        data["warnings"].append("The sample is as large as the lot: look at every item.")
    most = inf if used == "poisson" else 1.0
    points = [p for factor in (0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8) if (p := round(aql / 100 * factor, 8)) <= most]
    if inspection == "normal" and used != "hypergeometric":
        scheme = scheme_characteristics(lot, points, aql=aql, level=asked, plan_type=kind, distribution=used)
        names = ("p", "accept", "average_sample", "normal", "tightened", "reduced")
        data["scheme"] = [{name: float(getattr(scheme, name)[k]) for name in names} for k in range(len(points))]
    return found.plan, points, used


def _own_plan(
    data: dict[str, Any],
    good: float,
    bad: float,
    producer_risk: float,
    consumer_risk: float,
    distribution: str | None,
    lot: int | None,
) -> tuple[AcceptancePlan, list[float], Any]:
    from evenkeel.kernel import find_plan

    used: Any = distribution or "binomial"
    plan = find_plan(
        good=good, bad=bad, producer_risk=producer_risk, consumer_risk=consumer_risk, distribution=used, lot=lot
    )
    data |= {"type": "single"}
    if lot is not None and plan.most >= lot:
        data |= {"looks_at_all": True}
        data["warnings"].append("The sample is as large as the lot: look at every item.")
    middle = (good + bad) / 2
    return plan, [good / 2, good, middle, bad, min(bad * 1.5, 1.0)], used


def _curve(plan: AcceptancePlan, points: list[float], distribution: Any, lot: int | None) -> list[dict[str, Any]]:
    found = plan.characteristics(points, distribution=distribution, lot=lot)
    names = ("p", "accept", "average_sample", "average_outgoing", "average_inspected")
    return [
        {name: value if isfinite(value := float(getattr(found, name)[k])) else None for name in names}
        for k in range(len(points))
    ]


def _accept_lines(data: dict[str, Any]) -> list[str]:
    head = [f"{data['type']} plan" + (f", letter {data['letter']}, {data['inspection']}" if data["letter"] else "")]
    stages = [
        f"  stage {number}: look at {stage['size']} ({stage['drawn']} in all), accept at "
        f"{'-' if stage['accept'] is None else stage['accept']}, reject at {stage['reject']}"
        for number, stage in enumerate(data["stages"], 1)
    ]
    rows = [
        f"  {row['p']:>10.5f} {row['accept']:>8.4f} {row['average_sample']:>10.1f} "
        + ("" if row["average_outgoing"] is None else f"{row['average_outgoing']:>10.5f}")
        for row in data["curve"]
    ]
    curve = [f"  {'errors':>10} {'accept':>8} {'looked at':>10} {'outgoing':>10}", *rows]
    limit = [f"  Worst average outgoing share (AOQL): {data['aoql']:.5f}"] if data["aoql"] is not None else []
    verdict = [f"Verdict: {data['verdict']}."] if data["verdict"] else []
    return [*head, *stages, *curve, *limit, *verdict, *data["warnings"]]


def _numbers(said: str) -> list[int]:
    try:
        return [int(part) for part in said.split(",")]
    except ValueError:
        raise click.BadParameter(f"{said!r} is no list of whole numbers such as 3,5.", param_hint="--errors") from None


@click.command()
@click.argument("answers", required=False, type=click.Path(path_type=Path))
@click.option("--good", type=SHARE, required=True, help="An acceptable share of errors.")
@click.option("--bad", type=SHARE, required=True, help="A share of errors that is not.")
@click.option("--producer-risk", type=SHARE, default=0.05, show_default=True, help="A good one is rejected.")
@click.option("--consumer-risk", type=SHARE, default=0.10, show_default=True, help="A bad one is accepted.")
@click.option("--most", type=click.IntRange(1), help="Cut off after so many answers (three fixed samples).")
@click.option("--errors", type=click.IntRange(0), help="Errors so far.")
@click.option("--n", "seen", type=click.IntRange(1), help="Answers so far.")
@json_option
@_refuses
def sprt(
    answers: Path | None,
    good: float,
    bad: float,
    producer_risk: float,
    consumer_risk: float,
    most: int | None,
    errors: int | None,
    seen: int | None,
    as_json: bool,
) -> None:
    """Print a sequential test of people or deliveries, its exact behaviour, and who is decided already.

    ANSWERS: CSV or Parquet with the columns worker, error[, time]; error is 1 for a wrong answer and 0 for a right one.
    Answers of a worker count in the order of time, or of the rows.

    JSON: good, bad, producer_risk, consumer_risk, h_accept, h_reject, slope, most, fixed_n, curve (p, accept,
    average_sample, deviation, cut_off), verdict, people (worker, verdict, after, n, errors), warnings.
    """
    from evenkeel.kernel import sprt as sequential

    test = sequential(good=good, bad=bad, producer_risk=producer_risk, consumer_risk=consumer_risk, most=most)
    if (errors is None) != (seen is None):
        raise click.UsageError("Give --errors together with --n.")
    verdict = test.verdict(errors=errors, n=seen) if errors is not None and seen is not None else None
    points = [good / 2, good, test.slope, bad, min(bad * 1.5, 1.0)]
    found = test.characteristics(points)
    names = ("p", "accept", "average_sample", "deviation", "cut_off")
    data: dict[str, Any] = {
        "good": good, "bad": bad, "producer_risk": producer_risk, "consumer_risk": consumer_risk,
        "h_accept": test.h_accept, "h_reject": test.h_reject, "slope": test.slope, "most": test.most, "fixed_n": test.fixed,
        "curve": [{name: float(getattr(found, name)[k]) for name in names} for k in range(len(points))],
        "verdict": verdict,
        "people": None if answers is None else _people(answers, test, as_json),
        "warnings": [],
    }  # fmt: skip
    risks = 1 - data["curve"][1]["accept"], data["curve"][3]["accept"]
    for name, wanted, is_ in zip(("producer", "consumer"), (producer_risk, consumer_risk), risks, strict=True):
        if is_ > wanted * 1.1:
            data["warnings"].append(
                f"Cut off this early, the {name}'s risk is {is_:.3f}, not {wanted:g}: raise --most."
            )
    say(data, _sprt_lines(data), as_json=as_json)


def _people(path: Path, test: SequentialTest, as_json: bool) -> list[dict[str, Any]]:
    table = read_columns(path, needed=("worker", "error"), known=("time",), as_json=as_json)
    workers = table.texts("worker")
    wrong = table.numbers("error", fits=lambda x: x in (0, 1), fix="Give 1 for a wrong answer, 0 for a right one.")
    order = range(table.rows)
    if "time" in table:
        times = table.texts("time")
        order_by_time = sorted(order, key=lambda row: times[row])
    else:
        order_by_time = list(order)
    answers: dict[str, list[float]] = {}
    for row in order_by_time:
        answers.setdefault(workers[row], []).append(wrong[row])
    rows = []
    for worker in sorted(answers):
        verdict, after = test.run(answers[worker])
        said = {"worker": worker, "verdict": verdict, "after": after, "n": len(answers[worker])}
        rows.append(said | {"errors": int(sum(answers[worker]))})
    return rows


def _sprt_lines(data: dict[str, Any]) -> list[str]:
    lines = [
        f"After n answers: accept at {-data['h_accept']:.4f} + {data['slope']:.5f} n errors or fewer, reject at "
        f"{data['h_reject']:.4f} + {data['slope']:.5f} n or more; cut off at {data['most']} (a fixed sample needs "
        f"{data['fixed_n']}).",
        f"  {'errors':>10} {'accept':>8} {'answers':>8}",
        *[f"  {row['p']:>10.5f} {row['accept']:>8.4f} {row['average_sample']:>8.1f}" for row in data["curve"]],
    ]
    lines += [f"Verdict: {data['verdict']}."] if data["verdict"] else []
    for row in data["people"] or []:
        lines.append(f"  {row['worker']:24} {row['verdict']:10} after {row['after']:>5} of {row['n']:>5}")
    return [*lines, *data["warnings"]]
