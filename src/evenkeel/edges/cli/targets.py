"""`evenkeel target`: what figures should be, where and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .root import json_option, open_install, say

if TYPE_CHECKING:
    from datetime import datetime


@click.group()
def target() -> None:
    """Targets of metrics."""


@target.command("list")
@click.option("--metric", help="Only of this metric.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Only those that hold on this day.")
@json_option
def list_(metric: str | None, on: datetime | None, as_json: bool) -> None:
    """Print targets: metric, place, target, bands and days, in the metric's own unit.

    JSON: id, metric, kind, where, value, warning, critical, guard, why, since_on, until_on.
    """
    open_install()
    from evenkeel.measure import targets

    found = targets(metric=metric, on=on.date() if on else None)
    same = ("metric", "kind", "where", "value", "warning", "critical", "guard", "why", "since_on", "until_on")
    data = [{"id": each.target_id} | {name: getattr(each, name) for name in same} for each in found]
    lines = [
        f"{each.metric} of {each.where}: {each.value:g} (warning {each.warning:g}, critical {each.critical:g}), "
        f"{each.since_on} to {each.until_on or 'further notice'}, guarded by {each.guard}"
        for each in found
    ]
    say(data, lines or ["No targets."], as_json=as_json)
