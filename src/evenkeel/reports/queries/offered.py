"""What questions, tiles and files may be about: the metrics that somebody may read, those that people defined among them."""

from __future__ import annotations

from evenkeel.ground.access import Actor
from evenkeel.measure import FigureMetric, figure_metrics_for

USUAL = "accuracy"


def metrics_offered(actor: Actor) -> list[type[FigureMetric]]:
    """Those that the roll-ups answer, by slug, the usual one first. Two queries at most."""
    return sorted(figure_metrics_for(actor), key=lambda kind: (kind.slug != USUAL, kind.slug))
