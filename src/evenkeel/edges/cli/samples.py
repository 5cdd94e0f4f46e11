"""`evenkeel sample`: a plan's draws drawn again, here or elsewhere from its files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .refused import refuses
from .root import json_option, open_install, say

if TYPE_CHECKING:
    from evenkeel.quality import SamplingPlan

_MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
_from = click.option("--from", "from_", type=_MOMENT, help="Decisions from this day or moment (UTC) on.")
_to = click.option("--to", type=_MOMENT, help="Decisions before this day or moment (UTC).")


@click.group()
def sample() -> None:
    """Sampling plans: which decisions are audited, with which odds."""


@sample.command("replay")
@click.argument("plan")
@_from
@_to
@json_option
@refuses
def sample_replay(plan: str, from_: datetime | None, to: datetime | None, as_json: bool) -> None:
    """Draw a plan again from its stored design and compare; exit 1 when a draw differs.

    PLAN is the plan's id, as its page shows it, or its name where only one plan has it; or a folder that `sample export`
    wrote: then no install is needed. Kinds of differences: missing (should have been drawn), extra (should not), odds
    (others were stored), design (the day's odds are not on record).

    JSON: plan, decisions, draws, mismatches (decision_id, kind, u).
    """
    folder = Path(plan)
    if folder.is_dir():
        from evenkeel.quality import replay_files

        if from_ or to:
            raise click.UsageError("A folder is replayed whole: give --from and --to when it is exported.")
        replayed = replay_files(folder)
    else:
        open_install()
        from evenkeel.quality import replay_plan

        replayed = replay_plan(_plan(plan), from_=_utc(from_), until=_utc(to))
    mismatches: list[dict[str, Any]] = [
        {"decision_id": str(each.decision_id), "kind": each.kind, "u": each.said.u} for each in replayed.mismatches
    ]
    first = f"{replayed.decisions} decisions looked at, {replayed.draws} draws, {len(mismatches)} differ."
    say(
        {"plan": plan, "decisions": replayed.decisions, "draws": replayed.draws, "mismatches": mismatches},
        [first, *(f"  {each['decision_id']} {each['kind']}" for each in mismatches)],
        as_json=as_json,
    )
    if not replayed.is_true:
        raise click.exceptions.Exit(1)


@sample.command("export")
@click.argument("plan")
@_from
@_to
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="A folder; it is made when it is not there.",
)
@click.option(
    "--form", type=click.Choice(["csv", "parquet"]), default="csv", show_default=True, help="Of the two tables."
)
@json_option
def sample_export(plan: str, from_: datetime | None, to: datetime | None, out: Path, form: str, as_json: bool) -> None:
    """Write a plan's stored design, the decisions it looked at and its draws, for whoever replays them elsewhere.

    JSON: folder, decisions, draws.
    """
    open_install()
    from evenkeel.quality import write_sample

    counts = write_sample(_plan(plan), out, from_=_utc(from_), until=_utc(to), form=form)
    say(
        {"folder": str(out), **counts},
        [f"{counts['decisions']} decisions and {counts['draws']} draws in {out}. Check: evenkeel sample replay {out}"],
        as_json=as_json,
    )


def _utc(moment: datetime | None) -> datetime | None:
    from datetime import UTC

    return None if moment is None else moment.replace(tzinfo=UTC)


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
