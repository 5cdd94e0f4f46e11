"""With which rights a file is made, and whether its maker still has them when she fetches it."""

from __future__ import annotations

from datetime import datetime

from evenkeel.ground.access import Actor, Grant
from evenkeel.people import actor_for

from .. import scopes
from ..kinds.format import DECISIONS, FORMS, formats
from ..models import RestrictedItem, Transfer


def orderer(transfer: Transfer, *, now: datetime) -> Actor:
    """Whoever ordered it, as she may act now, and by no more than the token's scopes if a token ordered it."""
    assert transfer.by is not None
    return actor_for(transfer.by, now=now, only_scopes=transfer.only_scopes)


def rights_for(actor: Actor, transfer: Transfer) -> list[list[str]]:
    """The grants that open what an export holds: scope, kind of target, target; empty texts for everywhere."""
    return sorted(
        [scope, grant.kind or "", str(grant.target_id or "")]
        for scope in _scopes_of(transfer)
        for grant in actor.grants_for(scope)
    )


def still_has(actor: Actor, transfer: Transfer) -> bool:
    """Whether the actor has every right with which the file was made, there or everywhere.

    A file cannot forget: when an item went into a restricted lane since, the file is ordered anew or not at all.
    """
    for scope, kind, target in transfer.rights or ():
        if not any(_covers(grant, kind, target) for grant in actor.grants_for(scope)):
            return False
    hidden = RestrictedItem.objects.filter(lane__programme=transfer.programme_id, since__gte=transfer.created_at)
    return not hidden.exists()


def _scopes_of(transfer: Transfer) -> set[str]:
    if transfer.what == FORMS:
        return {scopes.EXPORT_MAKE, scopes.PROGRAMME_VIEW}
    carries = formats[transfer.format].carries_answers
    needed = {scopes.EXPORT_MAKE}
    if transfer.what == DECISIONS or carries:
        needed.add(scopes.DECISION_VIEW)
    if transfer.what != DECISIONS or carries:
        needed.add(scopes.ITEM_VIEW)
    return needed


def _covers(grant: Grant, kind: str, target: str) -> bool:
    return grant.kind is None or (grant.kind == kind and str(grant.target_id) == target)
