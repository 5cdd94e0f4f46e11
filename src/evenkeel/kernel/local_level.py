"""A level that drifts, with regression, averaged over what is not known about it: closed form but for two numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import BoolArray, FloatArray, IntArray, floats
from .quantiles import t_quantile

# Standard deviation of the level's daily step over that of the noise. Prior: half-Cauchy, so that a still level and a pure
# random walk are both possible and a slow drift is likeliest.
STEPS = np.concatenate([[0.0], np.geomspace(0.005, 10.0, 28)])
USUAL_STEP = 0.03
# The careful interval expects ten times as much.
CAREFUL_STEP = 0.3
# Prior standard deviation of a control's coefficient, control and noise standardised.
PULLS = np.geomspace(0.03, 300.0, 9)


@dataclass(frozen=True, slots=True, eq=False)
class Predicted:
    """A mixture of Student's t: one column a place of the grid, one row a figure."""

    centre: FloatArray
    spread: FloatArray
    df: float
    weight: FloatArray

    def below(self, x: FloatArray) -> FloatArray:
        from scipy.special import stdtr

        inside = stdtr(self.df, (x[:, None] - self.centre) / self.spread)
        return floats(inside @ self.weight)

    def band(self, tail: float) -> tuple[FloatArray, FloatArray]:
        """Mean and half width by the mixture's two moments: what a picture needs."""
        middle = floats(self.centre @ self.weight)
        variance = (self.spread**2 + (self.centre - middle[:, None]) ** 2) @ self.weight
        return middle, floats(t_quantile(tail, df=self.df) * np.sqrt(variance))

    def quantile(self, p: float) -> FloatArray:
        reach = 1e3 * self.spread.max(axis=1)
        low, high = self.centre.min(axis=1) - reach, self.centre.max(axis=1) + reach
        for _ in range(60):
            half = (low + high) / 2
            is_low = self.below(half) < p
            low, high = np.where(is_low, half, low), np.where(is_low, high, half)
        return floats((low + high) / 2)


