"""Who acts when a program shows a token.

A process believes for a second what it read of a token, for a busy program shows one a hundred times in that. Whatever
this process itself changes of anybody's rights holds at once; what another one changes, a second later at most.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from evenkeel.ground.access import Actor
from evenkeel.ground.shapes import Shape, gather

from .acts.tokens import PREFIX, digest
from .models import ApiToken, Organisation, Person, Role, RoleGrant, Worker
from .queries import actor_with, grants_in_force

# Written down at most this often: a busy program must not cause a write with every request.
_NOTED_EVERY = timedelta(hours=1)
BELIEVED_FOR = timedelta(seconds=1)
_MOST = 20_000
# By the secret's digest: from when until when it is believed, and whom it makes act. Unknown ones are looked up each time.
_believed: dict[str, tuple[datetime, datetime, Actor]] = {}


def token_actor(secret: str, *, now: datetime) -> Actor | None:
    """The token's owner, cut to its scopes; None for a token that is unknown, over, revoked, or of a closed account."""
    if not secret.startswith(PREFIX):
        return None
    known = digest(secret)
    if known in _believed:
        since, until, actor = _believed[known]
        if since <= now < until:
            return actor
    found, grants = gather(_TOKEN.asked(digest=known, now=now), _GRANTS.asked(digest=known, now=now))
    if not found:
        _believed.pop(known, None)
        return None
    token: ApiToken = found[0]
    if token.last_used_at is None or token.last_used_at <= now - _NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    actor = actor_with(token.person, grants, only_scopes=frozenset(token.scopes))
    if len(_believed) >= _MOST:
        _believed.clear()
    ends = [token.expires_at, *(grant.until for grant in grants if grant.until is not None)]
    _believed[known] = (now, min(now + BELIEVED_FOR, *ends), actor)
    return actor


def _rights_changed(**_said: Any) -> None:
    _believed.clear()
    # Somebody may have asked between the change and its commit, and read what was before.
    transaction.on_commit(_believed.clear)


for _model in (ApiToken, Person, Organisation, Worker, Role, RoleGrant):
    for _signal in (post_save, post_delete):
        _signal.connect(_rights_changed, sender=_model, dispatch_uid=f"people.tokens.{_model.__name__}")


_TOKEN = Shape(
    lambda *, digest, now: ApiToken.objects.select_related("person__organisation", "person__worker").filter(
        digest=digest, revoked_at=None, expires_at__gt=now, person__is_active=True
    )
)
_GRANTS = Shape(
    lambda *, digest, now: grants_in_force(now).filter(person__tokens__digest=digest).select_related("role")
)
