"""`evenkeel import`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .root import json_option, open_install, say

if TYPE_CHECKING:
    from evenkeel.work import Programme, Queue

_file_options = [
    click.argument("file", type=click.Path(path_type=Path)),
    click.option("--programme", required=True, help="The programme they belong to, by its name."),
    click.option(
        "--format", "file_format", default="", help="How the file is written; else its name and first bytes tell."
    ),
    click.option("--skip-bad", is_flag=True, help="Leave rows out that do not fit, instead of stopping everything."),
    json_option,
]


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
        progress=show_progress,
    )
    say(report.to_dict(), report.lines(), as_json=as_json)
    # The figures, whether or not a server runs beside it.
    run_all(clock.now())
    drain()


def show_progress(stage: str, done: int, total: int) -> None:
    """How far it is, on a terminal; nowhere else."""
    if sys.stderr.isatty():
        click.echo(f"\r{stage}: {done / total if total else 1:.0%}\x1b[K", nl=done >= total, err=True)


def _with_file_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_file_options):
        command = option(command)
    return command


_signed = click.option("--by", default="", help="Whose answers they are, where the file does not say (COCO, CVAT).")


def _outside_options(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        click.option("--mapping", default="", help="The saved mapping by which another tool's rows are read."),
        click.option(
            "--importer", default="", help="Which importer the mapping must be of; refused when it is another."
        ),
        click.option("--dry-run", is_flag=True, help="Check everything and say what would come in; write nothing."),
        click.option(
            "--skip-bad", is_flag=True, help="Leave rows out that do not fit, instead of stopping everything."
        ),
        json_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@import_.command("items")
@_with_file_options
@click.option(
    "--queue",
    default="",
    help="Put new items into this queue, by its name; else the routing rules place them.",
)
@_signed
def items(file: Path, programme: str, file_format: str, skip_bad: bool, as_json: bool, queue: str, by: str) -> None:
    """Bring in items, with the answers that the file has about them.

    JSON Lines, CSV, Parquet, Label Studio, COCO, CVAT; plain or gzip. The whole file is checked first: with one bad row
    nothing is imported and the report names row and fix (exit 2). Broken off while it writes, the same command goes on.
    """
    _bring_in("items", file, programme, file_format, skip_bad, as_json, queue=queue, by=by)


@import_.command("decisions")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--programme", default="", help="The programme they belong to, by its name; a mapping knows it by itself."
)
@click.option(
    "--format", "file_format", default="", help="How our own file is written; else its name and first bytes tell."
)
@_outside_options
def decisions(
    file: Path | None,
    programme: str,
    file_format: str,
    skip_bad: bool,
    mapping: str,
    importer: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring in decisions: from a file of ours, or by a saved mapping from another tool's.

    Ours has the columns item, worker, and label or answer, about items that are there. With --mapping the rows become
    decisions, reviews and times as it says; new ones come in, changed ones correct, the same ones change nothing. A mapping
    of an SQL query needs no FILE.
    """
    if mapping:
        from .mappings import bring_in_by_mapping

        bring_in_by_mapping(file, mapping, importer=importer, skip_bad=skip_bad, dry_run=dry_run, as_json=as_json)
        return
    if file is None or not programme:
        raise click.UsageError("name a FILE and its --programme, or a saved --mapping (`evenkeel mapping list`)")
    if dry_run or importer:
        raise click.UsageError("--dry-run and --importer go with --mapping")
    _bring_in("decisions", file, programme, file_format, skip_bad, as_json)


@import_.command("reviews")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@_outside_options
def reviews(file: Path | None, skip_bad: bool, mapping: str, importer: str, dry_run: bool, as_json: bool) -> None:
    """Bring in reviews that another tool made, by a saved mapping; the same as `import decisions --mapping`."""
    _by_mapping(file, mapping, importer, skip_bad, dry_run, as_json)


@import_.command("times")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@_outside_options
def times(file: Path | None, skip_bad: bool, mapping: str, importer: str, dry_run: bool, as_json: bool) -> None:
    """Bring in working time that another tool counted, by a saved mapping; the same as `import decisions --mapping`."""
    _by_mapping(file, mapping, importer, skip_bad, dry_run, as_json)


def _by_mapping(file: Path | None, mapping: str, importer: str, skip_bad: bool, dry_run: bool, as_json: bool) -> None:
    from .mappings import bring_in_by_mapping

    if not mapping:
        raise click.UsageError("name a saved --mapping (`evenkeel mapping list`)")
    bring_in_by_mapping(file, mapping, importer=importer, skip_bad=skip_bad, dry_run=dry_run, as_json=as_json)


@import_.command("forms")
@_with_file_options
def forms(file: Path, programme: str, file_format: str, skip_bad: bool, as_json: bool) -> None:
    """Bring in answer forms, one object a line: name and spec."""
    _bring_in("forms", file, programme, file_format, skip_bad, as_json)


def _bring_in(
    what: str,
    file: Path,
    programme: str,
    file_format: str,
    skip_bad: bool,
    as_json: bool,
    *,
    queue: str = "",
    by: str = "",
) -> None:
    open_install()
    from contextlib import closing

    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.ground.jobs import drain, run_all
    from evenkeel.ground.reading.sources import Source
    from evenkeel.work import begin_import, carry_on, report_lines

    actor = Actor.system(f"evenkeel import {what}")
    found = programme_of(programme)
    with closing(Source.of(file)) as source:
        transfer = begin_import(
            actor,
            programme=found,
            source=source,
            what=what,
            file_format=file_format,
            queue=queue_of(found, queue) if queue else None,
            is_partial=skip_bad,
            signed_by=by,
            now=clock.now(),
        )
        done = carry_on(actor, transfer=transfer, source=source, tell=show_progress, now=clock.now())
    say(done.to_dict(), report_lines(done), as_json=as_json)
    if done.counts.get("decisions"):
        # The figures, whether or not a server runs beside it.
        run_all(clock.now())
        drain()


def programme_of(name: str) -> Programme:
    """The programme of a name; `NotFound` tells which there are."""
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


def queue_of(programme: Programme, name: str) -> Queue:
    """The queue of a name in a programme; `NotFound` tells which there are."""
    from evenkeel.ground.errors import NotFound

    found = programme.queues.filter(name=name.strip()).first()
    if found is None:
        known = ", ".join(repr(said) for said in programme.queues.order_by("name").values_list("name", flat=True)[:20])
        raise NotFound(
            f"There is no queue {name!r} in {programme.name}.",
            fields={"queue": [f"Choose one of {known}." if known else "There is none yet."]},
        )
    return found
