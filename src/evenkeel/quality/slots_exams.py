"""What exams hang into the pages of rooms below."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from evenkeel.ground.slots import fills

from .queries.renewals import own_calls


@fills("site:home", order=19)
def exams_called(request: HttpRequest, actor: Any) -> str:
    """Exams that this person is called to sit again."""
    now: Any = request.now  # type: ignore[attr-defined]
    calls = own_calls(actor.worker_id, now=now)
    return render_to_string("quality/parts/own_calls.html", {"calls": calls, "now": now}, request) if calls else ""
