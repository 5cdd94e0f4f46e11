"""What must stand before the server starts: tables, and static files under names that carry their content's hash."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from .root import set_up


def main(*, migrates: bool) -> int:
    """Migrate if asked, refuse to go on with an old database, gather static files if they changed."""
    set_up()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    if migrates:
        migrate()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        sys.stderr.write("Error: the database is older than this version: run `evenkeel migrate`.\n")
        return 2
    stamp = _static_stamp()
    from django.conf import settings

    kept = Path(settings.STATIC_ROOT) / ".stamp"
    if not settings.DEBUG and (not kept.exists() or kept.read_text() != stamp):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        kept.write_text(stamp)
    return 0


def migrate() -> None:
    """Bring the database up to date; a second call at the same version is quick and changes nothing."""
    from django.conf import settings
    from django.core.management import call_command

    settings.EVENKEEL.data_dir.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def _static_stamp() -> str:
    """Names, sizes and times of every static file: cheap, and different whenever one changed."""
    from django.contrib.staticfiles.finders import get_finders

    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list(["CVS", ".*", "*~"]), key=lambda pair: pair[0]):
            said = Path(storage.path(name)).stat()
            seen.update(f"{name} {said.st_size} {said.st_mtime_ns}\n".encode())
    return seen.hexdigest()


if __name__ == "__main__":
    from .root import _expected, _show

    try:
        sys.exit(main(migrates="--migrate" in sys.argv))
    except Exception as error:
        expected = _expected(error)
        if expected is None:
            raise
        _show(expected)
        sys.exit(2)
