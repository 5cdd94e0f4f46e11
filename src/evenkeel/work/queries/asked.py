"""What is asked about an item in hand: its form, with the guideline's clauses where the form takes them from there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from evenkeel.policy import version_in_force

from ..kinds.answer import answer_kinds
from ..kinds.item import Part, item_kinds
from ..models import FormVersion, Item, Lease, Queue
from ..rules.clauses import takes_clauses, with_clauses


def asked_spec(version: FormVersion, queue: Queue | None, *moments: datetime) -> dict[str, Any]:
    """The form as it is asked in a queue, by the guideline that was in force at these moments; the first one leads."""
    spec: dict[str, Any] = version.spec
    if queue is None or queue.policy_id is None or not takes_clauses(spec):
        return spec
    found = [version_in_force(queue.policy_id, at) for at in moments]
    bodies = dict.fromkeys(each.body_markdown for each in found if each is not None)
    return with_clauses(spec, *bodies)


def lease_parts(lease: Lease) -> dict[str, Part] | None:
    """The parts of the item in hand; None, and no look at the item, for a form that marks nothing."""
    return item_parts(lease.task.item) if marks_parts(lease.form_version) else None


def marks_parts(version: FormVersion) -> bool:
    """Whether a form asks for marks or grades on parts of the item."""
    return any(answer_kinds[field["kind"]].marks for field in version.spec["fields"])


def drawn_fields(spec: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields of a form whose answers are places on the item: spans, shapes, segments."""
    return [field for field in spec["fields"] if answer_kinds[field["kind"]].draws]


def item_parts(item: Item) -> dict[str, Part]:
    """What answers can mark in an item."""
    return item_kinds[item.kind].parts(item.content)
