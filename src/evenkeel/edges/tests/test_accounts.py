"""Accounts: who gets in, who does not, and what is written down about it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from evenkeel.edges.account_events import send_invitation
from evenkeel.edges.templatetags.profile import browser
from evenkeel.ground import jobs, trail
from evenkeel.ground.access import Actor
from evenkeel.people import Person, add_person

from .conftest import NOW, PASSWORD, Folk, client_of

LOGIN = "/accounts/login/"


def log_in(client: Client, email: str = "ada@example.org", password: str = PASSWORD, **said: Any) -> Any:
    return client.post(LOGIN, {"login": email, "password": password, **said})


def is_in(client: Client) -> bool:
    return client.get("/people/profile/").status_code == 200


def with_(**said: Any) -> Any:
    return override_settings(EVENKEEL=replace(settings.EVENKEEL, **said))


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def without_tokens(answer: Any) -> str:
    """The page without what is new in every answer."""
    return re.sub(r"[A-Za-z0-9]{64}", "", text(answer))


# ------------------------------------------------------------------ in and out


def test_the_right_password_opens_and_the_wrong_one_does_not(folk: Folk) -> None:
    client = Client()
    wrong = log_in(client, password="wrong")
    assert "There is no account with this address and this password." in text(wrong)
    assert not is_in(client)
    assert log_in(client)["Location"] == "/"
    assert is_in(client)


def test_an_unknown_address_is_answered_like_a_wrong_password(folk: Folk) -> None:
    def answer(email: str) -> str:
        return without_tokens(log_in(Client(), email=email, password="wrong")).replace(email, "")

    assert answer("nobody@example.org") == answer("ada@example.org")


def test_the_address_may_be_typed_in_capitals(folk: Folk) -> None:
    assert log_in(Client(), email="ADA@Example.ORG")["Location"] == "/"


def test_logging_in_makes_a_new_session_and_logging_out_ends_it(folk: Folk) -> None:
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = str(session.session_key)
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    log_in(client)
    kept = client.session.session_key
    assert kept != planted
    assert not Session.objects.filter(session_key=planted).exists()
    client.post("/accounts/logout/")
    assert not Session.objects.filter(session_key=kept).exists()
    assert not is_in(client)


def test_looking_at_the_log_out_page_does_not_log_out(folk: Folk) -> None:
    client = client_of(folk.ada)
    assert client.get("/accounts/logout/").status_code == 200
    assert is_in(client)


@pytest.mark.parametrize(
    ("next_", "leads_to"),
    [
        ("/people/workers/", "/people/workers/"),
        ("https://evil.example/", "/"),
        ("//evil.example/x", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
    ],
)
def test_it_leads_on_within_the_site_only(next_: str, leads_to: str, folk: Folk) -> None:
    assert log_in(Client(), next=next_)["Location"] == leads_to


def test_a_closed_account_does_not_open_and_its_sessions_end(folk: Folk) -> None:
    client = client_of(folk.ada)
    assert is_in(client)
    Person.objects.filter(pk=folk.ada.pk).update(is_active=False)
    assert not is_in(client)
    fresh = Client()
    log_in(fresh)
    assert not is_in(fresh)


def test_a_new_password_ends_the_other_sessions(folk: Folk) -> None:
    here, there = Client(), Client()
    log_in(here)
    log_in(there)
    new = "another keel, just as even"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_in(here)
    assert not is_in(there)


@pytest.mark.parametrize("weak", ["short", "ada@example.org", "password1234", "123456789012"])
def test_a_weak_password_is_refused_with_the_reason(weak: str, folk: Folk) -> None:
    client = client_of(folk.ada)
    said = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert "field-error" in text(client.post("/accounts/password/change/", said))
    assert Person.objects.get(pk=folk.ada.pk).check_password(PASSWORD)


# ------------------------------------------------------------------ guessing


def test_guessing_at_one_account_is_stopped_and_the_right_password_does_not_help(folk: Folk) -> None:
    for number in range(5):
        log_in(Client(REMOTE_ADDR=f"10.0.0.{number}"), password="wrong")
    from_elsewhere = Client(REMOTE_ADDR="10.0.1.1")
    assert "Too many tries for this account" in text(log_in(from_elsewhere))
    assert not is_in(from_elsewhere)
    # Others are not held up.
    assert log_in(Client(REMOTE_ADDR="10.0.1.2"), email="mo@example.org")["Location"] == "/"


def test_guessing_from_one_place_is_stopped_whatever_the_account(folk: Folk) -> None:
    answers = [log_in(Client(REMOTE_ADDR="10.0.0.9"), email=f"p{n}@example.org", password="x") for n in range(31)]
    assert answers[0].status_code == 200
    stopped = log_in(Client(REMOTE_ADDR="10.0.0.9"))
    assert stopped.status_code == 429 or "Too many tries" in text(stopped)
    assert log_in(Client(REMOTE_ADDR="10.0.0.10"))["Location"] == "/"


def test_who_stands_in_front_is_believed_only_when_told_to(folk: Folk) -> None:
    def guess(times: int) -> None:
        for n in range(times):
            client = Client(REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": f"192.0.2.{n}"})
            log_in(client, email=f"p{n}@example.org", password="x")

    guess(31)
    last = log_in(Client(REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "198.51.100.7"}))
    assert last.status_code == 429 or "Too many tries" in text(last), "a header must not buy new tries"
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        behind = Client(REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "198.51.100.7"})
        assert log_in(behind)["Location"] == "/"


# ------------------------------------------------------------------ sign-up and addresses


def test_nobody_signs_up(db: None) -> None:
    answer = Client().post("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD})
    assert "Nobody signs up here." in text(answer)
    assert not Person.objects.exists()


def test_the_address_belongs_to_the_account(folk: Folk) -> None:
    row = EmailAddress.objects.get(user=folk.mo)
    assert (row.email, row.verified, row.primary) == ("mo@example.org", True, True)
    folk.mo.email = "moira@example.org"
    folk.mo.save()
    assert [each.email for each in EmailAddress.objects.filter(user=folk.mo)] == ["moira@example.org"]
    with CaptureQueriesContext(connection) as queries:
        folk.mo.save(update_fields=["theme"])
    assert len(queries) == 1, "what is not the address costs nothing"


def test_nobody_adds_an_address_of_her_own(folk: Folk) -> None:
    client = client_of(folk.mo)
    assert client.get("/accounts/email/")["Location"] == "/people/profile/"
    client.post("/accounts/email/", {"email": "other@example.org", "action_add": ""})
    assert [each.email for each in EmailAddress.objects.filter(user=folk.mo)] == ["mo@example.org"]


# ------------------------------------------------------------------ mail


def link_in(message: Any) -> str:
    found = re.search(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", str(message.body))
    assert found is not None
    return found[1]


def set_password(link: str, new: str) -> Any:
    client = Client()
    form = client.get(link, follow=True)
    return client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True)


def test_a_forgotten_password_is_set_anew_once(folk: Folk) -> None:
    Client().post("/accounts/password/reset/", {"email": "ada@example.org"})
    (message,) = mail.outbox
    assert message.to == ["ada@example.org"]
    assert message.subject.startswith("[evenkeel] ")
    link, new = link_in(message), "another keel, just as even"
    assert "The new password holds" in text(set_password(link, new))
    assert log_in(Client(), password=new)["Location"] == "/"
    assert "does not work any more" in text(Client().get(link, follow=True))


def test_a_link_dies_when_the_password_or_the_address_changes(folk: Folk) -> None:
    Client().post("/accounts/password/reset/", {"email": "ada@example.org"})
    link = link_in(mail.outbox[0])
    folk.ada.email = "new@example.org"
    folk.ada.save()
    assert "does not work any more" in text(Client().get(link, follow=True))


def test_a_stranger_learns_nothing_and_causes_no_mail(folk: Folk) -> None:
    known = Client().post("/accounts/password/reset/", {"email": "ada@example.org"}, follow=True)
    unknown = Client().post("/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert without_tokens(known) == without_tokens(unknown)
    assert len(mail.outbox) == 1


def test_a_closed_account_gets_no_link(folk: Folk) -> None:
    Person.objects.filter(pk=folk.ada.pk).update(is_active=False)
    Client().post("/accounts/password/reset/", {"email": "ada@example.org"})
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_a_new_account_is_invited_by_mail_from_the_queue() -> None:
    from evenkeel.people import add_organisation

    system = Actor.system("test")
    house = add_organisation(system, name="House", is_house=True, now=NOW)
    with with_(url="https://ek.example.org"):
        add_person(system, organisation=house, email="new@example.org", name="Nina New", now=NOW)
        assert mail.outbox == []
        jobs.drain()
    (message,) = mail.outbox
    assert message.to == ["new@example.org"]
    assert "Hello Nina New," in message.body
    assert "https://ek.example.org/accounts/password/reset/key/" in message.body
    assert "&" not in message.body, "mail is plain text and not HTML"
    assert "The new password holds" in text(set_password(link_in(message), PASSWORD))
    assert log_in(Client(), email="new@example.org")["Location"] == "/"


def test_without_an_address_set_the_link_leads_to_where_we_listen(folk: Folk) -> None:
    with with_(url="", bind_host="127.0.0.1", bind_port=8123):
        send_invitation(person_id=str(folk.mo.pk))
    assert "http://127.0.0.1:8123/accounts/" in mail.outbox[0].body


# ------------------------------------------------------------------ second factors


def give_app(person: Person) -> str:
    """Set up an authenticator app for somebody; returns its secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def code_for(secret: str) -> str:
    _before, now, _after = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, now)))


