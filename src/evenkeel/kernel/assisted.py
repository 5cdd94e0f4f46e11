"""Few labels and a score on everything: difference, regression (GREG) and prediction-powered figures, post-strata.

The score may be as wrong as it likes: the labels correct it, and a bad score costs width, never honesty.
"""

from __future__ import annotations

from math import nan, sqrt

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, codes, floats, same_length, vector
from .estimate import Estimate
from .proportions import wilson
from .quantiles import normal_quantile, t_quantile, two_sided
from .rows import refuse_rows
from .survey import Design, ShareInterval, share_of_design


def difference_total(
    values: npt.ArrayLike,
    predictions: npt.ArrayLike,
    design: Design,
    *,
    population_prediction: float,
    level: float = 0.95,
) -> Estimate:
    """The total: sum of predictions over everything + sum w (y - prediction) over the sample.

    Assumes predictions made without the labels at hand. Unbiased whatever they are; variance that of the weighted errors.

    >>> total = difference_total([1, 0], [0.8, 0.1], Design.poisson([0.5, 0.5]), population_prediction=2.0)
    >>> round(total.value, 1)
    2.2

    Reference: Särndal, Swensson, Wretman (1992) Model Assisted Survey Sampling, section 6.3.
    """
    y, guess = vector(values, name="values"), vector(predictions, name="predictions")
    same_length(values=y, predictions=guess, design=design.weights)
    if design.n == 0:
        return Estimate.unknown(method="difference", level=level)
    value = population_prediction + design.total(y - guess)
    half = _reach(design.df, level) * sqrt(design.variance(y - guess))
    return Estimate(value, value - half, value + half, design.n, design.kish_n, "difference", level)


def difference_ratio(
    above: npt.ArrayLike,
    below: npt.ArrayLike | None,
    design: Design,
    *,
    predicted_above: npt.ArrayLike,
    predicted_below: npt.ArrayLike | None,
    population_above: float,
    population_below: float,
    interval: ShareInterval = "logit",
    df: float | None = None,
    level: float = 0.95,
) -> Estimate:
    """A share whose two totals are both difference estimates: prevalence, recall or precision helped by a score.

    `predicted_*` on the sample, `population_*` their sums over everything. Without `below` the share is of everything
    (`population_below` rows). Linearised variance: that of the total of (e_a - R e_b) / T_b with e = label - prediction.

    >>> found = difference_ratio([1, 0, 0], None, Design.poisson([0.5, 0.1, 0.1]), predicted_above=[0.8, 0.1, 0.05],
    ...     predicted_below=None, population_above=3.0, population_below=30)
    >>> f"{found.value:.3f}"
    '0.063'

    Reference: Särndal, Swensson, Wretman (1992), section 7.13.
    """
    a, guess_a = vector(above, name="above"), vector(predicted_above, name="predicted_above")
    same_length(above=a, predicted_above=guess_a, design=design.weights)
    if below is None or predicted_below is None:
        error_b, total_b, n = np.zeros(len(a)), float(population_below), len(a)
    else:
        b, guess_b = vector(below, name="below"), vector(predicted_below, name="predicted_below")
        same_length(above=a, below=b, predicted_below=guess_b)
        error_b, n = b - guess_b, int((b != 0).sum())
        total_b = population_below + design.total(error_b)
    method = f"difference_{interval}"
    if n == 0 or total_b <= 0:
        return Estimate.unknown(method=method, level=level, n=n)
    value = min(max((population_above + design.total(a - guess_a)) / total_b, 0.0), 1.0)
    variance = design.variance((a - guess_a - value * error_b) / total_b)
    spread = value * (1 - value)
    stable = spread / variance if spread > 0 and variance > 0 else design.kish_n
    return share_of_design(value, variance, n=n, stable=stable, interval=interval, df=design.df if df is None else df,
                           level=level, method=method)  # fmt: skip


def greg_total(
    values: npt.ArrayLike,
    covariates: npt.ArrayLike,
    design: Design,
    *,
    population_totals: npt.ArrayLike,
    level: float = 0.95,
) -> Estimate:
    """The general regression estimator: T_x' B + sum w (y - x' B), B the weighted least-squares fit in the sample.

    `covariates`: one row of known numbers a sampled row (put a column of ones for an intercept), `population_totals` their
    sums over everything. Variance that of the total of g (y - x' B), g the weights' calibration factors. Approximately
    unbiased; needs clearly more rows than columns. Raises ValueError when the columns repeat each other.

    >>> x = np.column_stack([np.ones(4), [0.1, 0.4, 0.7, 0.9]])
    >>> found = greg_total([0, 1, 1, 1], x, Design.simple(4, population=100), population_totals=[100, 40.0])
    >>> round(found.value, 1)
    60.5

    Reference: Särndal, Swensson, Wretman (1992), section 6.5 and 6.6.
    """
    y, x = vector(values, name="values"), floats(covariates)
    totals = vector(population_totals, name="population_totals")
    same_length(values=y, covariates=x, design=design.weights)
    if design.n == 0:
        return Estimate.unknown(method="greg", level=level)
    if x.ndim != 2 or x.shape[1] != len(totals):
        raise ValueError("covariates must have one column for each of population_totals")
    refuse_rows(~np.isfinite(x).all(axis=1), "covariates must hold finite numbers only")
    information = x.T @ (design.weights[:, None] * x)
    if np.linalg.matrix_rank(information) < len(totals):
        raise ValueError("covariates repeat each other in this sample: drop a column")
    slope = np.linalg.solve(information, x.T @ (design.weights * y))
    error = y - x @ slope
    value = float(totals @ slope + design.weights @ error)
    factor = 1 + (totals - design.weights @ x) @ np.linalg.solve(information, x.T)
    half = _reach(design.df, level) * sqrt(design.variance(factor * error))
    return Estimate(value, value - half, value + half, design.n, design.kish_n, "greg", level)


