"""From the meaning of a definition to a day metric: the same class that a shipped metric is, made of data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from evenkeel.ground.log import Fact
from evenkeel.kernel import (
    Estimate,
    WeightedParts,
    histogram_quantile,
    quotient,
    weighted_mean,
    weighted_rate,
    weighted_total,
)

from ..base import SUMS, FigureMetric, Held, grained
from ..language import Figure, Typed, compiled
from ..metric import Composed, Count, DayMetric

# Beyond this a sum is no longer exact in any order, so a rebuilt roll-up might differ from a grown one.
LARGEST = 1e9


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """A metric's definition once it has been checked."""

    fact: Fact
    figure: Figure
    population: Typed | None
    weight: Typed | None


class OwnMetric(DayMetric):
    """A day metric that people defined. `only` cuts its rows to an organisation or a programme."""

    meaning: ClassVar[Meaning]
    only: ClassVar[Mapping[str, str]] = {}
    number: ClassVar[int] = 0

    @classmethod
    def stored(cls) -> str:
        return f"{cls.slug}@{cls.number}" if cls.number and "@" not in cls.slug else cls.slug

    @classmethod
    def where(cls, rows: Any) -> Any:
        """The population, within `only`, where everything that is measured is there."""
        # Roll-ups say in which programme and by whom; a row that does not know enters no figure.
        kept = rows.programme_id.notnull() & rows.worker_id.notnull()
        for column, value in cls.only.items():
            kept &= rows[column] == value
        if cls.meaning.population is not None:
            kept &= compiled(cls.meaning.population, rows).fill_null(False)
        for part in cls.measured(rows):
            # Neither empty, nor without end, nor so large that sums would lose their last digits.
            kept &= (part.abs() <= LARGEST).fill_null(False)
        if cls.meaning.weight is not None:
            kept &= (cls.weight(rows) > 0).fill_null(False)
        return kept

    @classmethod
    def measured(cls, rows: Any) -> list[Any]:
        """What is measured of a row, as numbers: one, or for a ratio two."""
        figure = cls.meaning.figure
        sides = [side for side in (figure.above, figure.below) if side is not None]
        # A count asks whether it is yes; where that is empty it is not.
        return [_number(compiled(side, rows), side, counts=figure.estimator in ("count", "ratio")) for side in sides]

    @classmethod
    def weight(cls, rows: Any) -> Any:
        """What a row weighs; 1 unless the definition says otherwise."""
        import ibis

        said = cls.meaning.weight
        return ibis.literal(1.0) if said is None else compiled(said, rows)

    @classmethod
    def terms(cls, rows: Any) -> dict[str, Any]:
        """For a ratio the divisor is the weight and nothing is divided yet, so a row may have one side only."""
        import ibis

        # A fact whose rows are never taken back has no sign.
        sign = rows.sign if "sign" in cls.fact.columns else ibis.literal(1)
        where = cls.where(rows)
        n = where.ifelse(sign, 0)
        weight, measured = cls.weight(rows), cls.measured(rows)
        if len(measured) == 1:
            measured.append(measured[0] * 0 + 1.0)
        wy, w = (weight * side for side in measured)
        terms = {"w": w, "wy": wy, "ww": w * w, "wwy": w * wy, "wwyy": wy * wy}
        return {"n": n} | {name: grained(where.ifelse(term, 0.0)) * n for name, term in terms.items()}

    @classmethod
    def whole(cls, sums: Mapping[str, Any]) -> dict[str, Any]:
        """All six are there."""
        return {name: sums.get(name, 0) for name in SUMS}

    @classmethod
    def estimate(cls, parts: WeightedParts) -> Estimate:
        """The figure from its parts."""
        figure = cls.meaning.figure
        found = weighted_rate(parts) if figure.estimator == "share" else weighted_mean(parts)
        return times(found, figure.factor * (1000.0 if figure.kind.time else 1.0))

    @classmethod
    def try_example(cls) -> Estimate:
        """The answer to its own rows, wherever they belong."""
        from ..rollup.examples import held_of_example

        everywhere: type[OwnMetric] = type(cls.__name__, (cls,), {"only": {}, "number": 0})
        return everywhere.figure(held_of_example(everywhere))


class OwnTotal(OwnMetric, Count):
    """A count or a sum that people defined: counted, unless rows stand for others."""

    @classmethod
    def estimate(cls, parts: WeightedParts) -> Estimate:
        """The total; of drawn rows that of all that could have been drawn."""
        figure = cls.meaning.figure
        if cls.meaning.weight is None:
            found = Estimate(parts.wy, parts.wy, parts.wy, parts.n, float(parts.n), "counted")
        elif parts.wy < 0:
            found = replace(Estimate.unknown(method="horvitz_thompson", n=parts.n), value=parts.wy)
        else:
            found = weighted_total(parts, finite=figure.estimator == "count")
        return times(found, 1000.0) if figure.kind.time else found


class OwnQuantile(OwnMetric):
    """A median, or another quantile, of times that people defined: from histograms that tell it to within 1 %.

    Its sums are kept by person too, so that it is known how many people stand behind a figure.
    """

    is_sketched = True
    # Histograms are of milliseconds, the sums of seconds.
    sketch_scale = 1000.0

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return ()

    @classmethod
    def sketched_from(cls) -> tuple[str, ...]:
        return (cls.stored(),)

    @classmethod
    def where(cls, rows: Any) -> Any:
        """Of times that ended before they began nothing can be told."""
        return super().where(rows) & (cls.value(rows) >= 0).fill_null(False)

    @classmethod
    def value(cls, rows: Any) -> Any:
        """The time, in seconds."""
        return cls.measured(rows)[0]

    @classmethod
    def figure(cls, held: Held) -> Estimate:
        return histogram_quantile(held.sketch(cls.stored()), p=cls.meaning.figure.p)


class RatioMetric(Composed):
    """A metric over another: the figures of its two sides are divided when it is asked."""

    above: ClassVar[str]
    below: ClassVar[str]
    number: ClassVar[int] = 0

    @classmethod
    def sides(cls) -> tuple[type[FigureMetric], type[FigureMetric]]:
        """The two metrics."""
        from ..metric import day_metric

        return day_metric(cls.above), day_metric(cls.below)

    @classmethod
    def needs(cls) -> tuple[str, ...]:
        return tuple(dict.fromkeys(slug for side in cls.sides() for slug in side.needs()))

    @classmethod
    def sketched_from(cls) -> tuple[str, ...]:
        return tuple(dict.fromkeys(slug for side in cls.sides() for slug in side.sketched_from()))

    @classmethod
    def people_of(cls) -> str:
        return cls.sides()[1].people_of()

    @classmethod
    def figure(cls, held: Held) -> Estimate:
        above, below = (side.figure(held) for side in cls.sides())
        return cls.of(above, below)

    @classmethod
    def of(cls, above: Estimate, below: Estimate) -> Estimate:
        """The ratio of its two sides, taken as uncorrelated."""
        if "withheld" in (above.method, below.method):
            return Estimate.unknown(method="withheld")
        return quotient(above, below)


def times(found: Estimate, factor: float) -> Estimate:
    """An estimate in another unit."""
    if factor == 1.0:
        return found
    return replace(found, value=found.value * factor, low=found.low * factor, high=found.high * factor)


def _number(value: Any, side: Typed, *, counts: bool) -> Any:
    if side.kind.name == "yes_no":
        return (value.fill_null(False) if counts else value).cast("float64")
    # In seconds, as everywhere: squares of milliseconds would soon leave the range in which sums are exact.
    return value / 1000 if side.kind.time else value
