"""Which files came in and went out."""

from __future__ import annotations

from pathlib import Path

from django.db.models import QuerySet

from evenkeel.ground.access import Actor, visible

from .. import scopes
from ..models import Programme, Transfer
from ..transfers.files import path_of
from ..transfers.rights import still_has


def transfers_of(actor: Actor, programme: Programme) -> QuerySet[Transfer]:
    """A programme's files as far as the actor may know of them."""
    return visible(actor, scopes.ITEM_VIEW, Transfer.objects.filter(programme=programme))


def own_file(actor: Actor, transfer: Transfer) -> Path | None:
    """Where an exported file lies, for whoever ordered it: it may hold what others may not see, or she no longer."""
    if transfer.state != "done" or transfer.by_id is None or transfer.by_id != actor.person_id:
        return None
    path = path_of(transfer.pk)
    if transfer.direction != Transfer.OUT or not path.exists() or not still_has(actor, transfer):
        return None
    return path
