"""Queues: their rules, their items."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import islice
from math import isfinite
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, unveiled
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.ground.jobs import enqueue
from evenkeel.policy import Policy

from .. import scopes
from ..driver import ids_as_one_value
from ..filling import put_in
from ..jobs import price_queue
from ..models import AnswerForm, FormVersion, Item, Programme, Queue, Task
from ..rules.handout import HANDOUT_FIELDS
from ..rules.queues import check_rules
from ..rules.texts import checked_name, insist_on_free

_BATCH = 2_000
# What may be changed while a queue lives; its programme may not.
_CHANGEABLE = (
    "name", "form", "policy", "overlap", "lease_s", "batch_size", "undo_s", "severity", "languages", *HANDOUT_FIELDS,
)  # fmt: skip


def add_queue(
    actor: Actor,
    *,
    programme: Programme,
    name: str,
    form: AnswerForm | FormVersion,
    policy: Policy | None = None,
    overlap: int = 1,
    lease_s: int = 900,
    batch_size: int = 10,
    undo_s: int = 120,
    severity: int = 0,
    languages: Collection[str] = (),
    now: datetime,
    **handout: Any,
) -> Queue:
    """Add a queue. It asks by the newest version of the form; `languages`: a worker speaks at least one of them.

    `handout` are fields of `HandOutRules`: who may, how many, what comes first.
    """
    with act(scopes.QUEUE_EDIT, actor, on=programme, now=now) as deed:
        _insist_on_known(handout, HANDOUT_FIELDS)
        asked = form.form if isinstance(form, FormVersion) else form
        made = Queue(
            programme=programme,
            name=name,
            form=asked,
            policy=policy,
            overlap=overlap,
            lease_s=lease_s,
            batch_size=batch_size,
            undo_s=undo_s,
            severity=severity,
            languages=sorted(set(languages)),
            created_at=now,
            **handout,
        )
        _check(made)
        made.save(force_insert=True)
        deed.record("added", on=made, after=_told(made))
        return made


def change_queue(actor: Actor, *, queue: Queue, now: datetime, **changes: Any) -> Queue:
    """Change a queue's rules. A new overlap holds for items put in from now on."""
    with act(scopes.QUEUE_EDIT, actor, on=queue, now=now) as deed:
        _insist_on_known(changes, _CHANGEABLE)
        before = _told(queue)
        for name, value in changes.items():
            setattr(queue, name, value)
        _check(queue)
        queue.save(update_fields=list(changes))
        after = _told(queue)
        changed = {name for name in after if after[name] != before[name]}
        deed.record(
            "changed",
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
        if changed & {"priority_rule", "target_s"}:
            enqueue(price_queue, queue_id=str(queue.pk), now=now.isoformat())
        return queue


def close_queue(actor: Actor, *, queue: Queue, now: datetime) -> Queue:
    """Hand nothing out any more. What people have in hand they may still decide."""
    with act(scopes.QUEUE_EDIT, actor, on=queue, now=now) as deed:
        deed.require(Queue.objects.filter(pk=queue.pk, closed_at=None).update(closed_at=now), _("The queue is closed."))
        queue.closed_at = now
        deed.record("closed")
        deed.tell("queue.closed", queue_id=queue.id)
        return queue


def reopen_queue(actor: Actor, *, queue: Queue, now: datetime) -> Queue:
    """Hand out again what is left in the queue."""
    with act(scopes.QUEUE_EDIT, actor, on=queue, now=now) as deed:
        reopened = Queue.objects.filter(pk=queue.pk, closed_at__isnull=False).update(closed_at=None)
        deed.require(reopened, _("The queue is open."))
        queue.closed_at = None
        deed.record("reopened")
        return queue


def fill_queue(
    actor: Actor,
    *,
    queue: Queue,
    item_ids: Collection[UUID] | None = None,
    priority: float = 0,
    now: datetime,
) -> int:
    """Put items of the queue's programme into the queue (all of them by default); returns how many were new there.

    Higher priority is handed out first; within the same priority, what was put in first.
    """
    with act(scopes.QUEUE_EDIT, actor, on=queue, now=now) as deed:
        deed.require(queue.is_open, _("The queue is closed."))
        if not isfinite(priority):
            raise Invalid(_("A priority is a number."), fields={"priority": [_("Choose a finite number.")]})
        before = Task.objects.filter(queue=queue).count()
        wanted = _wanted_ids(queue, item_ids)
        while batch := list(islice(wanted, _BATCH)):
            put_in(queue, batch, given=priority, now=now)
        added = Task.objects.filter(queue=queue).count() - before
        deed.record("filled", after={"added": added})
        deed.tell("queue.filled", queue_id=queue.id, added=added)
        return added


def _wanted_ids(queue: Queue, item_ids: Collection[UUID] | None) -> Iterator[UUID]:
    items = unveiled(Item.objects.filter(programme=queue.programme_id)).order_by("id")
    if item_ids is None:
        yield from items.values_list("id", flat=True).iterator(chunk_size=_BATCH)
        return
    asked = sorted(set(item_ids))
    for start in range(0, len(asked), _BATCH):
        part = asked[start : start + _BATCH]
        found = list(items.filter(pk__in=ids_as_one_value(part)).values_list("id", flat=True))
        if len(found) != len(part):
            raise Invalid(
                _("Some items are not in this programme."),
                fields={"item_ids": [_("%(n)d are unknown here.") % {"n": len(part) - len(found)}]},
            )
        yield from found


def _check(queue: Queue) -> None:
    queue.name = checked_name(queue.name)
    queue.skills, queue.certifications = sorted(set(queue.skills)), sorted(set(queue.certifications))
    check_rules(
        overlap=queue.overlap,
        lease_s=queue.lease_s,
        batch_size=queue.batch_size,
        undo_s=queue.undo_s,
        severity=queue.severity,
        languages=queue.languages,
        handout={name: getattr(queue, name) for name in HANDOUT_FIELDS},
    )
    if queue.form.programme_id != queue.programme_id:
        raise Invalid(_("The form belongs to another programme."), fields={"form": [_("Choose one of its own.")]})
    if not queue.form.versions.exists():
        raise Invalid(_("The form has no version yet."), fields={"form": [_("Publish one first.")]})
    same = Queue.objects.filter(programme=queue.programme_id, name=queue.name).exclude(pk=queue.pk)
    insist_on_free(same.exists(), queue.name)


def _insist_on_known(said: Mapping[str, Any], known: Collection[str]) -> None:
    unknown = sorted(said.keys() - set(known))
    if unknown:
        raise TypeError(f"a queue's {', '.join(unknown)} cannot be set")


def _told(queue: Queue) -> dict[str, Any]:
    return {name: _plain(getattr(queue, name)) for name in _CHANGEABLE}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, AnswerForm | Policy) else value
