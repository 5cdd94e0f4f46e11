"""Who may open which saved exploration, and where somebody belongs."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.errors import NotFound
from evenkeel.people import Person, Worker

from .. import scopes
from ..models import Dashboard, Exploration, Mailing


def saved(actor: Actor) -> QuerySet[Exploration]:
    """The explorations that a person may open: her own, and those shared with her team or her organisation."""
    rows = Exploration.objects.select_related("owner")
    if actor.person_id is None or not actor.has(scopes.EXPLORE) or not actor.has_as_own(scopes.EXPLORATION_OWN):
        return rows.none()
    shared = Q(audience=Exploration.ORGANISATION) | Q(audience=Exploration.TEAM, team__in=_teams(actor))
    return rows.filter(Q(owner=actor.person_id) | Q(organisation=actor.organisation_id) & shared)


def load_saved(actor: Actor, exploration_id: UUID) -> Exploration:
    """One of those; `NotFound` otherwise, so that nothing is given away."""
    try:
        found = saved(actor).filter(pk=exploration_id).first()
    except (ValidationError, ValueError):
        found = None
    if found is None:
        raise NotFound(_("There is no such exploration, or it was not shared with you."))
    return found


def dashboards_of(actor: Actor) -> QuerySet[Dashboard]:
    """A person's own dashboards, oldest first."""
    return visible(actor, scopes.DASHBOARD_OWN, Dashboard.objects.all())


def mailing_of(actor: Actor, exploration: Exploration) -> Mailing | None:
    """How the actor has this exploration mailed to her."""
    return Mailing.objects.filter(exploration=exploration, person=actor.person_id).first()


def team_of(actor: Actor) -> UUID | None:
    """The team that a person speaks of as hers: where she works, or else the one that she leads."""
    teams = _teams(actor)
    return teams[0] if teams else None


def _teams(actor: Actor) -> list[UUID]:
    own = Worker.objects.filter(pk=actor.worker_id).values_list("team_id", flat=True) if actor.worker_id else []
    led = [grant.target_id for grant in actor.grants if grant.kind == "team"]
    return [team for team in dict.fromkeys([*own, *led]) if team is not None]


def zone_for(person_id: UUID) -> str:
    """The time zone of somebody's site; of a person without one, her own."""
    found = (
        Worker.objects.filter(person=person_id, site__isnull=False).values_list("site__time_zone", flat=True).first()
    )
    return found or Person.objects.values_list("time_zone", flat=True).get(pk=person_id)
