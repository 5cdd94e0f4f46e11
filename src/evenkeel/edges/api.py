"""/api/v1: every room's routes under one roof, one way to log in, one form for refusals."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import NinjaAPI, Schema
from ninja.security import APIKeyCookie, HttpBearer

from evenkeel import __version__
from evenkeel.ground import clock
from evenkeel.ground.access import Actor
from evenkeel.people import token_actor

from .api_docs import Manual
from .api_document import HouseDocument
from .api_problems import answering_problems, handle_problems, problem
from .api_reading import StrictParser
from .api_routes import by_segment

__all__ = ["api", "openapi_document", "problem"]


class ByToken(HttpBearer):
    """A program with a token of a person's: `Authorization: Bearer ek_...`, cut to the token's scopes."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor = token_actor(token, now=clock.now())
        if actor is not None:
            request.actor = actor  # type: ignore[attr-defined]
        return actor


class BySession(APIKeyCookie):
    """A logged-in browser; changes need the CSRF token as any form does."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Actor | None:
        # Whoever has no session is told to log in, not that a token for forms is missing.
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return super().__call__(request) if actor.person_id is not None else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        return request.actor  # type: ignore[attr-defined, no-any-return]


class HouseAPI(NinjaAPI):
    """An API that refuses in one form, and whose document says so."""

    @property
    def urls(self) -> Any:
        patterns, app, namespace = super().urls
        for pattern in patterns:
            assert pattern.callback is not None
            pattern.callback = answering_problems(pattern.callback)
        return by_segment(patterns), app, namespace

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> HouseDocument:
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        return self._documents(prefix, get_language() or "")

    @cache  # noqa: B019 (there is one such object, which lives as long as the process)
    def _documents(self, prefix: str, language: str) -> HouseDocument:
        """The document in the language in force: nothing in it changes while a process runs, and writing it takes long."""
        return HouseDocument(self, prefix)


api = HouseAPI(
    title="evenkeel",
    version=__version__,
    description=(
        "Everything the pages can do. Log in with a token from your profile: `Authorization: Bearer ek_...`. "
        "Refusals are problem details (RFC 9457): `status`, `code`, `detail`, and `fields` where a field is at fault."
    ),
    urls_namespace="api",
    auth=[ByToken(), BySession()],
    parser=StrictParser(),
    docs=Manual(),
    docs_url="/docs",
)
handle_problems(api)

for _room in settings.ROOMS:
    if _room != "edges" and find_spec(f"evenkeel.{_room}.api"):
        api.add_router(f"/{_room}", import_module(f"evenkeel.{_room}.api").router)


class MeOut(Schema):
    """Who asks, and what she may do somewhere."""

    person_id: UUID | None
    name: str
    organisation: str
    scopes: list[str]


@api.get("/me", tags=["site"], operation_id="me", response=MeOut)
def me(request: HttpRequest) -> MeOut:
    """Who I am to the API and what I may do."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    carried = {scope for grant in actor.grants for scope in grant.scopes if actor.has(scope)}
    return MeOut(
        person_id=actor.person_id, name=actor.name, organisation=actor.organisation_name, scopes=sorted(carried)
    )


def openapi_document() -> dict[str, Any]:
    """The OpenAPI document, as `/api/v1/openapi.json` and `evenkeel openapi` give it."""
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))
