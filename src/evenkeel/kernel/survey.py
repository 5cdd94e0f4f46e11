"""Survey designs: how the rows of a sample were drawn, and figures that are right for the whole because of it.

A `Design` knows each row's weight and the variance of any weighted sum under that way of drawing. Every figure here is a
total or a smooth function of totals, so its variance is that of the total of its linearised values; shares, means of a
part (domains), recall and precision are all `design_ratio`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan, sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, IntArray, codes, floats, same_length, vector
from .designs import PRIOR_ERRORS
from .estimate import Estimate
from .proportions import clopper_pearson, wilson
from .quantiles import normal_quantile, t_quantile, two_sided
from .rows import refuse_rows

DesignKind = Literal["poisson", "stratified", "with_replacement"]
ShareInterval = Literal["wilson", "logit", "beta", "arcsine"]


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """How the rows at hand were drawn. Make one with `poisson`, `simple`, `stratified`, `with_replacement`.

    `weights`: how many units each row stands for. `strata`: running numbers. `units`: the unit each row was drawn in
    (itself, or its cluster). `sampled`, `sizes`: units drawn and units there are, by stratum (inf where unknown or drawn
    with replacement).

    Reference: Särndal, Swensson, Wretman (1992) Model Assisted Survey Sampling, chapters 2 to 4.
    """

    kind: DesignKind
    weights: FloatArray
    strata: IntArray
    units: IntArray
    sampled: IntArray
    sizes: FloatArray

    @classmethod
    def poisson(cls, pi: npt.ArrayLike) -> Design:
        """Each row drawn for itself with its odds `pi`. Raises ValueError unless 0 < pi <= 1.

        >>> Design.poisson([0.1, 0.5]).weights.tolist()
        [10.0, 2.0]

        Reference: Särndal, Swensson, Wretman (1992), section 3.5.
        """
        odds = vector(pi, name="pi")
        refuse_rows((odds <= 0) | (odds > 1), "pi must lie above 0 and not above 1")
        n = len(odds)
        return cls("poisson", 1 / odds, np.zeros(n, np.int64), np.arange(n), np.array([n]), np.array([inf]))

    @classmethod
    def simple(cls, n: int, *, population: float = inf) -> Design:
        """`n` rows drawn at random without replacement; without `population` weights are 1 and nothing is finite.

        >>> Design.simple(3, population=30).weights.tolist()
        [10.0, 10.0, 10.0]

        Reference: Cochran (1977) Sampling Techniques, chapter 2.
        """
        return cls.stratified(np.zeros(n, dtype=np.int64), sizes=[population])

    @classmethod
    def stratified(
        cls, strata: npt.ArrayLike, *, sizes: npt.ArrayLike, clusters: npt.ArrayLike | None = None
    ) -> Design:
        """A simple random sample in each stratum, of rows or of whole clusters.

        `strata`: one running number a row; `sizes`: how many rows (with `clusters`: clusters) each stratum has in all,
        inf when not known. `clusters`: one running number a row, drawn whole; a number may occur again in another stratum.
        Raises ValueError where more were drawn than there are.

        >>> Design.stratified([0, 0, 1], sizes=[20, 5]).weights.tolist()
        [10.0, 10.0, 5.0]

        Reference: Cochran (1977), chapters 5 and 9.
        """
        stratum, size = codes(strata, name="strata"), floats(sizes)
        units = np.arange(len(stratum)) if clusters is None else codes(clusters, name="clusters")
        same_length(strata=stratum, clusters=units)
        if size.ndim != 1 or (len(stratum) and stratum.max() >= len(size)):
            raise ValueError("sizes must have one number a stratum")
        if clusters is not None and len(units):
            _, units = np.unique(stratum * (int(units.max()) + 1) + units, return_inverse=True)
        _, first = np.unique(units, return_index=True)
        sampled = np.bincount(stratum[first], minlength=len(size))
        refuse_rows((sampled > size)[stratum], "more units were drawn than their stratum has")
        expansion = np.where(np.isinf(size), 1.0, size) / np.maximum(sampled, 1)
        weights = np.where(np.isinf(size), 1.0, expansion)[stratum]
        return cls("stratified", weights, stratum, units.astype(np.int64), sampled.astype(np.int64), size)

    @classmethod
    def with_replacement(cls, chance: npt.ArrayLike, *, clusters: npt.ArrayLike | None = None) -> Design:
        """Rows drawn one after another, each time with these chances (probability proportional to size).

        `chance` is the chance of the row (its cluster) in a single draw; weights are 1 / (n chance). A unit that was drawn
        twice has two rows. Raises ValueError unless 0 < chance <= 1.

        >>> Design.with_replacement([0.1, 0.25]).weights.tolist()
        [5.0, 2.0]

        Reference: Hansen, Hurwitz (1943) Annals of Mathematical Statistics 14.
        """
        odds = vector(chance, name="chance")
        refuse_rows((odds <= 0) | (odds > 1), "chance must lie above 0 and not above 1")
        units = np.arange(len(odds)) if clusters is None else codes(clusters, name="clusters")
        same_length(chance=odds, clusters=units)
        units = np.unique(units, return_inverse=True)[1]
        n = int(units.max()) + 1 if len(units) else 0
        strata = np.zeros(len(odds), np.int64)
        return cls("with_replacement", 1 / (max(n, 1) * odds), strata, units, np.array([n]), np.array([inf]))

    @property
    def n(self) -> int:
        """Rows at hand."""
        return len(self.weights)

    @property
    def df(self) -> float:
        """Degrees of freedom of a variance: units less strata; infinite for Poisson sampling, whose variance is a sum."""
        if self.kind == "poisson":
            return inf
        return float(max(int(self.sampled.sum()) - int((self.sampled > 0).sum()), 0))

    @property
    def kish_n(self) -> float:
        """(sum w)^2 / sum w^2: what unequal weights alone leave of n."""
        return float(self.weights.sum() ** 2 / (self.weights**2).sum()) if self.n else 0.0

    def total(self, values: npt.ArrayLike) -> float:
        """sum w y."""
        return float(self.weights @ vector(values, name="values"))

    def variance(self, values: npt.ArrayLike) -> float:
        """The estimated variance of sum w y.

        Poisson: sum (1 - pi) (y / pi)^2. Else, with t the weighted sums of units: sum over strata of (1 - f) m/(m-1)
        sum (t - mean t)^2, f = m/M the share drawn. nan when a stratum that was not drawn whole has one unit only: its
        spread cannot be seen, so join it with another.
        """
        y = vector(values, name="values")
        same_length(values=y, design=self.weights)
        expanded = self.weights * y
        if self.kind == "poisson":
            return float(((1 - 1 / self.weights) * expanded**2).sum())
        of_unit = np.bincount(self.units, weights=expanded, minlength=int(self.sampled.sum()))
        stratum = np.zeros(len(of_unit), dtype=np.int64)
        stratum[self.units] = self.strata
        m = self.sampled.astype(np.float64)
        centre = np.bincount(stratum, weights=of_unit, minlength=len(m)) / np.maximum(m, 1)
        squares = np.bincount(stratum, weights=(of_unit - centre[stratum]) ** 2, minlength=len(m))
        left = 1 - m / self.sizes
        used = (m > 0) & (left > 0)
        if (m[used] < 2).any():
            return nan
        return float((left[used] * m[used] / (m[used] - 1) * squares[used]).sum())


def design_total(values: npt.ArrayLike, design: Design, *, level: float = 0.95) -> Estimate:
    """The total over the whole: sum w y (Horvitz-Thompson, Hansen-Hurwitz), -+ t sqrt(V), V that of the design.

    Assumes the design is as stated. On the log scale where values are 0 or above, so that the lower end stays above 0.

    >>> total = design_total([3.0, 5.0, 4.0], Design.simple(3, population=30))
    >>> f"{total.value:.0f} ({total.low:.0f} to {total.high:.0f})"
    '120 (67 to 216)'

    Reference: Horvitz, Thompson (1952) JASA 47; Hansen, Hurwitz (1943) Annals of Mathematical Statistics 14.
    """
    y = vector(values, name="values")
    same_length(values=y, design=design.weights)
    method = "hansen_hurwitz" if design.kind == "with_replacement" else f"horvitz_thompson_{design.kind}"
    if design.n == 0:
        return Estimate.unknown(method=method, level=level)
    total = design.total(y)
    error = sqrt(design.variance(y))
    reach = _reach(design, level)
    if (y >= 0).all() and total > 0:
        factor = np.exp(reach * error / total)
        return Estimate(total, float(total / factor), float(total * factor), design.n, design.kish_n, method, level)
    if not y.any():
        return Estimate(0.0, nan, nan, design.n, design.kish_n, method, level)
    return Estimate(total, total - reach * error, total + reach * error, design.n, design.kish_n, method, level)


def hansen_hurwitz(values: npt.ArrayLike, chance: npt.ArrayLike, *, level: float = 0.95) -> Estimate:
    """The total from draws with replacement: (1/n) sum y / chance, variance s^2(y / chance) / n.

    >>> total = hansen_hurwitz([10.0, 21.0, 29.0], [0.1, 0.2, 0.3])
    >>> f"{total.value:.1f} ({total.low:.1f} to {total.high:.1f})"
    '100.6 (90.7 to 111.5)'

    Reference: Hansen, Hurwitz (1943) Annals of Mathematical Statistics 14.
    """
    return design_total(values, Design.with_replacement(chance), level=level)


def design_mean(
    values: npt.ArrayLike, design: Design, *, domain: npt.ArrayLike | None = None, level: float = 0.95
) -> Estimate:
    """The mean of real values over the whole or over a part: Hajek's ratio -+ t sqrt(V).

    `domain`: which rows belong to the part; the others still count for the variance, because how many rows a part gets is
    chance too. Degrees of freedom as the design's.

    >>> found = design_mean([3.0, 5.0, 4.0, 6.0], Design.simple(4, population=40), domain=[True, True, True, False])
    >>> f"{found.value:.1f} ({found.low:.2f} to {found.high:.2f})"
    '4.0 (2.36 to 5.64)'

    Reference: Särndal, Swensson, Wretman (1992), section 5.8.
    """
    y = vector(values, name="values")
    inside = np.ones(len(y)) if domain is None else floats(domain)
    value, variance, n = _ratio(y * inside, inside, design)
    if n == 0:
        return Estimate.unknown(method="hajek_linearised", level=level)
    half = _reach(design, level) * sqrt(variance)
    effective = float((design.weights @ inside) ** 2 / (design.weights**2 @ inside))
    return Estimate(value, value - half, value + half, n, effective, "hajek_linearised", level)


def design_ratio(
    above: npt.ArrayLike,
    below: npt.ArrayLike | None,
    design: Design,
    *,
    interval: ShareInterval = "wilson",
    df: float | None = None,
    level: float = 0.95,
) -> Estimate:
    """A share sum w a / sum w b, a and b 0 or 1 and a inside b: accuracy (b all), recall, precision, any part's share.

    V is the variance of the total of (a - R b) / sum w b. Intervals, with n* = R(1-R) / V the effective size:

    - `wilson` (default): Wilson's on n*, whose design effect is averaged with Kish's while few errors are seen.
    - `logit`: logit R -+ t sqrt(V) / (R(1-R)), back-transformed. Unknown at 0 and 1.
    - `beta`: Clopper-Pearson's on n* adjusted for degrees of freedom (Korn, Graubard).
    - `arcsine`: sin^2(asin sqrt R -+ t sqrt(V) / (2 sqrt(R(1-R)))).

    `df` overrides the design's degrees of freedom (inf gives z). Without a row in b the share is unknown.

    >>> found = design_ratio([1, 0, 0, 0, 0], None, Design.poisson([0.5, 0.1, 0.1, 0.5, 0.1]), interval="logit")
    >>> f"{found.value:.3f} ({found.low:.3f} to {found.high:.3f}), effective n {found.n_effective:.1f}"
    '0.059 (0.011 to 0.258), effective n 23.6'

    Reference: Korn, Graubard (1998) Survey Methodology 24; Särndal, Swensson, Wretman (1992), section 5.6.
    """
    a = vector(above, name="above")
    b = np.ones(len(a)) if below is None else vector(below, name="below")
    same_length(above=a, below=b, design=design.weights)
    refuse_rows(
        (a != 0) & (a != 1) | (b != 0) & (b != 1) | (a > b), "above and below must be 0 or 1, above inside below"
    )
    value, variance, n = _ratio(a, b, design)
    method = f"hajek_{interval}"
    if n == 0:
        return Estimate.unknown(method=method, level=level)
    stable = _stable_size(value, variance, design, a.astype(bool), b.astype(bool))
    return share_of_design(value, variance, n=n, stable=stable, interval=interval, df=design.df if df is None else df,
                           level=level, method=method)  # fmt: skip


def share_of_design(
    value: float,
    variance: float,
    *,
    n: int,
    stable: float,
    interval: ShareInterval,
    df: float,
    level: float,
    method: str,
) -> Estimate:
    """A share's interval from its value and design variance; `stable` is the effective size used while errors are few."""
    spread = value * (1 - value)
    effective = spread / variance if variance > 0 and spread > 0 else stable
    reach = normal_quantile(two_sided(level)) if np.isinf(df) else t_quantile(two_sided(level), df=df) if df else nan
    if interval == "wilson":
        found = wilson(value * stable, stable, level=level)
        return Estimate(value, found.low, found.high, n, stable, method, level)
    if interval == "beta":
        plain = t_quantile(two_sided(level), df=n - 1) if n > 1 else nan
        adjusted = effective * (plain / reach) ** 2
        found = clopper_pearson(value * adjusted, adjusted, level=level)
        return Estimate(value, found.low, found.high, n, effective, method, level)
    if spread <= 0:
        return Estimate(value, nan, nan, n, stable, method, level)
    half = reach * sqrt(variance)
    if interval == "logit":
        centre, half = np.log(value / (1 - value)), half / spread
        low, high = (float(1 / (1 + np.exp(-(centre + side * half)))) for side in (-1, 1))
    elif interval == "arcsine":
        centre, half = np.arcsin(sqrt(value)), half / (2 * sqrt(spread))
        low, high = (float(np.sin(np.clip(centre + side * half, 0, np.pi / 2)) ** 2) for side in (-1, 1))
    else:
        raise ValueError(f"unknown interval {interval!r}")
    return Estimate(value, low, high, n, effective, method, level)


