"""Tables whose rows cover stretches of time: the database itself refuses two of the same owner that overlap, by trigger.

Use `NoOverlap("people_timespan", owner="worker_id", since="began_at", until="ended_at")` as an operation in a migration. A row
without an end runs on for ever. SQLite knows no exclusion constraints, and PostgreSQL's need an extension that not every
install may load; a trigger does the same on both. Whoever writes locks the owner first: a trigger sees what is committed.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class NoOverlap(Operation):
    """Migration operation: no two rows of an owner overlap; they may touch."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, owner: str, since: str, until: str):
        self.table, self.owner, self.since, self.until = table, owner, since, until

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.owner, self.since, self.until], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are no part of Django's state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for statement in self._guarding(schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for statement in self._lifting(schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def describe(self) -> str:
        return f"Let no two rows of {self.table} overlap"

    def _guarding(self, vendor: str) -> list[str]:
        name, table = f"no_overlap_{self.table}", self.table
        found = (
            f"SELECT 1 FROM {table} AS other WHERE other.{self.owner} = NEW.{self.owner} AND other.id <> NEW.id "  # noqa: S608
            f"AND (other.{self.until} IS NULL OR other.{self.until} > NEW.{self.since}) "
            f"AND (NEW.{self.until} IS NULL OR other.{self.since} < NEW.{self.until})"
        )
        sentence = f"rows of {table} overlap"
        if vendor == "sqlite":
            return [
                f"CREATE TRIGGER {name}_{verb.split()[0].lower()} BEFORE {verb} ON {table} WHEN EXISTS ({found}) "
                f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
                for verb in ("INSERT", f"UPDATE OF {self.owner}, {self.since}, {self.until}")
            ]
        return [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF EXISTS ({found}) THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'exclusion_violation'; END IF; "
            f"RETURN NEW; END $$",
            f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF {self.owner}, {self.since}, {self.until} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]

    def _lifting(self, vendor: str) -> list[str]:
        name = f"no_overlap_{self.table}"
        if vendor == "sqlite":
            return [f"DROP TRIGGER IF EXISTS {name}_{verb}" for verb in ("insert", "update")]
        return [f"DROP TRIGGER IF EXISTS {name} ON {self.table}", f"DROP FUNCTION IF EXISTS {name}()"]
