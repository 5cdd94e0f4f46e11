"""Ways from work's older pages to questions, escalations, appeals, lanes, incidents and events; and what waits for somebody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from evenkeel.ground.access import may
from evenkeel.ground.slots import fills

from . import scopes
from .queries.escalations import to_work
from .queries.questions import open_questions, questions_of
from .queries.restricted import restricted_items

_MANY = 100
_SHOWN = 8


@fills("work:programme:aside", order=60)
def programme_setup(request: HttpRequest, programme: Any) -> str:
    """Links to what is set up once for a programme, for those who may."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    links = []
    if may(actor, scopes.TIER_EDIT, programme):
        links += [("work:tiers", _("Tiers of escalation")), ("work:lanes", _("Restricted lanes"))]
        links += [("work:severity-matrix", _("Severity matrix"))]
    if may(actor, scopes.EVENT_EDIT, programme):
        links.append(("work:event-beginning", _("Switch an event mode on")))
    if may(actor, scopes.WEBHOOK_EDIT, programme):
        links.append(("work:endpoints", _("Endpoints")))
    if not links:
        return ""
    rows = ((reverse(name, args=[programme.pk]), title) for name, title in links)
    items = format_html_join("", '<li><a href="{}">{}</a></li>', rows)
    return render_to_string("work/parts/links.html", {"title": _("Set up"), "items": items}, request)


@fills("work:queue", order=60)
def queue_lanes(request: HttpRequest, queue: Any) -> str:
    """How many of a queue's questions are open, and the way to its rule about appeals."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    rows = []
    if may(actor, scopes.QUESTION_VIEW, queue):
        url = f"{reverse('work:questions')}?queue={queue.pk}&state=open"
        rows.append(format_html('<a href="{}">{}</a>', url, _("Open questions: %(n)d") % {"n": open_questions(queue)}))
    if may(actor, scopes.QUEUE_EDIT, queue):
        url = reverse("work:appeal-rule", args=[queue.pk])
        rows.append(format_html('<a href="{}">{}</a>', url, _("Rule about appeals")))
    return (
        format_html('<p class="cluster">{}</p>', format_html_join(" · ", "{}", ((row,) for row in rows)))
        if rows
        else ""
    )


@fills("policy:policy:aside", order=60)
def policy_questions(request: HttpRequest, policy: Any) -> str:
    """The open questions about a policy, for whoever may see them."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    if not actor.has(scopes.QUESTION_VIEW):
        return ""
    found = list(
        questions_of(actor).filter(policy=policy, withdrawn_at=None, answer=None).order_by("asked_at")[:_SHOWN]
    )
    if not found:
        return ""
    rows = ((each.get_absolute_url(), each) for each in found)
    items = format_html_join("", '<li><a href="{}">{}</a></li>', rows)
    return render_to_string("work/parts/links.html", {"title": _("Questions that wait"), "items": items}, request)


@fills("work:item:aside", order=60)
def item_restriction(request: HttpRequest, item: Any) -> str:
    """The way into a restricted lane."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    if not may(actor, scopes.RESTRICTED_ADD, item):
        return ""
    url = reverse("work:restricting", args=[item.pk])
    return format_html('<p class="small"><a href="{}">{}</a></p>', url, _("Move into a restricted lane"))


@fills("site:home", order=12)
def waiting_lanes(request: HttpRequest, actor: Any) -> str:
    """Escalations, questions and restricted items that wait for this person."""
    rows = []
    if actor.has(scopes.ESCALATION_WORK):
        rows.append((reverse("work:escalations"), _("Escalations"), to_work(actor)[:_MANY].count()))
    if actor.has(scopes.QUESTION_ANSWER):
        waiting = questions_of(actor).filter(withdrawn_at=None, answer=None)[:_MANY].count()
        rows.append((f"{reverse('work:questions')}?state=open", _("Questions"), waiting))
    if actor.has(scopes.RESTRICTED_VIEW):
        waiting = restricted_items(actor).filter(settled_at=None)[:_MANY].count()
        rows.append((reverse("work:restricted"), _("Restricted items"), waiting))
    shown = [row for row in rows if row[2]]
    if not shown:
        return ""
    items = format_html_join("", '<li class="spread"><a href="{}">{}</a><strong class="number">{}</strong></li>', shown)
    return render_to_string("work/parts/links.html", {"title": _("Waiting for you"), "items": items}, request)
