"""How capable a process is: defects per unit and per million opportunities, yield, sigma levels, indices, Pareto."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, nan, sqrt

import numpy as np
import numpy.typing as npt

from .arrays import vector
from .estimate import Estimate
from .proportions import wilson
from .quantiles import gamma_quantile, normal_quantile, two_sided
from .rows import refuse_rows

MILLION = 1e6
SHIFT = 1.5


@dataclass(frozen=True, slots=True)
class DefectRates:
    """Defects per unit and per million opportunities, the share of units without a defect, and both sigma levels.

    `sigma_long_term` is the z beyond which a normal process has so many defects; `sigma_shifted` adds the trade's 1.5.
    """

    per_unit: Estimate
    per_million: Estimate
    yield_: Estimate
    sigma_long_term: Estimate
    sigma_shifted: Estimate


def defect_rates(
    defects: float, units: float, *, opportunities: float = 1.0, level: float = 0.95, shift: float = SHIFT
) -> DefectRates:
    """DPU = defects/units, DPMO = 10^6 DPU/opportunities, throughput yield exp(-DPU), sigma = -z(DPMO/10^6) and + `shift`.

    `opportunities` is how many defects one unit could have. Assumes defects Poisson: exact (Garwood) limits, carried
    through each formula. Where a unit has one opportunity the yield is 1 - DPU. Raises ValueError for negative numbers or
    an opportunity count below 1.

    >>> found = defect_rates(23, 1000, opportunities=5)
    >>> round(found.per_million.value), round(found.sigma_long_term.value, 3), round(found.sigma_shifted.value, 3)
    (4600, 2.605, 4.105)

    Reference: Montgomery, section 1.2; Garwood (1936) Biometrika 28.
    """
    if defects < 0 or units < 0 or opportunities < 1:
        raise ValueError("defects and units must not be negative, opportunities must be 1 or more")
    n = round(units)
    if units == 0:
        none = Estimate.unknown(method="poisson_exact", level=level)
        return DefectRates(none, none, none, none, none)
    tail = two_sided(level)
    low = float(gamma_quantile(1 - tail, defects)) if defects else 0.0
    ends = [each / units for each in (defects, low, float(gamma_quantile(tail, defects + 1)))]

    def said(values: Sequence[float], method: str) -> Estimate:
        value, one, other = values
        return Estimate(value, min(one, other), max(one, other), n, float(units), method, level)

    shares = [each / opportunities for each in ends]
    lasting = [sigma_level(MILLION * each, shift=0.0) for each in shares]
    clean = [max(1 - each, 0.0) if opportunities == 1 else exp(-each) for each in ends]
    return DefectRates(
        per_unit=said(ends, "poisson_exact"),
        per_million=said([MILLION * each for each in shares], "poisson_exact"),
        yield_=said(clean, "poisson_exact"),
        sigma_long_term=said(lasting, "poisson_exact"),
        sigma_shifted=said([each + shift for each in lasting], "poisson_exact"),
    )


def sigma_level(per_million: float, *, shift: float = SHIFT) -> float:
    """The sigma level of so many defects per million opportunities: -z(DPMO/10^6) + `shift`; infinite for none.

    `shift` 1.5 is the trade's convention (3.4 is 6 sigma), 0 gives the plain normal quantile. Assumes nothing else; state
    both. nan above a million.

    >>> round(sigma_level(3.4), 3), round(sigma_level(66807, shift=0), 3)
    (6.0, 1.5)

    Reference: Harry, Stewart (1988), Six Sigma Mechanical Design Tolerancing.
    """
    share = per_million / MILLION
    if share <= 0:
        return inf
    if share >= 1:
        return -inf if share == 1 else nan
    return -normal_quantile(share) + shift


@dataclass(frozen=True, slots=True)
class Capability:
    """Capability indices of a measured process with their intervals; nan-valued where a limit is not given."""

    cp: Estimate
    cp_lower: Estimate
    cp_upper: Estimate
    cpk: Estimate
    cpm: Estimate


def capability(
    centre: float,
    sigma: float,
    n: int,
    *,
    lower: float | None = None,
    upper: float | None = None,
    target: float | None = None,
    level: float = 0.95,
) -> Capability:
    """Cp, Cp lower and upper, Cpk and Cpm of a process with this centre and sigma, estimated from `n` values.

    Cp = (U - L)/6 sigma with chi-square limits; one-sided indices (U - m)/3 sigma with limits at one-sided tails and Cpk,
    their smaller, at two-sided ones, error sqrt(1/(9 n C^2) + 1/(2(n-1))); Cpm = Cp / sqrt(1 + ((m - T)/sigma)^2), T the
    middle of the limits when None. Assumes normal values in control. Raises ValueError unless sigma > 0 and n >= 2.

    >>> found = capability(74.001176, 0.009785038693, 125, lower=73.95, upper=74.05)
    >>> round(found.cp.value, 6), round(found.cpk.low, 6)
    (1.703281, 1.448129)

    Reference: Montgomery, section 8.3; Bissell (1990) Applied Statistics 39; Chan, Cheng, Spiring (1988) J. Quality
    Technology 20.
    """
    if not sigma > 0 or n < 2:
        raise ValueError("sigma must be above 0 and n 2 or more")
    both, one = normal_quantile(two_sided(level)), normal_quantile(level)

    def side(value: float | None, z: float) -> Estimate:
        if value is None:
            return Estimate.unknown(method="bissell", level=level, n=n)
        reach = z * sqrt(1 / (9 * n) + value**2 / (2 * (n - 1)))
        return Estimate(value, value - reach, value + reach, n, float(n), "bissell", level)

    below = None if lower is None else (centre - lower) / (3 * sigma)
    above = None if upper is None else (upper - centre) / (3 * sigma)
    known = [each for each in (below, above) if each is not None]
    width = None if lower is None or upper is None else (upper - lower) / (6 * sigma)
    if lower is not None and upper is not None and target is None:
        target = (lower + upper) / 2
    off = 0.0 if target is None else (centre - target) / sigma
    freedom = n * (1 + off**2) / (1 + 2 * off**2)
    return Capability(
        cp=_of_variance(width, n - 1, n, "chi_square", level),
        cp_lower=side(below, one),
        cp_upper=side(above, one),
        cpk=side(min(known) if known else None, both),
        cpm=_of_variance(None if width is None else width / sqrt(1 + off**2), freedom, n, "chan_cheng_spiring", level),
    )


def _of_variance(value: float | None, freedom: float, n: int, method: str, level: float) -> Estimate:
    if value is None:
        return Estimate.unknown(method=method, level=level, n=n)
    tail = two_sided(level)
    low, high = (value * sqrt(2 * float(gamma_quantile(p, freedom / 2)) / freedom) for p in (1 - tail, tail))
    return Estimate(value, low, high, n, float(n), method, level)


@dataclass(frozen=True, slots=True)
class ParetoRow:
    """A category of a Pareto: its row in the input, its count, share of all with interval, and the running share."""

    row: int
    count: float
    share: Estimate
    running: Estimate


def pareto(counts: npt.ArrayLike, *, level: float = 0.95) -> list[ParetoRow]:
    """Categories by count, largest first (ties in the order given), with Wilson's interval of each share and running share.

    Assumes cases independent and each in one category. Empty without counts. Raises BadRows for a negative one.

    >>> [(row.row, round(row.share.value, 2), round(row.running.value, 2)) for row in pareto([10, 60, 30])]
    [(1, 0.6, 0.6), (2, 0.3, 0.9), (0, 0.1, 1.0)]

    Reference: Wilson (1927) JASA 22; Juran (1951) Quality Control Handbook.
    """
    x = vector(counts, name="counts")
    refuse_rows(x < 0, "counts must not be negative")
    total = float(x.sum())
    if not total:
        return []
    order = np.argsort(-x, kind="stable")
    so_far = np.minimum(np.cumsum(x[order]), total)
    return [
        ParetoRow(int(row), float(x[row]), wilson(float(x[row]), total, level=level), wilson(until, total, level=level))
        for row, until in zip(order, so_far.tolist(), strict=True)
    ]
