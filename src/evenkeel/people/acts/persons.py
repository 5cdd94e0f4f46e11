"""Accounts: given, closed and opened by those who may; her own profile by herself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..models import Organisation, Person
from .checks import insist_on_free, insist_on_text, insist_on_time_zone, is_address


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
        name, email = insist_on_text("name", name, most=120), _address(email)
        insist_on_time_zone(time_zone)
        insist_on_free(Person.objects.filter(email=email).exists(), "email", email)
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
        if password is None:
            deed.tell("person.invited", person_id=made.id)
        return made


def invite(actor: Actor, *, person: Person, now: datetime) -> None:
    """Mail somebody a link by which she sets a password."""
    with act(scopes.PERSON_EDIT, actor, on=person, now=now) as deed:
        deed.require(person.is_active, _("A closed account gets no mail; open it first."))
        deed.record("sent a link", organisation_id=person.organisation_id)
        deed.tell("person.invited", person_id=person.id)


def close_account(actor: Actor, *, person: Person, now: datetime) -> Person:
    """Nobody logs in by this account from now on, and its tokens end. Grants and everything she did stay."""
    with act(scopes.PERSON_EDIT, actor, on=person, now=now) as deed:
        deed.require(actor.person_id != person.id, _("Somebody else has to close your account."))
        deed.require(person.is_active, _("This account is closed already."))
        # A vendor's manager must not shut out an operator of the install.
        deed.require(actor.is_system or not person.is_staff, _("Only the operator's command line closes operators."))
        person.is_active = False
        person.save(update_fields=["is_active"])
        person.tokens.filter(revoked_at=None).update(revoked_at=now)
        deed.record("closed", organisation_id=person.organisation_id)
        deed.tell("account.closed", person_id=person.id)
        return person


def open_account(actor: Actor, *, person: Person, now: datetime) -> Person:
    """Let somebody log in again."""
    with act(scopes.PERSON_EDIT, actor, on=person, now=now) as deed:
        deed.require(not person.is_active, _("This account is open already."))
        person.is_active = True
        person.save(update_fields=["is_active"])
        deed.record("opened", organisation_id=person.organisation_id)
        return person


def change_profile(actor: Actor, *, person: Person, name: str, language: str, time_zone: str, now: datetime) -> Person:
    """Change one's own name, language and time zone. The mail address is changed by those who give accounts."""
    with act(scopes.PROFILE_EDIT, actor, on=person, now=now) as deed:
        name = insist_on_text("name", name, most=120)
        insist_on_time_zone(time_zone)
        if language not in dict(settings.LANGUAGES):
            raise Invalid(_("This language is not there yet."), fields={"language": [_("Choose one of the list.")]})
        after: dict[str, Any] = {"name": name, "language": language, "time_zone": time_zone}
        before = {field: getattr(person, field) for field in after}
        for field, value in after.items():
            setattr(person, field, value)
        person.save(update_fields=list(after))
        deed.record("changed", organisation_id=person.organisation_id, before=before, after=after)
        return person


def note_security(actor: Actor, *, person: Person, what: str, now: datetime, **detail: Any) -> None:
    """Note in the trail what happened to somebody's own way in: "logged in", "changed the password" ..."""
    with act(scopes.PROFILE_EDIT, actor, on=person, now=now) as deed:
        deed.record(what, organisation_id=person.organisation_id, **detail)


def _address(email: str) -> str:
    if not is_address(email.strip()):
        raise Invalid(_("This is no mail address."), fields={"email": [_("Write it as name@example.org.")]})
    return email.strip().lower()