def test_a_password_alone_does_not_open_an_account_with_a_second_factor(folk: Folk) -> None:
    secret = give_app(folk.ada)
    client = Client()
    assert log_in(client)["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(client)
    assert "Incorrect code." in text(client.post("/accounts/2fa/authenticate/", {"code": "000000"}))
    code = code_for(secret)
    assert client.post("/accounts/2fa/authenticate/", {"code": code})["Location"] == "/"
    assert is_in(client)
    again = Client()
    log_in(again)
    again.post("/accounts/2fa/authenticate/", {"code": code})
    assert not is_in(again), "a code opens once"


def test_guessing_codes_is_stopped(folk: Folk) -> None:
    secret = give_app(folk.ada)
    client = Client()
    log_in(client)
    for _ in range(6):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)})
    assert not is_in(client)


def test_secrets_of_second_factors_are_stored_encrypted(folk: Folk) -> None:
    secret = give_app(folk.ada)
    codes = RecoveryCodes.activate(folk.ada).get_unused_codes()
    stored = json.dumps([each.data for each in Authenticator.objects.filter(user=folk.ada)])
    assert secret not in stored
    assert not any(code in stored for code in codes)


def test_they_open_after_the_key_was_changed_with_the_old_one_kept(folk: Folk) -> None:
    closed = get_factor_adapter().encrypt("secret")
    with override_settings(SECRET_KEY="a new key", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert get_factor_adapter().decrypt(closed) == "secret"
        assert get_factor_adapter().encrypt("secret") != closed


def test_changing_how_one_logs_in_asks_once_more_who_it_is(folk: Folk) -> None:
    client = client_of(folk.ada)
    for url in ("/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"):
        assert client.get(url)["Location"].startswith("/accounts/reauthenticate/")
    assert "This is not your password." in text(client.post("/accounts/reauthenticate/", {"password": "wrong"}))
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/accounts/2fa/totp/activate/"})
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


def test_an_install_that_asks_for_a_second_factor_lets_nobody_past_without(folk: Folk) -> None:
    client = client_of(folk.ada)
    with with_(require_mfa=True):
        for url in ("/", "/people/workers/", "/search/?q=x", "/people/tokens/"):
            assert client.get(url)["Location"] == "/accounts/2fa/"
        assert client.post("/people/organisations/", {"name": "West"})["Location"] == "/accounts/2fa/"
        program = client.get("/api/v1/me")
        assert (program.status_code, program.json()["code"]) == (403, "second-factor")
        for url in (
            "/people/profile/",
            "/accounts/2fa/",
            "/accounts/password/change/",
            "/healthz",
            "/accounts/logout/",
        ):
            assert client.get(url).status_code == 200
        RecoveryCodes.activate(folk.ada)
        assert client.get("/").status_code == 302, "recovery codes alone are no second factor"
        give_app(folk.ada)
        assert client.get("/").status_code == 200
        assert Client().get("/")["Location"].startswith(LOGIN)
    assert client_of(folk.mo).get("/").status_code == 200


def test_there_the_last_factor_stays(folk: Folk) -> None:
    give_app(folk.ada)
    client = client_of(folk.ada)
    factor = Authenticator.objects.get(user=folk.ada)
    with with_(require_mfa=True):
        assert not get_factor_adapter().can_delete_authenticator(factor)
        Authenticator.objects.create(user=folk.ada, type=Authenticator.Type.WEBAUTHN, data={})
        assert get_factor_adapter().can_delete_authenticator(factor)
    assert get_factor_adapter().can_delete_authenticator(factor)
    assert client.get("/accounts/2fa/").status_code == 200


# ------------------------------------------------------------------ single sign-on


def test_single_sign_on_is_offered_when_it_is_set_up(db: None) -> None:
    assert "Corporate log-in" not in text(Client().get(LOGIN))
    provider = {
        "provider_id": "sso",
        "name": "Corporate log-in",
        "client_id": "x",
        "secret": "y",
        "settings": {"server_url": "https://login.example.org"},
    }
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [provider]}}):
        shown = text(Client().get(LOGIN, {"next": "/people/workers/"}))
    assert "Corporate log-in" in shown
    assert 'action="/accounts/oidc/sso/login/?' in shown
    assert "next=%2Fpeople%2Fworkers%2F" in shown


