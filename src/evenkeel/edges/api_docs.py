"""The page about the API, written from its OpenAPI document: our own look, no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from evenkeel.ground.pages import PageRequest, page, render

_TONES = {"get": "info", "post": "good", "put": "warn", "patch": "warn", "delete": "bad"}


@dataclass(frozen=True, kw_only=True)
class Field:
    """A parameter, or a field of a body."""

    name: str
    kind: SafeString
    is_required: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One thing that can be asked of the API."""

    id: str
    method: str
    tone: str
    path: str
    title: str
    why: SafeString
    parameters: tuple[Field, ...]
    body: SafeString
    answer: SafeString


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A schema that operations name."""

    name: str
    why: str
    fields: tuple[Field, ...]


class Manual(DocsBase):
    """Shows the document as a page; whoever is not logged in is sent to log in."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **said: Any) -> HttpResponse:
        return _shown(request, api)  # type: ignore[arg-type, return-value]


@page(gettext_lazy("API"))
def _shown(request: PageRequest, api: NinjaAPI) -> HttpResponse:
    document = api.get_openapi_schema()
    context = {
        "groups": SimpleLazyObject(lambda: _by_tag(document)),
        "shapes": list(shapes_of(document)),
        "openapi_url": "openapi.json",
        "address": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "edges/api_docs.html", context)


def _by_tag(document: Mapping[str, Any]) -> list[tuple[str, list[Operation]]]:
    groups: dict[str, list[Operation]] = {}
    for tag, operation in operations_of(document):
        groups.setdefault(tag, []).append(operation)
    return sorted(groups.items())


def operations_of(document: Mapping[str, Any]) -> Iterator[tuple[str, Operation]]:
    """Every operation with its first tag, in the order of the document."""
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            tag = (said.get("tags") or [""])[0]
            good: Mapping[str, Any] = next(
                (each for code, each in said["responses"].items() if 200 <= int(code) < 300), {}
            )
            yield (
                tag,
                Operation(
                    id=said["operationId"],
                    method=method.upper(),
                    tone=_TONES.get(method, "quiet"),
                    path=path,
                    title=said.get("summary", ""),
                    why=_prose(said.get("description", "")),
                    parameters=tuple(_parameter(each) for each in said.get("parameters", ())),
                    body=_content(said.get("requestBody", {})),
                    answer=_content(good),
                ),
            )


def shapes_of(document: Mapping[str, Any]) -> Iterator[Shape]:
    """Every schema by name."""
    for name, said in sorted(document["components"]["schemas"].items()):
        needed = said.get("required", ())
        fields = tuple(
            Field(name=key, kind=_kind(each), is_required=key in needed, why=each.get("description", ""))
            for key, each in said.get("properties", {}).items()
        )
        yield Shape(name=name, why=said.get("description", ""), fields=fields)


def _parameter(said: Mapping[str, Any]) -> Field:
    kind = format_html("{} ({})", _kind(said["schema"]), said["in"])
    return Field(name=said["name"], kind=kind, is_required=said.get("required", False), why=said.get("description", ""))


def _prose(said: str) -> SafeString:
    """A docstring's first words as HTML: what stands in backticks is code."""
    parts = said.split("`")
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if place % 2 else part,) for place, part in enumerate(parts))
    )


def _content(said: Mapping[str, Any]) -> SafeString:
    found = next(iter(said.get("content", {}).values()), None)
    return _kind(found["schema"]) if found else SafeString("")


def _kind(said: Mapping[str, Any]) -> SafeString:
    """A type in words; a named schema as a link to it."""
    if "$ref" in said:
        name = said["$ref"].rpartition("/")[2]
        return format_html('<a href="#shape-{}">{}</a>', name, name)
    if choices := said.get("anyOf") or said.get("oneOf") or said.get("allOf"):
        return format_html_join(_(" or "), "{}", ((_kind(each),) for each in choices))
    if "enum" in said:
        return format_html_join(_(" or "), "<code>{}</code>", ((each,) for each in said["enum"]))
    if said.get("type") == "array":
        return format_html(_("list of {}"), _kind(said.get("items", {})))
    if said.get("type") == "null":
        return format_html("{}", _("nothing"))
    return format_html("{}", said.get("format") or said.get("type") or _("anything"))
