"""The metric catalogue: what each figure means, how it is computed, what guards it, and a case worked out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import require
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Table, TextFilter
from evenkeel.people import BUILT_IN

from .. import scopes
from ..cuts import EXTRAS
from ..metric import FigureMetric, Metric, metrics
from ..queries.definitions import metric_for, metrics_for, readable

UNITS = {
    "percent": gettext_lazy("percent"),
    "number": gettext_lazy("coefficient"),
    "count": gettext_lazy("count"),
    "duration_ms": gettext_lazy("time"),
    "hours": gettext_lazy("hours"),
    "per_hour": gettext_lazy("an hour"),
    "per_million": gettext_lazy("in a million"),
    "money_cents": gettext_lazy("money"),
}
PLACE_TITLES = {
    "programme": gettext_lazy("programme"),
    "queue": gettext_lazy("queue"),
    "organisation": gettext_lazy("organisation"),
    "site": gettext_lazy("site"),
    "team": gettext_lazy("team"),
    "worker": gettext_lazy("person"),
}
# Of an example so many rows are printed; those of a share may repeat a hundred times.
SHOWN_ROWS = 30
SUBJECTS = {
    "quality": gettext_lazy("Quality"),
    "agreement": gettext_lazy("Agreement"),
    "productivity": gettext_lazy("Productivity"),
    "latency": gettext_lazy("Timeliness"),
    "outcome": gettext_lazy("Outcome"),
    "wellness": gettext_lazy("Wellness"),
    "coverage": gettext_lazy("Coverage"),
    "cost": gettext_lazy("Cost"),
    "own": gettext_lazy("Of your own"),
}
# In a column of its own the heading says the rest.
BETTER_IN_SHORT = {"up": gettext_lazy("more"), "down": gettext_lazy("less"), "neither": gettext_lazy("neither")}
BETTER = {
    "up": gettext_lazy("more is better"),
    "down": gettext_lazy("less is better"),
    "neither": gettext_lazy("neither way"),
}


@page(
    gettext_lazy("Metrics"),
    name="measure:metrics",
    nav=Nav(section="insight", icon="book", order=60, scope=scopes.FIGURE_VIEW),
)
def metric_list(request: PageRequest) -> HttpResponseBase:
    """Every metric, by subject and name."""
    require(request.actor, scopes.FIGURE_VIEW)
    kinds = metrics_for(request.actor)
    known = {kind.slug: kind for kind in kinds}

    def guard(kind: type[Metric]) -> type[Metric]:
        return known.get(kind.guard) or metrics[kind.guard]

    table = Table(
        request,
        kinds,
        title=_("Metrics"),
        columns=[
            Column("title", _("Metric"), value=lambda kind: str(kind.title), sort=True, link=_url),
            Column("subject", _("Subject"), value=lambda kind: str(SUBJECTS[subject_of(kind)]), sort=True),
            Column("why", _("What it tells"), value=lambda kind: str(kind.why)),
            Column("unit", _("Unit"), value=lambda kind: UNITS[kind.unit], sort=True),
            Column("better", _("Better"), value=lambda kind: BETTER_IN_SHORT[kind.better], sort=True),
            Column(
                "guard",
                _("Guarded by"),
                value=lambda kind: str(guard(kind).title),
                link=lambda kind: _url(guard(kind)),
                help=_("What must not get worse while this one gets better."),
            ),
            Column("owner", _("Owned by"), value=lambda kind: str(BUILT_IN[kind.owner][0]), sort=True, optional=True),
            Column(
                "own",
                _("Made by"),
                value=lambda kind: _("your people") if is_own(kind) else _("evenkeel"),
                optional=True,
            ),
            Column("slug", _("Name for programs"), kind="code", optional=True),
        ],
        filters=[
            TextFilter("q", _("Search metrics"), fields=["title", "why", "slug"]),
            ChoiceFilter(
                "subject",
                _("Subject"),
                choices=list(SUBJECTS.items()),
                test=lambda kind, wanted: subject_of(kind) == wanted,
            ),
        ],
        default_sort="title",
        page_size=100,
    )
    context = {"table": table, "may_define": request.actor.has(scopes.METRIC_EDIT)}
    return table.export() or render(request, "measure/metrics.html", context)


@page(gettext_lazy("Metric"))
def metric_page(request: PageRequest, slug: str) -> HttpResponse:
    """One metric: formula, reason, guard, and its example."""
    require(request.actor, scopes.FIGURE_VIEW)
    kind = metric_for(request.actor, slug)
    context = {
        "metric": kind,
        "facts": [
            (_("Formula"), kind.formula),
            (_("Unit"), UNITS[kind.unit]),
            (_("Better"), BETTER[kind.better]),
            (_("One case is"), kind.grain),
            (_("Who counts"), kind.population),
            *([(_("Who does not"), kind.excludes)] if kind.excludes else []),
            (_("Read from"), ", ".join(fact.name for fact in kind.facts)),
            (_("Added up"), _("by day") if issubclass(kind, FigureMetric) else _("over a whole programme")),
            (_("Owned by"), BUILT_IN[kind.owner][0]),
            (_("Version"), kind.version),
            *([(_("Source"), kind.source)] if kind.source else []),
            (_("Name for programs"), kind.slug),
        ],
        "cuts": _cuts(kind) if issubclass(kind, FigureMetric) else "",
        "guard": metrics[kind.guard],
        "guard_url": _url(metrics[kind.guard]),
        "example_columns": _columns(kind.example.shown),
        "example_rows": _cells(kind),
        "experts": sorted(kind.example.experts.items()),
        "definition": readable(request.actor).filter(slug=kind.slug).first() if is_own(kind) else None,
    }
    return render(request, "measure/metric.html", context, crumbs=[(_("Metrics"), reverse("measure:metrics"))])


def subject_of(kind: type[Metric]) -> str:
    """Under which heading a metric stands; those that people defined have one of their own."""
    return "own" if is_own(kind) else kind.subject


def is_own(kind: type[Metric]) -> bool:
    """Whether people defined it."""
    return hasattr(kind, "number")


def _url(kind: type[Metric]) -> str:
    return reverse("measure:metric", args=[kind.slug])


def _columns(rows: Sequence[Any]) -> list[str]:
    names: dict[str, None] = {}
    for row in rows:
        names |= dict.fromkeys(row)
    return list(names)


def _cells(kind: type[Metric]) -> list[list[object]]:
    names = _columns(kind.example.shown)
    return [[_cell(row.get(name)) for name in names] for row in kind.example.shown[:SHOWN_ROWS]]


def _cell(value: object) -> object:
    """A value of an example as people read it."""
    return "–" if value is None else _("yes") if value is True else _("no") if value is False else value


def _cuts(kind: type[FigureMetric]) -> str:
    """By what it can be cut, as people read it."""
    places = ", ".join(str(PLACE_TITLES[name]) for name in kind.places)
    beside = "; ".join(" × ".join(str(EXTRAS[name].title) for name in cut) for cut in kind.kept)
    return _("%(places)s; beside these one of: %(beside)s") % {"places": places, "beside": beside} if beside else places
