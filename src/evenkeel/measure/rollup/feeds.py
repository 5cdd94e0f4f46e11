"""Which feeds there are, what they have not consumed yet, and the step that must happen once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Max

from evenkeel.ground.log import batches_since, set_aside_damaged
from evenkeel.quality import EXPERT_ANSWERS
from evenkeel.work import DECISIONS

from ..metric import rolled_up
from ..models import CellParts, ConsumedBatch, DayParts, ItemFigures, LabelTally, Study, WorkerDayParts
from .parts import PartsFeed
from .reading import log_open
from .tallies import TallyFeed

# One transaction holds the write lock of SQLite, so it takes in a bounded number of rows.
_ROWS_AT_ONCE = 500_000
_FILES_AT_ONCE = 400
# A batch may be written long after it was made (a bulk import under way): so far back is looked at each time, and
# everything once an hour.
_LOOK_BACK = timedelta(days=2)
_log = structlog.get_logger(__name__)


def feeds() -> list[PartsFeed | TallyFeed]:
    """Every feed: one for each day metric, one for people's labels, one for experts'."""
    tallies = [TallyFeed("people", DECISIONS), TallyFeed("expert", EXPERT_ANSWERS)]
    return [*(PartsFeed(kind) for kind in rolled_up()), *tallies]


def take_in(now: datetime, *, everything: bool = False) -> int:
    """Take in what the log has and the roll-ups lack; returns the number of batches. `everything` looks back all the way."""
    work = [(feed, chunk) for feed in feeds() for chunk in _chunks(_waiting(feed, now, everything=everything))]
    if not work:
        # Opening DuckDB costs more than an idle minute should.
        return 0
    with log_open() as connection:
        return sum(_take(feed, batches, connection, now) for feed, batches in work)


def rebuild(now: datetime) -> int:
    """Throw the roll-ups away and make them anew from the whole log, in one transaction: readers see old or new."""
    with transaction.atomic():
        for table in (ConsumedBatch, DayParts, WorkerDayParts, CellParts, LabelTally, ItemFigures):
            table.objects.all().delete()
        Study.objects.update(evaluated_changes=-1)
        return take_in(now, everything=True)


def _take(feed: PartsFeed | TallyFeed, batches: Sequence[Any], connection: Any, now: datetime) -> int:
    try:
        prepared = feed.prepare(batches, connection)
    except Exception as error:
        # One damaged file must not hold up the rest: it is set aside, said, and the others are taken in.
        damaged = set_aside_damaged(batches, now=now)
        if not damaged:
            raise
        _log.error(
            "log_files_damaged", fact=feed.fact.name, batches=[str(each.pk) for each in damaged], error=str(error)
        )
        gone = {each.pk for each in damaged}
        batches = [each for each in batches if each.pk not in gone]
        prepared = feed.prepare(batches, connection)
    try:
        with transaction.atomic():
            if not ConsumedBatch.objects.filter(consumer=feed.consumer).exists():
                feed.begin()
            ConsumedBatch.objects.bulk_create(
                ConsumedBatch(consumer=feed.consumer, batch_id=batch.id, made_at=batch.created_at) for batch in batches
            )
            feed.store(prepared, now=now)
    except IntegrityError:
        if not _is_consumed(feed, batches):
            raise
        _log.info("batch_taken_by_another", consumer=feed.consumer)
        return 0
    return len(batches)


def _is_consumed(feed: PartsFeed | TallyFeed, batches: Sequence[Any]) -> bool:
    return ConsumedBatch.objects.filter(consumer=feed.consumer, batch_id__in=[batch.id for batch in batches]).exists()


def _waiting(feed: PartsFeed | TallyFeed, now: datetime, *, everything: bool) -> list[Any]:
    consumed = ConsumedBatch.objects.filter(consumer=feed.consumer)
    newest = None if everything else consumed.aggregate(newest=Max("made_at"))["newest"]
    # Not from the newest batch alone: histories are also made up day by day, with moments long past.
    after = min(newest, now) - _LOOK_BACK if newest else None
    if after is not None:
        consumed = consumed.filter(made_at__gte=after)
    return batches_since(feed.fact, done=list(consumed.values_list("batch_id", flat=True)), after=after)


def _chunks(batches: Sequence[Any]) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    rows = 0
    for batch in batches:
        if chunk and (rows + batch.rows > _ROWS_AT_ONCE or len(chunk) >= _FILES_AT_ONCE):
            yield chunk
            chunk, rows = [], 0
        chunk.append(batch)
        rows += batch.rows
    if chunk:
        yield chunk
