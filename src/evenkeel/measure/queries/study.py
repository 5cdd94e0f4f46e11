"""The figures of a study as the job last evaluated them: agreement, raters, items. Nothing is computed from labels here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import nan
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.templatetags.wording import interval_text, value_text
from evenkeel.kernel import Estimate, WhyTheyDiffer, why_they_differ
from evenkeel.work import Programme

from .. import scopes
from ..metric import metrics
from ..models import Evaluation, ItemFigures, RaterFigures, WorkerTally
from .figures import PEOPLE_NEEDED

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ORDER = (
    "labels", "agreement_percent", "krippendorff_alpha", "gwet_ac1", "fleiss_kappa", "brennan_prediger",
    "label_accuracy", "majority_accuracy", "repeatability",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class StudyFigure:
    """One metric of a study, with the figures beside it (`detail`), as of a moment."""

    metric: str
    title: StrOrPromise
    unit: str
    digits: int
    estimate: Estimate
    detail: Mapping[str, Any]
    as_of: datetime

    @property
    def exact(self) -> str:
        """Value and interval with every digit that matters."""
        return exact_text(self.estimate)

    @property
    def value_text(self) -> str:
        """The value as tables show it: a coefficient with four digits, a share as percent."""
        return value_text(self.estimate.value, kind=self.unit, digits=self.digits)

    @property
    def value_text_4(self) -> str:
        """The value with four digits, whatever its unit: as published work prints it."""
        return value_text(self.estimate.value, kind="number", digits=4)

    @property
    def interval_text(self) -> str:
        """The interval in the same form."""
        return _interval(self.estimate, self.unit, self.digits)

    @property
    def interval_text_4(self) -> str:
        """The interval with four digits, beside `value_text_4`."""
        return _interval(self.estimate, "number", 4)

    @property
    def standard_error(self) -> str:
        """The standard error with four digits; "" where the interval has none behind it."""
        found = self.detail.get("standard_error")
        return "" if found is None else value_text(found, kind="number", digits=4)

    def companion(self, name: str) -> Estimate | None:
        """An estimate kept in `detail`, such as the kappa of majority and experts."""
        said = self.detail.get(name)
        return Estimate.from_dict(said) if said else None

    @property
    def kappa(self) -> Companion | None:
        """Cohen's kappa of majority and experts."""
        return _companion(self.companion("kappa"), 4)

    @property
    def auc(self) -> Companion | None:
        """How well the share of one answer tells the experts' two apart."""
        return _companion(self.companion("auc"), 5)


@dataclass(frozen=True, kw_only=True)
class Companion:
    """A figure beside a metric's own, as text."""

    value_text: str
    interval_text: str
    exact: str


def _companion(found: Estimate | None, digits: int) -> Companion | None:
    if found is None or not found.is_known:
        return None
    return Companion(
        value_text=value_text(found.value, kind="number", digits=digits),
        interval_text=_interval(found, "number", digits),
        exact=exact_text(found),
    )


def _interval(found: Estimate, unit: str, digits: int) -> str:
    return interval_text(found.low, found.high, kind=unit, digits=digits) if found.has_interval else ""


def exact_text(found: Estimate) -> str:
    """An estimate in full: for whoever compares it with another program's."""
    if not found.is_known:
        return ""
    ends = f" ({found.low:.9g} – {found.high:.9g})" if found.has_interval else ""
    return f"{found.value:.9g}{ends}; n {found.n}; {found.method.replace('_', ' ')}"


def programme_study(actor: Actor, *, programme: Programme | UUID) -> list[StudyFigure]:
    """All figures of a programme's labels: over everybody, or, for a partner's person, over her organisation's own labels.

    Empty before the first evaluation, where nothing can be compared (one answer an item and no experts), and where fewer
    than five people gave the labels and the actor may not see single people's figures.
    """
    rows = visible(actor, scopes.FIGURE_VIEW, Evaluation.objects.filter(programme=programme))
    rows = rows.filter(organisation=actor.organisation_id if actor.is_outside else None)
    if not actor.has(scopes.PERSON_VIEW) and _people(rows) < PEOPLE_NEEDED:
        return []
    place = {slug: position for position, slug in enumerate(ORDER)}
    found = [
        StudyFigure(
            metric=row.metric,
            title=metrics[row.metric].title,
            unit=metrics[row.metric].unit,
            digits=metrics[row.metric].digits,
            estimate=estimate_of(row),
            detail=row.detail,
            as_of=row.as_of,
        )
        for row in rows
        if row.metric in metrics
    ]
    return sorted(found, key=lambda figure: (place.get(figure.metric, len(place)), figure.metric))


def _people(rows: QuerySet[Evaluation]) -> int:
    """How many people's labels stand behind a study."""
    labels = rows.filter(metric="labels").first()
    return int(labels.detail.get("people", 0)) if labels is not None else 0


def why_agreement_differs(figures: Mapping[str, StudyFigure]) -> WhyTheyDiffer | None:
    """Why alpha and AC1 tell different stories, from the figures that are kept; None before there are any."""
    names = ("agreement_percent", "krippendorff_alpha", "gwet_ac1")
    if any(name not in figures for name in names):
        return None
    percent, alpha, ac1 = (figures[name] for name in names)
    shares = list(percent.detail.get("class_shares", {}).values())
    return why_they_differ(shares, observed=percent.estimate.value, alpha=alpha.estimate.value, ac1=ac1.estimate.value)


def rater_rows(actor: Actor, *, programme: Programme | UUID) -> QuerySet[RaterFigures]:
    """Each rater's accuracy against the experts, by name: figures of single people, so `measure:person:view` is asked."""
    rows = visible(actor, scopes.PERSON_VIEW, RaterFigures.objects.filter(programme=programme))
    return rows.select_related("worker", "organisation").order_by("worker__name", "worker__code")


def item_rows(actor: Actor, *, programme: Programme | UUID, differs: bool = False) -> QuerySet[ItemFigures]:
    """Items with more than one answer or an expert's, most disputed first; `differs` = crowd and experts say otherwise."""
    rows = visible(actor, scopes.FIGURE_VIEW, ItemFigures.objects.filter(programme=programme))
    if differs:
        rows = rows.filter(differs=True)
    return rows.select_related("item").order_by("-disagreement", "item_id")


def confusion_rows(actor: Actor, *, programme: Programme | UUID, worker_id: UUID) -> list[WorkerTally]:
    """One rater's answers against the experts', cell by cell."""
    rows = visible(actor, scopes.PERSON_VIEW, WorkerTally.objects.filter(programme=programme, worker=worker_id))
    return list(rows.order_by("truth", "label"))


def estimate_of(row: Evaluation) -> Estimate:
    """A kept figure as it was."""

    def number(value: float | None) -> float:
        return nan if value is None else value

    return Estimate(number(row.value), number(row.low), number(row.high), row.n, row.n_effective, row.method, row.level)
