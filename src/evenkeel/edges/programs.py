"""The way of a program's request: a token and no cookie, so nothing of what serves browsers is gone through."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, get_resolver
from django.utils import translation
from django.utils.cache import patch_vary_headers

from evenkeel.ground.access import Actor

from .middleware import NotStored, Respond, SignOfLife

_API = "/api/"
_NOBODY, _ANONYMOUS = Actor.nobody(), AnonymousUser()
# No page is in it, so whoever shows it to a browser all the same gets nothing to run.
_POLICY = "default-src 'none'; frame-ancestors 'none'"


class ByTokenAlone:
    """Sends a program's request straight to its route; everything else goes on as ever.

    The route itself asks for the token, as it does of everybody. What is left out has nothing to do for a request without
    a cookie: session, log-in, forms' tokens, messages, second factor, static files. What holds for every answer holds
    for these: the host is one of ours, the language is the one asked for, a sign of life is noted, nothing is kept.
    """

    def __init__(self, respond: Respond):
        self._respond = respond
        answered: Respond = convert_exception_to_response(_answered)  # type: ignore[assignment]
        self._straight: Respond = convert_exception_to_response(NotStored(SignOfLife(answered)))  # type: ignore[assignment]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_programs(request):
            return self._respond(request)
        request.actor, request.user = _NOBODY, _ANONYMOUS  # type: ignore[attr-defined]
        language = translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self._straight(request)
        headers = response.headers
        if not response.streaming:
            headers.setdefault("Content-Length", str(len(response.content)))
        headers.setdefault("Content-Language", language)
        headers.setdefault("Content-Security-Policy", _POLICY)
        headers.setdefault("X-Frame-Options", "DENY")
        patch_vary_headers(response, ("Accept-Language",))
        return response


@cache
def _routes() -> URLResolver:
    """The API's own part of the addresses; the pages before it are not gone through."""
    parts = (part for part in get_resolver().url_patterns if isinstance(part, URLResolver))
    return next(part for part in parts if str(part.pattern).startswith(_API.strip("/")))


def _is_programs(request: HttpRequest) -> bool:
    said = request.META
    return (
        request.path_info.startswith(_API)
        and not said.get("HTTP_COOKIE")
        and said.get("HTTP_AUTHORIZATION", "")[:7].lower() == "bearer "
    )


def _answered(request: HttpRequest) -> HttpResponse:
    request.get_host()  # raises what is answered with 400, for a host that is not ours
    match = _routes().resolve(request.path_info.removeprefix("/"))
    request.resolver_match = match
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response
