"""Drawing decisions for audit, and replaying what was drawn.

A decision is final when its undo window has passed; only then is it looked at. Because the keyed hash gives the same
answer whenever it is asked, a stretch may be looked at twice without harm: each run begins a little before where the last
one ended, so that a decision whose transaction committed late is found all the same, and the unique pair of plan and
decision keeps a draw from happening twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import NotNow
from evenkeel.work import Decision, Queue

from . import scopes
from .models import AuditTask, Draw, SamplingPlan
from .rules import Drawn, draw

_CHUNK = 5_000
# How long a decision's transaction may take to commit and still be found.
_LATE = timedelta(minutes=10)


class _Seen(NamedTuple):
    id: UUID
    queue_id: UUID | None
    worker_id: UUID
    organisation_id: UUID
    decided_at: datetime
    taken_back_id: UUID | None


def draw_due(now: datetime) -> int:
    """Draw from everything that has become final since the last time; returns the number of new draws."""
    unfinished = SamplingPlan.objects.filter(Q(ended_at=None) | Q(drawn_until=None) | Q(drawn_until__lt=F("ended_at")))
    ours = unfinished.filter(design="poisson")
    return sum(_draw_plan(plan_id, now) for plan_id in list(ours.values_list("id", flat=True)))


def _draw_plan(plan_id: UUID, now: datetime) -> int:
    with transaction.atomic():
        plan = SamplingPlan.objects.select_for_update().get(pk=plan_id)
        undo = _undo_windows(plan)
        cursor, waiting_id, drawn = plan.cursor or plan.id, None, 0
        for chunk in _chunks(_population(plan).filter(id__gt=_before(cursor, _LATE))):
            final = [seen for seen in chunk if seen.decided_at + undo.get(seen.queue_id, _NONE) <= now]
            if waiting_id is None and len(final) < len(chunk):
                waiting_id = next(seen.id for seen in chunk if seen.decided_at + undo.get(seen.queue_id, _NONE) > now)
            drawn += _keep(plan, final, now)
            cursor = max(cursor, chunk[-1].id)
        # The next run starts from the first decision that may still be taken back.
        plan.cursor = cursor if waiting_id is None else _before(waiting_id, timedelta(milliseconds=1))
        plan.drawn_until = now - max(undo.values(), default=_NONE)
        plan.save(update_fields=["cursor", "drawn_until"])
        if drawn:
            with act(scopes.PLAN_EDIT, Actor.system("sampling"), on=plan, now=now) as deed:
                deed.record("drew", after={"draws": drawn})
                deed.tell("audits.drawn", plan_id=plan.id, draws=drawn)
    return drawn


def _keep(plan: SamplingPlan, final: Sequence[_Seen], now: datetime) -> int:
    standing = [seen for seen in final if seen.taken_back_id is None]
    hits = [hit for hit in draw([seen.id for seen in standing], salt=plan.salt, rate=plan.rate) if hit.is_drawn]
    known = set(
        Draw.objects.filter(plan=plan, decision_id__in=[hit.decision_id for hit in hits]).values_list(
            "decision_id", flat=True
        )
    )
    of = {seen.id: seen for seen in standing}
    fresh = [hit for hit in hits if hit.decision_id not in known]
    draws = [Draw(plan=plan, decision_id=hit.decision_id, pi=plan.rate, u=hit.u, drawn_at=now) for hit in fresh]
    Draw.objects.bulk_create(draws, batch_size=500)
    AuditTask.objects.bulk_create(
        [
            AuditTask(
                draw=made,
                programme_id=plan.programme_id,
                queue_id=of[made.decision_id].queue_id,
                worker_id=of[made.decision_id].worker_id,
                organisation_id=of[made.decision_id].organisation_id,
            )
            for made in draws
        ],
        batch_size=500,
    )
    return len(draws)


def _population(plan: SamplingPlan) -> QuerySet[Decision]:
    """The decisions that have the plan's odds of being drawn, taken-back ones among them."""
    found = Decision.objects.filter(programme_id=plan.programme_id, decided_at__gte=plan.started_at)
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


def _chunks(decisions: QuerySet[Decision]) -> Iterator[list[_Seen]]:
    rows = decisions.order_by("id").values_list(
        "id", "queue_id", "worker_id", "organisation_id", "decided_at", "taken_back__id"
    )
    stream = (_Seen(*row) for row in rows.iterator(chunk_size=_CHUNK))
    while chunk := list(islice(stream, _CHUNK)):
        yield chunk


def _before(id_: UUID, how_long: timedelta) -> UUID:
    """The smallest UUIDv7 of a moment earlier: its first 48 bits are milliseconds since 1970."""
    ms = (id_.int >> 80) - int(how_long.total_seconds() * 1000)
    return UUID(int=max(ms, 0) << 80)


# ------------------------------------------------------------------ replay


@dataclass(frozen=True)
class Mismatch:
    """A decision whose draw is not what the plan's odds and salt say."""

    decision_id: UUID
    kind: str  # "missing": should have been drawn; "extra": should not; "odds": stored odds or hash differ
    said: Drawn


@dataclass(frozen=True)
class Replay:
    """What a replay of a plan found."""

    decisions: int
    draws: int
    mismatches: tuple[Mismatch, ...]

    @property
    def is_true(self) -> bool:
        """Whether every draw is what the plan says."""
        return not self.mismatches


def replay_plan(plan: SamplingPlan) -> Replay:
    """Draw again, from the salt and the rate alone, everything that was looked at, and compare with what was drawn.

    `NotNow` for a plan whose decisions another tool chose.
    """
    if not plan.is_drawn_here:
        raise NotNow(
            _("Its decisions were chosen in another tool: there is no salt to draw them by again."), code="elsewhere"
        )
    stored = {made.decision_id: made for made in Draw.objects.filter(plan=plan).iterator(chunk_size=_CHUNK)}
    kept, decisions = len(stored), 0
    mismatches: list[Mismatch] = []
    looked_at = _population(plan).filter(id__lte=plan.cursor) if plan.cursor else _population(plan).none()
    for chunk in _chunks(looked_at):
        standing = [seen.id for seen in chunk if seen.taken_back_id is None]
        decisions += len(standing)
        for said in draw(standing, salt=plan.salt, rate=plan.rate):
            made = stored.pop(said.decision_id, None)
            if made is None and said.is_drawn:
                mismatches.append(Mismatch(said.decision_id, "missing", said))
            elif made is not None and not said.is_drawn:
                mismatches.append(Mismatch(said.decision_id, "extra", said))
            elif made is not None and (made.pi != plan.rate or abs(made.u - said.u) > 1e-12):
                mismatches.append(Mismatch(said.decision_id, "odds", said))
    # Beyond the cursor lie final decisions that were drawn while an earlier one could still be taken back.
    mismatches += [
        Mismatch(said.decision_id, "extra", said)
        for said in draw(list(stored), salt=plan.salt, rate=plan.rate)
        if not said.is_drawn or not _population(plan).filter(pk=said.decision_id).exists()
    ]
    return Replay(decisions, kept, tuple(mismatches))
