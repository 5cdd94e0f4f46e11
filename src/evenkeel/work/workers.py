"""The actor as a worker."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import NotFound, NotNow

from .models import Lease


def insist_on_worker(actor: Actor) -> UUID:
    """The id of the actor's worker record; `NotNow` for those who have none."""
    if actor.worker_id is None:
        raise NotNow(_("You have no worker record, so no item can be handed to you."), code="no-worker")
    return actor.worker_id


def own_lease(worker_id: UUID, lease_id: UUID) -> Lease:
    """A lease of the worker's own; `NotFound` for anybody else's."""
    found = Lease.objects.select_related("task__queue", "form_version").filter(pk=lease_id, worker=worker_id).first()
    if found is None:
        raise NotFound(_("There is no such lease, or it is not yours."))
    return found
