"""Explore: a question in, figures out. The question stands in the address, so a link shares it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor, require
from evenkeel.ground.changes import changes_between
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.measure import PERSON_VIEW, STEPS, TABLES, FigureMetric, covered, day_metric
from evenkeel.people import note_look

from .. import scopes
from ..charts import chart_of
from ..files import csv_of
from ..forms import MailingForm, SaveForm
from ..models import Exploration, Mailing
from ..queries.answers import Answer, answer
from ..queries.offered import metrics_offered
from ..queries.saved import dashboards_of, load_saved, mailing_of
from ..rules.questions import COMPARES, DIMENSIONS, DRAWINGS, MOST_DIMENSIONS, PERIODS, Question, fairs_of, read
from ..words import COMPARES as COMPARE_WORDS
from ..words import DIMENSIONS as DIMENSION_WORDS
from ..words import DRAWINGS as DRAWING_WORDS
from ..words import FAIRS as FAIR_WORDS
from ..words import PERIODS as PERIOD_WORDS
from ..words import change_kind, change_of
from .links import Links
from .places import narrowings, offered

_MOST_ROWS = 500


@page(
    gettext_lazy("Explore"),
    name="reports:explore",
    nav=Nav(section="insight", icon="telescope", order=6, scope=scopes.EXPLORE),
)
def explore(request: PageRequest) -> HttpResponse:
    """Ask a question; ?format=csv gives what is shown as a file."""
    require(request.actor, scopes.EXPLORE)
    return _page(request, dict(request.GET.lists()), None)


@page(gettext_lazy("Exploration"))
def exploration(request: PageRequest, exploration_id: UUID) -> HttpResponse:
    """A saved one, asked anew."""
    found = load_saved(request.actor, exploration_id)
    return _page(request, found.asked, found)


def _page(request: PageRequest, sent: Mapping[str, Any], saved: Exploration | None) -> HttpResponse:
    actor, offered_metrics = request.actor, metrics_offered(request.actor, asked=sent.get("metric"))
    asked = read(sent, metrics=offered_metrics)
    question = asked.question
    found = answer(question, actor=actor, today=request.now.date())
    if found.workers:
        note_look(actor, workers=found.workers, what=_("Explore: %s") % found.metric.title, now=request.now)
    if request.GET.get("format") == "csv":
        return _file(found)
    links = Links(found, actor)
    context = {
        "answer": found,
        "question": question,
        "faults": list(asked.faults.values()),
        "for_people": _for_people(found, links),
        "narrowed": [(each, links.explore(each.without)) for each in narrowings(actor, question)],
        "chart": _chart(request, found, links),
        "table": table_of(found, links),
        "pivot": _pivot(found, links),
        "choices": _choices(actor, found, offered_metrics, links),
        "covered": covered(question.metric) if not found.evaluated.total.estimate.n else None,
        "question_last": found.until - timedelta(days=1),
        "rows_url": links.rows(),
        "csv_url": f"{links.explore(question)}&format=csv",
        "share_url": request.build_absolute_uri(saved.get_absolute_url() if saved else links.explore(question)),
        **_saving(request, found, saved, read(saved.asked, metrics=offered_metrics).question if saved else None),
    }
    crumbs = [(_("Explorations"), "/reports/explorations/")] if saved else []
    return render(request, "reports/explore.html", context, crumbs=crumbs)


def _title(kind: type[FigureMetric]) -> str:
    """What a metric is called where several are offered: a definition as it was must be told from the one in force."""
    number = kind.slug.partition("@")[2]
    return _("%(title)s, version %(number)s") % {"title": kind.title, "number": number} if number else str(kind.title)


def _for_people(found: Answer, links: Links) -> Mapping[str, Any] | None:
    """The metric that may be held against single people, where another one was asked person by person."""
    slug = found.metric.for_people
    if not slug or "worker" not in found.question.dimensions:
        return None
    kind = day_metric(slug)
    return {"title": kind.title, "why": kind.why, "url": links.explore(replace(found.question, metric=slug))}


def _file(found: Answer) -> HttpResponse:
    name = f"{found.metric.slug}-{found.since.isoformat()}-{found.until.isoformat()}.csv"
    response = HttpResponse(csv_of(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _chart(request: PageRequest, found: Answer, links: Links) -> Any:
    if found.is_withheld:
        return None
    changes = []
    if found.question.drawing == "line":
        said = {UUID(str(value)) for value in found.question.narrowed.get("programme", ())}
        programmes = said or set(links.programmes.values()) or None
        changes = changes_between(request.actor, since=found.since, until=found.until, programmes=programmes)
    return chart_of(found, changes=changes, cell_url=links.finer, day_url=links.day)


def table_of(found: Answer, links: Links) -> Mapping[str, Any]:
    """The cells as rows for the template, the whole last."""
    kind = found.metric
    rows = [
        {
            "names": cell.names,
            "cell": cell,
            "href": links.finer(cell),
            "rows_href": links.rows(cell),
            "change": change_of(kind, cell.before, cell.estimate),
        }
        for cell in found.evaluated.cells[:_MOST_ROWS]
    ]
    total = found.evaluated.total
    return {
        "headings": [DIMENSION_WORDS[name] for name in found.question.by],
        "rows": rows,
        "left_out": max(len(found.evaluated.cells) - _MOST_ROWS, 0),
        "total": total,
        "total_change": change_of(kind, total.before, total.estimate),
        "change_kind": change_kind(kind),
        "is_compared": found.evaluated.before is not None,
        "fair": FAIR_WORDS[found.question.fair] if found.question.fair != "none" else "",
        "has_parts": total.mix is not None,
        "hidden": found.evaluated.hidden,
    }


def _pivot(found: Answer, links: Links) -> Mapping[str, Any] | None:
    pivot = found.pivot
    if pivot is None:
        return None
    lines = []
    for row_id, name in pivot.rows:
        cells = [pivot.cells.get((row_id, column_id)) for column_id, _name in pivot.columns]
        lines.append(
            {
                "name": name,
                "cells": [(cell, links.finer(cell) if cell else "") for cell in cells],
                "total": pivot.row_totals.get(row_id),
            }
        )
    return {
        "row_title": DIMENSION_WORDS[found.question.by[0]],
        "column_title": DIMENSION_WORDS[found.question.by[1]],
        "columns": [name for _id, name in pivot.columns],
        "lines": lines,
        "column_totals": [pivot.column_totals.get(column_id) for column_id, _name in pivot.columns],
        "has_totals": bool(pivot.row_totals and pivot.column_totals),
        "total": found.evaluated.total.estimate,
    }


def _choices(
    actor: Actor, found: Answer, offered_metrics: Sequence[type[FigureMetric]], links: Links
) -> Mapping[str, Any]:
    """What the form offers, and what is chosen. A metric is cut by what it is kept by, and by no more at once than it is."""
    question, kind = found.question, found.metric
    known = [name for name in DIMENSIONS if name in kind.dimensions()]
    dimensions = [name for name in known if name != "worker" or actor.has(PERSON_VIEW)]
    chosen = [*question.by, *[""] * MOST_DIMENSIONS][:MOST_DIMENSIONS]
    by = [[(name, DIMENSION_WORDS[name], name == one) for name in dimensions] for one in chosen]
    return {
        "metrics": [(each.slug, _title(each), each.slug == question.metric) for each in offered_metrics],
        "by": by[:2],
        "more_by": by[2:],
        "is_deep": len(question.by) > 2,
        "days": [(days, PERIOD_WORDS[days], question.since is None and question.days == days) for days in PERIODS],
        "has_own_days": question.since is None and question.days not in PERIODS,
        "compares": [(name, COMPARE_WORDS[name], name == question.compare) for name in COMPARES],
        "fairs": [
            (name, FAIR_WORDS[name], name == question.fair) for name in fairs_of(kind, question.by, question.narrowed)
        ],
        "drawings": [
            (name, DRAWING_WORDS[name], name == question.drawing, links.explore(replace(question, drawing=name)))
            for name in DRAWINGS
            if (name != "pivot" or len(question.by) == 2)
            and (name != "line" or (len(question.by) < 2 and kind.is_daily))
        ],
        "places": offered(actor, kind),
        "beside": [(name, DIMENSION_WORDS[name]) for name in known if name not in TABLES],
        "cuts": [
            (DIMENSION_WORDS[name], links.explore(question.cut(name)), question.by == (name,))
            for name in dimensions
            if kind.is_kept_by([*question.where, name])
        ],
        "whole": (links.explore(question.cut()), not question.by),
    }


def _saving(request: PageRequest, found: Answer, saved: Exploration | None, was: Question | None) -> Mapping[str, Any]:
    """Saving, sharing, sending: what the reader may do with the question; `was` is the saved one."""
    question = found.question
    is_hers = saved is not None and saved.owner_id == request.actor.person_id
    mailing = mailing_of(request.actor, saved) if saved else None
    return {
        "saved": saved,
        "is_hers": is_hers,
        "asked": question.query(),
        "save_form": SaveForm(initial={"name": str(found.metric.title)}),
        "change_form": SaveForm(initial={"name": saved.name, "audience": saved.audience})
        if saved and is_hers
        else None,
        "mailing": mailing,
        "mailing_form": MailingForm(initial=_rhythm(mailing)) if saved else None,
        "dashboards": list(dashboards_of(request.actor)),
        "fits_tile": question.since is None and question.days in STEPS,
        "is_changed": was is not None and QueryDict(question.query()) != QueryDict(was.query()),
    }


def _rhythm(mailing: Mailing | None) -> dict[str, Any]:
    return {"rhythm": mailing.rhythm, "hour": mailing.hour} if mailing else {}
