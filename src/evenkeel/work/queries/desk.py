"""What the desk asks: the question, what is in hand, what was decided just now."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.utils.safestring import SafeString

from evenkeel.ground.access import unveiled
from evenkeel.ground.shapes import Asked, Shape, link

from ..kinds.item import item_kinds
from ..models import Decision, FormVersion, Item, Lease, Queue
from ..rules.forms import Choice, choices_of


def newest_form_version(queue: UUID) -> FormVersion:
    """The version of a queue's form that is asked now."""
    return form_version(newest_version_asked(queue).now()[0].pk)


def newest_version_asked(queue: UUID) -> Asked[list[FormVersion]]:
    """The question for the version of a queue's form that is asked now; only its key is told."""
    return _NEWEST.asked(queue=queue)


def queue_of(pk: UUID) -> Queue | None:
    """A queue as it is now."""
    return next(iter(queue_asked(pk).now()), None)


def queue_asked(pk: UUID) -> Asked[list[Queue]]:
    """The same, for `gather`."""
    return _QUEUE.asked(queue=pk)


@lru_cache(maxsize=512)
def form_version(pk: UUID) -> FormVersion:
    """A version of a form, read once a process: what was published never changes. Nobody may change what this returns."""
    return FormVersion.objects.get(pk=pk)


def own_leases(worker_id: UUID, queue: Queue) -> list[Lease]:
    """What a worker has in hand in a queue, in order of hand-out, with task, item and form."""
    return with_forms(own_leases_asked(worker_id, queue.pk).now())


def own_leases_asked(worker_id: UUID, queue: UUID) -> Asked[list[Lease]]:
    """The same without the forms, for `gather`."""
    return _HELD.asked(worker=worker_id, queue=queue)


def in_hand_asked(worker_id: UUID, queue: UUID) -> Asked[list[Lease]]:
    """The question for the same leases, of which only the keys are told."""
    return _IN_HAND.asked(worker=worker_id, queue=queue)


def with_forms(found: list[Lease]) -> list[Lease]:
    """Leases with their forms, which are read once a process."""
    for lease in found:
        link(lease, form_version=form_version(lease.form_version_id))
    return found


def recent_decisions(worker_id: UUID, *, queue: Queue | None = None, limit: int = 20) -> list[Decision]:
    """A worker's latest decisions, newest first, those taken back or corrected among them."""
    found = unveiled(Decision.objects.filter(worker=worker_id))
    if queue is not None:
        found = found.filter(queue=queue).exclude(origin__in=Decision.RULINGS)
    with_rest = found.select_related("item", "queue", "form_version", "taken_back", "correction__second")
    return list(with_rest.order_by("-decided_at", "-id")[:limit])


def item_content_html(item: Item) -> SafeString:
    """An item as a moderator sees it: safe HTML by its kind."""
    return item_kinds[item.kind].html(item.content)


def item_summary(item: Item) -> str:
    """One line about an item, for lists; not escaped."""
    return item_kinds[item.kind].summary(item.content)


def answer_choices(form_version: FormVersion) -> tuple[Choice, ...]:
    """The choices of a form's main question."""
    return choices_of(form_version.spec)


_NEWEST = Shape(lambda *, queue: FormVersion.objects.filter(form__queues=queue).order_by("-number").only("pk")[:1])
_QUEUE = Shape(lambda *, queue: Queue.objects.filter(pk=queue))
_IN_HAND = Shape(
    lambda *, worker, queue: Lease.objects.filter(worker=worker, task__queue=queue, ended_at=None).only("pk")
)
_HELD = Shape(
    lambda *, worker, queue: (
        Lease.objects.filter(worker=worker, task__queue=queue, ended_at=None)
        .select_related("task__item")
        .order_by("-task__priority", "task_id")
    )
)
