"""Tables of facts only grow: the database itself refuses the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.state import ProjectState

from evenkeel.ground.append_only import AppendOnly, guard, guarded_tables, lift
from evenkeel.ground.models import TrailEntry

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def entry() -> TrailEntry:
    return TrailEntry.objects.create(at=NOW, actor_name="Ada", scope="x", verb="did", detail_json="{}")


def _save(one: TrailEntry) -> None:
    one.verb = "undid"
    one.save()


CHANGES: dict[str, Callable[[TrailEntry], object]] = {
    "save": _save,
    "delete": lambda one: one.delete(),
    "update": lambda one: TrailEntry.objects.filter(pk=one.pk).update(verb="undid"),
    "delete many": lambda one: TrailEntry.objects.all().delete(),
    "bulk update": lambda one: TrailEntry.objects.bulk_update([one], ["verb"]),
    "upsert": lambda one: TrailEntry.objects.bulk_create(
        [TrailEntry(pk=one.pk, at=NOW, actor_name="Eve", scope="x", verb="undid", detail_json="{}")],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["verb"],
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_written_row_stays_as_it_is(change: Callable[[TrailEntry], object]) -> None:
    one = entry()
    with pytest.raises(DatabaseError, match="rows of ground_trailentry are facts"), transaction.atomic():
        change(one)
    assert TrailEntry.objects.get().verb == "did"


@pytest.mark.django_db
def test_a_table_is_not_emptied_at_one_stroke() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite knows no TRUNCATE; its DELETE is refused above")
    entry()
    with (
        pytest.raises(DatabaseError, match="rows of ground_trailentry are facts"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE ground_trailentry CASCADE")
    assert TrailEntry.objects.count() == 1


@pytest.mark.django_db
def test_new_rows_are_let_in() -> None:
    entry()
    entry()
    assert TrailEntry.objects.count() == 2


@pytest.mark.django_db
def test_the_guard_can_be_lifted_and_put_back() -> None:
    assert "ground_trailentry" in guarded_tables(connection)
    one = entry()
    lift(connection, "ground_trailentry")
    assert "ground_trailentry" not in guarded_tables(connection)
    one.delete()
    guard(connection, "ground_trailentry")
    assert "ground_trailentry" in guarded_tables(connection)
    two = entry()
    with pytest.raises(DatabaseError, match="are facts"), transaction.atomic():
        two.delete()


@pytest.mark.django_db
def test_lifting_what_is_not_guarded_is_harmless() -> None:
    lift(connection, "ground_jobclock")
    assert "ground_jobclock" not in guarded_tables(connection)


class Written:
    """A schema editor that only listens."""

    def __init__(self) -> None:
        self.connection, self.statements = connection, list[str]()

    def execute(self, statement: str) -> None:
        self.statements.append(statement)


def test_the_migration_can_be_read_and_reversed() -> None:
    operation, state = AppendOnly("work_decision"), ProjectState()
    assert operation.deconstruct() == ("AppendOnly", ["work_decision"], {})
    assert "work_decision" in operation.describe()
    forwards, backwards = Written(), Written()
    operation.state_forwards("work", state)
    operation.database_forwards("work", forwards, state, state)  # type: ignore[arg-type]
    operation.database_backwards("work", backwards, state, state)  # type: ignore[arg-type]
    assert any("CREATE TRIGGER append_only_work_decision" in each for each in forwards.statements)
    assert all(each.startswith("DROP") for each in backwards.statements)
