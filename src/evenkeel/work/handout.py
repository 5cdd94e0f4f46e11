"""Which tasks come next for a worker: the one query on which a desk waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from evenkeel.ground.shapes import Shape, checked
from evenkeel.people import Worker

from .models import Decision, FormVersion, Lease, Queue, Task


def next_tasks(queue: Queue, worker: Worker, *, limit: int) -> list[Task]:
    """Open tasks for this worker with their items, most urgent first, locked.

    PostgreSQL skips what other hand-outs hold at this moment instead of waiting for it; SQLite's transaction has the
    write lock from its start, so nobody else is handing out.
    """
    return look_for_tasks(queue, worker, limit=limit)()


def look_for_tasks(queue: Queue, worker: Worker, *, limit: int) -> Callable[[], list[Task]]:
    """The same, asked along with what a `together` writes; what is called once that block is over gives the tasks."""
    form = {"keeps_apart": keeps_apart(queue, worker), "limit": limit}
    team = {"team": worker.team_id} if worker.team_id is not None and form["keeps_apart"] else {}
    said = {"queue": queue.pk, "worker": worker.pk, "asked_by": queue.form_id, **team}
    if not queue.languages:
        walk = _NEXT.asked(form=form, **said).sent()
        return lambda: still_apart(walk(), queue, worker)
    # One walk a language, each along `work_task_spoken`: what others speak is never read, however much of it waits before.
    walks = [
        _NEXT.asked(form=form | {"by_language": True}, **said, language=each).sent()
        for each in ("", *sorted(worker.languages))
    ]

    def tasks() -> list[Task]:
        found = sorted((task for walk in walks for task in walk()), key=lambda task: (-task.priority, task.pk))
        return still_apart(found[:limit], queue, worker)

    return tasks


def still_apart(found: list[Task], queue: Queue, worker: Worker) -> list[Task]:
    """Of locked tasks, those that no colleague has taken between the look and the lock.

    PostgreSQL looks again at the task then, but not at the leases beside it. This second look, under the lock, sees them.
    """
    if not found or not keeps_apart(queue, worker):
        return found
    again = Task.objects.filter(of_team(worker.team_id), pk__in=[task.pk for task in found])
    taken = set(again.values_list("pk", flat=True))
    return [task for task in found if task.pk not in taken]


def waiting_for(queue: Queue, worker: Worker) -> QuerySet[Task]:
    """Open tasks that may be handed to this worker, in order of hand-out. Walks the partial index `work_task_open`."""
    waiting = _waiting(
        queue=queue.pk,
        worker=worker.pk,
        asked_by=queue.form_id,
        keeps_apart=keeps_apart(queue, worker),
        team=worker.team_id,
    )
    return waiting.filter(in_languages(worker.languages)) if queue.languages else waiting


def with_room(queue: UUID) -> QuerySet[Task]:
    """The queue's tasks that want more decisions than they have and than are under way."""
    return Task.objects.filter(queue=queue, closed_at=None, wanted__gt=F("decided") + F("leased"))


def not_hers_yet(worker: UUID, asked_by: UUID) -> Q:
    """Tasks that she has not decided by this form, has not skipped, and does not hold."""
    hers = Lease.objects.filter(
        Q(ended_at=None) | Q(ending__in=(Lease.SKIPPED, *Lease.KEPT)), task=OuterRef("pk"), worker=worker
    )
    # The same item by another form is another question; an imported decision (no form) answered this item too.
    versions = FormVersion.objects.filter(form=asked_by).values("pk")
    answered = Decision.objects.alias(by=checked("worker_id")).filter(
        Q(form_version__in=versions) | Q(form_version=None), item=OuterRef("item_id"), by=worker, taken_back=None
    )
    return ~_LookedUp(hers) & ~_LookedUp(answered)


def in_languages(languages: Sequence[str]) -> Q:
    """Items that say no language are for everybody whom the queue admits."""
    return Q(language__in=["", *languages])


def keeps_apart(queue: Queue, worker: Worker) -> bool:
    """Whether a further opinion on an item may not come from the worker's team: when the queue says so, and she has one."""
    return queue.teams_apart and worker.team_id is not None


def of_team(team: UUID | None) -> Q:
    """Tasks on which somebody of the team has decided or is at work."""
    decided = Decision.objects.filter(item=OuterRef("item_id"), queue=OuterRef("queue_id"), team=team, taken_back=None)
    held = Lease.objects.filter(task=OuterRef("pk"), ended_at=None, worker__team=team)
    return Q(_LookedUp(decided)) | Q(_LookedUp(held))


class _LookedUp(Exists):
    """EXISTS that is looked up in an index for each task of the walk.

    Left to itself PostgreSQL joins here: it reads all that a worker ever decided before it hands her ten tasks. It joins
    no subquery with an OFFSET.
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"


def _waiting(
    *,
    queue: UUID,
    worker: UUID,
    asked_by: UUID,
    keeps_apart: bool,
    by_language: bool = False,
    language: str = "",
    team: UUID | None = None,
) -> QuerySet[Task]:
    waiting = with_room(queue).filter(not_hers_yet(worker, asked_by))
    if by_language:
        waiting = waiting.filter(language=language)
    if keeps_apart:
        waiting = waiting.exclude(of_team(team))
    return waiting.order_by("-priority", "id")


def _next(*, limit: int, **said: Any) -> QuerySet[Task]:
    rows = _waiting(**said).select_related("item")
    return rows.select_for_update(skip_locked=True, of=("self",))[:limit]


_NEXT = Shape(_next)
