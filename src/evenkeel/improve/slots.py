"""What this room hangs into the pages of rooms below."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, may, visible
from evenkeel.ground.slots import fills
from evenkeel.ground.templatetags.parts import button
from evenkeel.measure import Signal
from evenkeel.quality import Dispute
from evenkeel.work import Incident, Programme

from . import scopes
from .models import Investigation
from .queries import open_investigations
from .sources import DISPUTES, INCIDENT, cluster_of

_SHOWN = 5


@fills("measure:signal:actions", order=10)
def investigate(request: HttpRequest, signal: Signal) -> str:
    """On a signal: its investigation, or the button that opens one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.has(scopes.VIEW):
        return ""
    existing = Investigation.objects.filter(signal=signal).first()
    if existing is not None:
        if not may(actor, scopes.VIEW, existing):
            return ""
        return button(_("Go to its investigation"), kind="primary", icon="search", href=existing.get_absolute_url())
    if not may(actor, scopes.EDIT, signal):
        return ""
    return render_to_string("improve/_open_from_signal.html", {"signal": signal}, request=request)


@fills("work:incident", order=40)
def investigate_incident(request: HttpRequest, incident: Incident) -> str:
    """On an incident: its investigation, or the way to open one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    known = Investigation.objects.filter(source__kind=INCIDENT, source__source_id=incident.pk)
    seen = visible(actor, scopes.VIEW, known).first() if actor.has(scopes.VIEW) else None
    if seen is not None:
        return button(_("Go to its investigation"), icon="search", href=seen.get_absolute_url())
    if not may(actor, scopes.EDIT, incident.programme) or known.exists():
        return ""
    url = f"{reverse('improve:open')}?source={INCIDENT}&source_id={incident.pk}"
    return button(_("Open an investigation"), icon="microscope", href=url)


@fills("quality:dispute", order=40)
def investigate_disputes(request: HttpRequest, dispute: Dispute) -> str:
    """On a dispute: how many there are like it, their investigation, or the way to open one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    alike = list(cluster_of(dispute).values_list("pk", flat=True))
    known = Investigation.objects.filter(source__kind=DISPUTES, source__source_id__in=alike)
    seen = visible(actor, scopes.VIEW, known).first() if actor.has(scopes.VIEW) else None
    may_open = bool(may(actor, scopes.EDIT, dispute.programme)) and seen is None and not known.exists()
    if seen is None and not may_open:
        return ""
    url = f"{reverse('improve:open')}?source={DISPUTES}&source_id={dispute.pk}"
    context = {"n": len(alike), "investigation": seen, "url": url}
    return render_to_string("improve/_disputes.html", context, request=request)


@fills("site:home", order=40)
def my_investigations(request: HttpRequest, _thing: object) -> str:
    """On the home page: the open investigations that are mine."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.person_id is None or not actor.has(scopes.VIEW):
        return ""
    return _list(request, _("My investigations"), owner_id=actor.person_id)


@fills("work:programme", order=60)
def of_programme(request: HttpRequest, programme: Programme) -> str:
    """On a programme: its open investigations."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.has(scopes.VIEW):
        return ""
    return _list(request, _("Open investigations"), programme=programme)


@fills("work:programme:aside", order=62)
def rules_of_programme(request: HttpRequest, programme: Programme) -> str:
    """On a programme, for whoever may set them: what is ruled about actions there, and what errors cost."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    pages = {
        "rules_url": ("improve:action-rules", scopes.RULES_EDIT),
        "costs_url": ("improve:error-costs", scopes.CAUSE_EDIT),
    }
    found = {
        name: reverse(to, args=[programme.pk]) for name, (to, scope) in pages.items() if may(actor, scope, programme)
    }
    return render_to_string("improve/_rules.html", found, request=request) if found else ""


def _list(request: HttpRequest, heading: str, **narrowed: object) -> str:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = list(open_investigations(actor).filter(**narrowed)[:_SHOWN])
    if not found:
        return ""
    return render_to_string("improve/_list.html", {"investigations": found, "heading": heading}, request=request)
