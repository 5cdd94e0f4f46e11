"""Stored files and how somebody wants them shown."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, may, visible
from evenkeel.ground.errors import NotFound

from .. import scopes
from ..kinds.media import is_proof
from ..models import DeskPreference, MediaFile, Queue
from ..rules.guards import Guards, guards_for


def media_for(actor: Actor, media_id: UUID, *, proof: str) -> MediaFile:
    """A stored file, for whoever may see items of its programme, or was shown an item with it and takes part there."""
    found = MediaFile.objects.select_related("programme").filter(pk=media_id).first()
    if found is not None:
        if may(actor, scopes.ITEM_VIEW, found):
            return found
        takes_part = visible(actor, scopes.PROGRAMME_VIEW, type(found.programme).objects.filter(pk=found.programme_id))
        if is_proof(media_id, proof) and takes_part.exists():
            return found
    raise NotFound(_("There is no such file, or it is not for you."))


def desk_preference(worker_id: UUID) -> DeskPreference:
    """How somebody wants her desk; the usual when she has said nothing."""
    return DeskPreference.objects.filter(worker=worker_id).first() or DeskPreference(worker_id=worker_id)


def desk_guards(preference: DeskPreference, queue: Queue) -> Guards:
    """The guards at a queue for somebody with this preference."""
    return guards_for(
        queue.severity,
        blur=preference.blur,
        greyscale=preference.greyscale,
        mute=preference.mute,
        small=preference.small,
        speed=preference.speed,
    )
