"""Refusals of the API in one form: problem details (RFC 9457), whoever refuses."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, Throttled, ValidationError

from evenkeel.ground.errors import Problem

from .api_reading import Unfit

_log = structlog.get_logger(__name__)
MEDIA_TYPE = "application/problem+json"


class ProblemOut(Schema):
    """A refusal. `code` is stable and for programs, `detail` for people; `fields` where a field is at fault."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    instance: str
    request_id: str
    fields: dict[str, list[str]] | None = None


# Every operation may answer with these; they stand in the OpenAPI document so that a generated client knows them.
STATUSES = {401: "Not logged in", 403: "Refused", 404: "Not found", 409: "Not now", 422: "Invalid"}


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
    return JsonResponse(said, status=status, content_type=MEDIA_TYPE)


def answering_problems(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view, with what the library refuses by itself (a wrong method) put into our form."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **said: Any) -> HttpResponseBase:
        response = view(request, *args, **said)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        allowed = response.headers.get("Allow", "")
        detail = _("%(method)s is not for this address; allowed: %(allowed)s.") % {
            "method": request.method,
            "allowed": allowed,
        }
        refusal = problem(request, status=405, code="method-not-allowed", detail=detail)
        refusal["Allow"] = allowed
        return refusal

    return answered


def handle_problems(api: NinjaAPI) -> None:
    """Teach an API to answer every exception with a problem document."""
    for kind, answer in _ANSWERS:
        api.add_exception_handler(kind, answer)


def _expected(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, status=error.status, code=error.code, detail=error.sentence, fields=error.fields)


def _malformed(request: HttpRequest, error: Any) -> HttpResponse:
    fields: dict[str, list[str]] = {}
    for fault in error.errors:
        # ("body", "payload", "rate") -> "rate"; the wrapper names mean nothing to whoever sent the request.
        place = ".".join(str(step) for step in fault["loc"][2:] or fault["loc"][1:] or fault["loc"])
        fields.setdefault(place, []).append(str(fault["msg"]))
    return problem(request, status=422, code="invalid", detail=_("The request does not fit."), fields=fields)


def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    refusal = problem(request, status=401, code="unauthenticated", detail=_("Send a valid token, or log in."))
    refusal["WWW-Authenticate"] = "Bearer"
    return refusal


def _denied(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, status=403, code="refused", detail=_("You may not do this."))


def _missing(request: HttpRequest, error: Any) -> HttpResponse:
    detail = _("There is no such thing, or it is not yours to see.")
    return problem(request, status=404, code="not-found", detail=detail)


def _too_many(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, status=429, code="too-many", detail=_("Too many requests; wait a moment."))


def _too_big(request: HttpRequest, error: Any) -> HttpResponse:
    most = f"{(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // 1024**2} MiB"
    detail = _("The request is bigger than %(most)s. Send it in parts, or use the import.") % {"most": most}
    return problem(request, status=413, code="too-big", detail=detail)


def _unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, status=400, code="bad-request", detail=_("The request could not be read."))


def _http(request: HttpRequest, error: Any) -> HttpResponse:
    if isinstance(error.__cause__, Unfit):
        return problem(request, status=400, code="bad-request", detail=str(error.__cause__))
    if error.status_code == HTTPStatus.FORBIDDEN:
        detail = _("Send the CSRF token of your session, or use an API token.")
        return problem(request, status=403, code="csrf", detail=detail)
    return problem(request, status=error.status_code, code="bad-request", detail=str(error))


def _bug(request: HttpRequest, error: Any) -> HttpResponse:
    if settings.DEBUG:
        raise error
    _log.exception("api_failed", path=request.path)
    return problem(request, status=500, code="bug", detail=_("This is our fault; the request's id helps us find it."))


_ANSWERS: tuple[tuple[type[Exception], Callable[[HttpRequest, Any], HttpResponse]], ...] = (
    (Problem, _expected),
    (ValidationError, _malformed),
    (AuthenticationError, _unknown),
    (AuthorizationError, _denied),
    (PermissionDenied, _denied),
    (Http404, _missing),
    (Throttled, _too_many),
    (RequestDataTooBig, _too_big),
    (SuspiciousOperation, _unreadable),
    (UnreadablePostError, _unreadable),
    # A form with files whose parts have no border between them, or a broken one.
    (MultiPartParserError, _unreadable),
    (HttpError, _http),
    (Exception, _bug),
)
