"""What pages and other rooms may ask about changes that were asked for."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from evenkeel.ground.access import Actor, visible

from . import scopes
from .models import ChangeRequest


def change_requests(actor: Actor) -> QuerySet[ChangeRequest]:
    """The requests that the actor may see, newest first, with what a list shows."""
    rows = visible(actor, scopes.CHANGE_VIEW, ChangeRequest.objects.all())
    return rows.select_related("policy", "asked_by__organisation", "answer__by", "publication__version__policy")


def change_requests_of(actor: Actor, *, source_kind: str, source_ids: Collection[UUID]) -> dict[UUID, ChangeRequest]:
    """The requests that were opened from some things of a kind, by the thing's id."""
    rows = change_requests(actor).filter(source_kind=source_kind, source_id__in=list(source_ids))
    return {request.source_id: request for request in rows if request.source_id is not None}


def accepted_requests(policy_id: UUID) -> QuerySet[ChangeRequest]:
    """The requests that wait for a version, oldest first."""
    rows = ChangeRequest.objects.filter(policy_id=policy_id, answer__is_accepted=True, publication=None)
    return rows.select_related("asked_by").order_by("asked_at", "id")
