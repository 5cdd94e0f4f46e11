"""Publishing SOP checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..models import Policy, SopVersion
from ..queries import version_in_force
from ..rules import CHANGE_LENGTH
from ..sop_rules import compile_rows


def publish_sop(
    actor: Actor, *, policy: Policy, rows: Sequence[Mapping[str, str]], what_changed: str = "", now: datetime
) -> SopVersion:
    """Publish a policy's table of SOP checks; it is asked from the next answer on. No rows: no checks.

    `Invalid` names the rows that do not fit. A policy without a version in force has nothing to decide by: `NotNow`.
    """
    with act(scopes.POLICY_EDIT, actor, on=policy, now=now) as deed:
        # Two who publish at once would both take the same number.
        Policy.objects.select_for_update().get(pk=policy.pk)
        deed.require(version_in_force(policy, now), _("Publish the policy itself first."), code="no-version")
        checked = compile_rows([dict(row) for row in rows])
        if len(what_changed.strip()) > CHANGE_LENGTH or "\x00" in what_changed:
            said = _("At most %(n)d characters.") % {"n": CHANGE_LENGTH}
            raise Invalid(_("One sentence is enough."), fields={"what_changed": [said]})
        kept = [{"effect": rule.effect, "when": rule.when, "message": rule.message} for rule in checked.rules]
        last = SopVersion.objects.filter(policy=policy).order_by("-number").first()
        deed.require(last is None or last.rows != kept, _("This is the table in force already."), code="sop-unchanged")
        made = SopVersion.objects.create(
            policy=policy,
            number=(SopVersion.objects.filter(policy=policy).aggregate(top=Max("number"))["top"] or 0) + 1,
            rows=kept,
            what_changed=what_changed.strip(),
            published_at=now,
            published_by_id=actor.person_id,
        )
        deed.record("sop checks published", on=policy, number=made.number, rules=len(kept))
        deed.tell("policy.sop_published", policy_id=policy.pk, number=made.number)
        return made
