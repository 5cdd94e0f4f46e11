"""From when until when a metric has data: a question about other days is refused, not answered with nothing."""

from __future__ import annotations

from datetime import date

from django.db.models import Max, Min, Model
from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

from ..metric import day_metric, metrics
from ..models import DayParts, SketchParts


def covered(metric: str) -> tuple[date, date] | None:
    """The first and the last day on which all that a metric is made of has data, whoever's. None without any."""
    kind = day_metric(metric)
    made_of: list[tuple[type[Model], str]] = [(DayParts, slug) for slug in kind.needs()]
    made_of += [(SketchParts, slug) for slug in kind.sketched_from()]
    spans = []
    for table, slug in made_of:
        found = table._default_manager.filter(metric=slug).aggregate(first=Min("day"), last=Max("day"))
        if found["first"] is None:
            return None
        spans.append((found["first"], found["last"]))
    return max(first for first, _last in spans), min(last for _first, last in spans)


def insist_on_covered(metric: str, *, since: date, until: date) -> None:
    """Raise `Invalid` when a metric has data, but none in since <= day < until. One without any data may be asked."""
    span = covered(metric)
    if span is None or (since <= span[1] and until > span[0]):
        return
    said = {"metric": metrics[metric].title, "first": span[0], "last": span[1]}
    field = "until" if until <= span[0] else "since"
    raise Invalid(
        _("The log does not cover this period."),
        fields={field: [_("%(metric)s has data from %(first)s to %(last)s.") % said]},
    )
