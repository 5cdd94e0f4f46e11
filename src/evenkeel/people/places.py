"""Where a role can be given: everywhere, or on one organisation, site, team, programme or queue."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from evenkeel.ground.access import KINDS, Actor, load, reached_models, visible
from evenkeel.ground.errors import NotFound

from . import scopes
from .models import Person, RoleGrant

_MOST = 1_000


def _models() -> dict[str, type[Model]]:
    """The tables behind the kinds of target. Programmes and queues live above; they are found by their reach."""
    found = {model._meta.model_name: model for model in reached_models() if model._meta.model_name in KINDS}
    return {kind: found[kind] for kind in KINDS if kind in found}


def places_for(actor: Actor, person: Person) -> list[tuple[Any, Any]]:
    """Choices for a form: groups of places at which the actor may give rights to this person."""
    titles = dict(RoleGrant.KINDS)
    whole = _("Everywhere in her organisation") if not person.organisation.is_house else _("Everywhere")
    groups: list[tuple[Any, Any]] = [("", whole)]
    for kind, model in _models().items():
        rows = visible(actor, scopes.GRANT_EDIT, model._default_manager.all()).order_by("name")
        if kind in ("organisation", "site", "team") and not person.organisation.is_house:
            own = {"organisation": "pk", "site": "organisation", "team": "site__organisation"}[kind]
            rows = rows.filter(**{own: person.organisation_id})
        choices = [(f"{kind}:{row.pk}", str(row)) for row in rows[:_MOST]]
        if choices:
            groups.append((titles[kind], choices))
    return groups


def place(actor: Actor, value: str) -> Model | None:
    """The target behind a choice; None for everywhere. `NotFound` for one at which the actor may give nothing."""
    if not value:
        return None
    kind, _colon, pk = value.partition(":")
    model = _models().get(kind)
    if model is None:
        raise NotFound(_("There is no such kind of place: %(kinds)s.") % {"kinds": ", ".join(_models())})
    return load(actor, scopes.GRANT_EDIT, model._default_manager.all(), pk)
