"""`evenkeel sprt`: deciding while answers come in. It needs no install."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .columns import read_columns
from .refused import SHARE, refuses
from .root import json_option, say

if TYPE_CHECKING:
    from evenkeel.kernel import SequentialTest


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
@refuses
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
