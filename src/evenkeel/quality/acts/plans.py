"""Starting and ending sampling plans."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..models import SamplingPlan
from .ours import insist_on_ours

if TYPE_CHECKING:
    from evenkeel.work import Programme, Queue


def start_plan(
    actor: Actor,
    *,
    programme: Programme,
    queue: Queue | None = None,
    name: str,
    rate: float,
    covers_imports: bool = False,
    salt: int | None = None,
    now: datetime,
) -> SamplingPlan:
    """Audit a share of the decisions made from now on, in one queue or in the whole programme.

    `rate` in (0, 1]. The salt is drawn anew unless it is given (to repeat a sample elsewhere). `Invalid` names the field.
    """
    insist_on_ours(actor)
    with act(scopes.PLAN_EDIT, actor, on=queue or programme, now=now) as deed:
        name = name.strip()
        _insist(bool(name), "name", _("Give it a name."))
        taken = SamplingPlan.objects.filter(programme=programme, name=name).exists()
        _insist(not taken, "name", _("There is one of this name in the programme; choose another."))
        _insist(0 < rate <= 1, "rate", _("The share lies above 0 % and is at most 100 %."))
        _insist(queue is None or queue.programme_id == programme.id, "queue", _("Choose a queue of the programme."))
        _insist(salt is None or 0 <= salt < 2**32, "salt", _("A salt lies between 0 and 4,294,967,295."))
        made = SamplingPlan.objects.create(
            programme=programme,
            queue=queue,
            name=name,
            rate=rate,
            covers_imports=covers_imports,
            salt=secrets.randbelow(2**32) if salt is None else salt,
            started_at=now,
            created_by_id=actor.person_id,
        )
        said = {"name": name, "rate": rate, "salt": made.salt, "queue": queue.name if queue else None}
        deed.record("started", on=made, after=said)
        return made


def end_plan(actor: Actor, *, plan: SamplingPlan, now: datetime) -> SamplingPlan:
    """Draw no decision made from now on; what was made before is still drawn, and audits that wait go on waiting."""
    insist_on_ours(actor)
    with act(scopes.PLAN_EDIT, actor, on=plan, now=now) as deed:
        deed.require(plan.is_drawn_here, _("It ends with the imports of its tool."))
        ended = SamplingPlan.objects.filter(pk=plan.pk, ended_at=None).update(ended_at=now)
        deed.require(ended, _("This plan has ended already."))
        plan.ended_at = now
        deed.record("ended")
        return plan


def _insist(condition: bool, field: str, sentence: str) -> None:
    if not condition:
        raise Invalid(_("The plan cannot start like this."), fields={field: [sentence]})
