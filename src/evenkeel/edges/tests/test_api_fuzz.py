"""Whatever a program sends, the API answers: never a failure of ours, always a document that its schema describes."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenkeel.edges.api import api

from .test_api import DOCUMENT, OPERATIONS
from .test_walk import OPEN, model_of
from .world import World, build

pytestmark = pytest.mark.django_db
EXAMPLES = 6

# Words that databases, filters and formatters have stumbled over.
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", " ", "%", "'", '"', "\\", "é" * 300, "x" * 5_000, "2026-02-30", "-1", "null", "\u202e", "🙂"]),
)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
FORMATS = {
    "uuid": st.uuids().map(str),
    "date": st.dates().map(str),
    "date-time": st.datetimes(timezones=st.none() | st.timezones()).map(lambda moment: moment.isoformat()),
}


def fitting(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a schema describes, roughly."""
    if "$ref" in schema:
        return st.deferred(lambda: fitting(DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]))
    if choices := schema.get("anyOf") or schema.get("allOf"):
        return st.one_of([fitting(each) for each in choices])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type")
    if kind == "object" or "properties" in schema:
        needed = {name: fitting(schema["properties"][name]) for name in schema.get("required", ())}
        others = {name: fitting(each) for name, each in schema.get("properties", {}).items() if name not in needed}
        return (
            st.fixed_dictionaries(needed, optional=others)
            if needed or others
            else st.dictionaries(TEXTS, ANYTHING, max_size=3)
        )
    if kind == "array":
        return st.lists(fitting(schema.get("items", {})), max_size=3)
    if kind == "string":
        return FORMATS.get(schema.get("format", ""), TEXTS)
    if kind == "integer":
        return st.integers(schema.get("minimum", -(2**63)), schema.get("maximum", 2**63 - 1))
    return {
        "number": st.floats(allow_nan=False, allow_infinity=False),
        "boolean": st.booleans(),
        "null": st.none(),
    }.get(kind or "", ANYTHING)


def bodies(operation: dict[str, Any]) -> st.SearchStrategy[bytes]:
    """Bodies that fit, bodies that do not, and no JSON at all."""
    content = operation.get("requestBody", {}).get("content", {})
    schema: dict[str, Any] = next((each["schema"] for each in content.values()), {})
    as_json = st.one_of(fitting(schema), fitting(schema), ANYTHING).map(lambda said: json.dumps(said).encode())
    return st.one_of(as_json, as_json, as_json, st.binary(max_size=20))


def queries(operation: dict[str, Any]) -> st.SearchStrategy[str]:
    """Parameters that fit, and others."""
    named = [each for each in operation.get("parameters", ()) if each["in"] == "query"]
    values = {each["name"]: st.one_of(fitting(each["schema"]), TEXTS).map(str) for each in named}
    return st.fixed_dictionaries({}, optional=values).map(urlencode)


def test_it_answers_whatever_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def raise_it(request: Any, error: Exception) -> None:
        raise error

    # A bug of ours shows with its traceback.
    monkeypatch.setitem(api._exception_handlers, Exception, raise_it)
    # One world for all operations: making it costs more than asking.
    world = build()
    people = [Client(), Client()]
    for client, person in zip(people, (world.owner, world.north.person), strict=True):
        client.force_login(person)
    for method, path in OPERATIONS:
        filled = re.sub(r"{(\w+)}", lambda found: str(_sample(found[1], world)), path)
        insist_on_answers(method, path, filled, people)


def _sample(parameter: str, world: World) -> object:
    if parameter in OPEN:
        return OPEN[parameter]
    model = model_of(parameter)
    assert model is not None
    return world.row(model).pk


def insist_on_answers(method: str, path: str, address: str, people: list[Client]) -> None:
    operation = DOCUMENT["paths"][path][method]

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(people), queries(operation), bodies(operation) if method != "get" else st.just(b""))
    def ask(client: Client, query: str, body: bytes) -> None:
        response = client.generic(
            method.upper(), f"{address}?{query}" if query else address, body, content_type="application/json"
        )
        assert response.status_code < 500, (method, address, query, body, response.content)
        insist_on_described(operation, response)

    ask()


def insist_on_described(operation: dict[str, Any], response: Any) -> None:
    said = {str(code): each for code, each in operation["responses"].items()}.get(str(response.status_code))
    content = (said or {}).get("content", {}).get(response.headers.get("Content-Type", "").partition(";")[0])
    if content is not None:
        schema = content["schema"] | {"components": DOCUMENT["components"]}
        jsonschema.validate(json.loads(response.content), schema)
