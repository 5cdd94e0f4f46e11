"""A programme's quality on one page, and the page of its agreement. Both read roll-ups only: flat, however long the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor
from evenkeel.ground.charts import Chart
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.kernel import Estimate
from evenkeel.people import Organisation, Team, Worker
from evenkeel.work import Programme, Queue

from .. import scopes
from ..metric import metrics
from ..models import RaterFigures, Series
from ..queries.breakdown import Breakdown, Cut, breakdown
from ..queries.figures import names_of, too_few
from ..queries.protecting import sees_people
from ..queries.study import StudyFigure, item_rows, programme_study, rater_rows, why_agreement_differs
from ..queries.watching import series_of, target_names, watched
from ..rules.watching import Reading, difference
from ..words import TONES, guard_words, scale_words, why_words
from . import charts
from .common import address, crumbs_of, open_signals, programme_for, tabs_of, window_ending

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_CUTS: tuple[Cut, ...] = ("queue", "organisation", "team")
METRICS = ("accuracy", "decided", "handle_time")
_EXTREMES = 6
_ITEMS = 8


@page(gettext_lazy("Quality of a programme"))
def overview(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """How right the work is: lately by audits, and over its labels as a study."""
    programme = programme_for(request, programme_id)
    study = {figure.metric: figure for figure in programme_study(request.actor, programme=programme)}
    operation = _operation(request, programme)
    context = {
        "programme": programme,
        "tabs": tabs_of(programme, "programme"),
        "tiles": _tiles(programme, operation, study),
        "doubts": _doubts(study),
        "may_name": request.actor.has(scopes.PERSON_VIEW),
        "signals": open_signals(request.actor, programme),
        "operation": operation,
        "study": study,
        "agreement_rows": [study[slug] for slug in _SHOWN if slug in study],
        "why": _why(study),
        "extremes": _extreme_raters(request.actor, programme, study),
        "disputed": _disputed(request.actor, programme, study),
        "differ_count": _differ_count(study),
    }
    return render(request, "measure/programme.html", context, crumbs=crumbs_of(programme))


_SHOWN = ("agreement_percent", "krippendorff_alpha", "gwet_ac1")
_FOLDED = ("fleiss_kappa", "brennan_prediger")


@page(gettext_lazy("Agreement"))
def agreement(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """Every coefficient of agreement, why they differ, and how people stand to the experts."""
    programme = programme_for(request, programme_id)
    study = {figure.metric: figure for figure in programme_study(request.actor, programme=programme)}
    alpha = study.get("krippendorff_alpha")
    context = {
        "programme": programme,
        "tabs": tabs_of(programme, "agreement"),
        "study": study,
        "shown": [study[slug] for slug in _SHOWN if slug in study],
        "folded": [study[slug] for slug in _FOLDED if slug in study],
        "why": _why(study),
        "scale": scale_words(alpha.estimate.value) if alpha and alpha.estimate.is_known else "",
        "doubts": _doubts(study),
        "may_name": request.actor.has(scopes.PERSON_VIEW),
        "shares": _shares(study),
        "confusion": _confusion(programme, study),
        "repeatability": study.get("repeatability"),
        "items_url": reverse("measure:items", args=[programme.pk]),
    }
    return render(request, "measure/agreement.html", context, crumbs=crumbs_of(programme, deeper=True))


# ---------------------------------------------------------------- audits: lately


@dataclass(frozen=True, kw_only=True)
class Line:
    """One queue, organisation or team: its figures of the last weeks. `withheld`: those behind which stand too few people."""

    name: str
    accuracy: Estimate | None
    accuracy_url: str
    decided: Estimate | None
    handle_time: Estimate | None
    withheld: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Section:
    """The lines of one cut, by name: a list by value would rank what is too thin to be ranked."""

    title: str
    lines: Sequence[Line]


@dataclass(frozen=True, kw_only=True)
class Lately:
    """The last weeks and those before them."""

    since: date
    until: date
    now: Breakdown
    before: Breakdown
    audits_url: str

    @property
    def accuracy(self) -> Estimate:
        return self.now.total("accuracy")

    @property
    def accuracy_change(self) -> Estimate | None:
        """Against the weeks before; nothing where either is thin, for two guesses make no change."""
        before, now = self.before.total("accuracy"), self.accuracy
        return None if before.is_thin() or now.is_thin() else difference(before, now)


@dataclass(frozen=True, kw_only=True)
class Operation(Lately):
    """The last weeks with the chart that is chosen, the series there are, the tables."""

    chart: Chart | None
    has_limits: bool
    missing_points: int
    grain: str
    choices: Sequence[tuple[str, str, bool]]
    sections: Sequence[Section]


def _lately(actor: Actor, programme: Programme, today: date) -> Lately | None:
    """The last weeks; None where nothing was audited or timed: then the labels tell of it as a study."""
    start, since, until = window_ending(today)
    now = breakdown(actor, metrics=METRICS, since=since, until=until, programme_id=programme.pk)
    if not now.total("accuracy").n and not now.total("handle_time").n:
        return None
    few = {
        metric: too_few(actor, metric, since=since, until=until, by="programme", programme=programme)
        for metric in METRICS
    }
    if few["decided"]:
        return None
    earlier = too_few(actor, "accuracy", since=start, until=since, by="programme", programme=programme)
    return Lately(
        since=since,
        until=until,
        now=now.without({metric for metric, hidden in few.items() if hidden}),
        before=breakdown(actor, metrics=METRICS, since=start, until=since, programme_id=programme.pk).without(
            {"accuracy"} if earlier else ()
        ),
        audits_url=address("measure:audits", programme.pk, since=since.isoformat(), until=until.isoformat()),
    )


def _operation(request: PageRequest, programme: Programme) -> Operation | None:
    today, actor = request.now.date(), request.actor
    lately = _lately(actor, programme, today)
    if lately is None:
        return None
    all_series = _series(actor, programme, lately)
    chosen = next((one for one in all_series if str(one.pk) == request.GET.get("series")), None)
    chosen = chosen or (all_series[0] if all_series else None)
    said = watched(chosen, today=today, actor=actor) if chosen else None
    names = target_names((one.kind, one.target_id) for one in all_series)
    chart = None
    if chosen is not None and said is not None:
        chart = charts.control_chart(
            said,
            title=_("Accuracy of %(where)s") % {"where": names[chosen.kind, chosen.target_id]},
            where=names[chosen.kind, chosen.target_id],
            rows_url=lambda reading: _rows_of(programme, chosen, reading),
            marks=charts.marks_of(actor, said, programme=programme.pk),
        )
    return Operation(
        **{name: getattr(lately, name) for name in ("since", "until", "now", "before", "audits_url")},
        chart=chart,
        has_limits=bool(said and said.is_ready),
        missing_points=said.missing if said else 0,
        grain=said.grain if said else "day",
        choices=[
            (names[one.kind, one.target_id], f"?series={one.pk}#chart", one is chosen)
            for one in all_series
            if (one.kind, one.target_id) in names
        ],
        sections=_sections(actor, programme, lately.now, lately.since, lately.until),
    )


def _series(actor: Actor, programme: Programme, lately: Lately) -> list[Series]:
    """The watched series, without those that would tell of single people to whoever may not see them."""
    found = series_of(actor, programme=programme)
    if sees_people(actor):
        return found
    few = {
        cut: too_few(actor, "accuracy", since=lately.since, until=lately.until, by=cut, programme=programme)
        for cut in _CUTS
    }
    return [one for one in found if not any(one.kind == cut and one.target_id in values for cut, values in few.items())]


def _rows_of(programme: Programme, series: Series, reading: Reading) -> str:
    narrowed: dict[str, object] = {} if series.kind == "programme" else {series.kind: series.target_id}
    if series.kind == "label":
        narrowed = {series.kind: series.label}
    return address(
        "measure:audits", programme.pk, since=reading.day.isoformat(), until=reading.until.isoformat(), **narrowed
    )


def _sections(actor: Actor, programme: Programme, now: Breakdown, since: date, until: date) -> list[Section]:
    cuts: list[tuple[Cut, str, type[Any]]] = [
        ("queue", _("Queues"), Queue),
        ("organisation", _("Organisations"), Organisation),
        ("team", _("Teams"), Team),
    ]
    found = []
    for cut, title, table in cuts:
        values = now.values(cut)
        if not values:
            continue
        names = names_of(table, values)
        figures = {metric: now.by(metric, cut) for metric in METRICS}
        # A team of ten of which one person was audited has an accuracy that is hers.
        few = {
            metric: too_few(actor, metric, since=since, until=until, by=cut, programme=programme) for metric in METRICS
        }
        lines = [
            Line(
                name=names[value],
                accuracy=figures["accuracy"].get(value),
                accuracy_url=address(
                    "measure:audits",
                    programme.pk,
                    since=since.isoformat(),
                    until=until.isoformat(),
                    **{cut: value},
                ),
                decided=figures["decided"].get(value),
                handle_time=figures["handle_time"].get(value),
                withheld=frozenset(metric for metric, hidden in few.items() if value in hidden),
            )
            for value in sorted(values, key=lambda value: names[value].casefold())
        ]
        found.append(Section(title=title, lines=lines))
    return found


# ---------------------------------------------------------------- labels: the study


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A headline figure."""

    label: StrOrPromise
    value: Estimate | float
    kind: str
    href: str = ""
    help: StrOrPromise = ""
    digits: int | None = None
    change: Estimate | None = None


