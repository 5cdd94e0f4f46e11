"""What this room tells of on charts: incidents, event modes, and questions that were asked in other words."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.changes import MOST, Change, Span, tells_changes

from . import scopes
from .models import EventMode, FormVersion, Incident


@tells_changes
def incidents(actor: Actor, span: Span) -> Iterator[Change]:
    """Incidents that were opened, and when they were over."""
    rows = Incident.objects.filter(_touches(span, "opened_at") | _touches(span, "resolved_at"))
    for each in visible(actor, scopes.INCIDENT_VIEW, span.within(rows)).order_by("-opened_at")[:MOST]:
        said = {"title": each.title}
        if span.since <= each.opened_at < span.until:
            yield Change(at=each.opened_at, title=_("Incident: %(title)s") % said, url=each.get_absolute_url())
        if each.resolved_at and span.since <= each.resolved_at < span.until:
            yield Change(at=each.resolved_at, title=_("Incident over: %(title)s") % said, url=each.get_absolute_url())


@tells_changes
def event_modes(actor: Actor, span: Span) -> Iterator[Change]:
    """Event modes that began, drills left out: they change nothing."""
    rows = EventMode.objects.filter(_touches(span, "begins_at"), is_drill=False)
    for each in visible(actor, scopes.EVENT_VIEW, span.within(rows)).order_by("-begins_at")[:MOST]:
        title = _("Event mode: %(name)s") % {"name": each.name}
        yield Change(at=each.begins_at, title=title, url=each.get_absolute_url())


@tells_changes
def forms(actor: Actor, span: Span) -> Iterator[Change]:
    """Later versions of forms: the question changed. A first version changes nothing."""
    rows = FormVersion.objects.filter(_touches(span, "published_at"), number__gt=1)
    rows = visible(actor, scopes.PROGRAMME_VIEW, span.within(rows)).select_related("form")
    for each in rows.order_by("-published_at")[:MOST]:
        title = _("Form %(form)s, version %(number)s") % {"form": each.form.name, "number": each.number}
        yield Change(at=each.published_at, title=title)


def _touches(span: Span, column: str) -> Q:
    return Q(**{f"{column}__gte": span.since, f"{column}__lt": span.until})
