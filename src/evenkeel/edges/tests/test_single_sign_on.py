"""Single sign-on against a real issuer: a verified address opens its account, and nothing else opens anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings

from evenkeel.ground import trail
from evenkeel.people import Person

from .conftest import Folk
from .issuer import CLIENT, SECRET, Issuer, issuing

ADA = {"sub": "4711", "email": "ada@example.org", "email_verified": True, "name": "Ada"}


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with issuing() as running:
        app = {
            "provider_id": "sso",
            "name": "Harbour account",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": running.url},
        }
        provider = {"OAUTH_PKCE_ENABLED": True, "EMAIL_AUTHENTICATION": True, "APPS": [app]}
        with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": provider}):
            yield running


def signed_on(issuer: Issuer, client: Client) -> Any:
    """The way of a browser: our button, the issuer's page, back to us."""
    sent = client.post("/accounts/oidc/sso/login/?next=/people/profile/")
    assert sent.status_code == 302
    assert sent["Location"].startswith(f"{issuer.url}/authorize?")
    return client.get("/accounts/oidc/sso/login/callback/", issuer.log_in(sent["Location"]))


def is_in(client: Client) -> bool:
    return client.get("/people/profile/").status_code == 200


def test_a_verified_address_opens_its_account(folk: Folk, issuer: Issuer) -> None:
    issuer.claims = ADA
    client = Client()
    answer = signed_on(issuer, client)
    assert (answer.status_code, answer["Location"]) == (302, "/people/profile/")
    assert client.get("/people/profile/").context["person"] == folk.ada
    assert next(entry.verb for entry in trail.history(folk.ada)) == "logged in"


@pytest.mark.parametrize(
    "claims",
    [
        ADA | {"email_verified": False},
        {name: value for name, value in ADA.items() if name != "email_verified"},
        ADA | {"email": "nobody@example.org"},
        {"sub": "4711"},
    ],
    ids=["not verified", "nothing said of it", "no such account", "no address"],
)
def test_nobody_else_gets_in_and_no_account_is_made(folk: Folk, issuer: Issuer, claims: dict[str, Any]) -> None:
    issuer.claims = claims
    before = Person.objects.count()
    client = Client()
    answer = signed_on(issuer, client)
    assert answer.status_code in (200, 302, 403)
    assert not is_in(client)
    assert Person.objects.count() == before


def test_a_closed_account_stays_closed(folk: Folk, issuer: Issuer) -> None:
    issuer.claims = ADA
    Person.objects.filter(pk=folk.ada.pk).update(is_active=False)
    client = Client()
    signed_on(issuer, client)
    assert not is_in(client)


def test_a_token_for_somebody_else_is_refused(folk: Folk, issuer: Issuer) -> None:
    issuer.claims, issuer.audience = ADA, "another site"
    client = Client()
    signed_on(issuer, client)
    assert not is_in(client)


def test_an_answer_that_nobody_asked_for_is_refused(folk: Folk, issuer: Issuer) -> None:
    issuer.claims = ADA
    theirs = Client()
    sent = theirs.post("/accounts/oidc/sso/login/")
    brought = issuer.log_in(sent["Location"])
    victim = Client()
    victim.get("/accounts/oidc/sso/login/callback/", brought)
    assert not is_in(victim)


def test_a_code_that_the_issuer_does_not_know_is_refused(folk: Folk, issuer: Issuer) -> None:
    issuer.claims = ADA
    client = Client()
    sent = client.post("/accounts/oidc/sso/login/")
    brought = issuer.log_in(sent["Location"])
    issuer.asked.clear()
    answer = client.get("/accounts/oidc/sso/login/callback/", brought)
    assert answer.status_code < 500
    assert not is_in(client)


def test_an_issuer_that_is_down_is_said_at_the_way_in(folk: Folk) -> None:
    # Port 9 of this machine: nobody listens there.
    app = {"provider_id": "sso", "name": "x", "client_id": CLIENT, "secret": SECRET}
    provider = {"APPS": [app | {"settings": {"server_url": "http://127.0.0.1:9"}}]}
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": provider}):
        answer = Client().post("/accounts/oidc/sso/login/", follow=True)
    assert answer.redirect_chain == [("/accounts/login/", 302)]
    assert "does not answer at the moment" in answer.content.decode()
