"""What questions, tiles and files may be about: the metrics that somebody may read, those that people defined among them."""

from __future__ import annotations

from typing import Any

from evenkeel.ground.access import Actor
from evenkeel.measure import FigureMetric, day_metric, figure_metrics_for, metrics

USUAL = "accuracy"


def metrics_offered(actor: Actor, *, asked: Any = None) -> list[type[FigureMetric]]:
    """Those that the roll-ups answer, by slug, the usual one first. Two queries at most.

    A question may ask for a definition as it was, by `slug@version`: it is offered to whoever may read the newest.
    """
    offered = sorted(figure_metrics_for(actor), key=lambda kind: (kind.slug != USUAL, kind.slug))
    slug = str(asked[0] if isinstance(asked, list) and asked else asked or "")
    plain, at, _number = slug.partition("@")
    is_known = at and plain in {kind.slug for kind in offered} and slug in metrics
    return [*offered, day_metric(slug)] if is_known else offered
