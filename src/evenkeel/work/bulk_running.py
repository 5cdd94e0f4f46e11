"""Bulk acts under way: portion by portion, each a transaction of its own, so that a kill costs nothing that was done."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, unveiled
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Problem
from evenkeel.ground.jobs import enqueue, job
from evenkeel.people import actor_for

from . import scopes
from .filling import set_price, wanted_of
from .models import BulkAct, BulkRow, Queue, Task
from .rules.bulk import WHY, Plan, TaskState, changed, restored

_PORTION = 500
_TOUCHED = ("queue", "given", "priority", "urgency", "due_at", "wanted", "closed_at")
_DEAD_AFTER = timedelta(seconds=60)


@job()
def run_bulk(act_id: str, at: str) -> None:
    """Do what is left of a bulk act. `at` is the moment at which it was begun."""
    now = datetime.fromisoformat(at)
    free = Q(state="queued") | Q(state="running", beat_at__lte=now - _DEAD_AFTER)
    if not BulkAct.objects.filter(free, pk=act_id).update(state="running", beat_at=now):
        return
    found = BulkAct.objects.select_related("programme", "to_queue", "reverses", "by__organisation").get(pk=act_id)
    actor = actor_for(found.by, now=now) if found.by is not None else Actor.system(found.by_name)
    try:
        carry_out(actor, found, now=now)
    except Problem:
        # Whoever asked may no longer do it; what was done until then stands, row by row.
        BulkAct.objects.filter(pk=act_id).update(state="refused", ended_at=now)


def carry_out(actor: Actor, bulk: BulkAct, *, now: datetime) -> BulkAct:
    """Change the tasks that wait, a portion at a time, until none is left; those that cannot be are left and say why."""
    started = perf_counter()
    while _portion(actor, bulk, now=now, at=now + timedelta(seconds=perf_counter() - started)):
        pass
    with act(scopes.BULK_DO, actor, on=bulk.programme, now=now) as deed:
        at = now + timedelta(seconds=perf_counter() - started)
        BulkAct.objects.filter(pk=bulk.pk, state="running").update(state="done", ended_at=at)
        bulk.refresh_from_db()
        deed.record("bulk act done", on=bulk, after=bulk.counts)
        deed.tell("tasks.changed", bulk_act_id=bulk.pk, programme_id=bulk.programme_id)
    return bulk


def _portion(actor: Actor, bulk: BulkAct, *, now: datetime, at: datetime) -> int:
    with act(scopes.BULK_DO, actor, on=bulk.programme, now=now) as deed:
        # The act itself is locked, so that two processes never take the same portion.
        held = BulkAct.objects.select_for_update(of=("self",)).get(pk=bulk.pk)
        rows = list(BulkRow.objects.filter(act=held, outcome="").order_by("id")[:_PORTION])
        if held.state != "running" or not rows:
            deed.record("portion done", on=bulk, after={"rows": 0})
            return 0
        # In the order of ids, as everybody locks tasks.
        ids = sorted(row.task_id for row in rows)
        locked = Task.objects.select_for_update(of=("self",)).select_related("queue", "item")
        tasks = {task.pk: task for task in locked.filter(pk__in=ids).order_by("id")}
        # An item that has gone into a restricted lane since is nobody's to move.
        shown = set(unveiled(Task.objects.filter(pk__in=ids)).values_list("pk", flat=True))
        queues = {str(queue.pk): queue for queue in Queue.objects.filter(programme=bulk.programme_id)}
        taken = _items_there(bulk, tasks)
        earlier = _earlier(bulk, ids)
        for row in rows:
            if row.task_id not in shown:
                row.outcome, row.why = "left", "gone"
                continue
            _change(bulk, row, tasks[row.task_id], taken, earlier.get(row.task_id), now)
            if row.outcome == "changed":
                set_price(tasks[row.task_id], queues[str(tasks[row.task_id].queue_id)], now=now)
        BulkRow.objects.bulk_update(rows, ["outcome", "why", "before", "after"], batch_size=_PORTION)
        touched = [tasks[row.task_id] for row in rows if row.outcome == "changed"]
        Task.objects.bulk_update(touched, _TOUCHED, batch_size=200)
        counts = Counter(held.counts) + Counter(row.why or row.outcome for row in rows)
        BulkAct.objects.filter(pk=held.pk).update(counts=dict(counts), beat_at=at)
        deed.record("portion done", on=bulk, after={"rows": len(rows), "changed": len(touched)})
        return len(rows)


def _change(
    bulk: BulkAct, row: BulkRow, task: Task, taken: set[tuple[str, UUID]], earlier: BulkRow | None, now: datetime
) -> None:
    state, in_hand = _state(task), task.leased > 0
    if bulk.verb == BulkAct.REVERSE:
        assert earlier is not None
        assert bulk.reverses is not None
        made = restored(
            state, verb=bulk.reverses.verb, before=earlier.before or {}, after=earlier.after or {}, in_hand=in_hand
        )
    else:
        made = changed(state, _plan(bulk, task, now), in_hand=in_hand)
    if isinstance(made, TaskState) and made.queue != state.queue and (made.queue, task.item_id) in taken:
        made = "there"
    if isinstance(made, str):
        row.outcome, row.why = "left", made
        return
    taken.add((made.queue, task.item_id))
    row.outcome, row.before, row.after = "changed", state.to_dict(), made.to_dict()
    task.queue_id, task.given, task.wanted = UUID(made.queue), made.priority, made.wanted
    task.closed_at = datetime.fromisoformat(made.closed_at) if made.closed_at else None


def _state(task: Task) -> TaskState:
    return TaskState(
        queue=str(task.queue_id),
        priority=task.given,
        wanted=task.wanted,
        closed_at=task.closed_at.isoformat() if task.closed_at else None,
        decided=task.decided,
    )


def _plan(bulk: BulkAct, task: Task, now: datetime) -> Plan:
    queue = bulk.to_queue
    return Plan(
        verb=bulk.verb,
        now=now,
        to_queue=str(queue.pk) if queue is not None else "",
        to_overlap=wanted_of(queue, task.item_id) if queue is not None else 1,
        is_same_form=queue is None or task.queue.form_id == queue.form_id if task.decided else True,
        priority=bulk.priority or 0.0,
    )


def _items_there(bulk: BulkAct, tasks: dict[UUID, Task]) -> set[tuple[str, UUID]]:
    """Which of the items stand in which queue already: an item is in a queue once."""
    if bulk.verb not in (BulkAct.REROUTE, BulkAct.REVERSE):
        return set()
    rows = Task.objects.filter(item__in=[task.item_id for task in tasks.values()]).values_list("queue_id", "item_id")
    return {(str(queue_id), item_id) for queue_id, item_id in rows}


def _earlier(bulk: BulkAct, ids: list[Any]) -> dict[UUID, BulkRow]:
    """What the act that is reversed did to each of the tasks."""
    if bulk.reverses_id is None:
        return {}
    return {row.task_id: row for row in BulkRow.objects.filter(act=bulk.reverses_id, task__in=ids)}


def take_up_bulk(now: datetime) -> None:
    """Let lapse what nobody agreed to in time; go on with what waits or whose process died."""
    BulkAct.objects.filter(state="held", expires_at__lte=now).update(state="expired", ended_at=F("expires_at"))
    waiting = Q(state="queued", created_at__lte=now - _DEAD_AFTER) | Q(state="running", beat_at__lte=now - _DEAD_AFTER)
    for pk in BulkAct.objects.filter(waiting).values_list("pk", flat=True):
        enqueue(run_bulk, act_id=str(pk), at=now.isoformat())


def bulk_lines(bulk: BulkAct) -> list[str]:
    """The outcome as a person reads it in a terminal."""
    said = [
        _("%(what)s: %(state)s, %(changed)s of %(total)s tasks changed.")
        % {
            "what": bulk.get_verb_display(),
            "state": bulk.get_state_display(),
            "changed": f"{bulk.counts.get('changed', 0):,}",
            "total": f"{bulk.total:,}",
        }
    ]
    return said + [f"- {n:,}: {WHY[why]}" for why, n in sorted(bulk.counts.items()) if why in WHY]