def headline_tiles(actor: Actor, programme: Programme, *, today: date) -> list[Tile]:
    """The first tiles of a programme's quality, for the pages of rooms below."""
    study = {figure.metric: figure for figure in programme_study(actor, programme=programme)}
    return _tiles(programme, _lately(actor, programme, today), study)


def _tiles(programme: Programme, lately: Lately | None, study: Mapping[str, StudyFigure]) -> list[Tile]:
    """The headline: what is known of accuracy and agreement, and how much work stands behind it."""
    tiles: list[Tile] = []
    if lately is not None:
        tiles += _lately_tiles(programme, lately)
    if "label_accuracy" in study and study["label_accuracy"].estimate.is_known:
        tiles += [
            _study_tile(study["label_accuracy"], reverse("measure:raters", args=[programme.pk])),
            _study_tile(study["majority_accuracy"], f"{reverse('measure:items', args=[programme.pk])}?differs=True"),
        ]
    if "krippendorff_alpha" in study and study["krippendorff_alpha"].estimate.is_known:
        agreement_url = reverse("measure:agreement", args=[programme.pk])
        tiles += [_study_tile(study[slug], agreement_url) for slug in ("krippendorff_alpha", "gwet_ac1")]
    return tiles


def _lately_tiles(programme: Programme, lately: Lately) -> list[Tile]:
    decided, time = lately.now.total("decided"), lately.now.total("handle_time")
    tiles = [
        Tile(
            label=_("Accuracy, last 4 weeks"),
            value=lately.accuracy,
            kind="percent",
            href=lately.audits_url,
            change=lately.accuracy_change,
            help=_("Audited decisions that were right, each weighted by 1 / its odds of being drawn."),
        ),
        Tile(label=_("Decisions, last 4 weeks"), value=decided.value, kind="count", href=_decisions_url(programme)),
    ]
    return [*tiles, Tile(label=_("Handle time"), value=time, kind="duration_ms")] if time.is_known else tiles


