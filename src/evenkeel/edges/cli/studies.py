"""`evenkeel twin study`: what-if studies that this install keeps, as the page What if has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .root import json_option, open_install, say

if TYPE_CHECKING:
    from datetime import datetime

    from evenkeel.twin import WhatIfStudy


@click.group()
def study() -> None:
    """What-if studies that are kept: begun here, lived through by `evenkeel serve` or `worker`, compared on a page."""


@study.command("begin")
@click.argument("title")
@click.option("--scenario", default="", help="One that comes with evenkeel: see `evenkeel twin list`.")
@click.option("--programme", default="", help="Instead: be like this programme of the install ...")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="... from this day")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="... until before this one.")
@click.option("--variant", "variants", multiple=True, help='"NAME: NUMBER=VALUE, NUMBER=VALUE"; may be repeated.')
@click.option("--for-all", multiple=True, help="A change that holds for every variant and for the scenario as it is.")
@click.option("--seeds", type=int, default=3, show_default=True, help="How many organisations.")
@click.option("--work", type=float, default=0.1, show_default=True, help="A share of the decisions, as many audits.")
@json_option
def begin(
    title: str,
    scenario: str,
    programme: str,
    since: datetime | None,
    until: datetime | None,
    variants: tuple[str, ...],
    for_all: tuple[str, ...],
    seeds: int,
    work: float,
    as_json: bool,
) -> None:
    """Have a study lived through in the background; `evenkeel twin study show` tells how far it is."""
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.twin import Asked, begin_study

    from .imports import programme_of
    from .twin import variants_of

    asked = Asked(
        title=title, scenario=scenario, since=since.date() if since else None, until=until.date() if until else None,
        for_all=for_all, variants=tuple(variants_of((), variants).items()), seeds=seeds, work=work,
    )  # fmt: skip
    named = programme_of(programme) if programme else None
    made = begin_study(Actor.system("command line"), asked=asked, programme=named, now=clock.now())
    say(_told(made), [f"{made.pk}  {made.runs_asked} runs"], as_json=as_json)


@study.command("list")
@json_option
def list_(as_json: bool) -> None:
    """Print the studies, the latest first."""
    open_install()
    from evenkeel.twin import WhatIfStudy

    rows = list(WhatIfStudy.objects.select_related("programme"))
    lines = [f"{row.pk}  {row.state:<8} {row.created_at:%Y-%m-%d %H:%M}  {row.title}" for row in rows]
    say([_told(row) for row in rows], lines or ["No studies."], as_json=as_json)


@study.command("show")
@click.argument("study_id")
@json_option
def show(study_id: str, as_json: bool) -> None:
    """Print a study's figures side by side, over the organisations that every variant has lived through."""
    found = _study(study_id)
    from evenkeel.twin import figures_of, told

    runs = list(found.runs.all())
    figures = figures_of(found, runs)
    data = _told(found) | {
        "runs": len(runs),
        "figures": [
            {"score": each.score, "name": each.name,
             "found": [{"variant": cell.variant, "said": told(cell.line) if cell.line else None, "apart": cell.apart}
                       for cell in each.cells]}
            for each in figures
        ],
    }  # fmt: skip
    lines = [
        f"{found.title}: {found.state}, {len(runs)} of {found.runs_asked} runs",
        *([found.said] if found.said else []),
    ]
    for each in figures:
        lines += ["", f"{each.score}: {each.name}"]
        lines += [
            f"  {cell.variant:<40} {told(cell.line) if cell.line else '–':<34} {cell.apart}" for cell in each.cells
        ]
    say(data, lines, as_json=as_json)


@study.command("stop")
@click.argument("study_id")
@json_option
def stop(study_id: str, as_json: bool) -> None:
    """End a study where it is; what was lived through stays."""
    found = _study(study_id)
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.twin import stop_study

    stop_study(Actor.system("command line"), study=found, now=clock.now())
    found.refresh_from_db()
    say(_told(found), ["Stopped."], as_json=as_json)


@study.command("delete")
@click.argument("study_id")
@json_option
def delete(study_id: str, as_json: bool) -> None:
    """Remove a study with all its figures."""
    found = _study(study_id)
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.twin import delete_study

    said = _told(found)
    delete_study(Actor.system("command line"), study=found, now=clock.now())
    say(said, ["Deleted."], as_json=as_json)


def _study(study_id: str) -> WhatIfStudy:
    open_install()
    from evenkeel.ground.access import Actor, load
    from evenkeel.twin import STUDY_VIEW, WhatIfStudy

    return load(Actor.system("command line"), STUDY_VIEW, WhatIfStudy.objects.all(), study_id)


def _told(found: WhatIfStudy) -> dict[str, Any]:
    names = ("id", "title", "scenario", "since_on", "until_on", "for_all", "variants", "seeds", "work", "state", "said",
             "runs_asked", "created_at", "ended_at")  # fmt: skip
    said = {name: getattr(found, name) for name in names}
    return said | {"programme": found.programme.name if found.programme else None}
