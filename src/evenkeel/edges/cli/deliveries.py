"""`evenkeel accept`: whether to take a delivery, by what was found in a part of it. It needs no install."""

from __future__ import annotations

from math import inf, isfinite
from typing import TYPE_CHECKING, Any

import click

from .refused import SHARE, refuses
from .root import json_option, say

if TYPE_CHECKING:
    from evenkeel.kernel import AcceptancePlan


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
@refuses
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