def _study_tile(figure: StudyFigure, href: str) -> Tile:
    return Tile(
        label=figure.title,
        value=figure.estimate,
        kind=figure.unit,
        digits=3 if figure.unit == "number" else figure.digits,
        href=href,
        help=metrics[figure.metric].why,
    )


def _decisions_url(programme: Programme, **query: object) -> str:
    return address("work:decisions", programme=programme.pk, **query)


def _doubts(study: Mapping[str, StudyFigure]) -> list[dict[str, Any]]:
    if "labels" not in study:
        return []
    found = study["labels"].detail.get("guards", [])
    ids = {worker.partition("/")[2] for guard in found for worker in guard["workers"]}
    names = names_of(Worker, {UUID(worker) for worker in ids})
    said = []
    for guard in found:
        title, sentence = guard_words(guard["code"], guard["figures"])
        people = [names.get(UUID(worker.partition("/")[2]), "") for worker in guard["workers"]]
        said.append(
            {
                "tone": TONES.get(guard["code"], "info"),
                "title": title,
                "sentence": sentence,
                "people": sorted(people),
            }
        )
    return said


def _why(study: Mapping[str, StudyFigure]) -> list[str]:
    why = why_agreement_differs(study)
    if why is None:
        return []
    classes = list(study["agreement_percent"].detail["class_shares"])
    label = classes[why.dominant_class] if why.dominant_class >= 0 else ""
    alpha, ac1 = study["krippendorff_alpha"].estimate.value, study["gwet_ac1"].estimate.value
    return why_words(why, label=label, alpha=alpha, ac1=ac1)


