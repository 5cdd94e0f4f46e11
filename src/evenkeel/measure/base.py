"""What a metric is. Each lives in one file of `measure/kinds/`; page, API, manual and one test read the catalogue.

A *figure metric* sums up over any cells of the roll-ups: one that a fact feeds (`DayMetric`), one made of two others worker
by worker and day by day (`UnitMetric`), one composed of others when it is asked (`Composed`), or a quantile of one's values
(`Quantile`). A *study metric* needs all labels of a programme at once, such as agreement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from evenkeel.kernel import Estimate, LogHistogram, WeightedParts
from evenkeel.work import DECISIONS

from .cuts import EXTRAS
from .labels import LabelSet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from evenkeel.ground.log import Fact

Unit = Literal["percent", "number", "count", "duration_ms", "hours", "per_hour", "per_million", "money_cents"]
Better = Literal["up", "down", "neither"]
# What an interval is for: how such work is done (the days ahead, people compared), or exactly what was done in these days.
Aim = Literal["process", "these"]

# Sums of multiples of 2^-20 are exact in any order (up to 2^33), so a rebuilt roll-up equals the grown one to the last bit;
# a weight 1 / pi is off by less than one in a million.
GRAIN = 2.0**20
# From here on doubles lie further apart than that, and times 2^20 they are larger than whole numbers of 64 bits need be.
_COARSE = 2.0**33
PLACES = ("programme", "queue", "organisation", "site", "team")
DIMENSIONS = (*(f"{name}_id" for name in PLACES), "worker_id")
SUMS = ("n", "w", "wy", "ww", "wwy", "wwyy")
EVERYWHERE = (*PLACES, "worker")
# What a time clock knows of stretches that belong to no queue: breaks, meetings, idle time.
OF_PEOPLE = ("organisation", "site", "team", "worker")


@dataclass(frozen=True, kw_only=True)
class Example:
    """A case with its answer: rows as they stand in the log (only the columns that matter), or labels of a study.

    `rows` are of the metric's own fact; `beside` has the rows of other metrics that it is made of, by their slugs.
    """

    value: float
    n: int
    rows: Sequence[Mapping[str, Any]] = ()
    beside: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    experts: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    @property
    def shown(self) -> Sequence[Mapping[str, Any]]:
        """All rows as one list, those of other metrics marked by their slug."""
        others = [{"metric": slug, **row} for slug, rows in self.beside.items() for row in rows]
        return [*self.rows, *others]


@dataclass(frozen=True, kw_only=True)
class Held:
    """What the roll-ups hold of one cell: additive parts by metric, and histograms of values. Two may be added."""

    parts: Mapping[str, WeightedParts] = field(default_factory=dict)
    sketches: Mapping[str, LogHistogram] = field(default_factory=dict)

    def of(self, slug: str) -> WeightedParts:
        """The parts of one metric; empty ones where nothing is held."""
        return self.parts.get(slug, WeightedParts())

    def sketch(self, slug: str) -> LogHistogram:
        """The histogram of one metric's values."""
        return self.sketches.get(slug, LogHistogram())

    def __add__(self, other: Held) -> Held:
        return Held(
            parts={slug: self.of(slug) + other.of(slug) for slug in {**self.parts, **other.parts}},
            sketches={slug: self.sketch(slug) + other.sketch(slug) for slug in {**self.sketches, **other.sketches}},
        )


class Metric:
    """The base of every kind. `guard` is the metric that must not get worse while this one gets better.

    `owner` is the role that answers for the definition. `population` says who or what counts, `excludes` what does not.
    Raise `version` with the definition: a roll-up is then made anew from the log.
    """

    slug: ClassVar[str]
    title: ClassVar[StrOrPromise]
    why: ClassVar[StrOrPromise]
    formula: ClassVar[str]
    source: ClassVar[str] = ""
    unit: ClassVar[Unit] = "percent"
    digits: ClassVar[int] = 1
    better: ClassVar[Better] = "up"
    guard: ClassVar[str] = ""
    owner: ClassVar[str] = "quality_manager"
    # Under which heading the catalogue lists it: one of SUBJECTS.
    subject: ClassVar[str] = "quality"
    version: ClassVar[int] = 1
    grain: ClassVar[StrOrPromise]
    population: ClassVar[StrOrPromise] = ""
    excludes: ClassVar[StrOrPromise] = ""
    facts: ClassVar[tuple[Fact, ...]]
    example: ClassVar[Example]

    @classmethod
    def try_example(cls) -> Estimate:
        """The metric's answer to its own example."""
        raise NotImplementedError


