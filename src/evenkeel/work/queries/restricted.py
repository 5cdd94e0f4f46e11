"""What lies in restricted lanes, for those who may know."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from evenkeel.ground.access import Actor, visible

from .. import scopes
from ..models import FormVersion, Item, Programme, Queue, RestrictedItem, RestrictedLane


def lanes_of(actor: Actor) -> QuerySet[RestrictedLane]:
    """The lanes that the actor may see: she has the scope there and, where people are named, is one of them."""
    found = visible(actor, scopes.RESTRICTED_VIEW, RestrictedLane.objects.all())
    named = RestrictedLane.people.through.objects.filter(restrictedlane=OuterRef("pk"))
    return found if actor.is_system else found.filter(~Exists(named) | Exists(named.filter(person=actor.person_id)))


def restricted_items(actor: Actor) -> QuerySet[RestrictedItem]:
    """The restricted items that the actor may see."""
    found = RestrictedItem.objects.filter(lane__in=lanes_of(actor).values("pk"))
    return visible(actor, scopes.RESTRICTED_VIEW, found).select_related("item", "lane__programme", "decision")


def lanes_with_counts(actor: Actor) -> QuerySet[RestrictedLane]:
    """Those lanes with `open_count`."""
    waiting = Count("items", filter=Q(items__settled_at=None))
    return lanes_of(actor).select_related("programme").annotate(open_count=waiting).order_by("programme__name", "name")


def lanes_for_setting(programme: Programme) -> list[RestrictedLane]:
    """A programme's lanes with their people, for whoever sets them up; nothing of what lies in them."""
    rows = RestrictedLane.objects.filter(programme=programme).prefetch_related("people__organisation")
    return list(rows.order_by("name"))


def way_to_settle(item: Item) -> tuple[FormVersion | None, Queue | None]:
    """The form by which a restricted item is settled, and the queue it came from: the first it was put into."""
    queue = Queue.objects.filter(tasks__item=item).order_by("tasks__id").first()
    newest = FormVersion.objects.order_by("-number")
    if queue is not None:
        return newest.filter(form=queue.form_id).first(), queue
    return newest.filter(form__programme=item.programme_id).order_by("-published_at").first(), None
