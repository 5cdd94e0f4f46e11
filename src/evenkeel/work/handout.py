"""Which tasks come next for a worker: the one query on which a desk waits."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from evenkeel.people import Worker

from .models import Decision, FormVersion, Lease, Queue, Task


def next_tasks(queue: Queue, worker: Worker, *, limit: int) -> list[Task]:
    """Open tasks for this worker with their items, most urgent first, locked.

    PostgreSQL skips what other hand-outs hold at this moment instead of waiting for it; SQLite's transaction has the
    write lock from its start, so nobody else is handing out.
    """
    rows = waiting_for(queue, worker).select_related("item")
    found = list(rows.select_for_update(skip_locked=True, of=("self",))[:limit])
    if keeps_apart(queue, worker) and found:
        # A colleague may have taken one between the look and the lock: PostgreSQL looks again at the task then, but not at
        # the leases beside it. This second look, under the lock, sees what she has.
        again = Task.objects.filter(_of_her_team(worker), pk__in=[task.pk for task in found])
        taken = set(again.values_list("pk", flat=True))
        found = [task for task in found if task.pk not in taken]
    return found


def waiting_for(queue: Queue, worker: Worker) -> QuerySet[Task]:
    """Open tasks that may be handed to this worker, in order of hand-out. Walks the partial index `work_task_open`."""
    waiting = with_room(queue).filter(~_hers(worker), ~_answered(queue, worker))
    if queue.languages:
        waiting = waiting.filter(in_her_languages(worker))
    if keeps_apart(queue, worker):
        waiting = waiting.exclude(_of_her_team(worker))
    return waiting.order_by("-priority", "id")


def with_room(queue: Queue) -> QuerySet[Task]:
    """The queue's tasks that want more decisions than they have and than are under way."""
    return Task.objects.filter(queue=queue, closed_at=None, wanted__gt=F("decided") + F("leased"))


def not_hers_yet(queue: Queue, worker: Worker) -> Q:
    """Tasks that she has not decided by this form, has not skipped, and does not hold."""
    return Q(~_hers(worker), ~_answered(queue, worker))


def in_her_languages(worker: Worker) -> Q:
    """Items that say no language are for everybody whom the queue admits."""
    return Q(item__language__in=["", *worker.languages])


def keeps_apart(queue: Queue, worker: Worker) -> bool:
    """Whether a further opinion on an item may not come from the worker's team: when the queue says so, and she has one."""
    return queue.teams_apart and worker.team_id is not None


def not_of_her_team(worker: Worker) -> Q:
    """Tasks on which nobody of her team has decided or is at work."""
    return ~_of_her_team(worker)


def _hers(worker: Worker) -> Exists:
    return Exists(
        Lease.objects.filter(Q(ended_at=None) | Q(ending=Lease.SKIPPED), task=OuterRef("pk"), worker=worker.pk)
    )


def _answered(queue: Queue, worker: Worker) -> Exists:
    asked_by = FormVersion.objects.filter(form=queue.form_id).values("pk")
    # The same item by another form is another question; an imported decision (no form) answered this item too.
    return Exists(
        Decision.objects.filter(
            Q(form_version__in=asked_by) | Q(form_version=None),
            item=OuterRef("item_id"),
            worker=worker.pk,
            taken_back=None,
        )
    )


def _of_her_team(worker: Worker) -> Q:
    decided = Decision.objects.filter(
        item=OuterRef("item_id"), queue=OuterRef("queue_id"), team=worker.team_id, taken_back=None
    )
    held = Lease.objects.filter(task=OuterRef("pk"), ended_at=None, worker__team=worker.team_id)
    return Q(Exists(decided)) | Q(Exists(held))
