"""Raters: accuracy against the experts, for whoever may see single people's figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, require
from evenkeel.ground.charts import Chart
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.kernel import Estimate
from evenkeel.people import Worker, note_look
from evenkeel.work import Programme

from .. import scopes
from ..models import RaterFigures
from ..queries.figures import figure, names_of
from ..queries.study import confusion_rows, programme_study, rater_rows
from ..rules.guards import RANK_FROM
from . import charts
from .common import address, crumbs_of, programme_for, tabs_of, window_ending

_LEAST, _MOST = 10, 20_000


@page(gettext_lazy("Raters"))
def rater_list(request: PageRequest, programme_id: UUID) -> HttpResponseBase:
    """Everybody by name; the chart shows the page of the table that is open, in its order."""
    programme = programme_for(request, programme_id)
    may_see = request.actor.has(scopes.PERSON_VIEW)
    table = _table(request, programme_id)
    audited = _by_audits(request, programme) if may_see else None
    study = {figure.metric: figure for figure in programme_study(request.actor, programme=programme)}
    everybody = study["label_accuracy"].estimate if "label_accuracy" in study else None
    shown = [row.source for row in table.rows] if may_see else []
    if may_see:
        lines = audited.rows if audited else []
        people = [*(row.worker_id for row in shown), *(row.source.worker_id for row in lines)]
        note_look(request.actor, workers=people, what=_("Raters of %s") % programme.name, now=request.now)
    context = {
        "programme": programme,
        "tabs": tabs_of(programme, "raters"),
        "may_see": may_see,
        "table": table,
        "study": study,
        "everybody": everybody,
        "rank_from": RANK_FROM,
        "forest": charts.rater_forest(
            shown,
            everybody=everybody,
            title=_("Accuracy against the experts"),
            description=_("Share of answers like the expert's, with its 95 % interval, person by person."),
        )
        if any(row.n for row in shown)
        else None,
        "audited": audited if audited and audited.rows else None,
        "audited_forest": charts.audited_forest([row.source for row in audited.rows])
        if audited and audited.rows
        else None,
        "histogram": _spread(request, programme_id, everybody) if may_see else None,
    }
    if may_see and (exported := table.export() or (audited.export() if audited else None)):
        return exported
    return render(request, "measure/raters.html", context, crumbs=crumbs_of(programme, deeper=True))


@dataclass(frozen=True, kw_only=True)
class AuditedLine:
    """One person's accuracy by audits of the last weeks."""

    worker_id: UUID
    name: str
    accuracy: Estimate
    url: str


def _by_audits(request: PageRequest, programme: Programme) -> Table:
    """Accuracy by audits, person by person, by name. What counts for the policy is held against nobody."""
    _before, since, until = window_ending(request.now.date())
    found = figure(
        "accuracy_of_people", by="worker", programme=programme.pk, since=since, until=until, actor=request.actor
    )
    names = names_of(Worker, set(found))
    window = {"since": since.isoformat(), "until": until.isoformat()}
    lines = [
        AuditedLine(
            worker_id=UUID(str(worker_id)),
            name=names.get(worker_id, "–"),
            accuracy=estimate,
            url=address("measure:audits", programme.pk, worker=worker_id, **window),
        )
        for worker_id, estimate in found.items()
        if isinstance(worker_id, UUID)
    ]
    return Table(
        request,
        lines,
        key="audited",
        title=_("Accuracy by audits, last 4 weeks"),
        columns=[
            Column("name", _("Moderator"), sort=True),
            Column(
                "accuracy",
                _("Accuracy by audits, last 4 weeks"),
                kind="estimate",
                bar=True,
                sort=True,
                link=lambda line: line.url,
                help=_(
                    "Audits of unclear clauses count for the policy and are left out. Sorted by value, people with too few "
                    "audits stand last: their figures are mostly luck."
                ),
            ),
        ],
        filters=[TextFilter("q", _("Search people"), fields=["name"])],
        default_sort="name",
        export_name="accuracy_by_audits",
    )


def _spread(request: PageRequest, programme_id: UUID, everybody: Estimate | None) -> Chart | None:
    """How accuracy spreads over those with enough answers; nothing where they are few, for a handful has no shape."""
    rows = rater_rows(request.actor, programme=programme_id).filter(is_thin=False, value__isnull=False).order_by()
    values = [value for value in rows.values_list("value", flat=True)[:_MOST] if value is not None]
    return charts.accuracy_histogram(values, everybody=everybody) if len(values) >= _LEAST else None


