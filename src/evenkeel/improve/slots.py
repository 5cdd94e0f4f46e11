"""What this room hangs into the pages of rooms below."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from evenkeel.ground.access import may, visible
from evenkeel.ground.slots import fills
from evenkeel.measure import Signal

from . import scopes
from .models import Investigation
from .queries import open_investigations


@fills("measure:signal:actions", order=10)
def investigate(request: HttpRequest, signal: Signal) -> str:
    """On a signal: its investigation, or the button that opens one."""
    actor = request.actor  # type: ignore[attr-defined]
    existing = visible(actor, scopes.VIEW, Investigation.objects.filter(signal=signal)).first()
    if existing is not None:
        address = reverse("improve:investigation", args=[existing.id])
        return format_html('<a class="button primary" href="{}">{}</a>', address, _("Go to its investigation"))
    if not may(actor, scopes.EDIT, signal.programme):
        return ""
    return render_to_string("improve/_open_from_signal.html", {"signal": signal}, request=request)


@fills("site:home", order=40)
def my_investigations(request: HttpRequest, _thing: object) -> str:
    """On the home page: the open investigations that are mine."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.has(scopes.VIEW):
        return ""
    mine = list(open_investigations(actor).filter(owner_id=actor.person_id)[:5])
    if not mine:
        return ""
    return render_to_string("improve/_mine.html", {"investigations": mine}, request=request)
