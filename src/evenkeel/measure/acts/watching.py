"""What is watched: a line is set, a metric is left alone for a reason, either ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, may
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.people import Organisation, Person, Site, Team, actor_for
from evenkeel.work import Programme, Queue

from .. import scopes
from ..models import Watch
from ..queries.definitions import metric_for
from ..queries.watchlist import daily_metrics
from .targets import KINDS

Spot = Organisation | Site | Team | Programme | Queue


def watch_metric(actor: Actor, *, metric: str, on: Spot, owner: Person | None = None, why: str, now: datetime) -> Watch:
    """Have a metric watched at a place and in everything within it; `owner` answers for its signals.

    `Invalid` for a metric that has no course by day in a programme, an owner who may not act there, or without a reason.
    `NotNow` while a line of the metric stands at the same place.
    """
    return _set(actor, "on", metric=metric, on=on, owner=owner, why=why, now=now)


def leave_alone(actor: Actor, *, metric: str, on: Spot, why: str, now: datetime) -> Watch:
    """Have a metric left alone at a place and in everything within it, for a reason: no chart of it raises a signal."""
    return _set(actor, "off", metric=metric, on=on, owner=None, why=why, now=now)


def stop_watch(actor: Actor, *, watch: Watch, now: datetime) -> Watch:
    """End a line; what holds without it holds again."""
    with act(scopes.WATCH_EDIT, actor, on=watch, now=now) as deed:
        locked = Watch.objects.select_for_update().get(pk=watch.pk)
        deed.require(locked.ended_at is None, _("It has ended already."))
        locked.ended_at, locked.ended_by_id = now, actor.person_id
        locked.save(update_fields=["ended_at", "ended_by"])
        deed.record("watch ended", on=locked, after={"metric": locked.metric, "sort": locked.sort})
        return locked


def _set(actor: Actor, sort: str, *, metric: str, on: Spot, owner: Person | None, why: str, now: datetime) -> Watch:
    with act(scopes.WATCH_EDIT, actor, on=on, now=now) as deed:
        slug = metric_for(actor, metric).slug
        faults = {}
        if not daily_metrics([slug]):
            faults["metric"] = [_("Choose a metric that is summed up by day in programmes.")]
        if not why.strip():
            faults["why"] = [_("Say why, for whoever wonders in half a year.")]
        if owner is not None and not may(actor_for(owner, now=now), scopes.SIGNAL_ACT, on):
            faults["owner"] = [_("Choose somebody who may act on signals there.")]
        if faults:
            raise Invalid(_("It cannot be watched like this."), fields=faults)
        try:
            with transaction.atomic():
                made = Watch.objects.create(
                    sort=sort, metric=slug, kind=KINDS[type(on)], place_id=on.pk, owner=owner, why=why.strip(),
                    set_at=now, set_by_id=actor.person_id, **_places(on),
                )  # fmt: skip
        except IntegrityError:
            deed.require(False, _("There is a line for this metric here already: end it first."))
            raise
        said = {"metric": slug, "sort": sort, "where": str(on), "owner": owner.pk if owner else None, "why": made.why}
        deed.record("watch set", on=made, organisation_id=made.organisation_id, after=said)
        return made


def _places(on: Spot) -> dict[str, Any]:
    """The place with what lies above it, so that whoever may see that may see the line."""
    if isinstance(on, Team):
        return {"team": on, "site_id": on.site_id, "organisation_id": on.site.organisation_id}
    if isinstance(on, Site):
        return {"site": on, "organisation_id": on.organisation_id}
    if isinstance(on, Queue):
        return {"queue": on, "programme_id": on.programme_id}
    return {KINDS[type(on)]: on}
