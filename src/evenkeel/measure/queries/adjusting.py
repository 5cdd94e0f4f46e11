"""Figures made comparable: with everybody's mix of work, or leaning on everybody's figure where they rest on little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from evenkeel.kernel import Estimate, shrink, standardise_directly, t_quantile, two_sided

from ..base import FigureMetric, Held
from ..metric import Mean, Rate
from .held import Asked, Place, held_by

Adjust = Literal["mix", "shrunk"]
# What may be set to everybody's mix of work, and what may lean on everybody's figure.
ADJUSTED_BY_MIX = (Rate, Mean)
ADJUSTED_BY_LEANING = (Rate,)


@dataclass(frozen=True, kw_only=True)
class Adjusted:
    """A figure made comparable, and the share of everybody's work that it covers: below 1 the cell never did the rest."""

    estimate: Estimate
    covered: float = 1.0


def adjusted(
    kind: type[FigureMetric],
    how: Adjust,
    by: Sequence[str],
    mix_of: Sequence[str],
    asked: Asked,
    places: Sequence[Place],
    now: Mapping[Place, Held],
) -> dict[Place, Adjusted]:
    """The adjusted figures of these places. Raises ValueError where the metric does not allow it, or without `mix_of`."""
    if how not in ("mix", "shrunk"):
        raise ValueError(f'a figure is adjusted by "mix" or "shrunk", not {how!r}')
    if how == "shrunk":
        if not issubclass(kind, ADJUSTED_BY_LEANING):
            raise ValueError(f"{kind.slug} is no share: only shares lean on one another")
        return _shrunk(kind, [place for place in places if now[place].of(kind.stored()).n > 0], now)
    if not issubclass(kind, ADJUSTED_BY_MIX):
        raise ValueError(f"{kind.slug} is neither a share nor a mean, so it has no mix")
    if not mix_of or set(mix_of) & set(by):
        raise ValueError("say by mix_of which work is to be alike; it cannot be what the figure is cut by")
    cells: defaultdict[Place, dict[Place, Held]] = defaultdict(dict)
    for place, held in held_by([kind], [*by, *mix_of], asked).items():
        cells[place[: len(by)]][place[len(by) :]] = held
    standard: defaultdict[Place, float] = defaultdict(float)
    for own in cells.values():
        for work, held in own.items():
            standard[work] += held.of(kind.stored()).w
    return {place: _with_mix(kind, cells[place], standard) for place in places if place in cells}


def _shrunk(kind: type[FigureMetric], places: Sequence[Place], now: Mapping[Place, Held]) -> dict[Place, Adjusted]:
    if not places:
        return {}
    found = [kind.figure(now[place]) for place in places]
    # The kernel's shares lie within 0 and 1; an effective sample carries the odds with which rows were drawn.
    leaning = shrink([each.value * each.n_effective for each in found], [each.n_effective for each in found])
    return {
        place: Adjusted(
            estimate=Estimate(mean, low, high, plain.n, plain.n_effective, "beta_binomial_shrunk", leaning.level)
        )
        for place, plain, mean, low, high in zip(
            places, found, leaning.mean.tolist(), leaning.low.tolist(), leaning.high.tolist(), strict=True
        )
    }


def _with_mix(kind: type[FigureMetric], own: Mapping[Place, Held], standard: Mapping[Place, float]) -> Adjusted:
    """Direct standardisation over the kinds of work that were done here, and what share of all work they are."""
    done = {work: kind.figure(held) for work, held in own.items() if held.of(kind.stored()).n > 0}
    whole, covered = sum(standard.values()), sum(standard[work] for work in done)
    if not done or covered <= 0:
        return Adjusted(estimate=Estimate.unknown(method="direct"), covered=0.0)
    weights = [standard[work] for work in done]
    found = list(done.values())
    if issubclass(kind, Rate):
        size = [each.n_effective for each in found]
        hits = [each.value * each.n_effective for each in found]
        made = standardise_directly(hits, size, standard=weights)
        estimate = Estimate(
            made.value, made.low, made.high, sum(each.n for each in found), made.n_effective, made.method, made.level
        )
    else:
        estimate = _mean_with_mix(found, [weight / covered for weight in weights])
    return Adjusted(estimate=estimate, covered=covered / whole)


def _mean_with_mix(found: Sequence[Estimate], shares: Sequence[float]) -> Estimate:
    """Sum of shares times means; the errors of the means are independent, those of single rows are not known."""
    n, effective = sum(each.n for each in found), sum(each.n_effective for each in found)
    value = sum(share * each.value for share, each in zip(shares, found, strict=True))
    if not all(each.has_interval for each in found):
        return Estimate(value, float("nan"), float("nan"), n, effective, "direct_t")
    errors = [each.half_width / t_quantile(two_sided(each.level), df=max(each.n_effective - 1, 1e-9)) for each in found]
    error = sqrt(sum((share * each) ** 2 for share, each in zip(shares, errors, strict=True)))
    half = t_quantile(two_sided(0.95), df=max(effective - len(found), 1)) * error
    return Estimate(value, value - half, value + half, n, effective, "direct_t")
