"""What people hang into pages of others: what is new for somebody, on her way in."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from evenkeel.ground.slots import fills

from . import scopes
from .models import STATE_TITLES, Person
from .notices import notices_of
from .rules.timeline import OFF, OWN_STATES
from .timekeeping import running

_SHOWN = 5


@fills("site:home", order=10)
def new_notices(request: HttpRequest, actor: Any) -> str:
    """The newest notices that wait to be read."""
    if not getattr(request, "notice_count", 0):
        return ""
    waiting = notices_of(cast(Person, request.user)).filter(read_at=None)
    return render_to_string("people/parts/new_notices.html", {"notices": list(waiting[:_SHOWN]), "request": request})


@fills("shell:topbar", order=10)
def time_clock(request: HttpRequest, actor: Any) -> str:
    """The clock in the header of those who work: the state they are in, and the others to choose from."""
    if getattr(actor, "worker_id", None) is None or not actor.has_as_own(scopes.TIME_OWN):
        return ""
    span = running(actor.worker_id)
    state = span.state if span is not None else OFF
    context = {
        "state": state,
        "title": STATE_TITLES[state],
        "since": span.began_at if span is not None else None,
        "on_duty": span is not None,
        "choices": [(each, STATE_TITLES[each]) for each in OWN_STATES],
        "next": request.get_full_path() if request.method == "GET" else "",
        "sign_url": reverse("api:people_sign"),
    }
    return render_to_string("people/parts/clock.html", context, request)
