"""What the acts check alike."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid, Refused


def insist_on_person(actor: Actor) -> UUID:
    """Whose it is to be. A system has no dashboards."""
    return _insist(actor.person_id)


def insist_on_organisation(actor: Actor) -> UUID:
    """Whose people may be meant by "my organisation"."""
    return _insist(actor.organisation_id)


def _insist(said: UUID | None) -> UUID:
    if said is None:
        raise Refused(_("Only a person has dashboards and explorations of her own."))
    return said


def check_name(table: type[Model], name: str, *, owner_id: UUID, but: UUID | None = None) -> str:
    """A name that the owner has not given to another of the same kind."""
    said = name.replace("\0", "").strip()
    if not 1 <= len(said) <= 120:
        raise Invalid(_("The name does not fit."), fields={"name": [_("1 to 120 signs.")]})
    taken: Any = table._default_manager.filter(owner_id=owner_id, name=said).exclude(pk=but)
    if taken.exists():
        raise Invalid(_("The name is taken."), fields={"name": [_("You have one of this name already.")]})
    return said
