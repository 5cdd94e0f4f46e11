"""What detectors found odd in some days' work, for pages that ask why a figure changed there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from evenkeel.ground.access import Actor, visible

from .. import scopes
from ..models import IntegrityLook
from ..rules.integrity import detectors

# Somebody looked, and there was nothing in it.
_CLEARED = ("nothing", "explained")


@dataclass(frozen=True, kw_only=True)
class LookAmong:
    """A look that stands, or was confirmed: by which detector, and whose place it is about."""

    detector: str
    title: Any
    places: frozenset[UUID]


def looks_among(actor: Actor, *, since: date, until: date) -> list[LookAmong]:
    """The looks of weeks that hold a day of since <= day < until, as far as the actor may take looks; cleared ones left out.

    `places` are the ids of the person, her team, site and organisation. Empty for whoever may take none; one query.
    """
    if not actor.has(scopes.LOOK_TAKE):
        return []
    week = timedelta(days=7)
    rows = visible(actor, scopes.LOOK_TAKE, IntegrityLook.objects.all()).filter(
        run__week_on__lt=until, run__week_on__gt=since - week
    )
    found = rows.exclude(outcome__disposition__in=_CLEARED).order_by("detector", "chance")
    own = ("worker_id", "worker__team_id", "worker__site_id", "worker__organisation_id")
    return [
        LookAmong(detector=slug, title=detectors[slug].title, places=frozenset(place for place in places if place))
        for slug, *places in found.values_list("detector", *own)
        if slug in detectors
    ]
