"""`evenkeel figures` and `evenkeel sample`: what the pages show, for programs."""

from __future__ import annotations

import click

from evenkeel.kernel import Estimate

from .root import json_option, say, set_up


@click.command()
@click.option("--programme", required=True, help="The programme's name.")
@json_option
def figures(programme: str, as_json: bool) -> None:
    """Print a programme's figures: value, interval, n, method."""
    set_up()
    from evenkeel.ground.access import Actor
    from evenkeel.ground.errors import NotFound
    from evenkeel.measure import programme_study
    from evenkeel.work import Programme

    found = Programme.objects.filter(name=programme).first()
    if found is None:
        raise NotFound(f"There is no programme {programme!r}.")
    rows = programme_study(Actor.system("evenkeel figures"), programme=found)
    lines = [_line(row.metric, row.estimate) for row in rows]
    say(
        [{"metric": row.metric, **row.estimate.to_dict()} for row in rows],
        lines or ["No figures yet."],
        as_json=as_json,
    )


def _line(metric: str, said: Estimate) -> str:
    return f"{metric:24} {said.value:.6f}  [{said.low:.6f}, {said.high:.6f}]  n {said.n}  {said.method}"


@click.group()
def sample() -> None:
    """Sampling plans."""


@sample.command("replay")
@click.argument("plan")
@json_option
def sample_replay(plan: str, as_json: bool) -> None:
    """Draw a plan again from its stored design and compare; exit 1 when a draw differs."""
    set_up()
    from evenkeel.quality import replay_plan

    found = replay_plan(plan)
    say(
        {"plan": plan, "draws": found.draws, "mismatches": list(found.mismatches)},
        [f"{found.draws} draws replayed, {len(found.mismatches)} differ.", *found.mismatches],
        as_json=as_json,
    )
    if found.mismatches:
        raise click.exceptions.Exit(1)