# ------------------------------------------------------------------ the trail, the demo, names of browsers


def test_the_trail_knows_who_came_in_and_changed_what(folk: Folk) -> None:
    client = Client()
    log_in(client)
    new = "another keel, just as even"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    verbs = [entry.verb for entry in trail.history(folk.ada)]
    assert verbs[:2] == ["changed the password", "logged in"]
    assert all(PASSWORD not in entry.detail_json for entry in trail.history(folk.ada))


@pytest.mark.django_db(transaction=True)
def test_setting_up_and_removing_a_factor_stands_in_the_trail(folk: Folk) -> None:
    client = client_of(folk.ada)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = re.search(r"data-secret>(\w+)<", text(client.get("/accounts/2fa/totp/activate/")))
    assert secret is not None
    client.post("/accounts/2fa/totp/activate/", {"code": code_for(secret[1])})
    assert "added a second factor" in [entry.verb for entry in trail.history(folk.ada)]
    client.post("/accounts/2fa/totp/deactivate/")
    assert "removed a second factor" in [entry.verb for entry in trail.history(folk.ada)]
    assert all(secret[1] not in entry.detail_json for entry in trail.history(folk.ada))


def test_the_demo_shows_its_people_and_no_other_install_does(db: None, data_dir: Path) -> None:
    people = [{"role": "Moderator", "email": "mo@demo.example", "password": "moderate-the-demo"}]
    (data_dir / "demo-logins.json").write_text(json.dumps(people))
    assert "moderate-the-demo" not in text(Client().get(LOGIN))
    with with_(demo=True):
        shown = text(Client().get(LOGIN))
        assert "moderate-the-demo" in shown
        assert "Log in as Moderator" in shown
        (data_dir / "demo-logins.json").unlink()
        assert Client().get(LOGIN).status_code == 200


def test_a_session_lasts_half_a_day_at_most(folk: Folk) -> None:
    client = Client()
    log_in(client)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == "", "it ends with the browser"
    assert timedelta(seconds=settings.SESSION_COOKIE_AGE) == timedelta(hours=12)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36",
            "Chrome, Linux",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15.0; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox, Mac"),
        ("curl/8.0", "curl/8.0"),
    ],
)
def test_browsers_go_by_the_names_that_people_use(sent: str, shown: str) -> None:
    assert browser(sent) == shown