def _shares(study: Mapping[str, StudyFigure]) -> Chart | None:
    percent = study.get("agreement_percent")
    shares = (
        {label: share for label, share in percent.detail["class_shares"].items() if share is not None}
        if percent
        else {}
    )
    return charts.class_bars(shares, title=_("How the answers spread")) if shares else None


def _confusion(programme: Programme, study: Mapping[str, StudyFigure]) -> Chart | None:
    accuracy = study.get("label_accuracy")
    if accuracy is None or not accuracy.estimate.n:
        return None
    items = reverse("measure:items", args=[programme.pk])
    return charts.confusion_matrix(
        accuracy.detail["classes"],
        accuracy.detail["confusion"],
        title=_("Answers against the experts"),
        # Everybody's answers to items of one true class: the items are the way to them.
        link=lambda truth, _label: f"{items}?expert={truth}",
    )


def _extreme_raters(actor: Actor, programme: Programme, study: Mapping[str, StudyFigure]) -> Chart | None:
    """Those furthest from the rest, among those with enough answers."""
    if "label_accuracy" not in study or not study["label_accuracy"].estimate.n or not actor.has(scopes.PERSON_VIEW):
        return None
    ranked = rater_rows(actor, programme=programme).filter(rank__isnull=False)
    best = list(ranked.order_by("rank")[:_EXTREMES])
    seen = {row.pk for row in best}
    worst = [row for row in ranked.order_by("-rank")[:_EXTREMES] if row.pk not in seen]
    shown: list[RaterFigures] = [*best, *reversed(worst)]
    if not shown:
        return None
    return charts.rater_forest(
        shown,
        everybody=study["label_accuracy"].estimate,
        title=_("Furthest from the rest"),
        description=_("The people with the highest and the lowest accuracy among those with enough answers."),
    )


def _disputed(actor: Actor, programme: Programme, study: Mapping[str, StudyFigure]) -> Chart | None:
    if "labels" not in study:
        return None
    rows = list(item_rows(actor, programme=programme)[:_ITEMS])
    classes = list(study["labels"].detail.get("totals", {}))
    if not rows:
        return None
    return charts.item_distribution(
        rows, classes=classes, title=_("Most disputed items"), link=lambda row: address("work:item", row.item_id)
    )


def _differ_count(study: Mapping[str, StudyFigure]) -> int:
    majority = study.get("majority_accuracy")
    if majority is None or not majority.estimate.is_known:
        return 0
    return round(majority.estimate.n * (1 - majority.estimate.value))
