"""What the API's parts of an investigation have in common."""

from __future__ import annotations

from uuid import UUID

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..models import Investigation, Validation


def load_investigation(request: PageRequest, investigation_id: UUID) -> Investigation:
    """The investigation, for whoever may see it."""
    rows = Investigation.objects.select_related("programme", "closing", "signal", "queue__policy")
    return load(request.actor, scopes.VIEW, rows, investigation_id)


def load_validation(request: PageRequest, validation_id: UUID) -> Validation:
    """The validation, for whoever may see its investigation."""
    return load(request.actor, scopes.VIEW, Validation.objects.select_related("investigation"), validation_id)
