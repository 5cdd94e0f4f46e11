"""What people do on the floor."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.work import Queue

from . import scopes
from .models import BacklogTarget

MOST = 1_000_000_000


def set_backlog_target(actor: Actor, *, queue: Queue, most: int | None, now: datetime) -> None:
    """Say how many items may wait in a queue; None: as many as like."""
    with act(scopes.FLOOR_EDIT, actor, on=queue, now=now) as deed:
        if most is not None and not 1 <= most <= MOST:
            raise Invalid(_("This target does not fit."), fields={"most": [_("At least one item, or none set.")]})
        known = BacklogTarget.objects.filter(queue=queue).first()
        before = known.most if known else None
        if most is not None:
            BacklogTarget.objects.update_or_create(queue=queue, defaults={"most": most, "set_at": now})
        elif known is not None:
            known.delete()
        deed.record("backlog target set", before={"most": before}, after={"most": most})
