"""/api/v1: every room's routes under one roof, one way to log in, one form for refusals (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, Throttled, ValidationError
from ninja.security import APIKeyCookie, HttpBearer

from evenkeel import __version__
from evenkeel.ground import clock
from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Problem
from evenkeel.people import token_actor

_log = structlog.get_logger(__name__)


class BySession(APIKeyCookie):
    """A logged-in browser; changes need the CSRF token as any form does."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return actor if actor.person_id is not None else None


class ByToken(HttpBearer):
    """A program with a token of a person's: `Authorization: Bearer ek_...`, cut to the token's scopes."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor = token_actor(token, now=clock.now())
        if actor is not None:
            request.actor = actor  # type: ignore[attr-defined]
        return actor


api = NinjaAPI(
    title="evenkeel",
    version=__version__,
    description=(
        "Everything the pages can do. Log in with a token from your profile: `Authorization: Bearer ek_...`. "
        "Refusals are problem details (RFC 9457): `status`, `code`, `detail`, and `fields` where a field is at fault."
    ),
    urls_namespace="api",
    auth=[ByToken(), BySession()],
    docs_url="/docs",
)

for _room in settings.ROOMS:
    if find_spec(f"evenkeel.{_room}.api") and _room != "edges":
        api.add_router(f"/{_room}", import_module(f"evenkeel.{_room}.api").router)


def openapi_document() -> dict[str, Any]:
    """The OpenAPI document, as `/api/v1/openapi.json` and `evenkeel openapi` give it."""
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


def problem(
    request: HttpRequest, *, status: int, code: str, detail: str, fields: dict[str, list[str]] | None = None
) -> HttpResponse:
    """A problem document; `type` stays about:blank because `code` tells programs what they need."""
    said: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "instance": request.path,
        "request_id": getattr(request, "request_id", ""),
    }
    if fields:
        said["fields"] = fields
    return JsonResponse(said, status=status, content_type="application/problem+json")


@api.exception_handler(Problem)
def _expected(request: HttpRequest, error: Problem) -> HttpResponse:
    return problem(request, status=error.status, code=error.code, detail=error.sentence, fields=error.fields)


@api.exception_handler(ValidationError)
def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields: dict[str, list[str]] = {}
    for fault in error.errors:
        # ("body", "payload", "rate") -> "rate"; the wrapper names mean nothing to whoever sent the request.
        place = ".".join(str(step) for step in fault["loc"][2:] or fault["loc"][1:] or fault["loc"])
        fields.setdefault(place, []).append(str(fault["msg"]))
    return problem(request, status=422, code="invalid", detail="The request does not fit.", fields=fields)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(request, status=401, code="unauthenticated", detail="Send a valid token, or log in.")


@api.exception_handler(AuthorizationError)
@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(request, status=403, code="refused", detail="You may not do this.")


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, status=404, code="not-found", detail="There is no such thing, or it is not yours to see.")


@api.exception_handler(Throttled)
def _throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    return problem(request, status=429, code="too-many", detail="Too many requests; wait a moment.")


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, status=error.status_code, code="bad-request", detail=str(error))


@api.exception_handler(Exception)
def _bug(request: HttpRequest, error: Exception) -> HttpResponse:
    if settings.DEBUG:
        raise error
    _log.exception("api_failed", path=request.path)
    return problem(request, status=500, code="bug", detail="This is our fault; the request's id helps us find it.")


@api.get("/me", tags=["site"], operation_id="me", response=dict[str, Any])
def me(request: HttpRequest) -> dict[str, Any]:
    """Who I am to the API and what I may do."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return {
        "person_id": actor.person_id,
        "name": actor.name,
        "organisation": actor.organisation_name,
        "scopes": sorted({scope for grant in actor.grants for scope in grant.scopes if actor.has(scope)}),
    }
