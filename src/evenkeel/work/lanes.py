"""Moving an item into a restricted lane, from wherever it is noticed. Runs inside the caller's act."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.errors import NotNow
from evenkeel.people import Person, notify

from . import leases, scopes
from .models import Escalation, EscalationStep, Item, Question, RestrictedItem, RestrictedLane
from .rules.escalations import due_at
from .telling import people_of


def lane_for(programme_id: UUID, kind: str) -> RestrictedLane | None:
    """A programme's lane of this kind; None when it has none, or for no kind at all."""
    return RestrictedLane.objects.filter(programme=programme_id, kind=kind).first() if kind else None


def move_into_lane(item: Item, *, lane: RestrictedLane, reason: str, by_name: str, now: datetime) -> RestrictedItem:
    """Hide the item and all about it: out of every hand and queue, its escalations and questions closed. Tells the lane."""
    # Two who notice it at once: the second finds it gone from her hands.
    Item.objects.select_for_update().get(pk=item.pk)
    if RestrictedItem.objects.filter(item=item).exists():
        raise NotNow(_("This item is no longer in your hands."), code="lapsed")
    made = RestrictedItem.objects.create(
        item=item, lane=lane, reason=reason, by_name=by_name, since=now, due_at=due_at(now, lane.minutes)
    )
    leases.withdraw_item(item.pk, now=now)
    Question.objects.filter(item=item, is_aside=True).update(is_aside=False)
    for open_ in Escalation.objects.select_for_update().filter(item=item, closed_at=None).order_by("id"):
        open_.state, open_.closed_at = Escalation.MOVED, now
        open_.save(update_fields=["state", "closed_at"])
        EscalationStep.objects.create(escalation=open_, kind="moved", tier_id=open_.tier_id, by_name=by_name, at=now)
    title = _("An item was moved to %(lane)s") % {"lane": lane.name}
    notify(people_of_lane(lane, now=now), title=title, url=made.get_absolute_url(), now=now)
    return made


def people_of_lane(lane: RestrictedLane, *, now: datetime) -> list[Person]:
    """Those who may know: they have the scope here and, where the lane names people, are named."""
    able = people_of(scopes.RESTRICTED_VIEW, programme=lane.programme, now=now)
    named = set(lane.people.values_list("pk", flat=True))
    return [person for person in able if not named or person.pk in named]
