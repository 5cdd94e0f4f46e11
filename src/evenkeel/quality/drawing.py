"""Drawing decisions for audit, and replaying what was drawn.

A decision is final when its undo window has passed; only then is it looked at. Because the keyed hash gives the same
answer whenever it is asked, a stretch may be looked at twice without harm: each run begins a little before where the last
one ended, so that a decision whose transaction committed late is found all the same, and the unique pair of plan and
decision keeps a draw from happening twice.

The odds of a day are worked out once, from the days before it, and kept (`PlanFrame`): a decision that is looked at late
has the odds that it would have had in time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import NotNow
from evenkeel.work import Decision, Queue

from . import scopes
from .models import AuditTask, Draw, PlanFrame, PlanVersion, SamplingPlan
from .queries.history import OF_ITEM, OWN, columns, history_before
from .rules.audits import Drawn
from .rules.book import Book, Mismatch, Replay, Version, replay
from .rules.layers import day_odds, needs_of
from .rules.odds import DayOdds, drawn

if TYPE_CHECKING:
    import pyarrow as pa

_CHUNK = 5_000
# How long a decision's transaction may take to commit and still be found.
_LATE = timedelta(minutes=10)


def draw_due(now: datetime) -> int:
    """Draw from everything that has become final since the last time; returns the number of new draws."""
    unfinished = SamplingPlan.objects.filter(design=SamplingPlan.POISSON).filter(
        Q(ended_at=None) | Q(drawn_until=None) | Q(drawn_until__lt=F("ended_at"))
    )
    return sum(_draw_plan(plan_id, now) for plan_id in list(unfinished.values_list("id", flat=True)))


def _draw_plan(plan_id: UUID, now: datetime) -> int:
    with transaction.atomic():
        plan = SamplingPlan.objects.select_for_update().get(pk=plan_id)
        undo, book, beside = _undo_windows(plan), LiveBook.of(plan, now=now), _beside(plan)
        cursor, waiting_id, drawn_ = plan.cursor or plan.id, None, 0
        for chunk in _chunks(_population(plan).filter(id__gt=_before(cursor, _LATE)), with_item=book.with_item):
            final = [row for row in chunk.rows if chunk.at(row) + undo.get(chunk.queue(row), _NONE) <= now]
            if waiting_id is None and len(final) < len(chunk.rows):
                waiting_id = next(
                    row[0] for row in chunk.rows if chunk.at(row) + undo.get(chunk.queue(row), _NONE) > now
                )
            drawn_ += _keep(plan, chunk.standing(final), book, beside, now)
            cursor = max(cursor, chunk.rows[-1][0])
        # The next run starts from the first decision that may still be taken back.
        plan.cursor = cursor if waiting_id is None else _before(waiting_id, timedelta(milliseconds=1))
        plan.drawn_until = now - max(undo.values(), default=_NONE)
        plan.save(update_fields=["cursor", "drawn_until"])
        if drawn_:
            with act(scopes.PLAN_EDIT, Actor.system("sampling"), on=plan, now=now) as deed:
                deed.record("drew", after={"draws": drawn_})
                deed.tell("audits.drawn", plan_id=plan.id, draws=drawn_)
    return drawn_


def _keep(
    plan: SamplingPlan, rows: Sequence[tuple[Any, ...]], book: LiveBook, beside: Sequence[SamplingPlan], now: datetime
) -> int:
    if not rows:
        return 0
    table = columns(rows, with_item=book.with_item)
    found: list[tuple[tuple[Any, ...], Draw]] = []
    for version, day, places in book.parts(table):
        part, here = table.take(places), [rows[place] for place in places]
        odds = book.odds(version, day).of(part)
        u, hits = drawn(part, odds, salt=plan.salt)
        for hit in hits:
            row, number = here[hit], float(u[hit])
            stratum, alone = odds.names(int(hit), number)
            made = Draw(
                plan=plan,
                decision_id=row[0],
                stratum=stratum,
                layers=alone,
                pi=float(odds.pi[hit]),
                u=number,
                plans=sum(_covers(other, row) for other in beside),
                drawn_at=now,
            )
            found.append((row, made))
    ids = [made.decision_id for _row, made in found]
    known = set(Draw.objects.filter(plan=plan, decision_id__in=ids).values_list("decision_id", flat=True))
    fresh = [(row, made) for row, made in found if made.decision_id not in known]
    Draw.objects.bulk_create([made for _row, made in fresh], batch_size=500)
    AuditTask.objects.bulk_create(
        [
            AuditTask(
                draw=made,
                programme_id=plan.programme_id,
                queue_id=row[_QUEUE],
                worker_id=row[_WORKER],
                organisation_id=row[_ORGANISATION],
            )
            for row, made in fresh
        ],
        batch_size=500,
    )
    return len(fresh)


_COLUMNS = list(OWN)
_AT, _QUEUE, _WORKER, _ORGANISATION, _ORIGIN = (
    _COLUMNS.index(name) for name in ("decided_at", "queue_id", "worker_id", "organisation_id", "origin")
)


def _beside(plan: SamplingPlan) -> list[SamplingPlan]:
    """The plans, this one among them, that may draw the same decisions."""
    return list(SamplingPlan.objects.filter(programme_id=plan.programme_id, design=SamplingPlan.POISSON))


def _covers(plan: SamplingPlan, row: tuple[Any, ...]) -> bool:
    return (
        plan.started_at <= row[_AT]
        and (plan.ended_at is None or row[_AT] < plan.ended_at)
        and plan.queue_id in (None, row[_QUEUE])
        and (plan.covers_imports or row[_ORIGIN] != "import")
    )


def _population(plan: SamplingPlan) -> QuerySet[Decision]:
    """The decisions that have the plan's odds of being drawn, taken-back ones among them."""
    # Answers to planted items have a known truth already, and are no picture of the work.
    found = Decision.objects.filter(programme_id=plan.programme_id, decided_at__gte=plan.started_at, planted=None)
    if plan.queue_id is not None:
        found = found.filter(queue_id=plan.queue_id)
    if plan.ended_at is not None:
        found = found.filter(decided_at__lt=plan.ended_at)
    return found if plan.covers_imports else found.exclude(origin="import")


