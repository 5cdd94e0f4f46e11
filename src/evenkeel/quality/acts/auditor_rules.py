"""Saying which skills and certifications auditors need, by queue or by guideline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..models import AuditorRule
from ..queries.auditor_rules import auditor_rule_of
from .ours import insist_on_ours

if TYPE_CHECKING:
    from evenkeel.policy import Policy
    from evenkeel.work import Queue

NAME_LENGTH, MOST = 80, 20


def set_auditor_rule(
    actor: Actor,
    *,
    queue: Queue | None = None,
    policy: Policy | None = None,
    skills: Sequence[str] = (),
    certifications: Sequence[str] = (),
    now: datetime,
) -> AuditorRule:
    """Ask for skills and certifications of whoever audits a queue's decisions, or those made under a guideline.

    One of `queue` and `policy` is named; nothing asked ends its rule. It holds for everything that waits, from the next
    audit taken, and does not give way however long a draw waits. `Invalid` names the field.
    """
    insist_on_ours(actor)
    if (queue is None) == (policy is None):
        raise Invalid(_("The rule cannot be like this."), fields={"queue": [_("Name a queue or a guideline.")]})
    with act(scopes.PLAN_EDIT, actor, on=queue or policy, now=now) as deed:
        asked = {"skills": sorted(set(skills)), "certifications": sorted(set(certifications))}
        for field, names in asked.items():
            if len(names) > MOST or any(not 0 < len(name) <= NAME_LENGTH or "\x00" in name for name in names):
                said = _("At most %(most)d names of 1 to %(n)d characters.") % {"most": MOST, "n": NAME_LENGTH}
                raise Invalid(_("The rule cannot be like this."), fields={field: [said]})
        target: dict[str, Any] = {"queue": queue} if queue is not None else {"policy": policy}
        before = auditor_rule_of(target)
        made = AuditorRule.objects.create(**target, **asked, from_at=now, set_by_id=actor.person_id, replaces=before)
        earlier = {"skills": before.skills, "certifications": before.certifications} if before else None
        deed.record("asked of auditors", on=queue or policy, before=earlier, after=asked)
        return made