class FigureMetric(Metric):
    """A metric that the roll-ups answer for any cell they keep. `needs` are the metrics whose parts it reads."""

    # By which places it is kept; every combination of them can be asked for.
    places: ClassVar[tuple[str, ...]] = EVERYWHERE
    # Beside place: single dimensions and pairs of them by which it is kept too. Each costs rows, so each is chosen.
    kept: ClassVar[tuple[tuple[str, ...], ...]] = ()

    # The metric to hold against single people instead of this one; "" = this one will do.
    for_people: ClassVar[str] = ""

    # Whether it can be told day by day; what looks at both ends of a period cannot.
    is_daily: ClassVar[bool] = True

    # Whether fewer than five people are hidden from everybody, also from whoever may see single people's figures.
    is_guarded: ClassVar[bool] = False

    @classmethod
    def stored(cls) -> str:
        """Under which name the roll-ups hold its own parts: its slug; for one that people defined, its version's."""
        return cls.slug

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        """The stored metrics whose parts it is made of."""
        return (cls.stored(),)

    @classmethod
    def sketched_from(cls) -> tuple[str, ...]:
        """The metrics whose histograms it is made of."""
        return ()

    @classmethod
    def people_of(cls) -> str:
        """The stored metric whose rows tell which people stand behind a figure; "" where none do."""
        return cls.needs()[0]

    @classmethod
    def dimensions(cls) -> tuple[str, ...]:
        """Everything it can be cut by: places, and one more (or a kept pair) beside them."""
        known = (*cls.places, *dict.fromkeys(name for cut in cls.kept for name in cut))
        return tuple(name for name in known if cls.is_kept_by([name]))

    @classmethod
    def is_kept_by(cls, names: Iterable[str]) -> bool:
        """Whether it is kept by these dimensions together, so that they may cut and narrow it at once."""
        wanted = set(names)
        places, extras = wanted - EXTRAS.keys(), wanted & EXTRAS.keys()
        if not places <= set(cls.places) or ("worker" in places and extras):
            return False
        if cls.sketched_from():
            # Histograms are kept by place alone.
            return not extras and "worker" not in places
        return not extras or any(extras <= set(cut) for cut in cls.kept)

    @classmethod
    def figure(cls, held: Held) -> Estimate:
        """The figure of what a cell holds."""
        return cls.estimate(held.of(cls.stored()))

    @classmethod
    def of_these(cls, held: Held) -> Estimate:
        """The same figure with the interval for exactly the rows that could have been drawn; `figure` where that is all."""
        return cls.figure(held)

    @classmethod
    def said(cls, held: Held, aim: Aim) -> Estimate:
        """The figure with the interval that is asked for; the value is the same. Raises ValueError for another aim."""
        if aim not in ("process", "these"):
            raise ValueError(f'an interval is for the "process" or for "these" rows, not for {aim!r}')
        return cls.of_these(held) if aim == "these" else cls.figure(held)

    @classmethod
    def estimate(cls, parts: WeightedParts) -> Estimate:
        """The figure from the parts of its own that it stores. Raises ValueError where it is made of others."""
        raise ValueError(f"{cls.slug} is made of {', '.join(cls.needs())}")

    @classmethod
    def try_example(cls) -> Estimate:
        from .rollup.examples import held_of_example

        return cls.figure(held_of_example(cls))