def _table(request: PageRequest, programme_id: UUID) -> Table:
    def link(row: RaterFigures) -> str:
        return reverse("measure:rater", args=[row.programme_id, row.worker_id])

    return Table(
        request,
        rater_rows(request.actor, programme=programme_id),
        title=_("Raters"),
        columns=[
            Column("worker.name", _("Rater"), sort=["worker__name", "worker__code"], link=link),
            Column("worker.code", _("Code"), sort="worker__code", kind="code", optional=True),
            Column("organisation.name", _("Organisation"), sort="organisation__name"),
            Column("labels", _("Answers"), kind="count", sort="labels", link=lambda row: answers_url(row)),
            Column(
                "accuracy",
                _("Accuracy"),
                kind="estimate",
                value=plain_estimate,
                sort="value",
                help=_("Share of answers to items that experts answered too, which are like the expert's."),
            ),
            Column(
                "shrunk",
                _("Leaning on colleagues"),
                kind="estimate",
                value=shrunk_estimate,
                sort="shrunk",
                help=_("With few answers a plain share is mostly luck, so it is drawn towards what colleagues reach."),
            ),
            Column(
                "rank",
                _("Rank"),
                kind="count",
                sort="rank",
                help=_("By the leaning accuracy. Who has fewer than %(n)s answers is not ranked.") % {"n": RANK_FROM},
            ),
            Column("kappa", _("Kappa"), kind="number", digits=3, sort="kappa", optional=True),
            Column(
                "top_share",
                _("Most frequent answer"),
                value=lambda row: f"{row.top_label} {row.top_share:.0%}" if row.top_share is not None else "",
                sort="top_share",
                help=_("Who nearly always gives the same answer may not be looking."),
            ),
        ],
        filters=[
            TextFilter("q", _("Search raters"), fields=["worker__name", "worker__code"]),
            ChoiceFilter(
                "enough",
                _("Answers"),
                choices=[("False", _("enough to compare")), ("True", _("too few to compare"))],
                field="is_thin",
            ),
        ],
        default_sort="worker.name",
        export_name="raters",
        page_size=25,
        empty=Empty(
            title=_("Nobody to compare yet"),
            body=_("Raters are compared with experts as soon as both have answered the same items."),
            icon="users",
        ),
    )


def plain_estimate(row: RaterFigures) -> Estimate:
    """The plain share with Wilson's interval."""
    if row.value is None or row.low is None or row.high is None:
        return Estimate.unknown(method="wilson")
    return Estimate(row.value, row.low, row.high, row.n, float(row.n), "wilson")


def shrunk_estimate(row: RaterFigures) -> Estimate:
    """The share leaning on colleagues."""
    if row.shrunk is None or row.shrunk_low is None or row.shrunk_high is None:
        return Estimate.unknown(method="beta_binomial_posterior")
    return Estimate(row.shrunk, row.shrunk_low, row.shrunk_high, row.n, float(row.n), "beta_binomial_posterior")


def answers_url(row: RaterFigures, **query: object) -> str:
    """The answers behind a rater's figure."""
    return address("measure:answers", row.programme_id, worker=row.worker_id, **query)


@page(gettext_lazy("Rater"))
def rater(request: PageRequest, programme_id: UUID, worker_id: UUID) -> HttpResponse:
    """One person: her accuracy, what she takes for what, and every answer behind it."""
    programme = programme_for(request, programme_id)
    require(request.actor, scopes.PERSON_VIEW)
    worker = load(request.actor, scopes.PERSON_VIEW, Worker.objects.select_related("organisation", "team"), worker_id)
    note_look(request.actor, workers=[worker.pk], what=_("Accuracy in %s") % programme.name, now=request.now)
    rows = list(rater_rows(request.actor, programme=programme).filter(worker=worker))
    cells = confusion_rows(request.actor, programme=programme, worker_id=worker.pk)
    classes, table = _confusion(cells)
    study = {figure.metric: figure for figure in programme_study(request.actor, programme=programme)}
    context = {
        "programme": programme,
        "worker": worker,
        "worker_url": address("people:worker", worker.pk),
        "rows": [(row, plain_estimate(row), shrunk_estimate(row), answers_url(row)) for row in rows],
        "everybody": study["label_accuracy"].estimate if "label_accuracy" in study else None,
        "rank_from": RANK_FROM,
        "people": rater_rows(request.actor, programme=programme).filter(rank__isnull=False).count(),
        "confusion": charts.confusion_matrix(
            classes,
            table,
            title=_("What she takes for what"),
            link=lambda truth, label: answers_url(rows[0], truth=truth, label=label) if rows else "",
        )
        if rows and rows[0].n
        else None,
    }
    crumbs = [*crumbs_of(programme, deeper=True), (_("Raters"), reverse("measure:raters", args=[programme.pk]))]
    return render(request, "measure/rater.html", context, crumbs=crumbs)


def _confusion(cells: Sequence[Any]) -> tuple[list[str], list[list[int]]]:
    classes = sorted({cell.label for cell in cells} | {cell.truth for cell in cells if cell.truth})
    table = [[0] * len(classes) for _class in classes]
    for cell in cells:
        if cell.truth:
            table[classes.index(cell.truth)][classes.index(cell.label)] += cell.n
    return classes, table