def _ratio(above: FloatArray, below: FloatArray, design: Design) -> tuple[float, float, int]:
    """R, its variance, and how many rows stand below the line."""
    same_length(above=above, below=below, design=design.weights)
    whole = float(design.weights @ below)
    n = int((below != 0).sum())
    if n == 0:
        return nan, nan, 0
    value = float(design.weights @ above) / whole
    return value, design.variance((above - value * below) / whole), n


def _stable_size(value: float, variance: float, design: Design, hit: BoolArray, inside: BoolArray) -> float:
    """As `weighted_rate`: with few errors the variance is guesswork, so its design effect leans on that of the weights."""
    w = design.weights[inside]
    kish = float(w.sum() ** 2 / (w**2).sum())
    left = 1 - len(w) / w.sum() if design.kind != "with_replacement" and w.sum() > len(w) else 1.0
    by_weights = left / kish
    spread = value * (1 - value)
    if spread <= 0 or not np.isfinite(variance):
        return float(1 / by_weights)
    seen = min(_equal_count(design.weights[hit]), _equal_count(design.weights[inside & ~hit]))
    return float((seen + PRIOR_ERRORS) / (seen * variance / spread + PRIOR_ERRORS * by_weights))


def _equal_count(weights: FloatArray) -> float:
    """How many rows of one weight would tell as much."""
    return float(weights.sum() ** 2 / (weights**2).sum()) if len(weights) else 0.0


def _reach(design: Design, level: float) -> float:
    if np.isinf(design.df):
        return normal_quantile(two_sided(level))
    return t_quantile(two_sided(level), df=design.df) if design.df >= 1 else nan
