"""Taking whatever waits next at the audit desk: an audit, a second audit, or a case to settle."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from evenkeel.ground.access import Actor

from .acts.audits import take_audit
from .acts.checks import take_check
from .models import AuditCheck, AuditTask
from .queries import waiting_for
from .queries.checks import checks_waiting_for

if TYPE_CHECKING:
    from evenkeel.work import Programme


def take_next(actor: Actor, *, programme: Programme | None = None, now: datetime) -> AuditTask | AuditCheck | None:
    """Take what has waited longest, or what is in hand already; None when nothing waits for this auditor.

    Second audits stand in the same line as first ones, so that nobody chooses between them.
    """
    checks = checks_waiting_for(actor, now=now, programme=programme)
    second = checks.filter(holder=actor.worker_id).first() or checks.first()
    if second is not None and (second.is_held_by(actor.worker_id, now=now) or _is_older(actor, second, programme, now)):
        taken = take_check(actor, programme=programme, now=now)
        if taken is not None:
            return taken
    return take_audit(actor, programme=programme, now=now)


def _is_older(actor: Actor, second: AuditCheck, programme: Programme | None, now: datetime) -> bool:
    waiting = waiting_for(actor, now=now, programme=programme)
    held = waiting.filter(auditor=actor.worker_id).exists()
    first = waiting.select_related("draw").first()
    return not held and (first is None or second.drawn_at <= first.draw.drawn_at)
