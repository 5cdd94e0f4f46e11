"""Which feeds there are, what they have not consumed yet, and the step that must happen once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Max

from evenkeel.ground.log import batches_since, facts_written, horizons, opened, reader, set_aside_damaged
from evenkeel.quality import EXPERT_ANSWERS
from evenkeel.work import DECISIONS

from ..metric import DayMetric, fed_metrics
from ..models import (
    ConsumedBatch,
    CubeParts,
    ItemFigures,
    LabelTally,
    RollupMember,
    Study,
)
from .companions import ANY_ITEM
from .cubes import CubeFeed
from .parts import PARTS, PartsFeed
from .tallies import Outdated, TallyFeed
from .units import renew_units

# What a transaction writes, and how long it holds SQLite's write lock, follows from the days it touches: a day's cells are as
# many whether a thousand rows fall into them or ten million. So a chunk ends with a day once it has its fill of rows, and a
# day is taken in at once up to as many rows as the engine should group at a time.
_ROWS_OF_A_DAY = 10_000_000
_FILES_AT_ONCE = 400
# A batch may be written long after it was made (a bulk import under way): so far back is looked at each time, and
# everything once an hour.
_LOOK_BACK = timedelta(days=2)
_log = structlog.get_logger(__name__)

Feed = PartsFeed | CubeFeed | TallyFeed
_OF_METRICS: tuple[type[PartsFeed] | type[CubeFeed], ...] = (PartsFeed, CubeFeed)


def feeds() -> list[Feed]:
    """Every feed: of sums and of cells one for the metrics of each fact and one for each that is new to it; of labels two."""
    tallies = [TallyFeed("people", DECISIONS), TallyFeed("expert", EXPERT_ANSWERS)]
    found: list[Feed] = []
    members = dict(RollupMember.objects.values_list("metric", "version"))
    for name, (sort, kinds) in _by_fact().items():
        own = [kind for kind in kinds if members.get(sort.member(kind)) == kind.version]
        new = [kind for kind in kinds if kind not in own]
        if not own:
            # Nobody is in yet: all begin together.
            found.append(sort(kinds, consumer=name))
            continue
        found.append(sort(own, consumer=name))
        found += [sort([kind], consumer=f"{sort.prefix}:{kind.slug}:{kind.version}") for kind in new]
    return [*found, *tallies]


def cell_feed(kind: type[DayMetric]) -> CubeFeed:
    """The feed that a metric's cells come in by."""
    for feed in feeds():
        if isinstance(feed, CubeFeed) and kind.slug in {each.slug for each in feed.metrics}:
            return feed
    raise ValueError(f"{kind.slug} has no cells")


def awaited(feed: Feed) -> list[Any]:
    """The batches that it has not taken in yet, as far as they are not older by two days than what it has."""
    return _waiting(feed, None, everything=False) if feed.fact.name in facts_written() else []


def take_in(now: datetime, *, everything: bool = False) -> int:
    """Take in what the log has and the roll-ups lack; returns the number of batches. `everything` looks back all the way."""
    renew_units()
    written = facts_written()
    asked = [feed for feed in feeds() if feed.fact.name in written]
    waiting = [(feed, _waiting(feed, now, everything=everything)) for feed in asked]
    work = [
        (feed, chunk)
        for feed, batches in waiting
        if everything or not isinstance(feed, CubeFeed) or not feed.waits(batches, now)
        for chunk in _chunks(batches, feed.rows_at_once)
    ]
    taken = 0
    if work:
        # Opening DuckDB costs more than an idle minute should.
        with opened() as connection:
            taken = sum(_take(feed, batches, connection, now) for feed, batches in work)
    _let_in()
    if work:
        renew_units()
    return taken


@reader
def take_in_everything(now: datetime) -> int:
    """Take in all that the log has, before some of it leaves or changes."""
    return take_in(now, everything=True)


def rebuild(now: datetime) -> int:
    """Throw the roll-ups away and make them anew from the whole log, in one transaction: readers see old or new.

    Sums of a fact whose older days have left the log (retention) cannot be made anew: they stay as they are.
    """
    shortened = horizons()
    with transaction.atomic():
        kept = [feed for feed in feeds() if feed.fact.name in shortened]
        for feed in kept:
            _keep(feed)
        if not kept:
            # Also what metrics left that are no longer there.
            for table in (ConsumedBatch, RollupMember, LabelTally, ItemFigures, CubeParts, *PARTS):
                table._default_manager.all().delete()
        for feed in feeds():
            if feed.fact.name not in shortened:
                feed.clear()
                ConsumedBatch.objects.filter(consumer=feed.consumer).delete()
        Study.objects.update(evaluated_changes=-1)
        return take_in(now, everything=True)


