"""Statements made ready once give what the ORM gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import F, QuerySet
from django.test.utils import CaptureQueriesContext

from evenkeel.ground.ids import uuid7
from evenkeel.ground.models import LogBatch, LogFile, LogRow, TrailEntry, TrailPending
from evenkeel.ground.shapes import Shape, UpdateShape, insert

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def made(n: int) -> list[TrailEntry]:
    rows = [
        TrailEntry(
            at=NOW + timedelta(seconds=k),
            actor_id=uuid7(),
            actor_name=f"“{k}” % %s",
            scope="a:b:c",
            verb="v",
            detail_json="{}",
        )
        for k in range(n)
    ]
    insert(rows)
    return rows


def test_what_is_inserted_is_there_and_is_no_longer_new() -> None:
    rows = made(120)
    assert not rows[0]._state.adding
    assert list(TrailEntry.objects.order_by("at").values_list("actor_name", flat=True)) == [
        row.actor_name for row in rows
    ]
    insert([LogRow(fact="x", day=NOW.date(), payload_json="{}")])
    assert LogRow.objects.get().pk


def test_what_is_empty_or_full_of_quotes_is_stored_as_it_is() -> None:
    # One row of few columns, several, and a wide one go by statements of their own.
    texts = ['{"said": "\\"\\u00e9\\" % %s {}[]"}', "“é”\n,\\", ""]
    insert([LogRow(fact="x", day=NOW.date(), payload_json=texts[0])])
    insert([LogRow(fact="x", day=NOW.date(), payload_json=text) for text in texts[1:]])
    assert list(LogRow.objects.order_by("pk").values_list("payload_json", flat=True)) == texts
    wide = TrailEntry(at=NOW, actor_name="", scope="a:b:c", verb="v", detail_json=texts[0])
    insert([wide])
    stored = TrailEntry.objects.get()
    assert (stored.actor_id, stored.actor_name, stored.detail_json) == (None, "", texts[0])


def test_keys_go_beside_their_rows_in_one_statement() -> None:
    rows = [TrailEntry(at=NOW, scope="a:b:c", verb="v", detail_json="{}") for _ in range(3)]
    with CaptureQueriesContext(connection) as asked:
        insert(rows, keys_into=TrailPending)
    assert TrailEntry.objects.count() == 3
    assert set(TrailPending.objects.values_list("entry_id", flat=True)) == {row.pk for row in rows}
    assert len(asked) == (1 if connection.vendor == "postgresql" else 2)


def test_a_shape_gives_the_same_for_other_values() -> None:
    def build(*, since: datetime, ids: list[UUID], newest: bool) -> QuerySet[TrailEntry]:
        return TrailEntry.objects.filter(at__gte=since, pk__in=ids).order_by("-at" if newest else "at")

    shape = Shape(build)
    rows = made(5)
    for start in range(5):
        for newest in (True, False):
            for ids in ([row.pk for row in rows], [row.pk for row in rows[:2]]):
                found = shape.fetch(form={"newest": newest}, since=rows[start].at, ids=ids)
                assert found == list(build(since=rows[start].at, ids=list(ids), newest=newest))
    with CaptureQueriesContext(connection) as asked:
        shape.fetch(form={"newest": True}, since=NOW, ids=[rows[0].pk])
    assert len(asked) == 1


def test_a_shape_brings_what_is_related() -> None:
    file = LogFile.objects.create(fact="x", day=NOW.date(), rows=1, checksum="", made_at=NOW)
    LogBatch.objects.create(fact="x", day=NOW.date(), rows=1, created_at=NOW, file=file)
    shape = Shape(lambda *, of: LogBatch.objects.filter(file=of).select_related("file"))
    for _ in range(2):
        found = shape.fetch(of=file.pk)
        with CaptureQueriesContext(connection) as asked:
            assert [batch.file for batch in found] == [file]
        assert len(asked) == 0
    assert shape.fetch(of=uuid7()) == []


def test_an_update_says_how_many() -> None:
    batches = [LogBatch.objects.create(fact="x", day=NOW.date(), rows=1, created_at=NOW) for _ in range(3)]
    shape = UpdateShape(
        lambda *, ids, at, extra: (LogBatch.objects.filter(pk__in=ids), {"written_at": at, "rows": F("rows") + extra})
    )
    assert shape.run(form={"extra": 2}, ids=[batch.pk for batch in batches[:2]], at=NOW) == 2
    assert shape.run(form={"extra": 3}, ids=[batches[0].pk], at=NOW + timedelta(days=1)) == 1
    assert list(LogBatch.objects.order_by("id").values_list("rows", "written_at")) == [
        (6, NOW + timedelta(days=1)), (3, NOW), (1, None),
    ]  # fmt: skip


def test_a_value_that_is_not_asked_for_is_a_bug() -> None:
    with pytest.raises(AssertionError, match="not among"):
        Shape(lambda *, of: LogRow.objects.all()).fetch(of=uuid7())