def prediction_powered_mean(
    labels: npt.ArrayLike,
    predictions: npt.ArrayLike,
    other_predictions: npt.ArrayLike,
    *,
    power: float | None = None,
    level: float = 0.95,
) -> Estimate:
    """PPI++: power x mean prediction on the unlabelled + mean of (label - power x prediction) on the labelled.

    Assumes the labelled rows drawn at random from the same source as the others. `power` None takes the one of least
    variance, cov(Y, F) / ((1 + n/N) var F), not cut to [0, 1]: a timid score deserves more than 1, a useless one about 0.
    1 is plain PPI, 0 the classical mean. Interval -+ z sqrt(power^2 var F / N + var(Y - power F) / n). `n_effective`: the
    labels that the classical mean would need for the same width.

    >>> found = prediction_powered_mean([1, 0, 1, 1], [0.8, 0.3, 0.6, 0.9], [0.2, 0.7, 0.5, 0.8, 0.6, 0.9])
    >>> found.low < found.value < found.high
    True

    Reference: Angelopoulos, Duchi, Zrnic (2023) PPI++, arXiv 2311.01453.
    """
    y, f = vector(labels, name="labels"), vector(predictions, name="predictions")
    other = vector(other_predictions, name="other_predictions")
    n, rest = same_length(labels=y, predictions=f), len(other)
    method = "ppi" if power == 1 else "ppi++"
    if n == 0 or rest == 0:
        return Estimate.unknown(method=method, level=level, n=n)
    used = _best_power(y, f, other) if power is None else power
    value = float(used * other.mean() + (y - used * f).mean())
    if n == 1:
        return Estimate(value, nan, nan, 1, 1.0, method, level)
    variance = float(used**2 * other.var() / rest + (y - used * f).var() / n)
    half = normal_quantile(two_sided(level)) * sqrt(variance)
    effective = float(y.var()) / variance if variance > 0 else float(n)
    return Estimate(value, value - half, value + half, n, effective, method, level)


def post_stratified_mean(
    values: npt.ArrayLike, groups: npt.ArrayLike, *, sizes: npt.ArrayLike, level: float = 0.95
) -> Estimate:
    """A mean of a simple random sample, each group counted as often as it really occurs: sum (N_g / N) ybar_g.

    `groups`: one running number a row, known for everything (`sizes`: how many rows of each there are). For values 0 or 1
    the interval is Wilson's on the effective size, else -+ t. Variance given the groups' sample sizes: sum (N_g/N)^2
    (1 - n_g/N_g) s_g^2 / n_g. Raises ValueError for a group that exists and has fewer than 2 rows: join it with another.

    >>> found = post_stratified_mean([1, 1, 0, 0, 1, 0], [0, 0, 0, 1, 1, 1], sizes=[900, 100])
    >>> round(found.value, 3)
    0.633

    Reference: Holt, Smith (1979) JRSS A 142.
    """
    y, group, size = vector(values, name="values"), codes(groups, name="groups"), vector(sizes, name="sizes")
    same_length(values=y, groups=group)
    method = "post_stratified"
    if not len(y):
        return Estimate.unknown(method=method, level=level)
    if group.max() >= len(size):
        raise ValueError("sizes must have one number a group")
    n = np.bincount(group, minlength=len(size)).astype(np.float64)
    thin = np.flatnonzero((size > 0) & (n < 2))
    if thin.size:
        raise ValueError(f"groups {', '.join(map(str, thin))} have fewer than 2 rows: join them with others")
    mean = np.bincount(group, weights=y, minlength=len(size)) / np.maximum(n, 1)
    squares = np.bincount(group, weights=(y - mean[group]) ** 2, minlength=len(size)) / np.maximum(n - 1, 1)
    share = size / size.sum()
    value = float(share @ mean)
    variance = float((share**2 * np.maximum(1 - n / np.maximum(size, 1), 0) * squares / np.maximum(n, 1)).sum())
    if not ((y == 0) | (y == 1)).all():
        half = t_quantile(two_sided(level), df=len(y) - int((n > 0).sum())) * sqrt(variance)
        return Estimate(value, value - half, value + half, len(y), float(len(y)), method, level)
    kish = 1 / float((share**2 / np.maximum(n, 1)).sum())
    effective = value * (1 - value) / variance if variance > 0 else kish
    # Groups without a single error look certain; the weights alone say how much they can tell.
    seen = min(float(y.sum()), float((1 - y).sum()))
    effective = (seen + 4) / (seen / effective + 4 / kish)
    found = wilson(value * effective, effective, level=level)
    return Estimate(value, found.low, found.high, len(y), effective, f"{method}_wilson", level)


def _best_power(y: FloatArray, f: FloatArray, other: FloatArray) -> float:
    spread = float(np.concatenate([f, other]).var(ddof=1)) if len(f) + len(other) > 1 else 0.0
    if spread == 0:
        return 0.0
    together = float(((f - f.mean()) * (y - y.mean())).mean())
    return together / ((1 + len(f) / len(other)) * spread)


def _reach(df: float, level: float) -> float:
    if np.isinf(df):
        return normal_quantile(two_sided(level))
    return t_quantile(two_sided(level), df=df) if df >= 1 else nan
