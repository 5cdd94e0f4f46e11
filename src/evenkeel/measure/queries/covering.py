"""From when until when a metric has data: a question about other days is refused, not answered with nothing."""

from __future__ import annotations

from datetime import date

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

from ..metric import is_ratio, metrics, ratio_metric, stored_as
from ..models import DayParts


def covered(metric: str) -> tuple[date, date] | None:
    """The first and the last day with data, whoever's; for a ratio those with data on both sides. None without any."""
    if is_ratio(metrics[metric]):
        kind = ratio_metric(metric)
        sides = [covered(side) for side in (kind.above, kind.below)]
        spans = [span for span in sides if span is not None]
        if len(spans) < len(sides):
            return None
        return max(first for first, _last in spans), min(last for _first, last in spans)
    found = DayParts.objects.filter(metric=stored_as(metric)).aggregate(first=Min("day"), last=Max("day"))
    return None if found["first"] is None else (found["first"], found["last"])


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
