"""Which golden items a hand-out holds. Work asks here, under the worker's lock, for queues that watch people alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from uuid import UUID

from evenkeel.work import Asking, Wish, plants

from .acts.exams import sit
from .models import Exam, GoldHanding, GoldMix
from .queries.golden import candidates_for, met_by
from .rules.golden import choose, places, share_for


@plants
def golds_for(asking: Asking) -> Sequence[Wish]:
    """In an exam's queue golden items alone; else one in the place of each task on which the keyed hash falls."""
    mix = GoldMix.objects.filter(queue=asking.queue.pk).first()
    if mix is None:
        exam = Exam.objects.filter(queue=asking.queue.pk, ended_at=None).select_related("certification__policy").first()
        return _of_exam(asking, exam) if exam is not None else []
    day = asking.now.astimezone(UTC).date()
    started = asking.worker.started_on
    share = share_for(
        share=mix.share,
        new_share=mix.new_share,
        new_days=mix.new_days,
        tenure_days=(day - started).days if started else None,
    )
    coming = {task.pk: task for task in asking.coming}
    taken = places(list(coming), worker_id=asking.worker.pk, day=day, salt=mix.salt, share=share)
    if not taken:
        return []
    chosen = _chosen(asking, len(taken), salt=mix.salt, is_for_exams=False)
    return [Wish(item_id=item, in_place_of=coming[place]) for item, place in zip(chosen, taken, strict=False)]


def _of_exam(asking: Asking, exam: Exam) -> list[Wish]:
    room = sit(exam, asking.worker, held=len(asking.held), now=asking.now)
    chosen = _chosen(asking, min(asking.room, room), salt=exam.salt, is_for_exams=True)
    return [Wish(item_id=item) for item in chosen]


def _chosen(asking: Asking, n: int, *, salt: int, is_for_exams: bool) -> list[UUID]:
    worker, queue = asking.worker, asking.queue
    items = [lease.task.item_id for lease in asking.held] + [task.item_id for task in asking.coming]
    found = candidates_for(
        worker.pk, queue, languages=worker.languages, held=items, is_for_exams=is_for_exams, now=asking.now
    )
    day = asking.now.astimezone(UTC).date()
    chosen = choose(found, n, worker_id=worker.pk, day=day, salt=salt, met=met_by(worker.pk, queue))
    GoldHanding.objects.bulk_create(
        [
            GoldHanding(gold_id=each.gold_id, worker_id=worker.pk, queue_id=queue.pk, handed_at=asking.now)
            for each in chosen
            if not each.was_handed
        ]
    )
    return [each.item_id for each in chosen]
