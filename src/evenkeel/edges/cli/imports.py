"""`evenkeel import`."""

from __future__ import annotations

from pathlib import Path

import click

from .root import json_option, say, set_up


@click.group("import")
def import_() -> None:
    """Bring in work that was done elsewhere."""


@import_.command("labels")
@click.argument("labels", type=click.Path(path_type=Path))
@click.option(
    "--items",
    type=click.Path(path_type=Path),
    default=None,
    help="The items the labels are about, with `truth` where experts answered.",
)
@click.option("--programme", required=True, help="The programme they belong to; made if there is none of that name.")
@click.option("--labels-allowed", default="", help="The answers that may occur, by commas; else those found are taken.")
@json_option
def labels(labels: Path, items: Path | None, programme: str, labels_allowed: str, as_json: bool) -> None:
    """Bring in labels from a CSV file (plain or gzip): columns item, worker, label; one row a label.

    All or nothing: with one bad row nothing is imported, and the report names file, row, column and fix (exit 2).
    A second label by the same person on the same item is kept as a repeat.
    """
    set_up()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.ground.jobs import drain, run_all
    from evenkeel.quality import import_labels

    now = clock.now()
    report = import_labels(
        Actor.system("evenkeel import labels"),
        labels=labels,
        items=items,
        programme_name=programme,
        labels_allowed=tuple(part.strip() for part in labels_allowed.split(",") if part.strip()) or None,
        now=now,
    )
    # The figures are ready when the command ends, whether or not a server runs beside it.
    run_all(clock.now())
    drain()
    say(report.to_dict(), report.lines(), as_json=as_json)
