"""Which label is suggested for an item in hand, and whether somebody has seen it already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from ..models import Decision, FormVersion, Item, Queue
from ..rules.prelabels import Prelabel, suggested
from .asked import asked_spec, item_parts, marks_parts


def prelabel_for(item: Item, version: FormVersion, spec: Mapping[str, Any]) -> Prelabel | None:
    """What is suggested for an item by a form as it is asked."""
    return suggested(spec, item.attributes, item_parts(item) if marks_parts(version) else None)


def has_seen_prelabel(queue: Queue, *, worker_id: UUID, item_id: UUID) -> bool:
    """Whether a worker knows an item's suggestion before she answers: by the queue's rule, or from an answer taken back."""
    if queue.prelabel != "hidden":
        return queue.prelabel == "shown"
    hers = Decision.objects.filter(queue=queue, item=item_id, worker=worker_id)
    return hers.exclude(taken_back=None).exists()


def prelabel_after(decision: Decision) -> Prelabel | None:
    """What is shown to whoever has decided, in a queue that shows suggestions then."""
    queue, version = decision.queue, decision.form_version
    if queue is None or version is None or queue.prelabel != "hidden" or decision.prelabel_followed is None:
        return None
    return prelabel_for(decision.item, version, asked_spec(version, queue, decision.decided_at))


def suggested_label(item: Item, spec: Mapping[str, Any]) -> tuple[str, str, float | None] | None:
    """The label that a model said last of an item, by a form's main question: label, model, how sure; None without one."""
    found = suggested(spec, item.attributes)
    said = found.answer.get(spec["main"]) if found else None
    return (str(said), found.model, found.score) if found and isinstance(said, str | int) else None
