"""What people hang into pages of others: what is new for somebody, on her way in."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.template.loader import render_to_string

from evenkeel.ground.slots import fills

from .models import Person
from .notices import notices_of

_SHOWN = 5


@fills("site:home", order=10)
def new_notices(request: HttpRequest, actor: Any) -> str:
    """The newest notices that wait to be read."""
    if not getattr(request, "notice_count", 0):
        return ""
    waiting = notices_of(cast(Person, request.user)).filter(read_at=None)
    return render_to_string("people/parts/new_notices.html", {"notices": list(waiting[:_SHOWN]), "request": request})
