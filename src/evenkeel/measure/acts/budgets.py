"""How many false alarms may come."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.people import Organisation, Person

from .. import scopes
from ..models import AlarmBudget

LEAST, MOST = 0.05, 50.0


def set_alarm_budget(actor: Actor, *, of: Organisation | Person, per_week: float, now: datetime) -> AlarmBudget:
    """Say how many false alarms a week an organisation's charts, or those of one person, may raise: 0.05 to 50.

    Limits follow from it at the next look: a smaller budget means wider limits and later signals. The house's people only.
    """
    own = of if isinstance(of, Organisation) else of.organisation
    with act(scopes.WATCH_EDIT, actor, on=own if own is not None else None, now=now) as deed:
        if not LEAST <= per_week <= MOST:
            raise Invalid(
                _("This is no budget."),
                fields={"per_week": [_("Between 0.05 (one false alarm in 20 weeks) and 50 a week.")]},
            )
        key = {"organisation": of} if isinstance(of, Organisation) else {"person": of}
        before = AlarmBudget.objects.filter(**key).values_list("per_week", flat=True).first()
        made, _new = AlarmBudget.objects.update_or_create(
            **key, defaults={"per_week": per_week, "set_at": now, "set_by_id": actor.person_id}
        )
        deed.record(
            "alarm budget set",
            on=made,
            organisation_id=own.pk if own is not None else None,
            before={"per_week": before},
            after={"per_week": per_week},
        )
        return made
