"""What actions tell the change log: their starts and verdicts stand on every chart of the programme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.changes import MOST, Change, Span, tells_changes

from . import scopes
from .models import Action, EffectCheck, EffectPlan


@tells_changes
def action_starts(actor: Actor, span: Span) -> Iterator[Change]:
    """Actions that begin: on the day that their plan names; of several plans the one that was begun."""
    rows = EffectPlan.objects.filter(
        starts_on__gte=span.since.date(), starts_on__lt=span.until.date(), action__steps__state="running"
    ).exclude(action__state__in=["draft", "planned"])
    seen = visible(actor, scopes.ACTION_VIEW, span.within(rows)).select_related("action").distinct()
    newest: dict[object, EffectPlan] = {}
    for plan in seen.order_by("number")[:MOST]:
        newest[plan.action_id] = plan
    for plan in newest.values():
        title = _("Action begins: %(title)s") % {"title": plan.action.title}
        at = datetime.combine(plan.starts_on, time(), UTC)
        yield Change(at=at, title=title, url=plan.action.get_absolute_url())


@tells_changes
def action_verdicts(actor: Actor, span: Span) -> Iterator[Change]:
    """Checks that came to a verdict."""
    rows = EffectCheck.objects.filter(at__gte=span.since, at__lt=span.until)
    found = visible(actor, scopes.ACTION_VIEW, span.within(rows)).select_related("plan__action").order_by("-at")
    for check in found[:MOST]:
        said = {"verdict": str(dict(Action.STATES)[check.verdict]).capitalize(), "title": check.plan.action.title}
        title = _("%(verdict)s: %(title)s") % said
        yield Change(at=check.at, title=title, url=check.plan.action.get_absolute_url())
