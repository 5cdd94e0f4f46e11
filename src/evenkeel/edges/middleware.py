"""What happens to every request before a page sees it: its moment, its id, who acts; and refusals on the way out."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import perf_counter
from typing import Any

import structlog
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from evenkeel.ground import clock
from evenkeel.ground.access import Actor
from evenkeel.ground.errors import NotNow, Problem
from evenkeel.ground.ids import uuid7
from evenkeel.ground.pages import render
from evenkeel.people import actor_for, sign_of_life, unread_notices

Respond = Callable[[HttpRequest], HttpResponse]

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
# What stands in an address under these names opens a door: it never reaches a log.
_SECRETS_IN_PATHS = ("key", "token", "secret")
_log = structlog.get_logger("evenkeel.request")


class RequestMoment:
    """Reads the clock once, names the request, writes one line when it is answered."""

    def __init__(self, respond: Respond):
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        started = perf_counter()
        request.now = clock.now()  # type: ignore[attr-defined]
        request.request_id = given if _REQUEST_ID.fullmatch(given) else str(uuid7())  # type: ignore[attr-defined]
        structlog.contextvars.bind_contextvars(request_id=request.request_id)  # type: ignore[attr-defined]
        try:
            response = self.respond(request)
            _log.info(
                "answered",
                method=request.method,
                path=_loggable(request),
                status=response.status_code,
                took_ms=round((perf_counter() - started) * 1000, 1),
            )
        finally:
            structlog.contextvars.unbind_contextvars("request_id")
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response


def _loggable(request: HttpRequest) -> str:
    """The path without query (people search for names) and without what opens doors."""
    path = request.path
    for name, value in (request.resolver_match.kwargs if request.resolver_match else {}).items():
        if name in _SECRETS_IN_PATHS:
            path = path.replace(str(value), "***")
    return path


class NotStored:
    """What a person sees when logged in, or on her way in, stays in no cache: no proxy's and no shared computer's."""

    def __init__(self, respond: Respond):
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        actor: Actor | None = getattr(request, "actor", None)
        is_personal = actor is not None and actor.person_id is not None
        # A page that has said how long it keeps is believed: a file by its content's hash may stay for ever.
        if (is_personal or request.path.startswith("/accounts/")) and not response.has_header("Cache-Control"):
            patch_cache_control(response, no_store=True, private=True)
        return response


class WhoActs:
    """Sets `request.actor` (and `person`, `notice_count`); the person's language and time zone for what follows."""

    def __init__(self, respond: Respond):
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = Actor.nobody()  # type: ignore[attr-defined]
        person = request.user
        if not person.is_authenticated:
            return self.respond(request)
        request.person = person  # type: ignore[attr-defined]
        request.actor = actor_for(person, now=request.now)  # type: ignore[attr-defined]
        if not request.path.startswith("/api/"):
            request.notice_count = unread_notices(person)  # type: ignore[attr-defined]
        with timezone.override(person.time_zone), translation.override(person.language):
            return self.respond(request)


class SignOfLife:
    """Whoever sends something is there: the time clock hears of it. What a page asks by itself tells nothing."""

    def __init__(self, respond: Respond):
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        # The actor of a program with a token is known only now. A desk renews leases without anybody touching it.
        actor: Actor | None = getattr(request, "actor", None)
        if (
            request.method == "POST"
            and response.status_code < 400
            and actor is not None
            and actor.worker_id is not None
        ):
            match = request.resolver_match
            if match is None or match.url_name not in ("work_renew", "people_sign"):
                sign_of_life(actor, now=request.now)  # type: ignore[attr-defined]
        return response


class SecondFactor:
    """Where the operator asks for it, nobody gets past her profile before she has a second factor."""

    def __init__(self, respond: Respond):
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, said: Any) -> HttpResponse | None:
        if not settings.EVENKEEL.require_mfa or not request.user.is_authenticated or _is_way_in(request):
            return None
        if is_mfa_enabled(request.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]):
            return None
        sentence = _("This install asks for a second factor. Set one up to go on.")
        if request.path.startswith("/api/"):
            return JsonResponse({"status": 403, "code": "second-factor", "detail": sentence}, status=403)
        messages.warning(request, sentence)
        return HttpResponseRedirect(reverse("mfa_index"))


def _is_way_in(request: HttpRequest) -> bool:
    match = request.resolver_match
    assert match is not None
    if match.view_name in ("people:profile", "site:health", "site:robots"):
        return True
    return (match.url_name or "").startswith(("account_", "mfa_", "usersessions_"))


class Problems:
    """Turns an expected refusal into a page that says what, why and what next. The API has a handler of its own."""

    def __init__(self, respond: Respond):
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if isinstance(error, OSError) and match and (match.url_name or "").startswith("openid_connect_"):
            return _no_answer_of_the_issuer(request, error)
        if not isinstance(error, Problem):
            return None
        if isinstance(error, NotNow) and request.method == "POST" and "HX-Request" not in request.headers:
            # The page the person came from tells it best: the thing changed while she was looking at it.
            back = request.META.get("HTTP_REFERER", "")
            if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
                messages.error(request, error.sentence)
                return HttpResponseRedirect(back)
        return render(request, "ground/error.html", {"problem": error, "status": error.status}, status=error.status)


def _no_answer_of_the_issuer(request: HttpRequest, error: OSError) -> HttpResponse:
    """Single sign-on asks another server, which may be down; that is no fault of this one, and a password still opens."""
    _log.warning("single_sign_on_failed", error=str(error))
    sentence = _("%s does not answer at the moment. Try again later, or log in with your password.")
    messages.error(request, sentence % settings.EVENKEEL.oidc_name)
    return HttpResponseRedirect(reverse("account_login"))
