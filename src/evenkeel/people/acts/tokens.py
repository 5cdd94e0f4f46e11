"""API tokens: one's own, cut to some of one's scopes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..models import ApiToken, Person
from .checks import insist_on_text

PREFIX = "ek_"
LONGEST = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class IssuedToken:
    """A new token and its secret, which is shown once and kept nowhere."""

    token: ApiToken
    secret: str


def digest(secret: str) -> str:
    """What is kept of a secret. It has 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def issue_token(
    actor: Actor, *, person: Person, name: str, wanted: Sequence[str], expires_at: datetime, now: datetime
) -> IssuedToken:
    """Make a token for oneself with some of one's own scopes, for at most a year."""
    with act(scopes.TOKEN_EDIT, actor, on=person, now=now) as deed:
        name = insist_on_text("name", name, most=80)
        # A token that leaks must not be able to make more of its kind.
        deed.require(actor.only_scopes is None, _("A token cannot make tokens; log in for that."))
        if not now < expires_at <= now + LONGEST:
            raise Invalid(_("This end cannot be."), fields={"expires_at": [_("Choose a day within a year.")]})
        if not wanted or not all(actor.has(scope) for scope in wanted):
            raise Invalid(
                _("A token can do at most what you can."), fields={"scopes": [_("Choose from what you may do.")]}
            )
        secret = PREFIX + secrets.token_urlsafe(32)
        made = ApiToken.objects.create(
            person=person,
            name=name,
            starts_with=secret[:8],
            digest=digest(secret),
            scopes=sorted(wanted),
            created_at=now,
            expires_at=expires_at,
        )
        deed.record(
            "issued",
            on=made,
            organisation_id=person.organisation_id,
            after={"name": name, "scopes": made.scopes, "expires_at": expires_at},
        )
        return IssuedToken(token=made, secret=secret)


def revoke_token(actor: Actor, *, token: ApiToken, now: datetime) -> ApiToken:
    """End a token at once."""
    with act(scopes.TOKEN_EDIT, actor, on=token, now=now) as deed:
        deed.require(token.revoked_at is None, _("This token has ended already."))
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        deed.record("revoked", organisation_id=token.person.organisation_id, before={"name": token.name})
        return token