_NONE = timedelta(0)


def _undo_windows(plan: SamplingPlan) -> dict[UUID | None, timedelta]:
    queues = Queue.objects.filter(programme_id=plan.programme_id)
    if plan.queue_id is not None:
        queues = queues.filter(pk=plan.queue_id)
    return {queue_id: timedelta(seconds=undo_s) for queue_id, undo_s in queues.values_list("id", "undo_s")}


@dataclass(frozen=True)
class _Chunk:
    """Rows of `OWN` (and `OF_ITEM`), each with a last cell that is empty unless the decision was taken back."""

    rows: Sequence[tuple[Any, ...]]

    @staticmethod
    def at(row: tuple[Any, ...]) -> datetime:
        moment: datetime = row[_AT]
        return moment

    @staticmethod
    def queue(row: tuple[Any, ...]) -> UUID | None:
        queue_id: UUID | None = row[_QUEUE]
        return queue_id

    @staticmethod
    def standing(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        return [row[:-1] for row in rows if row[-1] is None]


def _chunks(decisions: QuerySet[Decision], *, with_item: bool) -> Iterator[_Chunk]:
    named = [*OWN.values(), *(OF_ITEM.values() if with_item else ()), "taken_back__id"]
    stream = decisions.order_by("id").values_list(*named).iterator(chunk_size=_CHUNK)
    while chunk := list(islice(stream, _CHUNK)):
        yield _Chunk(chunk)


def _before(id_: UUID, how_long: timedelta) -> UUID:
    """The smallest UUIDv7 of a moment earlier: its first 48 bits are milliseconds since 1970."""
    ms = (id_.int >> 80) - int(how_long.total_seconds() * 1000)
    return UUID(int=max(ms, 0) << 80)


# ------------------------------------------------------------------ the plan's book


def book_of(plan: SamplingPlan) -> Book:
    """The plan's design as it is on record."""
    versions = list(PlanVersion.objects.filter(plan=plan).order_by("from_at", "number"))
    frames = PlanFrame.objects.filter(version__plan=plan).values_list("version__number", "day", "odds")
    return Book(
        versions=_versions(plan, versions),
        frames={(number, day): DayOdds.from_dict(odds) for number, day, odds in frames},
    )


def _versions(plan: SamplingPlan, stored: Sequence[PlanVersion]) -> list[Version]:
    # Plans of before there were versions have none: everybody's rate is all there is.
    return [
        Version(
            number=each.number,
            from_at=each.from_at,
            rate=each.design["rate"],
            is_layered=bool(each.design.get("layers")),
        )
        for each in stored
    ] or [Version(number=1, from_at=plan.started_at, rate=plan.rate)]


@dataclass(kw_only=True)
class LiveBook(Book):
    """A book that works out the odds of a day that has none yet, and keeps them."""

    plan: SamplingPlan
    stored: dict[int, PlanVersion]
    now: datetime

    @classmethod
    def of(cls, plan: SamplingPlan, *, now: datetime) -> LiveBook:
        """The plan's book, to be written on."""
        stored = list(PlanVersion.objects.filter(plan=plan).order_by("from_at", "number"))
        return cls(versions=_versions(plan, stored), plan=plan, stored={each.number: each for each in stored}, now=now)

    @property
    def with_item(self) -> bool:
        """Whether some version looks at what stands in the item."""
        return any("item" in needs_of(each.design) for each in self.stored.values())

    def odds(self, version: Version, day: date) -> DayOdds:
        """The odds of a day, as on record or as they are worked out now."""
        if not version.is_layered:
            return DayOdds(rate=version.rate)
        if (found := self.frames.get((version.number, day))) is None:
            found = self.frames[version.number, day] = self._frame(self.stored[version.number], day)
        return found

    def _frame(self, version: PlanVersion, day: date) -> DayOdds:
        known = PlanFrame.objects.filter(version=version, day=day).first()
        if known is not None:
            return DayOdds.from_dict(known.odds)
        # A plan of today starts from what is known by then.
        until = version.from_at if version.from_at.astimezone(UTC).date() == day else None
        history = history_before(
            day,
            programme=self.plan.programme,
            queue=self.plan.queue,
            covers_imports=self.plan.covers_imports,
            needs=needs_of(version.design),
            until=until,
        )
        odds = day_odds(version.design, history)
        PlanFrame.objects.create(version=version, day=day, odds=odds.to_dict(), made_at=self.now)
        return odds


# ------------------------------------------------------------------ replay


def replay_plan(plan: SamplingPlan, *, from_: datetime | None = None, until: datetime | None = None) -> Replay:
    """Draw again, from the salt and the stored design alone, everything that was looked at, and compare.

    With `from_` or `until` only decisions with from_ <= decided_at < until. `NotNow` for a plan whose decisions another
    tool chose.
    """
    if plan.design == SamplingPlan.ELSEWHERE:
        raise NotNow(
            _("Its decisions were chosen in another tool: there is no salt to draw them by again."), code="elsewhere"
        )
    found, book = _within(_population(plan), from_, until), book_of(plan)
    draws = _within(Draw.objects.filter(plan=plan), from_, until, "decision__decided_at")
    stored = {str(made.decision_id): (made.pi, made.u) for made in draws.iterator(chunk_size=_CHUNK)}
    looked_at = found.filter(id__lte=plan.cursor) if plan.cursor else found.none()
    with_item = any("language" in layer.by or layer.per_size for odds in book.frames.values() for layer in odds.layers)
    done, left = replay(_tables(looked_at, with_item), book=book, salt=plan.salt, stored=stored)
    # Beyond the cursor lie final decisions that were drawn while an earlier one could still be taken back.
    rest = Decision.objects.filter(pk__in=[UUID(key) for key in left], taken_back=None)
    beyond = found.filter(pk__in=rest.values("pk"))
    later, unknown = replay(_tables(beyond, with_item), book=book, salt=plan.salt, stored=left)
    extra = [Mismatch(UUID(key), "extra", Drawn(UUID(key), u, False)) for key, (_pi, u) in unknown.items()]
    return Replay(done.decisions, done.draws, (*done.mismatches, *later.mismatches, *extra))


def decision_tables(plan: SamplingPlan, *, from_: datetime | None, until: datetime | None) -> Iterator[pa.Table]:
    """The standing decisions that the plan has looked at, as columns, oldest first: what an outsider replays with."""
    found = _within(_population(plan), from_, until)
    yield from _tables(found.filter(id__lte=plan.cursor) if plan.cursor else found.none(), with_item=True)


def _tables(decisions: QuerySet[Decision], with_item: bool) -> Iterator[pa.Table]:
    for chunk in _chunks(decisions, with_item=with_item):
        if rows := chunk.standing(chunk.rows):
            yield columns(rows, with_item=with_item)


def _within(
    rows: QuerySet[Any], from_: datetime | None, until: datetime | None, at: str = "decided_at"
) -> QuerySet[Any]:
    rows = rows.filter(**{f"{at}__gte": from_}) if from_ is not None else rows
    return rows.filter(**{f"{at}__lt": until}) if until is not None else rows
