"""What decisions and leases point at is there, and stays: by the database itself, whoever writes past the acts."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from evenkeel.ground.shapes import fresh, insert
from evenkeel.people import Site
from evenkeel.work import Decision, Lease, take_batch
from evenkeel.work.leases import in_hand

from .factories import NOW, as_actor, make_person, make_queue

pytestmark = pytest.mark.django_db


def _written(rows: list[Any]) -> None:
    """As an act's transaction ends: PostgreSQL refuses at once, SQLite then."""
    with transaction.atomic():
        insert(rows)
        connection.check_constraints()


def _run(statement: str, *values: UUID) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [each.hex for each in values])
        connection.check_constraints()


def _copied(row: Any, **changed: Any) -> Any:
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return fresh(type(row), **(columns | {"id": uuid4()} | changed))


def test_keys_point_at_what_is_there_and_what_they_point_at_stays() -> None:
    person = make_person("moderator")
    queue = make_queue(items=1)
    lease = take_batch(as_actor(person), queue=queue, now=NOW)[0]
    worker = person.worker
    site = Site.objects.create(organisation_id=worker.organisation_id, name="Quay", time_zone="UTC")
    made = fresh(
        Decision, programme_id=queue.programme_id, queue_id=queue.pk, task_id=lease.task_id, item_id=lease.task.item_id,
        worker_id=worker.pk, organisation_id=worker.organisation_id, site_id=site.pk,
        form_version_id=lease.form_version_id, label="No", answer={}, origin="desk", decided_at=NOW,
    )  # fmt: skip
    _written([made])
    for row, columns in (
        (made, ("programme_id", "queue_id", "task_id", "item_id", "worker_id", "organisation_id", "site_id", "team_id",
                "form_version_id", "policy_version_id")),
        (lease, ("task_id", "worker_id", "form_version_id", "planted_id")),
    ):  # fmt: skip
        ended = {"ended_at": NOW} if row is lease else {}
        for column in columns:
            # The second of two: one that is sound before it hides nothing.
            with pytest.raises(IntegrityError):
                _written([_copied(row, **ended), _copied(row, **(ended | {column: uuid4()}))])
    with pytest.raises(IntegrityError):
        _run("UPDATE work_lease SET task_id = %s WHERE id = %s", uuid4(), lease.pk)
    with pytest.raises(IntegrityError):
        _run("DELETE FROM people_site WHERE id = %s", site.pk)
    with pytest.raises(IntegrityError):
        _run("UPDATE people_site SET id = %s WHERE id = %s", uuid4(), site.pk)
    assert Lease.objects.filter(in_hand(worker.pk, queue)).count() == 1
