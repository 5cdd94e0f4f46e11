"""Tokens: shown once, kept as a hash, cut to some of one's rights, over when they are over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenkeel.ground import trail
from evenkeel.ground.access import may
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.people import Person, end_grant, token_actor
from evenkeel.people.acts import issue_token, revoke_token
from evenkeel.people.acts.tokens import IssuedToken, digest
from evenkeel.people.models import ApiToken, RoleGrant
from evenkeel.people.tokens import BELIEVED_FOR

from .conftest import NOW, SYSTEM, Cast

VIEW = "people:worker:view"


def issue(cast: Cast, **said: object) -> IssuedToken:
    given = {"name": "Export", "wanted": [VIEW], "expires_at": NOW + timedelta(days=30)} | said
    return issue_token(cast.as_(cast.north.manager), person=cast.north.manager, now=NOW, **given)  # type: ignore[arg-type]


def test_the_secret_is_long_random_and_kept_nowhere(cast: Cast) -> None:
    one, two = issue(cast), issue(cast)
    assert one.secret.startswith("ek_")
    assert len(one.secret) == 46
    assert one.secret != two.secret
    kept = ApiToken.objects.get(pk=one.token.pk)
    assert kept.digest == digest(one.secret)
    assert one.secret not in str(kept.__dict__)
    assert kept.starts_with == one.secret[:8]
    assert one.secret not in trail.history(one.token)[0].detail_json


def test_it_acts_for_its_owner_with_its_rights_and_no_others(cast: Cast) -> None:
    actor = token_actor(issue(cast).secret, now=NOW)
    assert actor is not None
    assert (actor.person_id, actor.is_outside) == (cast.north.manager.pk, True)
    assert may(actor, VIEW, cast.north.worker)
    assert not may(actor, VIEW, cast.south.worker)
    assert not may(actor, "people:worker:edit", cast.north.worker)
    assert not may(actor, "people:profile:edit", cast.north.manager)


@pytest.mark.parametrize("secret", ["", "ek_", "ek_wrong", "Bearer x"])
def test_what_is_no_token_is_nobody(secret: str, cast: Cast) -> None:
    assert token_actor(secret, now=NOW) is None


def test_what_has_no_prefix_is_not_even_looked_up(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert token_actor("some-session-cookie", now=NOW) is None
    assert len(queries) == 0


def test_it_ends_by_time_by_its_owner_and_with_the_account(cast: Cast) -> None:
    made = issue(cast)
    assert token_actor(made.secret, now=made.token.expires_at - timedelta(seconds=1))
    assert token_actor(made.secret, now=made.token.expires_at) is None
    revoke_token(cast.as_(cast.north.manager), token=made.token, now=NOW)
    assert token_actor(made.secret, now=NOW) is None
    with pytest.raises(NotNow, match="ended already"):
        revoke_token(cast.as_(cast.north.manager), token=made.token, now=NOW)
    other = issue(cast)
    Person.objects.filter(pk=cast.north.manager.pk).update(is_active=False)
    assert token_actor(other.secret, now=NOW) is None


def test_it_loses_a_right_with_its_owner(cast: Cast) -> None:
    made = issue(cast)
    end_grant(SYSTEM, grant=RoleGrant.objects.get(person=cast.north.manager), now=NOW)
    actor = token_actor(made.secret, now=NOW)
    assert actor is not None
    assert not may(actor, VIEW, cast.north.worker)


def test_what_another_process_ends_holds_a_second_later_at_most(cast: Cast) -> None:
    made = issue(cast)
    assert token_actor(made.secret, now=NOW)
    # As another process does it: nothing in this one hears of it.
    ApiToken.objects.filter(pk=made.token.pk).update(revoked_at=NOW)
    with CaptureQueriesContext(connection) as queries:
        assert token_actor(made.secret, now=NOW + BELIEVED_FOR / 2)
    assert len(queries) == 0
    assert token_actor(made.secret, now=NOW + BELIEVED_FOR) is None
    assert token_actor(made.secret, now=NOW + BELIEVED_FOR / 2) is None
    assert timedelta(seconds=1) >= BELIEVED_FOR


def test_it_is_believed_no_longer_than_it_lasts(cast: Cast) -> None:
    made = issue(cast)
    end = made.token.expires_at
    assert token_actor(made.secret, now=end - BELIEVED_FOR / 4)
    assert token_actor(made.secret, now=end) is None


def test_it_cannot_do_more_than_its_owner(cast: Cast) -> None:
    for wanted in (["people:trail:view"], [VIEW, "no:such:thing"], []):
        with pytest.raises(Invalid, match="at most what you can"):
            issue(cast, wanted=wanted)


@pytest.mark.parametrize("after", [timedelta(0), timedelta(days=-1), timedelta(days=367)])
def test_it_is_valid_for_at_most_a_year(after: timedelta, cast: Cast) -> None:
    with pytest.raises(Invalid):
        issue(cast, expires_at=NOW + after)


def test_a_token_makes_no_tokens(cast: Cast) -> None:
    made = issue(cast, wanted=[VIEW, "people:token:edit"])
    actor = token_actor(made.secret, now=NOW)
    assert actor is not None
    with pytest.raises(NotNow, match="A token cannot make tokens"):
        issue_token(
            actor, person=cast.north.manager, name="x", wanted=[VIEW], expires_at=NOW + timedelta(days=1), now=NOW
        )


def test_nobody_makes_or_ends_tokens_for_others(cast: Cast) -> None:
    made = issue(cast)
    for person in (cast.south.manager, cast.moderator, cast.admin):
        with pytest.raises(Refused):
            revoke_token(cast.as_(person), token=made.token, now=NOW)
        with pytest.raises(Refused):
            issue_token(
                cast.as_(person),
                person=cast.north.manager,
                name="x",
                wanted=["people:profile:edit"],
                expires_at=NOW + timedelta(days=1),
                now=NOW,
            )


def test_its_use_is_noted_at_most_once_an_hour(cast: Cast) -> None:
    made = issue(cast)

    def used_at(after: timedelta) -> object:
        token_actor(made.secret, now=NOW + after)
        return ApiToken.objects.get(pk=made.token.pk).last_used_at

    assert used_at(timedelta(0)) == NOW
    assert used_at(timedelta(minutes=59)) == NOW
    assert used_at(timedelta(minutes=60)) == NOW + timedelta(minutes=60)
