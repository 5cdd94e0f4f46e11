"""What this room hangs into measure's pages: a metric's figure of the last weeks, and the way to ask more of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from evenkeel.ground.access import Actor
from evenkeel.ground.slots import fills
from evenkeel.measure import FIGURE_VIEW, FigureMetric, evaluate, metrics

from . import scopes

_DAYS = 28


@fills("measure:metric", order=10)
def metric_now(request: HttpRequest, slug: Any) -> str:
    """The figure of the last four weeks beside the four before, with the way to explore."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    kind = metrics[str(slug)]
    if not issubclass(kind, FigureMetric) or not (actor.has(FIGURE_VIEW) and actor.has(scopes.EXPLORE)):
        return ""
    until = request.now.date() + timedelta(days=1)  # type: ignore[attr-defined]
    since = until - timedelta(days=_DAYS)
    found = evaluate(kind.slug, since=since, until=until, actor=actor).total.estimate
    question = {"metric": kind.slug, "days": _DAYS, "compare": "before", "drawing": "line" if kind.is_daily else "bars"}
    context = {
        "metric": kind,
        "estimate": found,
        "is_withheld": found.method == "withheld",
        "explore_url": f"{reverse('reports:explore')}?{urlencode(question)}",
    }
    return render_to_string("reports/parts/metric_now.html", context, request=request)
