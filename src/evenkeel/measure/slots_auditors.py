"""What measure hangs into quality's page about auditors: accuracy as judged and freed of auditors' errors, side by side."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from evenkeel.ground.access import Actor
from evenkeel.ground.slots import fills

from . import scopes
from .metric import metrics
from .queries.figures import figures

_DAYS = 90
_SHOWN = ("accuracy", "accuracy_corrected", "auditor_accuracy", "auditor_sensitivity", "auditor_specificity")


@fills("quality:auditors", order=20)
def auditors_figures(request: HttpRequest, _records: Any) -> str:
    """Both accuracies and what auditors' errors are, over 90 days, each with its method."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.has(scopes.FIGURE_VIEW):
        return ""
    until = request.now.date() + timedelta(days=1)  # type: ignore[attr-defined]
    found = figures(_SHOWN, since=until - timedelta(days=_DAYS), until=until, actor=actor)
    rows = [(metrics[slug], found[slug]) for slug in _SHOWN if slug in found]
    return render_to_string("measure/_auditors.html", {"rows": rows, "days": _DAYS}, request)
