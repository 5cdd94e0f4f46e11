"""Foreign keys that PostgreSQL checks once a statement, for tables into which thousands of rows a second are written.

Use `KeysAtOnce("work_lease", {"worker_id": "people_worker", ...})` as an operation in a migration, after the tables are made.

A constraint of PostgreSQL's is a query of its own for each column of each row, and a lock on each row that is pointed at:
ten decisions are a hundred of both, most about one and the same programme, queue and form. Here a trigger looks at all rows
of a statement in one query, without locks. It promises the same: a key that points nowhere is refused, and so is taking away
what is pointed at. What a lock did for two transactions at once, the one that takes away does: it waits until nobody writes
into the table, and who writes afterwards no longer finds what is gone. Taking away is rare, and most of these rows never go.

As all acts do, it counts on each statement seeing what is committed (READ COMMITTED). A key is checked with its statement
and not at the end of the transaction. SQLite's own constraints cost next to nothing: there nothing changes, nor in Django's
state.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class KeysAtOnce(Operation):
    """Migration operation: check the foreign keys of `table`, by column the table that it points at, once a statement."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, keys: Mapping[str, str]):
        self.table, self.keys = table, dict(keys)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.keys], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Who checks a key is no part of Django's state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            for name in _constraints(schema_editor, self.table, self.keys):
                schema_editor.execute(f'ALTER TABLE {self.table} DROP CONSTRAINT "{name}"')
            for statement in (*self._checking(), *self._holding()):
                schema_editor.execute(statement, None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            for statement in self._lifting():
                schema_editor.execute(statement)
            for column, other in self.keys.items():
                schema_editor.execute(
                    f'ALTER TABLE {self.table} ADD CONSTRAINT "{self.table}_{column}_fk" FOREIGN KEY ({column}) '
                    f"REFERENCES {other} (id) DEFERRABLE INITIALLY DEFERRED"
                )

    def describe(self) -> str:
        return f"Check the keys of {self.table} once a statement"

    def _checking(self) -> Iterator[str]:
        """What is written points at something: all new rows of a statement at once, changed keys row by row."""
        name = f"keys_{self.table}"
        yield _function(f"{name}_new", f"PERFORM 1 FROM written w WHERE {self._astray('w')} LIMIT 1", self._sentence())
        yield (
            f"CREATE TRIGGER {name}_new AFTER INSERT ON {self.table} REFERENCING NEW TABLE AS written "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_new()"
        )
        yield _function(f"{name}_changed", f"PERFORM 1 WHERE {self._astray('NEW')}", self._sentence())
        yield (
            f"CREATE TRIGGER {name}_changed AFTER UPDATE OF {', '.join(self.keys)} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}_changed()"
        )

    def _astray(self, row: str) -> str:
        return " OR ".join(
            f"({row}.{column} IS NOT NULL AND NOT EXISTS (SELECT FROM {other} o WHERE o.id = {row}.{column}))"
            for column, other in self.keys.items()
        )

    def _sentence(self) -> str:
        return f"a key of {self.table} points at nothing"

    def _holding(self) -> Iterator[str]:
        """What is pointed at stays: neither the row nor its key goes."""
        for other, columns in self._pointed_at().items():
            name = _holding_name(self.table, other)
            alone = f"LOCK TABLE {self.table} IN SHARE ROW EXCLUSIVE MODE"
            sentence = f"rows of {self.table} point at this row of {other}"
            held = " OR ".join(f"r.{column} = g.id" for column in columns)
            gone = f"PERFORM 1 FROM gone g WHERE EXISTS (SELECT FROM {self.table} r WHERE {held}) LIMIT 1"
            yield _function(f"{name}_gone", gone, sentence, first=f"IF EXISTS (SELECT FROM gone) THEN {alone}; END IF;")
            yield (
                f"CREATE TRIGGER {name}_gone AFTER DELETE ON {other} REFERENCING OLD TABLE AS gone "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_gone()"
            )
            held = " OR ".join(f"r.{column} = OLD.id" for column in columns)
            yield _function(
                f"{name}_moved", f"PERFORM 1 FROM {self.table} r WHERE {held} LIMIT 1", sentence, f"{alone};"
            )
            yield (
                f"CREATE TRIGGER {name}_moved AFTER UPDATE OF id ON {other} FOR EACH ROW "
                f"WHEN (OLD.id IS DISTINCT FROM NEW.id) EXECUTE FUNCTION {name}_moved()"
            )

    def _pointed_at(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for column, other in self.keys.items():
            found.setdefault(other, []).append(column)
        return found

    def _lifting(self) -> Iterator[str]:
        for what in ("new", "changed"):
            yield f"DROP TRIGGER IF EXISTS keys_{self.table}_{what} ON {self.table}"
            yield f"DROP FUNCTION IF EXISTS keys_{self.table}_{what}()"
        for other in self._pointed_at():
            for what in ("gone", "moved"):
                name = f"{_holding_name(self.table, other)}_{what}"
                yield f"DROP TRIGGER IF EXISTS {name} ON {other}"
                yield f"DROP FUNCTION IF EXISTS {name}()"


def _holding_name(table: str, other: str) -> str:
    return f"held_{table}_{other}"


def _function(name: str, look: str, sentence: str, first: str = "") -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {first} {look}; "
        f"IF FOUND THEN RAISE foreign_key_violation USING MESSAGE = '{sentence}'; END IF; RETURN NULL; END $$"
    )


def _constraints(schema_editor: BaseDatabaseSchemaEditor, table: str, keys: Mapping[str, str]) -> list[str]:
    """The names of the constraints that the migrations before have made."""
    on = schema_editor.connection
    with on.cursor() as cursor:
        found = on.introspection.get_constraints(cursor, table)
    return sorted(
        name for name, said in found.items() if said["foreign_key"] and said["columns"] and said["columns"][0] in keys
    )
