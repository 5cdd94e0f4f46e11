"""Several statements in one journey: what each sees, what a fault leaves, what happens when the server has hung up."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from evenkeel.ground.ids import uuid7
from evenkeel.ground.models import LogBatch
from evenkeel.ground.shapes import Shape, UpdateShape, gather, insert, together

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OF_FACT = Shape(lambda *, fact: LogBatch.objects.filter(fact=fact).order_by("rows"))
OF_KEYS = Shape(lambda *, keys: LogBatch.objects.filter(pk__in=keys).order_by("rows"))
MORE = UpdateShape(lambda *, fact: (LogBatch.objects.filter(fact=fact), {"rows": F("rows") + 1}))


def batch(fact: str = "x", rows: int = 1) -> LogBatch:
    return LogBatch(fact=fact, day=NOW.date(), rows=rows, created_at=NOW)


@pytest.mark.django_db
def test_questions_gathered_are_answered_in_their_order() -> None:
    made = [batch(rows=1), batch(rows=2), batch(fact="y")]
    insert(made)
    xs, n, ys, none = gather(
        OF_FACT.asked(fact="x"),
        OF_FACT.counted(fact="x"),
        OF_KEYS.asked(keys=[made[2].pk]),
        OF_KEYS.asked(keys=[]),
    )
    assert (xs, n, ys, none) == (made[:2], 2, made[2:], [])


@pytest.mark.django_db
def test_what_is_sent_together_is_done_in_its_order_and_counted_at_the_end() -> None:
    with transaction.atomic(), together():
        insert([batch(), batch()])
        with together():
            raised = MORE.send(fact="x")
        insert([batch(rows=5)])
    assert raised.count == 2
    assert [each.rows for each in OF_FACT.fetch(fact="x")] == [2, 2, 5]
    assert MORE.run(fact="nothing of the kind") == 0


@pytest.mark.django_db(transaction=True)
def test_a_fault_undoes_all_that_was_sent_with_it() -> None:
    twice = batch()

    def write() -> None:
        with transaction.atomic(), together():
            insert([batch(fact="y")])
            insert([twice, twice])
            MORE.send(fact="y")

    for _ in range(2):
        with pytest.raises(IntegrityError):
            write()
        assert LogBatch.objects.count() == 0
    # What was prepared on the way is still good, or is prepared anew.
    with transaction.atomic(), together():
        insert([batch(fact="y")])
        MORE.send(fact="y")
    assert [each.rows for each in OF_FACT.fetch(fact="y")] == [2]


@pytest.mark.django_db(transaction=True)
def test_the_last_journey_brings_the_commit_along_or_nothing_at_all() -> None:
    twice, told = batch(), []

    def write(*rows: LogBatch) -> None:
        with transaction.atomic():
            transaction.on_commit(lambda: told.append(len(rows)))
            assert OF_FACT.fetch(fact="x") == []
            with together(commits=True):
                insert([batch(fact="y")])
                insert(rows)

    with pytest.raises(IntegrityError):
        write(twice, twice)
    assert (LogBatch.objects.count(), told) == (0, [])
    write(twice)
    assert (LogBatch.objects.filter(fact="y").count(), told) == (1, [1])
    assert not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_has_failed_takes_no_more() -> None:
    def write() -> None:
        with transaction.atomic(savepoint=False):
            insert([twice := batch(), twice])

    with transaction.atomic():
        with pytest.raises(IntegrityError):
            write()
        with pytest.raises(transaction.TransactionManagementError):
            OF_FACT.fetch(fact="x")


@pytest.mark.django_db(transaction=True)
def test_a_server_that_has_hung_up_is_called_again() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server that hangs up")
    insert([batch()])
    assert len(OF_FACT.fetch(fact="x")) == 1
    _hang_up()
    # As at the start of a request: the connection is old, and whether it works is not known.
    connection.health_check_done = False  # type: ignore[attr-defined]
    found, n = gather(OF_FACT.asked(fact="x"), OF_FACT.counted(fact="x"))
    assert (len(found), n) == (1, 1)


def _hang_up() -> None:
    own = connection.connection.info.backend_pid
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [own])
    finally:
        other.close()


@pytest.mark.django_db
def test_a_key_that_nobody_has_finds_nothing() -> None:
    assert OF_KEYS.fetch(keys=[uuid7()]) == []
    assert OF_KEYS.count(keys=[]) == 0
