"""The way back through a gate, by whatever door."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.people import notify
from evenkeel.work import let_back

from ..models import ExamSitting, Gate, GateReturn, GateVerdict
from ..queries.gates import shut_for

KEEPER = Actor.system("gates")


def open_way_back(
    verdict: GateVerdict, *, why: str, by_id: UUID | None, sitting: ExamSitting | None = None, now: datetime
) -> GateReturn:
    """Note that somebody is through again, and hand her work unless another gate of the queue keeps her."""
    made = GateReturn.objects.create(verdict=verdict, why=why, by_id=by_id, sitting=sitting, at=now)
    queue, worker = verdict.gate.queue, verdict.worker
    if not shut_for(worker, Gate.objects.filter(queue=queue)):
        let_back(KEEPER, queue=queue, worker=worker, why=why, now=now)
    if worker.person is not None:
        title = _("You get work from %(queue)s again") % {"queue": queue.name}
        notify([worker.person], title=title, url="/", now=now)
    return made
