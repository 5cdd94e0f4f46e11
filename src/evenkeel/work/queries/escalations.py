"""Which escalations are open, and whose they are to work."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from evenkeel.ground.access import Actor, visible

from .. import scopes
from ..models import Escalation, Programme, Tier


def escalations_of(actor: Actor) -> QuerySet[Escalation]:
    """The escalations that the actor may see, with what a list shows of them."""
    found = visible(actor, scopes.ESCALATION_VIEW, Escalation.objects.all())
    return found.select_related("item", "queue", "tier", "worker__organisation", "holder__organisation")


def to_work(actor: Actor) -> QuerySet[Escalation]:
    """Open escalations that the actor may decide: of tiers that name nobody or her, not handed up by herself."""
    named = Tier.people.through.objects.filter(tier=OuterRef("tier"))
    hers = named.filter(person=actor.person_id)
    found = visible(actor, scopes.ESCALATION_WORK, Escalation.objects.filter(closed_at=None))
    return found.filter(~Exists(named) | Exists(hers)).exclude(worker=actor.worker_id).order_by("due_at", "id")


def tiers_of(programme: Programme) -> list[Tier]:
    """A programme's tiers from the first up, with their people."""
    return list(Tier.objects.filter(programme=programme).prefetch_related("people__organisation").order_by("level"))
