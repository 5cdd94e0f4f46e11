"""What holds for every answer: headers, cookies, forms, tokens, logs; and what `evenkeel check --deploy` says."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.db import DatabaseError
from django.test import Client, RequestFactory, override_settings

from evenkeel.edges import checks
from evenkeel.edges.middleware import _loggable
from evenkeel.ground.access import Actor
from evenkeel.people import Person, actor_for, add_person
from evenkeel.people.acts import issue_token
from evenkeel.people.acts.tokens import IssuedToken

from .conftest import NOW, PASSWORD, Folk, client_of

PAGES = ["/accounts/login/", "/healthz", "/nothing/here/", "/"]


def with_(**said: Any) -> Any:
    return override_settings(EVENKEEL=replace(settings.EVENKEEL, **said))


# ------------------------------------------------------------------ headers


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("is_in", [False, True])
def test_every_answer_carries_the_policy(url: str, is_in: bool, folk: Folk) -> None:
    answer = client_of(folk.ada if is_in else None).get(url)
    policy = answer["Content-Security-Policy"]
    for rule in ("default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_what_one_sees_when_logged_in_is_kept_nowhere(folk: Folk) -> None:
    for url in ("/", "/people/workers/", "/people/workers/?export=csv", "/api/v1/me", "/nothing/here/"):
        answer = client_of(folk.ada).get(url)
        assert "no-store" in answer["Cache-Control"], url
        assert list(answer), url


def test_the_way_in_is_kept_nowhere_either(folk: Folk) -> None:
    for url in ("/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/key/1-x/"):
        assert "no-store" in Client().get(url)["Cache-Control"], url


# What follows from an https address is decided when the process starts, so it is asked of a process of its own.
_ASK = """
import django, json
django.setup()
from django.conf import settings
from django.test import Client
secure = Client().get("/robots.txt", secure=True)
plain = Client().get("/robots.txt")
health = Client(raise_request_exception=False).get("/healthz")
login = Client().get("/accounts/password/reset/", secure=True)
print(json.dumps({
    "plain": plain.status_code, "to": plain.headers.get("Location"), "health": health.status_code,
    "hsts": secure.headers.get("Strict-Transport-Security"),
    "csrf_secure": bool(login.cookies["csrftoken"]["secure"]), "csrf_httponly": bool(login.cookies["csrftoken"]["httponly"]),
    "session_secure": settings.SESSION_COOKIE_SECURE, "session_httponly": settings.SESSION_COOKIE_HTTPONLY,
    "samesite": settings.SESSION_COOKIE_SAMESITE, "policy": login.headers["Content-Security-Policy"],
}))
"""


def ask(folder: Path, **said: str) -> dict[str, Any]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("EVENKEEL_")}
    environ |= {f"EVENKEEL_{name}": value for name, value in said.items()}
    environ |= {
        "EVENKEEL_DATA_DIR": str(folder),
        "EVENKEEL_LOG_LEVEL": "ERROR",
        "EVENKEEL_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "evenkeel.edges.settings",
        "EVENKEEL_DEBUG": "yes",  # static files as they lie
    }
    done = subprocess.run([sys.executable, "-c", _ASK], env=environ, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_behind_tls_cookies_are_secure_and_browsers_are_told_to_stay(tmp_path: Path) -> None:
    found = ask(
        tmp_path,
        URL="https://testserver",
        OIDC_ISSUER="https://login.example.org/realm",
        OIDC_CLIENT_ID="x",
        OIDC_CLIENT_SECRET="y",
    )
    assert found["plain"] == 301
    assert found["to"] == "https://testserver/robots.txt"
    assert found["health"] == 503, "it is asked in the clear, from this side of the proxy; here there are no tables"
    assert found["hsts"] == "max-age=31536000; includeSubDomains"
    for name in ("csrf_secure", "csrf_httponly", "session_secure", "session_httponly"):
        assert found[name] is True, name
    assert found["samesite"] == "Lax"
    assert "form-action 'self' https://login.example.org;" in found["policy"] + ";"


def test_without_tls_it_works_on_this_machine(tmp_path: Path) -> None:
    found = ask(tmp_path)
    assert (found["plain"], found["hsts"], found["session_secure"]) == (200, None, False)
    assert "form-action 'self';" in found["policy"] + ";"


# ------------------------------------------------------------------ forms


@pytest.mark.parametrize(
    "url",
    [
        "/accounts/login/",
        "/accounts/logout/",
        "/people/profile/",
        "/people/organisations/",
        "/people/tokens/",
        "/accounts/password/change/",
    ],
)
def test_no_form_works_without_its_token(url: str, folk: Folk) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(folk.ada)
    assert client.post(url, {"name": "x"}).status_code == 403


def test_the_api_wants_the_token_of_the_form_from_a_browser(folk: Folk) -> None:
    """A page elsewhere can make a browser send its cookie, but not read our token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(folk.ada)
    assert client.get("/api/v1/me").status_code == 200
    answer = client.post("/api/v1/policy/policies", {"name": "x"}, content_type="application/json")
    assert answer.status_code in (403, 404), "404 where this room is not there"


