"""What time does to clocks that run: each that runs out is told of once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.people import notify

from . import scopes
from .lanes import people_of_lane
from .models import Escalation, EscalationStep, RestrictedItem
from .telling import owners_of

_TIME = Actor.system("clock")
# One run tells of so many; the next takes the rest.
_MOST = 500


def notice_overdue_escalations(now: datetime) -> int:
    """Tell each programme's owner of escalations that were not settled in time; returns how many were new."""
    late = Escalation.objects.filter(closed_at=None, due_at__lte=now, overdue_at=None).order_by("due_at")[:_MOST]
    for each in late.select_related("programme__owner", "queue", "tier"):
        with transaction.atomic():
            # The update claims it: of two workers that see it at once, one tells.
            if not Escalation.objects.filter(pk=each.pk, closed_at=None, overdue_at=None).update(overdue_at=now):
                continue
            with act(scopes.ESCALATION_WORK, _TIME, on=each, now=now) as deed:
                EscalationStep.objects.create(
                    escalation=each, kind="overdue", tier=each.tier, by_name=_TIME.name, at=now
                )
                people = owners_of(each.programme, scope=scopes.ESCALATION_VIEW, now=now)
                title = _("Overdue at %(tier)s: an item handed up in %(queue)s") % {
                    "tier": each.tier.name,
                    "queue": each.queue.name,
                }
                notify(people, title=title, url=each.get_absolute_url(), now=now)
                deed.record("overdue", tier=each.tier.name)
    return len(late)


def notice_overdue_restricted(now: datetime) -> int:
    """Tell a lane's people of items that were not settled in time; nobody else may know of them."""
    late = RestrictedItem.objects.filter(settled_at=None, due_at__lte=now, overdue_at=None).order_by("due_at")[:_MOST]
    for each in late.select_related("lane__programme"):
        with transaction.atomic():
            if not RestrictedItem.objects.filter(pk=each.pk, overdue_at=None).update(overdue_at=now):
                continue
            with act(scopes.RESTRICTED_VIEW, _TIME, on=each, now=now) as deed:
                title = _("Overdue in %(lane)s: an item waits") % {"lane": each.lane.name}
                notify(people_of_lane(each.lane, now=now), title=title, url=each.get_absolute_url(), now=now)
                deed.record("overdue")
    return len(late)