def _by_fact() -> dict[str, tuple[type[PartsFeed] | type[CubeFeed], list[type[DayMetric]]]]:
    """The metrics that one pass over a fact feeds, by the name under which they consume its batches."""
    found: dict[str, tuple[type[PartsFeed] | type[CubeFeed], list[type[DayMetric]]]] = {}
    for kind in fed_metrics():
        for sort in _OF_METRICS:
            if sort.feeds(kind):
                found.setdefault(f"{sort.prefix}:{kind.fact.name}.{kind.at}", (sort, []))[1].append(kind)
    return found


def _let_in() -> None:
    """Metrics that were new, and have taken in by themselves all that the others have, go on with the others."""
    members = dict(RollupMember.objects.values_list("metric", "version"))
    for name, (sort, kinds) in _by_fact().items():
        for kind in kinds:
            if members.get(sort.member(kind)) == kind.version:
                continue
            own = ConsumedBatch.objects.filter(consumer=f"{sort.prefix}:{kind.slug}:{kind.version}")
            with transaction.atomic():
                ids = set(own.values_list("batch_id", flat=True))
                if ids and ids == set(ConsumedBatch.objects.filter(consumer=name).values_list("batch_id", flat=True)):
                    RollupMember.objects.create(feed=name, metric=sort.member(kind), version=kind.version)
                    own.delete()


def _keep(feed: Feed) -> None:
    """When the log itself was made anew, its batches hold what has been taken in already, under new names."""
    consumed = ConsumedBatch.objects.filter(consumer=feed.consumer)
    standing = batches_since(feed.fact)
    # Those of which the log is the only place keep their names whatever is made anew.
    renamed = [batch.id for batch in standing if not batch.is_only_here]
    if not renamed or not consumed.exists() or consumed.filter(batch_id__in=renamed[:500]).exists():
        return
    unlisted = ANY_ITEM if consumed.exclude(items_from=None).exists() else (None, None)
    consumed.delete()
    ConsumedBatch.objects.bulk_create(
        ConsumedBatch(
            consumer=feed.consumer,
            batch_id=batch.id,
            made_at=batch.created_at,
            items_from=unlisted[0],
            items_to=unlisted[1],
        )
        for batch in standing
    )


def _take(feed: Feed, batches: Sequence[Any], connection: Any, now: datetime) -> int:
    try:
        prepared: Any = feed.prepare(batches, connection)
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
        try:
            _put_in(feed, batches, prepared, now)
        except Outdated:
            # Whoever was quicker is in now: what is prepared from here on knows of it.
            _put_in(feed, batches, feed.prepare(batches, connection), now)
    except IntegrityError:
        if not _is_consumed(feed, batches):
            raise
        _log.info("batch_taken_by_another", consumer=feed.consumer)
        return 0
    return len(batches)


def _put_in(feed: Feed, batches: Sequence[Any], prepared: Any, now: datetime) -> None:
    with transaction.atomic():
        if not ConsumedBatch.objects.filter(consumer=feed.consumer).exists():
            feed.begin()
            if feed.consumer in _by_fact():
                _join(feed)
        ConsumedBatch.objects.bulk_create(
            ConsumedBatch(consumer=feed.consumer, batch_id=batch.id, made_at=batch.created_at) for batch in batches
        )
        feed.store(prepared, now=now)


def _join(feed: Feed) -> None:
    """The first of all batches: whoever begins with it is in."""
    if not isinstance(feed, TallyFeed):
        RollupMember.objects.bulk_create(
            RollupMember(feed=feed.consumer, metric=feed.member(kind), version=kind.version) for kind in feed.metrics
        )


def _is_consumed(feed: Feed, batches: Sequence[Any]) -> bool:
    return ConsumedBatch.objects.filter(consumer=feed.consumer, batch_id__in=[batch.id for batch in batches]).exists()


def _waiting(feed: Feed, now: datetime | None, *, everything: bool) -> list[Any]:
    consumed = ConsumedBatch.objects.filter(consumer=feed.consumer)
    newest = None if everything else consumed.aggregate(newest=Max("made_at"))["newest"]
    # Not from the newest batch alone: histories are also made up day by day, with moments long past.
    after = min(newest, now or newest) - _LOOK_BACK if newest else None
    if after is not None:
        consumed = consumed.filter(made_at__gte=after)
    return batches_since(feed.fact, done=list(consumed.values_list("batch_id", flat=True)), after=after)


def _chunks(batches: Sequence[Any], rows_at_once: int) -> Iterator[list[Any]]:
    """Day by day, so that no cell is written by two chunks where one would do."""
    chunk: list[Any] = []
    rows = 0
    for batch in sorted(batches, key=lambda batch: (batch.day, batch.pk)):
        most = rows_at_once if chunk and batch.day != chunk[-1].day else _ROWS_OF_A_DAY
        if chunk and (rows + batch.rows > most or len(chunk) >= _FILES_AT_ONCE):
            yield chunk
            chunk, rows = [], 0
        chunk.append(batch)
        rows += batch.rows
    if chunk:
        yield chunk
