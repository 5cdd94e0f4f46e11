"""Tables that only grow: the database itself refuses UPDATE, DELETE and TRUNCATE on them, by trigger.

Use `AppendOnly("work_decision")` as an operation in a migration, after the table is made.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_SENTENCE = "rows of {table} are facts: write a new row that points at the old one"


class AppendOnly(Operation):
    """Migration operation: forbid UPDATE, DELETE and TRUNCATE on `table`."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str):
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are no part of Django's state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for statement in _guarding(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for statement in _lifting(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement)

    def describe(self) -> str:
        return f"Make {self.table} append-only"


class Lifted(AppendOnly):
    """Migration operation: let `table` be changed, for a migration that alters it and then puts `AppendOnly` on it again.

    SQLite makes a table anew to alter a column, and leaves the triggers behind.
    """

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        super().database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Let {self.table} be changed"


def guard(connection: BaseDatabaseWrapper, table: str) -> None:
    """Put the triggers on a table."""
    with connection.cursor() as cursor:
        for statement in _guarding(connection.vendor, table):
            cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the triggers off a table. Only tests (which must empty tables) and erasure may do so."""
    with connection.cursor() as cursor:
        for statement in _lifting(connection.vendor, table):
            cursor.execute(statement)


def guarded_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables that carry the triggers, sorted."""
    query = {
        "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'append_only_%_update'",
        "postgresql": "SELECT event_object_table FROM information_schema.triggers "
        "WHERE trigger_name LIKE 'append_only_%' AND event_manipulation = 'UPDATE'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted({row[0] for row in cursor.fetchall()})


def _guarding(vendor: str, table: str) -> list[str]:
    sentence = _SENTENCE.format(table=table)
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER append_only_{table}_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            for verb in ("update", "delete")
        ]
    return [
        f"CREATE OR REPLACE FUNCTION append_only_{table}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{sentence}'; END $$",
        f"CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION append_only_{table}()",
        f"CREATE TRIGGER append_only_{table}_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION append_only_{table}()",
    ]


def _lifting(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS append_only_{table}_{verb}" for verb in ("update", "delete")]
    return [
        f"DROP TRIGGER IF EXISTS append_only_{table}_truncate ON {table}",
        f"DROP TRIGGER IF EXISTS append_only_{table} ON {table}",
        f"DROP FUNCTION IF EXISTS append_only_{table}()",
    ]
