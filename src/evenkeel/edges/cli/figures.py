"""`evenkeel figures` and `evenkeel sample`: what the pages show, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .root import json_option, open_install, say

if TYPE_CHECKING:
    from evenkeel.kernel import Estimate
    from evenkeel.quality import SamplingPlan
    from evenkeel.work import Programme


@click.command()
@click.option("--programme", required=True, help="The programme's name, as its page has it.")
@json_option
def figures(programme: str, as_json: bool) -> None:
    """Print the figures of a programme's labels: value, interval, n, effective n, method.

    They are those of the programme's quality page, as the job last evaluated them.
    """
    open_install()
    from evenkeel.ground.access import Actor
    from evenkeel.measure import programme_study

    rows = programme_study(Actor.system("evenkeel figures"), programme=_programme(programme))
    data = [
        {"metric": row.metric, "title": str(row.title), "unit": row.unit, **row.estimate.to_dict(), "as_of": row.as_of}
        | {"detail": dict(row.detail)}
        for row in rows
    ]
    lines = [_line(row.metric, row.estimate) for row in rows]
    say(data, lines or ["No figures yet: no item has two answers, or an answer and an expert's."], as_json=as_json)


def _programme(name: str) -> Programme:
    from evenkeel.ground.errors import NotFound
    from evenkeel.work import Programme

    found = Programme.objects.filter(name=name.strip()).first()
    if found is None:
        known = ", ".join(repr(said) for said in Programme.objects.order_by("name").values_list("name", flat=True)[:20])
        raise NotFound(
            f"There is no programme {name!r}.",
            fields={"programme": [f"Choose one of {known}." if known else "There is none yet."]},
        )
    return found


def _line(metric: str, said: Estimate) -> str:
    if not said.is_known:
        return f"{metric:24} not known yet  n {said.n}"
    interval = f"[{said.low:.6f}, {said.high:.6f}]" if said.has_interval else "[no interval]"
    return f"{metric:24} {said.value:.6f}  {interval}  n {said.n}  effective n {said.n_effective:.1f}  {said.method}"


@click.group()
def sample() -> None:
    """Sampling plans: which decisions are audited, with which odds."""


@sample.command("replay")
@click.argument("plan")
@json_option
def sample_replay(plan: str, as_json: bool) -> None:
    """Draw a plan again from its stored design and compare; exit 1 when a draw differs.

    PLAN is the plan's id, as its page shows it, or its name where only one plan has it.
    """
    open_install()
    from evenkeel.quality import replay_plan

    replayed = replay_plan(_plan(plan))
    mismatches: list[dict[str, Any]] = [
        {"decision_id": each.decision_id, "kind": each.kind, "u": each.said.u} for each in replayed.mismatches
    ]
    first = f"{replayed.decisions} decisions looked at, {replayed.draws} draws, {len(mismatches)} differ."
    say(
        {"plan": plan, "decisions": replayed.decisions, "draws": replayed.draws, "mismatches": mismatches},
        [first, *(f"  {each['decision_id']} {each['kind']}" for each in mismatches)],
        as_json=as_json,
    )
    if not replayed.is_true:
        raise click.exceptions.Exit(1)


def _plan(said: str) -> SamplingPlan:
    from uuid import UUID

    from evenkeel.ground.errors import NotFound
    from evenkeel.quality import SamplingPlan

    try:
        found = list(SamplingPlan.objects.filter(pk=UUID(said)))
    except ValueError:
        found = list(SamplingPlan.objects.filter(name=said.strip())[:2])
    if len(found) == 1:
        return found[0]
    fix = "More than one plan has this name: give its id." if found else "Give a plan's id or its name."
    raise NotFound(f"There is no plan {said!r}." if not found else f"{said!r} is not one plan.", fields={"plan": [fix]})
