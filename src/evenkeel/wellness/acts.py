"""What people do about limits of exposure."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.people import Organisation

from . import scopes
from .models import ExposureLimit

_DAY_MINUTES = 24 * 60


def set_limit(
    actor: Actor, *, organisation: Organisation, severity_from: int, minutes_a_day: int, now: datetime
) -> ExposureLimit:
    """Set how many minutes a day an organisation's people see content of this severity or worse. Zero means none at all."""
    with act(scopes.LIMIT_EDIT, actor, on=organisation, now=now) as deed:
        if not 1 <= severity_from <= 4:
            raise Invalid(_("Severity runs from 1 to 4."), fields={"severity_from": [_("Choose 1 to 4.")]})
        if not 0 <= minutes_a_day <= _DAY_MINUTES:
            raise Invalid(_("A day has 1440 minutes."), fields={"minutes_a_day": [_("Choose 0 to 1440.")]})
        known = ExposureLimit.objects.filter(organisation=organisation, severity_from=severity_from).first()
        limit, _made = ExposureLimit.objects.update_or_create(
            organisation=organisation, severity_from=severity_from, defaults={"minutes_a_day": minutes_a_day}
        )
        deed.record(
            "limit set",
            on=limit,
            organisation_id=organisation.id,
            before={"minutes_a_day": known.minutes_a_day if known else None},
            after={"severity_from": severity_from, "minutes_a_day": minutes_a_day},
        )
        return limit


def drop_limit(actor: Actor, *, limit: ExposureLimit, now: datetime) -> None:
    """Take a limit away."""
    with act(scopes.LIMIT_EDIT, actor, on=limit, now=now) as deed:
        deed.record(
            "limit dropped",
            organisation_id=limit.organisation_id,
            before={"severity_from": limit.severity_from, "minutes_a_day": limit.minutes_a_day},
        )
        limit.delete()
