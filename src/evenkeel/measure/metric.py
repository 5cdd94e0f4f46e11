"""What a metric is. Each lives in one file of `measure/kinds/`; page, API, manual and one test read the catalogue.

Two sorts. A *day metric* sums up over any cells: it names a fact, the rows that count, a weight and a value, and its six
additive parts are rolled up by day. A *study metric* needs all labels of a programme at once, such as agreement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from evenkeel.ground.catalogue import Catalogue
from evenkeel.kernel import Estimate, WeightedParts, weighted_mean, weighted_rate
from evenkeel.work import DECISIONS

from .labels import LabelSet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from evenkeel.ground.log import Fact

    from .definitions.kinds import RatioMetric

Unit = Literal["percent", "number", "count", "duration_ms"]
Better = Literal["up", "down", "neither"]

# Sums of multiples of 2^-20 are exact in any order (up to 2^33), so a rebuilt roll-up equals the grown one to the last bit;
# a weight 1 / pi is off by less than one in a million.
GRAIN = 2.0**20
DIMENSIONS = ("programme_id", "queue_id", "organisation_id", "site_id", "team_id", "worker_id")


@dataclass(frozen=True, kw_only=True)
class Example:
    """A case with its answer: rows as they stand in the log (only the columns that matter), or labels of a study."""

    rows: Sequence[Mapping[str, Any]]
    value: float
    n: int
    experts: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


class Metric:
    """The base of every kind. `guard` is the metric that must not get worse while this one gets better."""

    slug: ClassVar[str]
    title: ClassVar[StrOrPromise]
    why: ClassVar[StrOrPromise]
    formula: ClassVar[str]
    source: ClassVar[str] = ""
    unit: ClassVar[Unit] = "percent"
    digits: ClassVar[int] = 1
    better: ClassVar[Better] = "up"
    guard: ClassVar[str] = ""
    grain: ClassVar[StrOrPromise]
    facts: ClassVar[tuple[Fact, ...]]
    example: ClassVar[Example]

    @classmethod
    def try_example(cls) -> Estimate:
        """The metric's answer to its own example."""
        raise NotImplementedError


class DayMetric(Metric):
    """A metric of additive parts. Raise `version` with the definition: the roll-up is then made anew from the log."""

    version: ClassVar[int] = 1
    fact: ClassVar[Fact]
    at: ClassVar[str] = "decided_at"
    # The column of the answer by which finest cells are kept for explaining a change; "" = none are kept.
    cell_label: ClassVar[str] = ""

    @classmethod
    def where(cls, rows: Any) -> Any:
        """Which rows count, as an Ibis expression; None = all."""
        return None

    @classmethod
    def weight(cls, rows: Any) -> Any:
        """The weight of a row, as an Ibis expression."""
        return rows.sign * 0 + 1.0

    @classmethod
    def value(cls, rows: Any) -> Any:
        """The value of a row, as an Ibis expression."""
        return rows.sign * 0 + 1.0

    @classmethod
    def estimate(cls, parts: WeightedParts) -> Estimate:
        """The figure from its parts."""
        raise NotImplementedError

    @classmethod
    def terms(cls, rows: Any) -> dict[str, Any]:
        """What a row adds to each part but n, before its sign."""
        w, y = cls.weight(rows), cls.value(rows)
        return {"w": w, "wy": w * y, "ww": w * w, "wwy": w * w * y, "wwyy": w * w * y * y}

    @classmethod
    def parts(cls, rows: Any) -> Any:
        """The additive parts by day and every dimension, as an Ibis expression over rows of the fact. Sign-aware."""
        kept = rows if (where := cls.where(rows)) is None else rows.filter(where)
        day = kept[cls.at].date()
        terms = cls.terms(kept)
        signed = kept.mutate(
            day=day, **{f"_{name}": (term * GRAIN).round() / GRAIN * kept.sign for name, term in terms.items()}
        )
        sums = {name: signed[f"_{name}"].sum() for name in terms}
        finest = [cls.cell_label, "policy_version_id"] if cls.cell_label else []
        return signed.group_by(["day", *DIMENSIONS, *finest]).aggregate(n=signed.sign.sum(), **sums)

    @classmethod
    def try_example(cls) -> Estimate:
        from .rollup.parts import parts_of_rows

        return cls.estimate(parts_of_rows(cls, cls.example.rows))


class Rate(DayMetric):
    """A share: values 0 or 1, Hajek's ratio with Wilson's interval on the effective sample size."""

    @classmethod
    def estimate(cls, parts: WeightedParts) -> Estimate:
        return weighted_rate(parts)


class Mean(DayMetric):
    """A mean of real values, with Student's interval."""

    unit: ClassVar[Unit] = "number"

    @classmethod
    def estimate(cls, parts: WeightedParts) -> Estimate:
        return weighted_mean(parts)


class Count(DayMetric):
    """A number of rows. Counted, not estimated: the interval is the number itself."""

    unit: ClassVar[Unit] = "count"
    digits = 0
    better: ClassVar[Better] = "neither"

    @classmethod
    def estimate(cls, parts: WeightedParts) -> Estimate:
        return Estimate(float(parts.n), float(parts.n), float(parts.n), parts.n, float(parts.n), "counted")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A study metric's answer, with the figures beside it that a page shows."""

    estimate: Estimate
    detail: Mapping[str, Any] = field(default_factory=dict)