# ------------------------------------------------------------------ tokens


def issue(person: Person, *wanted: str) -> IssuedToken:
    now = NOW
    return issue_token(
        actor_for(person, now=now),
        person=person,
        name="t",
        wanted=wanted,
        expires_at=now + timedelta(days=365),
        now=now,
    )


def with_token(secret: str) -> Any:
    return Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"})


def test_a_token_opens_the_api_with_its_rights_alone(folk: Folk) -> None:
    answer = with_token(issue(folk.ada, "people:worker:view").secret)
    assert answer.status_code == 200
    assert answer.json()["name"] == "Ada Example"
    assert answer.json()["scopes"] == ["people:worker:view"]


def test_a_token_opens_no_page(folk: Folk) -> None:
    made = issue(folk.ada, "people:worker:view")
    answer = Client().get("/people/workers/", headers={"Authorization": f"Bearer {made.secret}"})
    assert answer.status_code == 302


@pytest.mark.parametrize("said", ["", "ek_wrong", "Basic YTpi"])
def test_without_a_valid_token_the_api_knows_nobody(said: str, folk: Folk) -> None:
    answer = with_token(said)
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


def test_where_a_second_factor_is_asked_for_tokens_work_on(folk: Folk) -> None:
    """Whoever made the token had to log in with hers."""
    made = issue(folk.ada, "people:worker:view")
    with with_(require_mfa=True):
        assert with_token(made.secret).status_code == 200


# ------------------------------------------------------------------ logs


def test_logs_hold_neither_names_nor_addresses_nor_secrets(folk: Folk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client = Client()
        client.post("/accounts/login/", {"login": "ada@example.org", "password": "wrong-secret"})
        client.post("/accounts/login/", {"login": "ada@example.org", "password": PASSWORD})
        client.get("/search/", {"q": "Vera Worker"})
        Client().get("/accounts/password/reset/key/1a-secretkey/")
        made = issue(folk.ada, "people:worker:view")
        with_token(made.secret)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert any("answered" in line for line in ours)
    for secret in ("ada@example.org", "wrong-secret", PASSWORD, "Vera", "secretkey", made.secret, "Ada Example"):
        assert not any(secret in line for line in ours), secret


def test_what_opens_doors_is_left_out_of_paths() -> None:
    from django.urls import resolve

    path = "/accounts/password/reset/key/1a-secretkey/"
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    assert _loggable(request) == "/accounts/password/reset/key/1a-***/"


# ------------------------------------------------------------------ evenkeel check --deploy


def found(**said: Any) -> set[str]:
    """The ids of what the checks say about an install like this."""
    config = replace(settings.EVENKEEL, **SOUND | said)
    return {str(message.id) for check in checks.CHECKS for message in check(config)}


SOUND: dict[str, Any] = {
    "url": "https://ek.example.org",
    "hosts": ("ek.example.org",),
    "debug": False,
    "demo": False,
    "trust_proxy": True,
    "web_processes": 1,
    "mail": {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"},
    "database": {"ENGINE": "django.db.backends.postgresql"},
}


@pytest.mark.django_db
def test_a_sound_install_is_told_nothing() -> None:
    assert found() == set()
    assert found(hosts=(".example.org",)) == set()
    assert found(url="https://ek.example.org:8443") == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "id_"),
    [
        ({"url": ""}, "evenkeel.E001"),
        ({"url": "http://ek.example.org"}, "evenkeel.E002"),
        ({"debug": True}, "evenkeel.E003"),
        ({"hosts": ("*",)}, "evenkeel.E004"),
        ({"hosts": ("other.example.org",)}, "evenkeel.E005"),
        ({"demo": True}, "evenkeel.E007"),
        ({"trust_proxy": False}, "evenkeel.W002"),
        ({"mail": {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}}, "evenkeel.W001"),
        ({"database": {"ENGINE": "django.db.backends.sqlite3"}, "web_processes": 2}, "evenkeel.I001"),
    ],
)
def test_each_weakness_is_named(said: dict[str, Any], id_: str) -> None:
    assert id_ in found(**said)