@dataclass(frozen=True, slots=True, eq=False)
class LocalLevel:
    """The filter run over the time before, once for every drift q at the same time: columns are y, 1, season, controls."""

    scale: float
    columns: FloatArray
    steps: FloatArray  # (points,): time since the point before, the usual distance being 1
    drift: IntArray  # (grid,): the place in STEPS; the grid is drift by pull
    level: FloatArray  # (grid, columns): the filtered level of every column at the last point learnt from
    level_variance: FloatArray
    last: int
    likely: FloatArray  # (grid,): logarithm of the marginal likelihood
    mean: FloatArray  # (grid, columns - 1): coefficients
    covariance: FloatArray  # (grid, columns - 1, columns - 1), over the noise's variance
    variance: FloatArray  # (grid,): of the noise
    df: float
    innovations: FloatArray

    @classmethod
    def of(
        cls, y: FloatArray, time: FloatArray, known: BoolArray, *, flat: FloatArray, controls: FloatArray
    ) -> LocalLevel:
        """Learns from the `known` points; `flat` columns have no prior, `controls` come standardised. Time rises."""
        scale = float(y[known].std()) or 1.0
        columns = np.column_stack([y / scale, np.ones(len(y)), flat, controls])
        q, last = STEPS**2, int(np.flatnonzero(known)[-1])
        level, spread = np.zeros((len(q), columns.shape[1])), np.zeros(len(q))
        white, logs = np.empty((len(q), int(known.sum()), columns.shape[1])), np.zeros(len(q))
        filled, row = np.nan_to_num(columns), 0
        gaps = np.diff(time)
        # A missing period lets the level drift for as long as it lasted.
        steps = np.concatenate([[1.0], gaps / np.median(gaps)])
        for t in range(last + 1):
            if known[t]:
                step = filled[t] - level
                total = spread + 1
                white[:, row] = step / np.sqrt(total)[:, None]
                logs += np.log(total)
                gain = spread / total
                level = level + gain[:, None] * step
                spread = spread * (1 - gain)
                row += 1
            if t < last:
                spread = spread + q * steps[t + 1]
        return cls._averaged(scale, flat.shape[1], filled, q, steps, level, spread, last, white, logs)

    @classmethod
    def _averaged(
        cls, scale: float, n_flat: int, columns: FloatArray, q: FloatArray, steps: FloatArray, level: FloatArray,
        spread: FloatArray, last: int, white: FloatArray, logs: FloatArray,
    ) -> LocalLevel:  # fmt: skip
        n, free = white.shape[1], 1 + n_flat
        k = columns.shape[1] - 1 - free
        y, x = white[:, :, 0], white[:, :, 1:]
        pulls = PULLS if k else np.ones(1)
        ridge = np.concatenate([np.zeros((len(pulls), free)), np.repeat(1 / pulls[:, None] ** 2, k, axis=1)], axis=1)
        squares = np.einsum("qni,qnj->qij", x, x)[:, None] + np.einsum("pi,ij->pij", ridge, np.eye(free + k))[None]
        side = np.einsum("qni,qn->qi", x, y)[:, None, :, None]
        # A season seen in too few places would leave a direction without information.
        squares = squares + 1e-9 * np.eye(free + k)
        inverse = np.linalg.inv(squares)
        mean = (inverse @ side)[..., 0]
        rest = np.maximum(np.einsum("qn,qn->q", y, y)[:, None] - np.einsum("qpi,qi->qp", mean, side[:, 0, :, 0]), 1e-18)
        df = float(n - free)
        likely = (
            -0.5 * logs[:, None]
            - 0.5 * np.linalg.slogdet(squares)[1]
            - k * np.log(pulls)[None, :]
            - 0.5 * df * np.log(rest)
        )
        best = np.unravel_index(int(np.argmax(likely)), likely.shape)
        residual = y[best[0]] - x[best[0]] @ mean[best]
        size, drift = free + k, np.repeat(np.arange(len(q)), len(pulls))
        return cls(
            scale=scale,
            columns=columns,
            steps=steps,
            drift=drift,
            level=level[drift],
            level_variance=spread[drift],
            last=last,
            likely=likely.reshape(-1),
            mean=mean.reshape(-1, size),
            covariance=inverse.reshape(-1, size, size),
            variance=(rest / df).reshape(-1),
            df=df,
            innovations=residual,
        )

    def believed(self, usual_step: float) -> FloatArray:
        """The weight of each place of the grid under a half-Cauchy prior of this scale."""
        width = np.concatenate([[STEPS[1]], np.gradient(STEPS[1:])])
        weight = self.likely + np.log(width / (1 + (STEPS / usual_step) ** 2))[self.drift]
        weight = np.exp(weight - weight.max())
        return floats(weight / weight.sum())

    def predict(self, weights: FloatArray, *, usual_step: float = USUAL_STEP) -> Predicted:
        """Weighted sums over the points after the last one learnt from; `weights` is (figures, points)."""
        believed = self.believed(usual_step)
        used = believed > 1e-7
        level, mean = self.level[used], self.mean[used]
        later = weights[:, self.last + 1 :]
        total = later.sum(axis=1)
        # What each figure asks of the coefficients: its own columns less the level that the filter took from them.
        asks = (later @ self.columns[self.last + 1 :, 1:])[:, None, :] - total[:, None, None] * level[None, :, 1:]
        centre = total[:, None] * level[None, :, 0] + np.einsum("fgi,gi->fg", asks, mean)
        ahead = np.cumsum(later[:, ::-1], axis=1)[:, ::-1]
        drifted = (ahead**2) @ self.steps[self.last + 1 :]
        variance = (
            total[:, None] ** 2 * self.level_variance[used]
            + drifted[:, None] * STEPS[self.drift[used]] ** 2
            + (later**2).sum(axis=1)[:, None]
            + np.einsum("fgi,gij,fgj->fg", asks, self.covariance[used], asks)
        )
        spread = np.sqrt(np.maximum(variance * self.variance[used], 1e-24)) * self.scale
        return Predicted(centre * self.scale, spread, self.df, believed[used] / believed[used].sum())

    @property
    def mean_step(self) -> float:
        """How far the level is believed to drift a point, over the noise."""
        return float(self.believed(USUAL_STEP) @ STEPS[self.drift])
