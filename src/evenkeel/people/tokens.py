"""Who acts when a program shows a token."""

from __future__ import annotations

from datetime import datetime, timedelta

from evenkeel.ground.access import Actor
from evenkeel.ground.shapes import Shape, gather

from .acts.tokens import PREFIX, digest
from .models import ApiToken
from .queries import actor_with, grants_in_force

# Written down at most this often: a busy program must not cause a write with every request.
_NOTED_EVERY = timedelta(hours=1)


def token_actor(secret: str, *, now: datetime) -> Actor | None:
    """The token's owner, cut to its scopes; None for a token that is unknown, over, revoked, or of a closed account."""
    if not secret.startswith(PREFIX):
        return None
    known = digest(secret)
    found, grants = gather(_TOKEN.asked(digest=known, now=now), _GRANTS.asked(digest=known, now=now))
    if not found:
        return None
    token: ApiToken = found[0]
    if token.last_used_at is None or token.last_used_at <= now - _NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return actor_with(token.person, grants, only_scopes=frozenset(token.scopes))


_TOKEN = Shape(
    lambda *, digest, now: ApiToken.objects.select_related("person__organisation", "person__worker").filter(
        digest=digest, revoked_at=None, expires_at__gt=now, person__is_active=True
    )
)
_GRANTS = Shape(
    lambda *, digest, now: grants_in_force(now).filter(person__tokens__digest=digest).select_related("role")
)
