"""The API as a whole: every refusal in one form, every route closed to nobody. Strangers are walked by `test_walk`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from evenkeel.edges.api import openapi_document
from evenkeel.people import Person
from evenkeel.work import Programme, Queue
from evenkeel.work.tests.factories import (
    make_house,
    make_person,
    make_policy,
    make_programme,
    make_queue,
    make_vendor,
)

pytestmark = pytest.mark.django_db
DOCUMENT = openapi_document()
OPERATIONS = [(method, path) for path, methods in DOCUMENT["paths"].items() for method in methods]


@dataclass(frozen=True)
class Scene:
    """A programme of ours with a vendor's moderator in it, and an administrator."""

    programme: Programme
    queue: Queue
    moderator: Person
    administrator: Person


@pytest.fixture
def scene() -> Scene:
    make_house()
    vendor = make_vendor("Northline")
    programme = make_programme("Listings", partners=[vendor])
    return Scene(
        programme=programme,
        queue=make_queue(programme, items=6, batch_size=4, policy=make_policy()),
        moderator=make_person("moderator", vendor),
        administrator=make_person("administrator"),
    )


def client_of(person: Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def ask(client: Client, method: str, path: str, said: Any = None, **headers: str) -> Any:
    body = "{}" if said is None and method != "get" else "" if said is None else json.dumps(said)
    return client.generic(method.upper(), path, body, content_type="application/json", headers=headers)


def insist_on_problem(response: Any, status: int, code: str = "") -> dict[str, Any]:
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = json.loads(response.content)
    assert said["status"] == status
    assert said["detail"].endswith(".")
    assert said["request_id"] == response.headers["X-Request-ID"]
    assert not code or said["code"] == code
    return said


# ------------------------------------------------------------------ every route


@pytest.mark.once
def test_nobody_is_told_to_log_in() -> None:
    client = Client(enforce_csrf_checks=True)
    for method, path in OPERATIONS:
        path = re.sub(r"{\w+_id}", str(UUID(int=0)), re.sub(r"{(?!\w+_id})\w+}", "1", path))
        for headers in ({}, {"Authorization": "Bearer ek_unknown"}):
            insist_on_problem(ask(client, method, path, **headers), 401, "unauthenticated")


def test_the_vendor_s_own_people_do_reach_their_work(scene: Scene) -> None:
    client = client_of(scene.moderator)
    assert ask(client, "post", f"/api/v1/work/queues/{scene.queue.pk}/take").status_code == 200
    assert str(scene.queue.pk) in ask(client, "get", "/api/v1/work/queues").content.decode()


def test_every_operation_has_a_readable_name_of_its_own_a_title_and_a_reason() -> None:
    ids = [DOCUMENT["paths"][path][method]["operationId"] for method, path in OPERATIONS]
    assert len(ids) == len(set(ids))
    assert [each for each in ids if not re.fullmatch(r"[a-z]+(_[a-z]+)*", each)] == []
    assert [path for method, path in OPERATIONS if not DOCUMENT["paths"][path][method].get("description")] == []
    assert {str(status) for status in (401, 403, 404, 409, 422)} <= set(
        map(str, DOCUMENT["paths"]["/api/v1/me"]["get"]["responses"])
    )


def test_no_route_of_the_api_is_missing_from_its_document() -> None:
    def routes(resolver: URLResolver, before: str = "") -> Any:
        for pattern in resolver.url_patterns:
            here = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from routes(pattern, here)
            elif isinstance(pattern, URLPattern):
                yield here

    mounted = {
        re.sub(r"<(\w+:)?(\w+)>", r"{\2}", route) for route in routes(get_resolver()) if route.startswith("api/")
    }
    documented = {path.lstrip("/") for path in DOCUMENT["paths"]}
    assert mounted - documented == {"api/v1/", "api/v1/openapi.json", "api/v1/docs"}


# ------------------------------------------------------------------ refusals in one form


def test_an_address_that_is_not_there(scene: Scene) -> None:
    for client in (Client(), client_of(scene.administrator)):
        insist_on_problem(ask(client, "get", "/api/v1/nothing"), 404, "not-found")
        insist_on_problem(ask(client, "post", "/api/v2/me"), 404, "not-found")
        insist_on_problem(ask(client, "get", "/api/v1/work/queues/no-id/take"), 404, "not-found")


def test_a_method_that_is_not_for_the_address(scene: Scene) -> None:
    response = ask(client_of(scene.administrator), "delete", "/api/v1/me")
    said = insist_on_problem(response, 405, "method-not-allowed")
    assert response.headers["Allow"] == "GET"
    assert "GET" in said["detail"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"name": ', "line 1, column 10"),
        (b'{"name": "\xff"}', "UTF-8"),
        (b'{"name": NaN}', "NaN"),
        (b'{"name": 1e999}', "64 bits"),
        (b'{"name": 123456789012345678901234567890}', "64 bits"),
        (b'{"name": "a\\u0000b"}', "NUL"),
        (b'{"na\\ud800me": "x"}', "half a character"),
        (b"[" * 100_000, "deep"),
    ],
)
def test_a_body_that_cannot_be_read_says_why(scene: Scene, body: bytes, words: str) -> None:
    client = client_of(scene.administrator)
    response = client.post("/api/v1/policy/policies", body, content_type="application/json")
    assert words in insist_on_problem(response, 400, "bad-request")["detail"]