class DayMetric(FigureMetric):
    """A metric that one fact feeds: it names the rows that count, a weight and a value; six sums are rolled up by day."""

    fact: ClassVar[Fact]
    at: ClassVar[str] = "decided_at"
    # The column of the answer by which finest cells are kept for explaining a change; "" = none are kept.
    cell_label: ClassVar[str] = ""
    # Whether the values go into histograms too, for quantiles. In the value's own unit times `sketch_scale`.
    is_sketched: ClassVar[bool] = False
    sketch_scale: ClassVar[float] = 1.0

    @classmethod
    def people_of(cls) -> str:
        return cls.stored() if "worker" in cls.places and "worker_id" in cls.fact.columns else ""

    @classmethod
    def where(cls, rows: Any) -> Any:
        """Which rows count, as an Ibis expression; None = all."""
        return None

    @classmethod
    def counts(cls, rows: Any) -> Any:
        """For how many a row stands, a whole number; None = one. For facts that are counted up already."""
        return None

    @classmethod
    def weight(cls, rows: Any) -> Any:
        """The weight of a row, as an Ibis expression."""
        return 1.0

    @classmethod
    def value(cls, rows: Any) -> Any:
        """The value of a row, as an Ibis expression."""
        return 1.0

    @classmethod
    def terms(cls, rows: Any) -> dict[str, Any]:
        """What a row adds to each sum, sign-aware, 0 where it does not count. Sums that follow from others are left out."""
        import ibis

        sign = rows.sign if "sign" in cls.fact.columns else ibis.literal(1)
        where = cls.where(rows)
        many = cls.counts(rows)
        sign = sign if many is None else sign * many
        n = sign if where is None else where.ifelse(sign, 0)

        def exact(term: Any) -> Any:
            inside = term if where is None else where.ifelse(term, 0.0)
            return grained(inside) * n

        found = {"n": n}
        is_weighted, is_valued = _is_own(cls, "weight"), _is_own(cls, "value")
        w, y = cls.weight(rows), cls.value(rows)
        if is_weighted:
            found |= {"w": exact(w), "ww": exact(w * w)}
        if is_valued:
            found["wy"] = exact(w * y)
            if is_weighted:
                found["wwy"] = exact(w * w * y)
            found["wwyy"] = exact(w * w * y * y)
        return found

    @classmethod
    def whole(cls, sums: Mapping[str, Any]) -> dict[str, Any]:
        """All six sums from those of `terms`: without weights w = n, without values wy = w."""
        n = sums["n"]
        w, ww = sums.get("w", n), sums.get("ww", n)
        if "wy" not in sums:
            return {"n": n, "w": w, "wy": w, "ww": ww, "wwy": ww, "wwyy": ww}
        wy = sums["wy"]
        return {"n": n, "w": w, "wy": wy, "ww": ww, "wwy": sums.get("wwy", wy), "wwyy": sums["wwyy"]}

    @classmethod
    def parts(cls, rows: Any) -> Any:
        """The sums by day and every place, as an Ibis expression over rows of the fact."""
        terms = cls.terms(rows)
        columns = [f"{name}_id" for name in cls.places]
        signed = rows.mutate(day=rows[cls.at].cast("date"), **{f"_{name}": term for name, term in terms.items()})
        sums = {name: signed[f"_{name}"].sum() for name in terms}
        return signed.group_by(["day", *columns]).aggregate(**sums)


def grained(term: Any) -> Any:
    """A number of a row to the nearest multiple of 2^-20, as an Ibis expression; as it is where it is too large for that.

    A few thousand views drawn at odds of 0.004 weigh a million each; a square of that, times 2^20, is more than 64 bits hold.
    """
    return (term.abs() < _COARSE).ifelse((term * GRAIN).round() / GRAIN, term)


def _is_own(kind: type[DayMetric], name: str) -> bool:
    return getattr(kind, name).__func__ is not getattr(DayMetric, name).__func__


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


@cache
def check_kept(kept: tuple[tuple[str, ...], ...]) -> None:
    """Raises ValueError for a cut that there is not."""
    for cut in kept:
        if not 1 <= len(cut) <= 2 or not set(cut) <= set(EXTRAS) or list(cut) != sorted(set(cut)):
            raise ValueError(f"a kept cut is one or two of {', '.join(EXTRAS)}, in the order of their names: {cut}")
