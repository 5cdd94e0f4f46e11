"""`evenkeel import`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .root import json_option, open_install, say


@click.group("import")
def import_() -> None:
    """Bring in work that was done elsewhere."""


def _by_commas(said: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in said.split(",") if part.strip())


@import_.command("labels")
@click.argument("labels", type=click.Path(path_type=Path))
@click.option(
    "--items",
    type=click.Path(path_type=Path),
    default=None,
    help="The items the labels are about: columns item, truth (where experts answered), and what tells the item.",
)
@click.option("--programme", required=True, help="The programme they belong to; made if there is none of that name.")
@click.option(
    "--labels-allowed", default="", help="The answers that may occur, by commas; else the programme's form decides."
)
@click.option("--ignore", default="", help="Columns of the labels' file to leave out, by commas.")
@click.option(
    "--on-repeat",
    type=click.Choice(["keep", "skip"]),
    default="keep",
    show_default=True,
    help="A second label by the same person on the same item: keep it as a repeat, or leave it out.",
)
@json_option
def labels(
    labels: Path, items: Path | None, programme: str, labels_allowed: str, ignore: str, on_repeat: str, as_json: bool
) -> None:
    """Bring in labels from a CSV file (plain or gzip): columns item, worker, label; one row a label.

    All or nothing: with one bad row nothing is imported, and the report names file, row, column and fix (exit 2). The
    figures are ready when the command ends.
    """
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.ground.jobs import drain, run_all
    from evenkeel.quality import import_labels

    report = import_labels(
        Actor.system("evenkeel import labels"),
        labels=labels,
        items=items,
        programme_name=programme,
        on_repeat=on_repeat,
        allowed_labels=_by_commas(labels_allowed) or None,
        ignore=_by_commas(ignore),
        now=clock.now(),
        progress=_show_progress,
    )
    say(report.to_dict(), report.lines(), as_json=as_json)
    # The figures, whether or not a server runs beside it.
    run_all(clock.now())
    drain()


def _show_progress(stage: str, done: int, total: int) -> None:
    """How far it is, on a terminal; nowhere else."""
    if sys.stderr.isatty():
        click.echo(f"\r{stage}: {done / total if total else 1:.0%}\x1b[K", nl=done >= total, err=True)
