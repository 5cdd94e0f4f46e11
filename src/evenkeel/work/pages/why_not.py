"""Why does somebody get nothing from a queue?"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, visible
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.people import WORKER_VIEW, Worker

from .. import scopes
from ..models import Queue
from ..queries.why_not import why_not, workers_matching
from .queues import PROGRAMMES

_WORKERS = Worker.objects.select_related("organisation", "site", "team", "person__organisation", "person__worker")


@page(gettext_lazy("Why nothing is handed out"))
def why_nothing(request: PageRequest, queue_id: UUID) -> HttpResponse:
    """Every rule of hand-out for one person at one queue. ?worker= names her; ?q= looks for somebody; else it is me."""
    queue = load(request.actor, scopes.QUEUE_VIEW, Queue.objects.select_related("programme"), queue_id)
    may_ask = request.actor.has(WORKER_VIEW)
    text = request.GET.get("q", "")
    worker = worker_asked(request, request.GET.get("worker") or None) if not text else None
    context = {
        "queue": queue,
        "may_ask": may_ask,
        "text": text,
        "matches": workers_matching(visible(request.actor, WORKER_VIEW, Worker.objects.all()), text) if may_ask else [],
        "found": why_not(request.actor, queue=queue, worker=worker, now=request.now) if worker else None,
        "is_own": worker is not None and worker.pk == request.actor.worker_id,
    }
    crumbs = [
        PROGRAMMES,
        (queue.programme.name, queue.programme.get_absolute_url()),
        (queue.name, queue.get_absolute_url()),
    ]
    return render(request, "work/why_not.html", context, crumbs=crumbs)


def worker_asked(request: PageRequest, worker_id: str | UUID | None) -> Worker | None:
    """The worker somebody asks about: herself, or one that she may see; `NotFound` otherwise."""
    own = request.actor.worker_id
    if worker_id is None:
        return _WORKERS.all().filter(pk=own).first() if own else None
    if own is not None and str(worker_id) == str(own):
        return _WORKERS.all().get(pk=own)
    if not request.actor.has(WORKER_VIEW):
        raise NotFound(_("There is no such worker, or she is not yours to see."))
    return load(request.actor, WORKER_VIEW, _WORKERS.all(), worker_id)
