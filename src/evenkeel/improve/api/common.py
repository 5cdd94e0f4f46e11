"""What the API's parts of an investigation have in common."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import load
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest
from evenkeel.people import Person

from .. import scopes
from ..models import Action, Investigation, Validation


def load_investigation(request: PageRequest, investigation_id: UUID) -> Investigation:
    """The investigation, for whoever may see it."""
    rows = Investigation.objects.select_related("programme", "closing", "signal", "queue__policy")
    return load(request.actor, scopes.VIEW, rows, investigation_id)


def load_validation(request: PageRequest, validation_id: UUID) -> Validation:
    """The validation, for whoever may see its investigation."""
    return load(request.actor, scopes.VIEW, Validation.objects.select_related("investigation"), validation_id)


def load_action(request: PageRequest, action_id: UUID) -> Action:
    """The action, for whoever may see it."""
    return load(request.actor, scopes.ACTION_VIEW, Action.objects.select_related("investigation"), action_id)


def person_said(person_id: UUID, *, field: str) -> Person:
    """The person of an id; whether her roles reach the thing, the act says. That there is none is not told apart from that."""
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise Invalid(_("It cannot be this person’s."), fields={field: [_("Choose somebody whose roles reach it.")]})
    return found
