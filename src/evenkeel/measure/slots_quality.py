"""What this room hangs into quality's pages: a person's own accuracy, week by week, and how disputes go."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, may
from evenkeel.ground.slots import fills

from . import scopes
from .metric import metrics
from .queries.courses import in_steps
from .queries.figures import figure, figures, series

_DAYS, _WEEK = 84, 7
# What is held against a person leaves out what counts for the policy.
_OWN = "accuracy_of_people"


@fills("quality:mine", order=10)
def own_trend(request: HttpRequest, worker_id: Any) -> str:
    """Her own accuracy over twelve weeks, with its interval. It is hers, so no scope is asked; nobody else's is shown."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.worker_id is None or UUID(str(worker_id)) != actor.worker_id:
        return ""
    from .pages.charts import trend_of

    until = request.now.date() + timedelta(days=1)  # type: ignore[attr-defined]
    since = until - timedelta(days=_DAYS)
    days = series(_OWN, since=since, until=until, worker=actor.worker_id)
    left_out = figure("audits_for_policy", since=since, until=until, worker=actor.worker_id)
    context = {
        "estimate": figure(_OWN, since=since, until=until, worker=actor.worker_id),
        "chart": trend_of(
            in_steps(days, metric=_OWN, until=until, days=_WEEK), metrics[_OWN], where=_("You"), actor=actor
        ),
        "left_out": round(left_out.value) if left_out.is_known else 0,
    }
    return render_to_string("measure/_own_trend.html", context, request=request)


@fills("quality:disputes", order=10)
def dispute_figures(request: HttpRequest, _thing: Any) -> str:
    """Disputes of the last 28 days, as every dashboard has them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not may(actor, scopes.FIGURE_VIEW):
        return ""
    until = request.now.date() + timedelta(days=1)  # type: ignore[attr-defined]
    slugs = ("disputes", "dispute_rate", "dispute_overturn_rate")
    found = figures(slugs, since=until - timedelta(days=28), until=until, actor=actor)
    tiles = [(metrics[slug].title, found[slug], metrics[slug].unit) for slug in slugs if slug in found]
    return render_to_string("measure/_disputes.html", {"tiles": tiles}, request=request)
