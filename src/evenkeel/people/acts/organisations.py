"""Organisations, sites and teams."""

from __future__ import annotations

from datetime import datetime

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act

from .. import scopes
from ..models import Organisation, Site, Team
from .checks import insist_on_free, insist_on_text, insist_on_time_zone


def add_organisation(actor: Actor, *, name: str, is_house: bool = False, now: datetime) -> Organisation:
    """Add our own organisation (once) or a vendor. `Invalid` for a name that is taken."""
    with act(scopes.ORGANISATION_ADD, actor, now=now) as deed:
        name = insist_on_text("name", name, most=120)
        insist_on_free(Organisation.objects.filter(name__iexact=name).exists(), "name", name)
        made = Organisation.objects.create(name=name, is_house=is_house, created_at=now)
        deed.record("added", on=made, organisation_id=made.id, after={"name": name, "is_house": is_house})
        return made


def add_site(actor: Actor, *, organisation: Organisation, name: str, time_zone: str, now: datetime) -> Site:
    """Add a site to an organisation."""
    with act(scopes.ORGANISATION_EDIT, actor, on=organisation, now=now) as deed:
        name = insist_on_text("name", name, most=120)
        insist_on_time_zone(time_zone)
        insist_on_free(Site.objects.filter(organisation=organisation, name=name).exists(), "name", name)
        made = Site.objects.create(organisation=organisation, name=name, time_zone=time_zone)
        deed.record("added", on=made, organisation_id=organisation.id, after={"name": name, "time_zone": time_zone})
        return made


def add_team(actor: Actor, *, site: Site, name: str, now: datetime) -> Team:
    """Add a team to a site."""
    with act(scopes.ORGANISATION_EDIT, actor, on=site, now=now) as deed:
        name = insist_on_text("name", name, most=120)
        insist_on_free(Team.objects.filter(site=site, name=name).exists(), "name", name)
        made = Team.objects.create(site=site, name=name)
        deed.record("added", on=made, organisation_id=site.organisation_id, after={"name": name})
        return made
