"""`evenkeel analytics`: views for SQL tools, on PostgreSQL or in a DuckDB file."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

from .root import json_option, open_install, say, set_up


@click.group()
def analytics() -> None:
    """Views for SQL tools: the schema `analytics` on PostgreSQL, or a DuckDB file."""


@analytics.command("install")
@click.option(
    "--people", "with_people", is_flag=True, help="Make `analytics_people` too: who did what, with its own role."
)
@json_option
def install(with_people: bool, as_json: bool) -> None:
    """Make the views on PostgreSQL, and the role evenkeel_analytics that reads them and nothing else.

    The role's password is EVENKEEL_ANALYTICS_PASSWORD. Running it again changes the password and makes the views anew;
    `evenkeel migrate` makes them anew by itself.
    """
    open_install()
    from django.conf import settings

    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.reports import VIEWS, install_analytics

    actor = Actor.system("evenkeel analytics install")
    password = settings.EVENKEEL.analytics_password
    install_analytics(actor, password=password, with_people=with_people, now=clock.now())
    made = [f"{view.schema}.{view.name}" for view in VIEWS if with_people or view.schema == "analytics"]
    said = {"role": "evenkeel_analytics", "views": made}
    say(said, ["The role evenkeel_analytics reads:", *(f"  {name}" for name in made)], as_json=as_json)


@analytics.command("describe")
@json_option
def describe(as_json: bool) -> None:
    """Print every view with its columns and what they tell."""
    set_up()
    from evenkeel.reports import VIEWS

    data = {
        f"{view.schema}.{view.name}": {
            "why": view.why,
            "columns": {name: why for name, (_sql, why) in view.columns.items()},
        }
        for view in VIEWS
    }
    lines = []
    for view in VIEWS:
        columns = [f"  {name:20} {why}" for name, (_sql, why) in view.columns.items()]
        lines += [f"{view.schema}.{view.name}: {view.why}", *columns]
    say(data, lines, as_json=as_json)


@analytics.command("remove")
@json_option
def remove(as_json: bool) -> None:
    """Take views, schemas and roles away from PostgreSQL."""
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.reports import remove_analytics

    remove_analytics(Actor.system("evenkeel analytics remove"), now=clock.now())
    say({"removed": True}, ["Views, schemas and roles are gone."], as_json=as_json)


@analytics.command("file")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="First day of the facts, UTC. Usual: three years."
)
@click.option("--people", "with_people", is_flag=True, help="With the columns that tell of people.")
@json_option
def file(out: Path, since: datetime | None, with_people: bool, as_json: bool) -> None:
    """Write the views as a DuckDB file OUT, in place of an older one: a copy of the log that any tool may open.

    Who has the old one open keeps it. Run it as often as the copy should be fresh.
    """
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.reports import write_analytics

    if not out.absolute().parent.is_dir():
        raise click.UsageError(f"{out.parent} is no folder: make it, or name another.")
    actor, day = Actor.system("evenkeel analytics file"), since.date() if since else None
    rows = write_analytics(actor, path=out, since=day, with_people=with_people, now=clock.now())
    size = os.stat(out).st_size  # noqa: PTH116
    lines = [*(f"{n:>12,}  {name}" for name, n in rows.items()), f"{out}: {size / 1e6:,.1f} MB."]
    say({"file": str(out), "size_bytes": size, "rows": rows}, lines, as_json=as_json)
