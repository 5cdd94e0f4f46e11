"""Pages for what goes wrong outside a page's own function. They work without a database."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .api import problem


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: nothing of the request is trusted, so the page is made without it."""
    return _answer(request, 400, "bad-request")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 from Django itself; our own refusals carry their sentence and come by the middleware."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _answer(request, 403, "refused", sentence=reason)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _answer(request, 404, "not-found")


def broken(request: HttpRequest) -> HttpResponse:
    """500: a bug of ours. The log has the traceback under the request's id."""
    return _answer(request, 500, "bug")


def no_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token: nearly always a page that stayed open over a log-out."""
    return _answer(
        request,
        403,
        "csrf",
        title=_("This page was open for too long"),
        sentence=_("Your log-in changed in the meantime, so nothing was done. Go back, reload the page, try again."),
    )


def _answer(request: HttpRequest, status: int, code: str, **said: Any) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem(request, status=status, code=code, detail=said.get("sentence") or _plain(status))
    context = {"status": status, "request_id": getattr(request, "request_id", ""), **said}
    return HttpResponse(render_to_string("ground/error.html", context), status=status)


def _plain(status: int) -> str:
    return {
        400: _("The request could not be read."),
        403: _("You may not do this."),
        404: _("There is no such thing, or it is not yours to see."),
        500: _("This is our fault; the request's id helps us find it."),
    }[status]
