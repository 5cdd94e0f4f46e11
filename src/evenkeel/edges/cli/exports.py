"""`evenkeel export`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .imports import programme_of, queue_of
from .root import json_option, open_install, say


@click.group()
def export() -> None:
    """Write items, decisions, forms, figures or facts to a file."""


def _command(what: str, about: str, default: str) -> click.Command:
    @click.option("--programme", required=True, help="The programme, by its name.")
    @click.option("--format", "file_format", default=default, show_default=True, help="How the file is written.")
    @click.option("--queue", default="", help="Only what belongs to this queue of the programme, by its name.")
    @click.option(
        "--out", type=click.Path(path_type=Path), required=True, help="The file; one that is there is refused."
    )
    @json_option
    def run(programme: str, file_format: str, queue: str, out: Path, as_json: bool) -> None:
        _export(what, programme, file_format, queue, out, as_json)

    return export.command(what, help=about)(run)


_command(
    "items", "Write a programme's items; formats that carry answers (Label Studio, COCO, CVAT) hold them too.", "jsonl"
)
_command("decisions", "Write a programme's decisions, oldest first; those taken back are marked.", "jsonl")
_command("forms", "Write a programme's answer forms, every version.", "jsonl")


def _export(what: str, programme: str, file_format: str, queue: str, out: Path, as_json: bool) -> None:
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.work import order_export, write_export

    if out.exists():
        raise click.UsageError(f"{out} is there already: name another file, or remove it")
    actor, found = Actor.system(f"evenkeel export {what}"), programme_of(programme)
    transfer = order_export(
        actor,
        programme=found,
        what=what,
        file_format=file_format,
        queue=queue_of(found, queue) if queue else None,
        in_background=False,
        now=clock.now(),
    )
    done = write_export(actor, transfer=transfer, path=out, tell=show_rows, now=clock.now())
    lines = [f"{done.counts['rows']:,} rows in {out}.", *(f"- {remark}" for remark in done.remarks)]
    say({**done.to_dict(), "file": str(out)}, lines, as_json=as_json)


def show_rows(n: int, total: int) -> None:
    """How far it is, on a terminal; nowhere else."""
    if sys.stderr.isatty():
        click.echo(f"\r{n / total if total else 1:.0%}\x1b[K", nl=n >= total, err=True)


def _files_for_own_tools() -> None:
    from . import export_files

    export.add_command(export_files.figures)
    export.add_command(export_files.facts)


_files_for_own_tools()
