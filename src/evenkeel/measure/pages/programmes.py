"""All programmes with their headline figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import visible
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table, TextFilter
from evenkeel.kernel import Estimate
from evenkeel.work import Programme

from .. import scopes
from ..models import Evaluation, Signal
from ..queries.breakdown import breakdown
from ..queries.figures import too_few
from ..queries.study import estimate_of
from .common import window_ending


@dataclass(frozen=True, kw_only=True)
class _Line:
    programme: Programme
    accuracy: Estimate | None
    decided: Estimate | None
    study: dict[str, Estimate]
    signals: int


@page(
    gettext_lazy("Quality"),
    name="measure:programmes",
    nav=Nav(section="insight", icon="gauge", order=10, scope=scopes.FIGURE_VIEW),
)
def programme_list(request: PageRequest) -> HttpResponseBase:
    """Every programme within reach: accuracy and decisions of the last four weeks, agreement of its labels, open signals."""
    table = Table(
        request,
        _lines(request),
        title=_("Quality of programmes"),
        columns=[
            Column(
                "programme.name",
                _("Programme"),
                sort=True,
                link=lambda line: reverse("measure:programme", args=[line.programme.pk]),
            ),
            Column(
                "signals",
                _("Open signals"),
                kind="count",
                sort=True,
                link=lambda line: _signals_url(line) if line.signals else None,
            ),
            Column(
                "accuracy",
                _("Accuracy, 4 weeks"),
                kind="estimate",
                sort=True,
                help=_(
                    "Audited decisions of the last four weeks that were right, weighted by their odds of being drawn."
                ),
            ),
            Column(
                "decided", _("Decisions, 4 weeks"), kind="count", value=lambda line: _value(line.decided), sort=True
            ),
            Column(
                "krippendorff_alpha",
                _("Alpha"),
                kind="estimate",
                of="number",
                value=lambda line: line.study.get("krippendorff_alpha"),
                sort=True,
                help=_("Krippendorff's alpha over all labels: agreement beyond chance."),
            ),
            Column(
                "label_accuracy",
                _("Against experts"),
                kind="estimate",
                value=lambda line: line.study.get("label_accuracy"),
                sort=True,
                help=_("Share of single answers that are like the expert's."),
            ),
        ],
        filters=[TextFilter("q", _("Search programmes"), fields=["programme.name"])],
        default_sort="programme.name",
        export_name="quality",
        empty=Empty(
            title=_("No programmes yet"),
            body=_("As soon as decisions are made or labels come in, their figures stand here."),
            icon="gauge",
        ),
    )
    return table.export() or render(request, "measure/programmes.html", {"table": table})


def _lines(request: PageRequest) -> list[_Line]:
    actor = request.actor
    programmes = list(visible(actor, scopes.FIGURE_VIEW, Programme.objects.all()))
    _before, since, until = window_ending(request.now.date())
    lately = breakdown(actor, metrics=["accuracy", "decided"], since=since, until=until)
    few = {
        metric: too_few(actor, metric, since=since, until=until, by="programme") for metric in ("accuracy", "decided")
    }
    accuracy, decided = (
        {key: value for key, value in lately.by(metric, "programme").items() if key not in few[metric]}
        for metric in ("accuracy", "decided")
    )
    study: dict[Any, dict[str, Estimate]] = {}
    rows = visible(actor, scopes.FIGURE_VIEW, Evaluation.objects.all())
    rows = rows.filter(
        organisation=actor.organisation_id if actor.is_outside else None,
        metric__in=["krippendorff_alpha", "label_accuracy"],
    )
    for row in rows:
        if row.value is not None:
            study.setdefault(row.programme_id, {})[row.metric] = estimate_of(row)
    signals: dict[Any, int] = {}
    if actor.has(scopes.SIGNAL_VIEW):
        waiting = visible(actor, scopes.SIGNAL_VIEW, Signal.objects.filter(closed_at=None))
        counted = waiting.order_by().values("programme_id").annotate(n=Count("pk", distinct=True))
        signals = {row["programme_id"]: row["n"] for row in counted}
    return [
        _Line(
            programme=programme,
            accuracy=accuracy.get(programme.pk),
            decided=decided.get(programme.pk),
            study=study.get(programme.pk, {}),
            signals=signals.get(programme.pk, 0),
        )
        for programme in programmes
    ]


def _value(estimate: Estimate | None) -> float | None:
    return estimate.value if estimate is not None else None


def _signals_url(line: _Line) -> str:
    return f"{reverse('measure:signals')}?programme={line.programme.pk}&state=open"
