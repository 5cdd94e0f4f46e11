"""What stood open as a day ended is counted once, by queue and age."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenkeel.ground import log
from evenkeel.work import OPEN_ITEMS, fill_queue, take_batch
from evenkeel.work.backlog import count_open
from evenkeel.work.models import OpenCount

from . import factories
from .factories import NOW

SYSTEM = factories.SYSTEM


@pytest.mark.django_db
def test_a_day_that_is_over_is_counted_once() -> None:
    programme = factories.make_programme()
    queue = factories.make_queue(programme)
    factories.make_items(3, programme)
    fill_queue(SYSTEM, queue=queue, now=NOW)
    moderator = factories.make_person("moderator")
    lease = take_batch(factories.as_actor(moderator), queue=queue, now=NOW)[0]
    factories.make_decision(factories.as_actor(moderator), lease)
    assert count_open(NOW) == 0  # the day is not over
    assert count_open(NOW + timedelta(days=1)) == 1
    assert count_open(NOW + timedelta(days=1)) == 0
    counted = OpenCount.objects.get()
    assert (counted.items, counted.overdue) == (2, 0)
    assert counted.day == NOW.date()
    assert counted.oldest_s == pytest.approx((counted.at - NOW).total_seconds(), abs=0.01)
    log.flush(NOW + timedelta(days=1))
    connection = log.connect()
    rows = connection.to_pyarrow(log.read(OPEN_ITEMS, connection=connection)).to_pylist()
    whole = [row for row in rows if row["is_whole"]]
    assert [row["items"] for row in whole] == [2]
    assert sum(row["items"] for row in rows if not row["is_whole"]) == 2
    assert log.verify().is_whole


@pytest.mark.django_db
def test_days_that_were_missed_are_counted_later() -> None:
    programme = factories.make_programme()
    queue = factories.make_queue(programme)
    factories.make_items(1, programme)
    fill_queue(SYSTEM, queue=queue, now=NOW)
    count_open(NOW + timedelta(days=1))
    assert count_open(NOW + timedelta(days=4)) == 3
    assert sorted(OpenCount.objects.values_list("day", flat=True)) == [NOW.date() + timedelta(days=n) for n in range(4)]


@pytest.mark.django_db
def test_a_decision_keeps_what_it_was_about() -> None:
    from evenkeel.work import NewItem, add_items

    programme = factories.make_programme()
    queue = factories.make_queue(programme)
    attributes = {"market": "AT", "source": "reported", "views": 40, "inclusion_probability": 0.5}
    item = NewItem(key="a", content={"text": "x"}, language="de", attributes=attributes)
    add_items(SYSTEM, programme=programme, items=[item], now=NOW)
    fill_queue(SYSTEM, queue=queue, now=NOW)
    actor = factories.as_actor(factories.make_person("moderator"))
    made = factories.make_decision(
        actor, take_batch(actor, queue=queue, now=NOW)[0], "Yes", now=NOW + timedelta(minutes=1)
    )
    made.refresh_from_db()
    said = (made.language, made.market, made.source, made.item_kind, made.views, made.item_pi)
    assert said == ("de", "AT", "reported", "text", 40.0, 0.5)
    assert made.violates is True
    assert made.turnaround_s == 60.0
    assert made.in_time is None
