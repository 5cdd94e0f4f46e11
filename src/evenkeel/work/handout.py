"""Which tasks come next for a worker: the one query on which a desk waits."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from evenkeel.people import Worker

from .models import Decision, FormVersion, Lease, Queue, Task


def next_tasks(queue: Queue, worker: Worker, *, limit: int) -> list[Task]:
    """Open tasks for this worker, most urgent first, locked.

    PostgreSQL skips what other hand-outs hold at this moment instead of waiting for it; SQLite's transaction has the
    write lock from its start, so nobody else is handing out.
    """
    return list(waiting_for(queue, worker).select_for_update(skip_locked=True, of=("self",))[:limit])


def waiting_for(queue: Queue, worker: Worker) -> QuerySet[Task]:
    """Open tasks that may be handed to this worker, in order of hand-out. Walks the partial index `work_task_open`."""
    asked_by = FormVersion.objects.filter(form=queue.form_id).values("pk")
    # The same item by another form is another question; an imported decision (no form) answered this item too.
    answered = Decision.objects.filter(
        Q(form_version__in=asked_by) | Q(form_version=None),
        item=OuterRef("item_id"),
        worker=worker.pk,
        taken_back=None,
    )
    held_or_skipped = Lease.objects.filter(
        Q(ended_at=None) | Q(ending__in=(Lease.SKIPPED, *Lease.KEPT)), task=OuterRef("pk"), worker=worker.pk
    )
    waiting = Task.objects.filter(
        ~Exists(held_or_skipped),
        ~Exists(answered),
        queue=queue,
        closed_at=None,
        wanted__gt=F("decided") + F("leased"),
    )
    if queue.languages:
        # Items that say no language are for everybody whom the queue admits.
        waiting = waiting.filter(item__language__in=["", *worker.languages])
    return waiting.order_by("-priority", "id")
