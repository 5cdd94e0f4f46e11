"""What this room tells of on charts: policies that changed."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.changes import MOST, Change, Span, tells_changes

from . import scopes
from .models import PolicyVersion


@tells_changes
def published(actor: Actor, span: Span) -> Iterator[Change]:
    """Versions of policies that came into force."""
    rows = PolicyVersion.objects.filter(published_at__gte=span.since, published_at__lt=span.until)
    rows = visible(actor, scopes.POLICY_VIEW, span.within(rows)).select_related("policy").order_by("-published_at")
    for version in rows[:MOST]:
        title = _("%(policy)s, version %(number)s") % {"policy": version.policy.name, "number": version.number}
        yield Change(at=version.published_at, title=title, url=version.get_absolute_url())
