"""What the desk asks: the question, what is in hand, what was decided just now."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.safestring import SafeString

from evenkeel.ground.access import unveiled

from ..kinds.item import item_kinds
from ..models import Decision, FormVersion, Item, Lease, Queue, Task
from ..rules.forms import Choice, choices_of


def newest_form_version(form_id: UUID) -> FormVersion:
    """The version of a form that is asked now."""
    return FormVersion.objects.filter(form=form_id).order_by("-number")[:1].get()


def own_leases(worker_id: UUID, queue: Queue) -> list[Lease]:
    """What a worker has in hand in a queue, in order of hand-out, with task, item and form."""
    held = Lease.objects.filter(worker=worker_id, task__queue=queue, ended_at=None)
    return list(held.select_related("task__item", "form_version").order_by("-task__priority", "task_id"))


def recent_decisions(worker_id: UUID, *, queue: Queue | None = None, limit: int = 20) -> list[Decision]:
    """A worker's latest decisions, newest first, those taken back among them."""
    found = unveiled(Decision.objects.filter(worker=worker_id))
    if queue is not None:
        found = found.filter(queue=queue).exclude(origin__in=Decision.RULINGS)
    with_rest = found.select_related("item", "queue", "form_version", "taken_back")
    return list(with_rest.order_by("-decided_at", "-id")[:limit])


def decided_today(worker_id: UUID, *, now: datetime, queue: Queue | None = None) -> int:
    """How many decisions of a worker stand that she made today, in the zone in which the page is read."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    found = Decision.objects.filter(worker=worker_id, decided_at__gte=midnight, taken_back=None)
    if queue is not None:
        found = found.filter(queue=queue)
    return found.count()


def waiting_count(queue: Queue) -> int:
    """How many tasks of a queue want a decision, in whosever hands they are; counted up to 10,000."""
    return Task.objects.filter(queue=queue, closed_at=None)[:10_000].count()


def item_content_html(item: Item) -> SafeString:
    """An item as a moderator sees it: safe HTML by its kind."""
    return item_kinds[item.kind].html(item.content)


def item_summary(item: Item) -> str:
    """One line about an item, for lists; not escaped."""
    return item_kinds[item.kind].summary(item.content)


def answer_choices(form_version: FormVersion) -> tuple[Choice, ...]:
    """The choices of a form's main question."""
    return choices_of(form_version.spec)
