"""Looking after what runs: `evenkeel trail`, `log`, `jobs`."""

from __future__ import annotations

from typing import Any

import click

from .root import json_option, open_install, say, set_up


@click.group()
def trail() -> None:
    """The trail of who did what."""


@trail.command("verify")
@click.option("--head", default=None, help="A chain hash you kept; its absence shows that the end was cut off.")
@json_option
def trail_verify(head: str | None, as_json: bool) -> None:
    """Check that no entry was changed, removed or slipped in; exit 1 when one was.

    Keep the head that it prints somewhere else, and give it the next time: then a trail that was shortened shows as well.
    """
    open_install()
    from evenkeel.ground import trail as chain

    chain.seal()
    found = chain.verify(known_head=head)
    data = {
        "is_intact": found.is_intact,
        "sealed": found.sealed,
        "waiting": found.waiting,
        "head": found.head,
        "faults": list(found.faults),
    }
    lines = [f"{found.sealed} entries sealed, {found.waiting} waiting.", f"Head: {found.head}", *found.faults]
    say(data, [*lines, "The trail is intact." if found.is_intact else "The trail is NOT intact."], as_json=as_json)
    if not found.is_intact:
        raise click.exceptions.Exit(1)


@click.group()
def log() -> None:
    """The log: facts as columns."""


@log.command("flush")
@json_option
def log_flush(as_json: bool) -> None:
    """Move what waits in the outbox to its Parquet files; a server does it every few seconds by itself."""
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.log import flush

    moved = flush(clock.now())
    say({"rows_moved": moved}, [f"{moved} rows moved."], as_json=as_json)


@log.command("compact")
@click.option("--least", default=8, show_default=True, type=click.IntRange(2), help="Files of a fact and day worth it.")
@json_option
def log_compact(least: int, as_json: bool) -> None:
    """Put the small files of each past day together; a server does it every night by itself."""
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.log import compact, sweep

    now = clock.now()
    data = {"files_saved": compact(now, least=least), "files_swept": sweep(now)}
    say(data, [f"{data['files_saved']} files fewer, {data['files_swept']} left-overs removed."], as_json=as_json)


@log.command("verify")
@click.option("--files-only", is_flag=True, help="Compare files with the manifest, not the rows with the database.")
@json_option
def log_verify(files_only: bool, as_json: bool) -> None:
    """Check that every file of the log is whole, and that log and database hold the same rows; exit 1 when not.

    Rows are counted and hashed day by day. What still waits in the outbox is moved to files first. A file that is found damaged
    is set aside: the rest answers without it until `evenkeel log rebuild`.
    """
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.log import flush, verify

    now = clock.now()
    flush(now)
    found = verify(against_database=not files_only, now=now)
    data = {
        "is_whole": found.is_whole,
        "files": found.files,
        "rows": found.rows,
        "waiting": found.waiting,
        "faults": list(found.faults),
    }
    lines = [f"{found.rows} rows in {found.files} files, {found.waiting} waiting.", *found.faults]
    fix = "The log is NOT whole. `evenkeel log rebuild` writes its files anew from the database; then look at the disk."
    say(data, [*lines, "The log is whole." if found.is_whole else fix], as_json=as_json)
    if not found.is_whole:
        raise click.exceptions.Exit(1)


@log.command("rebuild")
@json_option
def log_rebuild(as_json: bool) -> None:
    """Write the log anew from the database, and every figure's roll-up from the log.

    Every figure stays. What was taken back leaves no pair of rows in the new files.
    """
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.log import flush, rebuild
    from evenkeel.measure import rebuild as rebuild_figures

    now = clock.now()
    flush(now)
    data = {"rows": rebuild(now), "batches_rolled_up": rebuild_figures(now)}
    say(data, [f"{data['rows']} rows written, {data['batches_rolled_up']} batches rolled up."], as_json=as_json)


@log.command("retain")
@click.option("--dry-run", is_flag=True, help="Only tell what would leave.")
@json_option
def log_retain(dry_run: bool, as_json: bool) -> None:
    """Let the days leave that are older than EVENKEEL_LOG_KEEP_DAYS says; a server does it every night by itself.

    Whole days leave, by fact. Sums that were made of them stay, and so does what the database holds; the trail tells it.
    """
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.log import flush, leaving, retain

    now = clock.now()
    if not dry_run:
        flush(now)
    found = leaving(now) if dry_run else retain(now, by="evenkeel log retain")
    data = [
        {"fact": each.fact, "older_than": each.before, "days": each.days, "files": each.files, "rows": each.rows}
        for each in found
    ]
    what = "would leave" if dry_run else "left"
    lines = [
        f"{each.fact}: {each.rows} rows in {each.files} files {what}, {each.days} days before {each.before}."
        for each in found
    ]
    nothing = "No fact has a limit: set EVENKEEL_LOG_KEEP_DAYS." if dry_run else "Nothing is old enough to leave."
    say({"is_done": not dry_run, "facts": data}, lines or [nothing], as_json=as_json)


@log.command("schema")
@json_option
def log_schema(as_json: bool) -> None:
    """Print the columns that each fact's files have had, version by version."""
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.log import all_facts, insist_on_schemas, versions

    insist_on_schemas(now=clock.now())
    data = {name: versions(declared) for name, declared in all_facts().items()}
    lines = [
        f"{name} {version}: {', '.join(f'{column} {kind}' for column, kind in columns.items())}"
        for name, known in data.items()
        for version, columns in known.items()
    ]
    say(data, lines, as_json=as_json)


@log.command("facts")
@json_option
def log_facts(as_json: bool) -> None:
    """List the fact tables and their columns."""
    set_up()
    from evenkeel.ground.log import all_facts

    data: dict[str, Any] = {}
    lines: list[str] = []
    for name, declared in all_facts().items():
        data[name] = {
            "why": declared.why,
            "at": declared.at,
            "columns": {key: {"kind": col.kind, "why": col.why} for key, col in declared.columns.items()},
        }
        lines += [
            f"{name}: {declared.why}",
            *(f"  {key:20} {col.kind:8} {col.why}" for key, col in declared.columns.items()),
        ]
    say(data, lines, as_json=as_json)


@click.group()
def jobs() -> None:
    """Background jobs."""


@jobs.command("list")
@json_option
def jobs_list(as_json: bool) -> None:
    """List the periodic jobs, when they are due and how their last run went."""
    open_install()
    from evenkeel.ground.jobs import standing

    rows = standing()
    lines = [
        f"{row['name']:32} every {row['every_s']} s, last ended {row['last_ended_at'] or 'never'} {row['last_error']}"
        for row in rows
    ]
    say(rows, [line.rstrip() for line in lines], as_json=as_json)
