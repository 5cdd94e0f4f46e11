"""A program's request goes straight to its route, and everything that holds for an answer holds for its answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from evenkeel.edges.api import api
from evenkeel.ground import clock
from evenkeel.ground.access import Actor
from evenkeel.people import actor_for, end_grant
from evenkeel.people.acts import revoke_token
from evenkeel.people.models import RoleGrant

from .conftest import NOW, Folk, client_of
from .test_security import issue


def ask(secret: str, path: str = "/api/v1/me", **said: Any) -> Any:
    return Client().get(path, headers={"Authorization": f"Bearer {secret}", **said.pop("headers", {})}, **said)


def test_the_answer_is_what_it_was_and_carries_what_every_answer_does(folk: Folk) -> None:
    answer = ask(issue(folk.ada, "people:worker:view").secret)
    assert (answer.status_code, answer.json()["name"]) == (200, "Ada Example")
    assert answer["Content-Length"] == str(len(answer.content))
    assert "no-store" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    for name, value in (
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Content-Language", "en"),
        ("Vary", "Accept-Language"),
    ):
        assert answer[name] == value
    assert answer["X-Request-ID"]
    assert not answer.cookies


def test_who_has_a_cookie_goes_the_long_way(folk: Folk) -> None:
    made = issue(folk.ada, "people:worker:view")
    with_both = client_of(folk.mo).get("/api/v1/me", headers={"Authorization": f"Bearer {made.secret}"})
    assert with_both.json()["name"] == "Ada Example"
    assert "default-src 'self'" in with_both["Content-Security-Policy"]
    assert ask(made.secret, "/people/workers/").status_code == 302


@pytest.mark.parametrize("secret", ["ek_wrong", "", "x y"])
def test_a_token_that_is_none_is_refused_in_our_form(secret: str, db: None) -> None:
    answer = ask(secret)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer["Content-Type"] == "application/problem+json"


def test_an_address_that_is_none_and_a_host_that_is_not_ours_are_refused_in_our_form(folk: Folk) -> None:
    made = issue(folk.ada, "people:worker:view")
    for path in ("/api/v1/nothing", "/api/v2/me", "/api/"):
        answer = ask(made.secret, path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found"), path
        assert answer["X-Frame-Options"] == "DENY"
    answer = ask(made.secret, headers={"Host": "elsewhere.example"})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")
    answer = Client().delete("/api/v1/me", headers={"Authorization": f"Bearer {made.secret}"})
    assert (answer.status_code, answer.json()["code"]) == (405, "method-not-allowed")


def test_a_token_and_a_right_that_end_here_end_at_once(folk: Folk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    made = issue(folk.ada, "people:worker:view")
    assert ask(made.secret).json()["scopes"] == ["people:worker:view"]
    for grant in RoleGrant.objects.filter(person=folk.ada):
        end_grant(Actor.system("test"), grant=grant, now=NOW)
    assert ask(made.secret).json()["scopes"] == []
    revoke_token(actor_for(folk.ada, now=NOW), token=made.token, now=NOW)
    assert ask(made.secret).status_code == 401


def test_every_address_of_the_api_is_found_word_by_word() -> None:
    paths = [path for path in api.get_openapi_schema(path_prefix="/api/v1/")["paths"] if "{" not in path]
    assert len(paths) > 20
    for path in paths:
        assert resolve(path).namespaces == ["api"]
    assert reverse("api:work_take", args=["0" * 8 + "-0000-7000-8000-" + "0" * 12]).endswith("/take")
