"""Hand-out and decisions: what the desk calls, and any other client that people decide in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from evenkeel.ground.access import may
from evenkeel.ground.answers import as_json
from evenkeel.ground.errors import NotFound, Problem
from evenkeel.ground.pages import PageRequest
from evenkeel.people import note_work

from .. import scopes
from ..acts.decisions import decide, decide_each
from ..acts.handing_out import Taken
from ..acts.handout import renew_leases, return_lease, return_leases, take
from ..acts.rounds import decide_and_take
from ..acts.taking_back import take_back
from ..models import Decision, Lease, Queue
from ..queries.desk import own_leases, queue_of
from .decided import DecidedOut, DecideEachIn
from .schemas import BatchOut, DecideIn, DecisionOut, HeldOut, LeaseOut, LeaseReturnIn, ReturnedOut
from .written import batch_written, decision_written, lease_written, outcome_written, problem_written

router = Router()


@router.post("/queues/{uuid:queue_id}/take", response=BatchOut, operation_id="take_batch", url_name="work_take")
def post_take(request: PageRequest, queue_id: UUID) -> HttpResponse:
    """What you have in hand in the queue, filled up to its batch size. Taking again loses nothing."""
    return as_json(_batch(request, take(request.actor, queue_id=queue_id, now=request.now)))


@router.post("/queues/{uuid:queue_id}/renew", response=HeldOut, operation_id="renew_leases", url_name="work_renew")
def post_renew(request: PageRequest, queue_id: UUID) -> HeldOut:
    """Keep what you have in hand in the queue for another full lease."""
    leases = renew_leases(request.actor, queue=_queue(request, queue_id), now=request.now)
    return HeldOut(leases={str(lease.pk): lease.expires_at for lease in leases})


@router.post(
    "/queues/{uuid:queue_id}/return", response=ReturnedOut, operation_id="return_leases", url_name="work_return"
)
def post_return(request: PageRequest, queue_id: UUID) -> ReturnedOut:
    """Put everything back that you have in hand in the queue."""
    return ReturnedOut(returned=return_leases(request.actor, queue=_queue(request, queue_id), now=request.now))


@router.post("/leases/{uuid:lease_id}/decide", response=DecisionOut, operation_id="decide", url_name="work_decide")
def post_decide(request: PageRequest, lease_id: UUID, said: DecideIn) -> HttpResponse:
    """Decide on an item in hand. The same `client_key` again gives the same decision."""
    made = decide(
        request.actor,
        lease_id=lease_id,
        answer=said.answer,
        client_key=said.client_key,
        told=said.told(),
        origin=_origin(request),
        now=request.now,
    )
    return as_json(decision_written(made))


@router.post("/decisions", response=DecidedOut, operation_id="decide_each", url_name="work_decide_each")
def post_decisions(request: PageRequest, said: DecideEachIn) -> HttpResponse:
    """Decide on up to a hundred items in hand. Each is as idempotent as one alone; one that is refused keeps no other back.

    With `take` the answer brings the next batch along: one request in place of two. Sent again it hands out what you have
    in hand by then, and no more.
    """
    answers = [each.as_said() for each in said.decisions]
    if said.take is None:
        outcomes = decide_each(request.actor, said=answers, origin=_origin(request), now=request.now)
        return as_json({"results": _results(said, outcomes)})
    made = decide_and_take(
        request.actor,
        said=answers,
        queue_id=said.take.queue_id,
        at_most=said.take.at_most,
        origin=_origin(request),
        now=request.now,
    )
    told = {"results": _results(said, made.outcomes)}
    if isinstance(made.next, Problem):
        return as_json(told | {"batch": None, "not_taken": problem_written(made.next)})
    return as_json(told | {"batch": _batch(request, made.next), "not_taken": None})


def _results(said: DecideEachIn, outcomes: Sequence[Decision | Problem]) -> list[dict[str, Any]]:
    return [outcome_written(each.client_key, outcome) for each, outcome in zip(said.decisions, outcomes, strict=True)]


def _batch(request: PageRequest, taken: Taken) -> dict[str, Any]:
    queue = taken.queue
    note_work(request.actor, state="production", programme_id=queue.programme_id, queue_id=queue.pk, now=request.now)
    return batch_written(taken, now=request.now)


@router.post(
    "/leases/{uuid:lease_id}/return", response=HeldOut, operation_id="return_lease", url_name="work_lease_return"
)
def post_lease_return(request: PageRequest, lease_id: UUID, said: LeaseReturnIn) -> HeldOut:
    """Put one item back for somebody else; a skipped one never comes back to you."""
    lease = return_lease(request.actor, lease_id=lease_id, is_skip=said.is_skip, now=request.now)
    held = own_leases(lease.worker_id, lease.task.queue)
    return HeldOut(leases={str(each.pk): each.expires_at for each in held})


@router.post(
    "/decisions/{uuid:decision_id}/take_back", response=LeaseOut, operation_id="take_back", url_name="work_take_back"
)
def post_take_back(request: PageRequest, decision_id: UUID) -> HttpResponse:
    """Take your own decision back within the queue's undo window; you get the item again."""
    own = Decision.objects.select_related("queue", "item").filter(worker=request.actor.worker_id, pk=decision_id)
    decision = own.first()
    if decision is None:
        raise NotFound(_("There is no such decision, or it is not yours."))
    take_back(request.actor, decision=decision, now=request.now)
    again = Lease.objects.filter(task=decision.task_id, worker=decision.worker_id, ended_at=None)
    lease = again.select_related("task__item", "form_version").first()
    if lease is None:
        raise NotFound(_("The decision was taken back, and the item is no longer in your hands."))
    return as_json(lease_written(lease))


def _origin(request: PageRequest) -> str:
    return "desk" if request.headers.get("X-Evenkeel-Desk") else "api"


def _queue(request: PageRequest, queue_id: UUID) -> Queue:
    found = queue_of(queue_id)
    if found is None or not may(request.actor, scopes.TASK_DECIDE, found):
        raise NotFound(_("There is no such queue, or it is not yours to work in."))
    return found
