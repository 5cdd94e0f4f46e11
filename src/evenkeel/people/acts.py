"""What people do to people's records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from . import scopes
from .models import Organisation, Person, Role, RoleGrant, Site, Team, Worker, check_time_zone


def add_organisation(actor: Actor, *, name: str, is_house: bool = False, now: datetime) -> Organisation:
    """Add our own organisation (once) or a vendor. `Invalid` for a name that is taken."""
    with act(scopes.ORGANISATION_EDIT, actor, now=now) as deed:
        _insist_on_free(Organisation.objects.filter(name=name).exists(), "name", name)
        made = Organisation.objects.create(name=name, is_house=is_house, created_at=now)
        deed.record("added", on=made, organisation_id=made.id, after={"name": name, "is_house": is_house})
        return made


def add_site(actor: Actor, *, organisation: Organisation, name: str, time_zone: str, now: datetime) -> Site:
    """Add a site to an organisation."""
    with act(scopes.ORGANISATION_EDIT, actor, on=organisation, now=now) as deed:
        check_time_zone(time_zone)
        _insist_on_free(Site.objects.filter(organisation=organisation, name=name).exists(), "name", name)
        made = Site.objects.create(organisation=organisation, name=name, time_zone=time_zone)
        deed.record("added", on=made, organisation_id=organisation.id, after={"name": name, "time_zone": time_zone})
        return made


def add_team(actor: Actor, *, site: Site, name: str, now: datetime) -> Team:
    """Add a team to a site."""
    with act(scopes.ORGANISATION_EDIT, actor, on=site, now=now) as deed:
        _insist_on_free(Team.objects.filter(site=site, name=name).exists(), "name", name)
        made = Team.objects.create(site=site, name=name)
        deed.record("added", on=made, organisation_id=site.organisation_id, after={"name": name})
        return made


def add_worker(
    actor: Actor,
    *,
    organisation: Organisation,
    code: str,
    name: str,
    team: Team | None = None,
    person: Person | None = None,
    languages: Sequence[str] = (),
    started_on: date | None = None,
    now: datetime,
) -> Worker:
    """Add a worker; with a team she belongs to its site too. `Invalid` when the code is taken in the organisation."""
    with act(scopes.WORKER_EDIT, actor, on=team or organisation, now=now) as deed:
        _insist_on_free(Worker.objects.filter(organisation=organisation, code=code).exists(), "code", code)
        if team is not None and team.site.organisation_id != organisation.id:
            raise Invalid(
                _("The team belongs to another organisation."), fields={"team": [_("Choose one of its own.")]}
            )
        made = Worker.objects.create(
            organisation=organisation,
            site=team.site if team else None,
            team=team,
            person=person,
            code=code,
            name=name,
            languages=list(languages),
            started_on=started_on,
            created_at=now,
        )
        deed.record("added", on=made, organisation_id=organisation.id, after={"code": code, "name": name})
        return made


def add_person(
    actor: Actor,
    *,
    organisation: Organisation,
    email: str,
    name: str,
    password: str | None = None,
    is_staff: bool = False,
    time_zone: str = "UTC",
    now: datetime,
) -> Person:
    """Give somebody an account. Without a password she sets one by the link that is mailed, or logs in by OIDC."""
    with act(scopes.PERSON_EDIT, actor, on=organisation, now=now) as deed:
        _insist_on_free(Person.objects.filter(email=email.lower()).exists(), "email", email)
        # Only the operator at the command line makes operators; a grant must not be a way up.
        deed.require(not is_staff or actor.is_system, _("Only the operator's command line makes operators."))
        made = Person.objects.create_user(
            email,
            password,
            name=name,
            organisation=organisation,
            is_staff=is_staff,
            is_superuser=is_staff,
            time_zone=time_zone,
            created_at=now,
        )
        deed.record("given an account", on=made, organisation_id=organisation.id, after={"email": email, "name": name})
        return made


def give_grant(
    actor: Actor,
    *,
    person: Person,
    role: Role,
    target: Model | None = None,
    kind: str | None = None,
    until: datetime | None = None,
    now: datetime,
) -> RoleGrant:
    """Give a person a role, everywhere or on one target; nobody gives more than she has herself."""
    with act(scopes.GRANT_EDIT, actor, on=person, now=now) as deed:
        deed.require(
            actor.is_system or all(actor.has(scope) for scope in role.scopes),
            _("You cannot give a role with rights that you do not have."),
        )
        # Segregation of duties: nobody changes her own rights.
        deed.require(actor.person_id != person.id, _("Somebody else has to give you a role."))
        made = RoleGrant.objects.create(
            person=person,
            role=role,
            kind=kind or (target._meta.model_name if target else "") or "",
            target_id=target.pk if target else None,
            target_name=str(target) if target else "",
            since=now,
            until=until,
            given_by_id=actor.person_id,
        )
        deed.record(
            "granted",
            on=person,
            organisation_id=person.organisation_id,
            after={"role": role.name, "kind": made.kind, "target": made.target_name, "until": until},
        )
        deed.tell("grant.given", grant_id=made.id, person_id=person.id)
        return made


def end_grant(actor: Actor, *, grant: RoleGrant, now: datetime) -> RoleGrant:
    """End a grant now."""
    with act(scopes.GRANT_EDIT, actor, on=grant, now=now) as deed:
        deed.require(grant.until is None or grant.until > now, _("This grant has ended already."))
        grant.until = now
        grant.save(update_fields=["until"])
        deed.record(
            "ended", on=grant.person, organisation_id=grant.person.organisation_id, before={"role": grant.role.name}
        )
        deed.tell("grant.ended", grant_id=grant.id, person_id=grant.person_id)
        return grant


def set_preferences(person: Person, *, theme: str | None = None, density: str | None = None) -> None:
    """A person's own look of things; hers alone to change, so no scope and no trail."""
    if theme in dict(Person.THEMES):
        person.theme = theme
    if density in dict(Person.DENSITIES):
        person.density = density
    person.save(update_fields=["theme", "density"])


def _insist_on_free(taken: bool, field: str, value: str) -> None:
    if taken:
        raise Invalid(
            _("%(value)s is taken.") % {"value": value}, fields={field: [_("There is one already; choose another.")]}
        )