def test_a_query_that_no_database_holds_is_refused(scene: Scene) -> None:
    path = f"/api/v1/work/programmes/{scene.programme.pk}/items?key=a%00b"
    assert insist_on_problem(ask(client_of(scene.administrator), "get", path), 422, "invalid")["fields"].keys() == {
        "key"
    }


def test_files_without_a_border_between_them_are_refused(scene: Scene) -> None:
    path = f"/api/v1/work/programmes/{scene.programme.pk}/imports"
    response = client_of(scene.administrator).post(path, b"--x", content_type="multipart/form-data")
    insist_on_problem(response, 400, "bad-request")


def test_a_body_that_lacks_a_field_names_it(scene: Scene) -> None:
    said = insist_on_problem(ask(client_of(scene.administrator), "post", "/api/v1/policy/policies", {}), 422, "invalid")
    assert list(said["fields"]) == ["name"]


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1024**2)
def test_a_body_that_is_too_big_is_refused_by_its_size(scene: Scene) -> None:
    response = ask(client_of(scene.administrator), "post", "/api/v1/policy/policies", {"name": "x" * 1024**2})
    assert "1 MiB" in insist_on_problem(response, 413, "too-big")["detail"]


def test_a_session_needs_the_token_of_its_forms_and_a_program_s_token_does_not(scene: Scene) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.administrator)
    insist_on_problem(ask(client, "post", "/api/v1/policy/policies", {"name": "Spam"}), 403, "csrf")
    assert ask(client, "get", "/api/v1/me").json()["name"] == scene.administrator.name


def test_a_bug_is_said_to_be_ours_and_gives_nothing_away(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_said: Any, **_more: Any) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("evenkeel.policy.api.visible", broken)
    response = ask(client_of(scene.administrator), "get", "/api/v1/policy/policies")
    insist_on_problem(response, 500, "bug")
    assert b"secret" not in response.content


# ------------------------------------------------------------------ the page about it


def test_the_manual_of_the_api_names_every_operation_and_shape(scene: Scene) -> None:
    assert Client().get("/api/v1/docs").status_code == 302
    shown = client_of(scene.moderator).get("/api/v1/docs").content.decode()
    for path, methods in DOCUMENT["paths"].items():
        assert path in shown
        assert all(f'id="{operation["operationId"]}"' in shown for operation in methods.values())
    assert all(f'id="shape-{name}"' in shown for name in DOCUMENT["components"]["schemas"])
    assert set(re.findall(r'href="#(shape-\w+)"', shown)) <= set(re.findall(r'id="(shape-\w+)"', shown))


def test_the_document_is_there_for_programs() -> None:
    assert Client().get("/api/v1/openapi.json").json()["paths"].keys() == DOCUMENT["paths"].keys()