@pytest.mark.django_db
def test_a_secret_that_others_can_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVENKEEL_SECRET_KEY", raising=False)
    kept = tmp_path / "secret-key"
    kept.write_text("x")
    kept.chmod(0o600)
    assert found(data_dir=tmp_path) == set()
    kept.chmod(0o640)
    assert found(data_dir=tmp_path) == {"evenkeel.E006"}
    monkeypatch.setenv("EVENKEEL_SECRET_KEY", "from the environment")
    assert found(data_dir=tmp_path) == set()


@pytest.mark.django_db
def test_an_operator_without_a_second_factor_is_named(folk: Folk) -> None:
    operator = _operator(folk)
    assert found() == {"evenkeel.W003"}
    TOTP.activate(operator, generate_totp_secret())
    assert found() == set()


def test_a_database_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(**said: Any) -> None:
        raise DatabaseError("no such table")

    monkeypatch.setattr(Person.objects, "filter", down)
    assert "evenkeel.E008" in found()


def test_django_runs_them_with_its_own() -> None:
    from django.core.checks.registry import registry

    assert checks.check_deployment in registry.get_checks(include_deployment_checks=True)
    assert checks.check_deployment not in registry.get_checks()


# ------------------------------------------------------------------ the operators' window


def _operator(folk: Folk) -> Person:
    return add_person(
        Actor.system("test"),
        organisation=folk.house,
        email="op@example.org",
        name="Op Erator",
        password=PASSWORD,
        is_staff=True,
        now=NOW,
    )


def test_the_window_is_for_operators_with_a_second_factor(folk: Folk) -> None:
    operator = _operator(folk)
    assert Client().get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/")
    assert client_of(folk.ada).get("/admin/", follow=True).status_code == 403
    assert client_of(operator).get("/admin/", follow=True).redirect_chain[-1][0] == "/accounts/2fa/"
    TOTP.activate(operator, generate_totp_secret())
    assert client_of(operator).get("/admin/").status_code == 200


def test_through_the_window_one_looks_and_changes_nothing(folk: Folk) -> None:
    operator = _operator(folk)
    TOTP.activate(operator, generate_totp_secret())
    client = client_of(operator)
    assert client.get("/admin/people/person/").status_code == 200
    page = client.get(f"/admin/people/person/{folk.ada.pk}/change/")
    assert page.status_code == 200
    assert "ada@example.org" in page.content.decode()
    assert folk.ada.password not in page.content.decode()
    assert client.post(f"/admin/people/person/{folk.ada.pk}/change/", {"name": "x"}).status_code == 403
    assert client.post(f"/admin/people/person/{folk.ada.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/people/person/add/").status_code == 403
    folk.ada.refresh_from_db()
    assert folk.ada.name == "Ada Example"


def test_every_table_can_be_looked_at(folk: Folk) -> None:
    from evenkeel.edges.admin_site import site

    operator = _operator(folk)
    TOTP.activate(operator, generate_totp_secret())
    client = client_of(operator)
    seen = 0
    for model in site._registry:
        answer = client.get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/")
        assert answer.status_code == 200, model
        seen += 1
    assert seen >= 15
