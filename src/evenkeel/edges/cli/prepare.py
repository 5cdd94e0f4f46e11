"""What must stand before the server starts: tables, and static files under names that carry their content's hash."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import click

from .migrating import migrate
from .root import set_up

# Editors' leavings, and 20 MB of API browsers that come with ninja: ours is a page without scripts.
_NOT_SHOWN = ["CVS", ".*", "*~", "ninja"]


@click.command()
@click.option("--migrate", "migrates", is_flag=True, help="Bring the database up to date first.")
def prepare(migrates: bool) -> None:
    """Make ready for serving, then end.

    Refuses with a database that is not at this version, and gathers the static files. `evenkeel serve` does this by
    itself; it is for those who serve `evenkeel.edges.wsgi:application` with a web server of their own.
    """
    set_up()
    if migrates:
        migrate()
    insist_on_current_database()
    insist_on_readable_log()
    _gather_static_files()


def run_apart(*words: str, is_quiet: bool = False) -> None:
    """Run a command of ours in a process of its own, so that the one that stays for days loads little; leave as it left."""
    command = [sys.executable, "-m", "evenkeel.edges.cli", *words]
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL if is_quiet else None)  # noqa: S603  (our own)
    if done.returncode:
        # What was wrong has been said there.
        raise click.exceptions.Exit(done.returncode if done.returncode > 0 else 128 - done.returncode)


def insist_on_current_database() -> None:
    """Raise `NotNow` when the database lacks migrations of this version, or knows later ones."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from evenkeel.ground.errors import NotNow

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotNow("The database is not at this version: run `evenkeel migrate`.", code="database")
    known = {app for app, _name in executor.loader.disk_migrations}
    later = sorted(
        f"{app}.{name}"
        for app, name in executor.loader.applied_migrations
        if app in known and (app, name) not in executor.loader.disk_migrations
    )
    if later:
        raise NotNow(
            f"The database is of a later version (it knows {later[-1]}): install that version again.", code="database"
        )


def insist_on_readable_log() -> None:
    """Raise `NotNow` when this version's facts do not fit the files that are there, or a setting names a fact that is none."""
    from evenkeel.ground import clock
    from evenkeel.ground.log import insist_on_known_facts, insist_on_schemas

    insist_on_known_facts()
    insist_on_schemas(now=clock.now())


def _gather_static_files() -> None:
    from django.conf import settings
    from django.core.management import call_command

    stamp = _static_stamp()
    kept = Path(settings.STATIC_ROOT) / ".stamp"
    if not settings.DEBUG and (not kept.exists() or kept.read_text() != stamp):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=_NOT_SHOWN)
        kept.write_text(stamp)


def _static_stamp() -> str:
    """Names, sizes and times of every static file: cheap, and different whenever one changed."""
    from django.contrib.staticfiles.finders import get_finders

    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list(_NOT_SHOWN), key=lambda pair: pair[0]):
            said = Path(storage.path(name)).stat()
            seen.update(f"{name} {said.st_size} {said.st_mtime_ns}\n".encode())
    return seen.hexdigest()