class StudyMetric(Metric):
    """A metric of all labels of a programme together."""

    facts: ClassVar[tuple[Fact, ...]] = (DECISIONS,)

    @classmethod
    def evaluate(cls, labels: LabelSet) -> Finding:
        """The figure over a set of labels."""
        raise NotImplementedError

    @classmethod
    def try_example(cls) -> Estimate:
        return cls.evaluate(LabelSet.of(cls.example.rows, experts=cls.example.experts)).estimate


class Metrics(Catalogue[type[Metric]]):
    """What ships, one file a kind. By slug also what people defined; `all_metrics` lists both.

    Going through it gives what ships alone: that asks no database.
    """

    def __contains__(self, slug: object) -> bool:
        return super().__contains__(slug) or (isinstance(slug, str) and _own(slug) is not None)

    def __getitem__(self, slug: str) -> type[Metric]:
        if not super().__contains__(slug) and (found := _own(slug)) is not None:
            return found
        return super().__getitem__(slug)


def _own(slug: str) -> type[Metric] | None:
    from .definitions.registry import find

    return find(slug)


metrics = Metrics("metric", package="evenkeel.measure.kinds")
metric = metrics.register


def all_metrics() -> list[type[Metric]]:
    """Every metric that is in use: those that ship, then those that people defined, each by slug."""
    from .definitions.registry import in_use

    return [*metrics, *in_use()]


def day_metrics() -> list[type[DayMetric]]:
    """The metrics that are rolled up by day, own ones among them."""
    return [kind for kind in all_metrics() if issubclass(kind, DayMetric)]


def rolled_up() -> list[type[DayMetric]]:
    """Everything that has sums in the roll-ups: day metrics that ship, and each version of those that people defined."""
    from .definitions.registry import versions_in_use

    return [*(kind for kind in metrics if issubclass(kind, DayMetric)), *versions_in_use()]


def stored_as(slug: str) -> str:
    """Under which name the roll-ups hold a metric: its slug, for an own one that of its newest version."""
    if slug in metrics.slugs():
        return slug
    from .definitions.registry import newest

    return newest(slug)


def study_metrics() -> list[type[StudyMetric]]:
    """The metrics that are evaluated over a programme's labels."""
    return [kind for kind in metrics if issubclass(kind, StudyMetric)]


def day_metric(slug: str) -> type[DayMetric]:
    """One metric that is rolled up by day. Raises `UnknownKind`, or ValueError for a metric of studies."""
    kind = metrics[slug]
    if not issubclass(kind, DayMetric):
        if is_ratio(kind):
            raise ValueError(f"{slug} is a ratio of two metrics and has no parts: ask figure, series or evaluate")
        raise ValueError(f"{slug} needs all labels of a programme at once: ask programme_study")
    return kind


def is_ratio(kind: type[Metric]) -> bool:
    """Whether a metric is one over another."""
    from .definitions.kinds import RatioMetric

    return issubclass(kind, RatioMetric)


def is_by_day(kind: type[Metric]) -> bool:
    """Whether a metric can be asked as figure, series and evaluation: one that is summed up by day, or a ratio of two."""
    return issubclass(kind, DayMetric) or is_ratio(kind)


def ratio_metric(slug: str) -> type[RatioMetric]:
    """One metric that is a ratio of two. Raises `UnknownKind`, or ValueError for another sort."""
    from .definitions.kinds import RatioMetric

    kind = metrics[slug]
    if not issubclass(kind, RatioMetric):
        raise ValueError(f"{slug} is no ratio of two metrics")
    return kind


def ratio_by_item(hits: Any, n: Any) -> Estimate:
    """A share of labels, where labels on one item stand or fall together: items are the sample, not labels.

    R = sum a_i / sum m_i over items with a_i of m_i labels right; V = sum (a_i - R m_i)^2 / (sum m_i)^2; the interval is
    Wilson's on R (1 - R) / V, the number of independent labels that would be as uncertain, never more than the labels.
    """
    import numpy as np

    from evenkeel.kernel import proportion

    right, size = np.asarray(hits, dtype=float), np.asarray(n, dtype=float)
    right, size = right[size > 0], size[size > 0]
    method, rows = "ratio_by_item_wilson", round(float(size.sum()))
    if not rows:
        return Estimate.unknown(method=method)
    parts = WeightedParts.of(right / size, weights=size)
    share, k = parts.ratio, parts.n
    spread = share * (1 - share)
    variance = parts.variance * k / (k - 1) if k > 1 else 0.0
    # All items alike leaves nothing to learn the variance from: then items count, one each.
    effective = min(spread / variance, float(rows)) if variance > 0 and spread > 0 else float(k)
    found = proportion(share * effective, effective, rows=rows)
    return Estimate(found.value, found.low, found.high, rows, effective, method, found.level)


def standard_error(estimate: Estimate) -> float | None:
    """The standard error behind a symmetric interval of Student's t on n - 1; None where there is no such interval."""
    from evenkeel.kernel import t_quantile, two_sided

    if not estimate.has_interval or estimate.n < 2 or "wilson" in estimate.method:
        return None
    half = max(estimate.high - estimate.value, estimate.value - estimate.low)
    error = half / t_quantile(two_sided(estimate.level), df=estimate.n - 1)
    return error if error < sqrt(estimate.n) else None
