"""What happens to every request before a page sees it: its moment, its id, who acts; and refusals on the way out."""

from __future__ import annotations

import re
from collections.abc import Callable

import structlog
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone, translation

from evenkeel.ground import clock
from evenkeel.ground.access import Actor
from evenkeel.ground.errors import NotNow, Problem
from evenkeel.ground.ids import uuid7
from evenkeel.people import actor_for, unread_notices

Respond = Callable[[HttpRequest], HttpResponse]

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_log = structlog.get_logger("evenkeel.request")


class RequestMoment:
    """Reads the clock once, names the request, writes one line when it is answered."""

    def __init__(self, respond: Respond):
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request.now = clock.now()  # type: ignore[attr-defined]
        request.request_id = given if _REQUEST_ID.fullmatch(given) else str(uuid7())  # type: ignore[attr-defined]
        structlog.contextvars.bind_contextvars(request_id=request.request_id)  # type: ignore[attr-defined]
        try:
            response = self.respond(request)
            took_ms = (clock.now() - request.now).total_seconds() * 1000  # type: ignore[attr-defined]
            _log.info(
                "answered",
                method=request.method,
                path=request.path,
                status=response.status_code,
                took_ms=round(took_ms, 1),
            )
        finally:
            structlog.contextvars.unbind_contextvars("request_id")
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response


class WhoActs:
    """Sets `request.actor` (and `person`, `notice_count`); the person's language and time zone for what follows."""

    def __init__(self, respond: Respond):
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = Actor.nobody()  # type: ignore[attr-defined]
        if request.path.startswith("/static/") or not request.user.is_authenticated:
            return self.respond(request)
        person = request.user
        request.person = person  # type: ignore[attr-defined]
        request.actor = actor_for(person, now=request.now)  # type: ignore[attr-defined]
        request.notice_count = unread_notices(person)  # type: ignore[attr-defined]
        with timezone.override(person.time_zone), translation.override(person.language):
            return self.respond(request)


class Problems:
    """Turns an expected refusal into a page that says what, why and what next. The API has a handler of its own."""

    def __init__(self, respond: Respond):
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Problem):
            return None
        from evenkeel.ground.pages import render

        if isinstance(error, NotNow) and request.method == "POST" and "HX-Request" not in request.headers:
            # The page the person came from tells it best: the thing changed while she was looking at it.
            messages.error(request, error.sentence)
            back = request.META.get("HTTP_REFERER", "/")
            if back.startswith(request.build_absolute_uri("/")):
                return HttpResponseRedirect(back)
        return render(request, "ground/error.html", {"problem": error, "status": error.status}, status=error.status)
