"""`evenkeel export figures` and `evenkeel export facts`: files for people's own tools."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from .exports import show_rows
from .measures import DIMENSIONS, narrowed
from .root import json_option, open_install, say

_DAY = click.DateTime(["%Y-%m-%d"])
_SINCE = click.option("--from", "since", type=_DAY, help="First day, UTC. Usual: 28 days back.")
_UNTIL = click.option("--to", "until", type=_DAY, help="Last day, UTC. Usual: yesterday.")
_WHERE = click.option(
    "--where", multiple=True, metavar="DIMENSION=NAME", help="Only this one, by its name or id; repeatable."
)
_FORMAT = click.option(
    "--format",
    "file_format",
    default="",
    help="xlsx, csv, csv_excel, parquet, duckdb or hyper. Usual: as the file's name ends.",
)
_OUT = click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="The file; one that is there is refused."
)


@click.command("figures")
@click.option("--metric", multiple=True, required=True, help="A metric of the catalogue; repeatable.")
@click.option("--by", multiple=True, type=click.Choice(DIMENSIONS), help="Cut by it; repeat it for combinations.")
@_SINCE
@_UNTIL
@_WHERE
@click.option("--compare", type=click.Choice(["previous"]), help="Set beside the same number of days before.")
@_FORMAT
@_OUT
@json_option
def figures(
    metric: Sequence[str],
    by: Sequence[str],
    since: datetime | None,
    until: datetime | None,
    where: Sequence[str],
    compare: str | None,
    file_format: str,
    out: Path,
    as_json: bool,
) -> None:
    """Write figures with their intervals and definitions, as `evenkeel measure` prints them."""
    said = {"what": "figures", "metric": list(metric), "by": list(by), "compare": compare or ""}
    _write(said, since, until, where, file_format, out, as_json)


@click.command("facts")
@click.argument("fact")
@_SINCE
@_UNTIL
@_WHERE
@_FORMAT
@_OUT
@json_option
def facts(
    fact: str,
    since: datetime | None,
    until: datetime | None,
    where: Sequence[str],
    file_format: str,
    out: Path,
    as_json: bool,
) -> None:
    """Write the rows of a fact of the log, such as decisions or audits; `evenkeel log facts` lists them."""
    _write({"what": "facts", "fact": fact}, since, until, where, file_format, out, as_json)


def _write(
    said: dict[str, Any],
    since: datetime | None,
    until: datetime | None,
    where: Sequence[str],
    file_format: str,
    out: Path,
    as_json: bool,
) -> None:
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.ground.log import all_facts, set_aside_rows
    from evenkeel.reports import Asked, make_export, order_export

    if out.exists():
        raise click.UsageError(f"{out} is there already: name another file, or remove it")
    if not out.absolute().parent.is_dir():
        raise click.UsageError(f"{out.parent} is no folder: make it, or name another.")
    file_format = file_format or _format_of(out)
    now, actor = clock.now(), Actor.system(f"evenkeel export {said['what']}")
    period = {
        **({"since": since.date().isoformat()} if since else {}),
        **({"until": (until.date() + timedelta(days=1)).isoformat()} if until else {}),
    }
    places = {f"{name}_id": str(value) for name, value in narrowed(where).items()}
    asked = Asked.of({**said, **period, **places}, actor=actor, today=now.date())
    order = order_export(actor, asked=asked, file_format=file_format, in_background=False, now=now)
    done = make_export(actor, order, path=out, tell=show_rows, now=now)
    lines = [f"{done.rows:,} rows in {out}, {asked.since} to {asked.until - timedelta(days=1)} (UTC)."]
    fact = all_facts().get(said.get("fact", ""))
    missing = set_aside_rows(of=fact) if fact is not None else 0
    if missing:
        lines.append(
            f"{missing:,} rows of {said['fact']} are set aside, for their file is damaged: `evenkeel log verify` tells more."
        )
    say({**done.to_dict(), "file": str(out), "missing": missing}, lines, as_json=as_json)


def _format_of(out: Path) -> str:
    """The format that a file's name asks for: a workbook by the name of another format would open nowhere."""
    from evenkeel.reports import export_formats

    if not out.suffix:
        return "xlsx"
    found = next((kind.slug for kind in export_formats if kind.suffix == out.suffix.lower()), "")
    if not found:
        known = ", ".join(dict.fromkeys(kind.suffix for kind in export_formats))
        raise click.UsageError(f"{out.name}: no format ends in {out.suffix}. Name it {known}, or say --format.")
    return found
