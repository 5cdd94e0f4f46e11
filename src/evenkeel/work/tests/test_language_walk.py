"""A queue that asks for languages is walked by an index per language, however much waits in others."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenkeel.work import Item, Task, fill_queue, take_batch

from .factories import NOW, SYSTEM, as_actor, make_items, make_person, make_queue

pytestmark = pytest.mark.django_db


def test_tasks_keep_their_items_language_and_the_order_is_the_queues() -> None:
    queue = make_queue(languages=["de", "fr"], batch_size=4)
    made = {language: make_items(2, queue.programme, language=language) for language in ("de", "", "fr")}
    for priority, items in enumerate(made.values()):
        fill_queue(SYSTEM, queue=queue, item_ids=[item.pk for item in items], priority=priority, now=NOW)
    assert set(Task.objects.values_list("item__language", "language")) == {("de", "de"), ("", ""), ("fr", "fr")}
    taken = take_batch(as_actor(make_person("moderator", languages=["de"])), queue=queue, now=NOW)
    assert [lease.task.language for lease in taken] == ["", "", "de", "de"]


def test_what_others_speak_is_not_read() -> None:
    queue = make_queue(languages=["de", "fr"], batch_size=1)
    Item.objects.bulk_create(
        Item(programme=queue.programme, key=f"fr-{n}", language="fr", content={"text": "x"}, created_at=NOW)
        for n in range(400)
    )
    make_items(1, queue.programme, language="de")
    fill_queue(SYSTEM, queue=queue, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        taken = take_batch(as_actor(make_person("moderator", languages=["de"])), queue=queue, now=NOW)
    assert len(taken) == 1
    walks = [
        each["sql"] for each in asked.captured_queries if '"language" = ' in each["sql"] and "LIMIT" in each["sql"]
    ]
    assert len(walks) == 2  # hers, and what says no language
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {walks[0]}")
            assert any("work_task_spoken" in str(row) for row in cursor.fetchall())
