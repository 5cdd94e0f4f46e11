"""Which files were made for whom."""

from __future__ import annotations

from django.db.models import QuerySet

from evenkeel.ground.access import Actor, visible

from .models import Export
from .scopes import EXPORT_OWN


def own_exports(actor: Actor) -> QuerySet[Export]:
    """The actor's own files, newest first, removed ones too: they say what was once taken out."""
    return visible(actor, EXPORT_OWN, Export.objects.all())
