"""Have PostgreSQL sweep tasks and leases often: every hand-out walks past what was decided since it last did.

By its own rule it waits until a fifth of a table has changed, which for a queue of a million are two hundred thousand tasks.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_TABLES = ("work_task", "work_lease")
_OFTEN = "autovacuum_vacuum_scale_factor = 0.005, autovacuum_vacuum_threshold = 5000"
_AS_EVER = "autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold"


def often(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    _each(editor, f"SET ({_OFTEN})")


def as_ever(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    _each(editor, f"RESET ({_AS_EVER})")


def _each(editor: BaseDatabaseSchemaEditor, change: str) -> None:
    if editor.connection.vendor == "postgresql":
        for table in _TABLES:
            editor.execute(f"ALTER TABLE {table} {change}")


class Migration(migrations.Migration):
    dependencies = [("work", "0013_models_seen")]
    operations = [migrations.RunPython(often, as_ever)]
