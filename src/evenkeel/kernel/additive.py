"""Agreement from sums over items: what lets it be resampled, and kept up to date while labels arrive.

Every coefficient and its linearised error is a function of the sums of a few numbers an item, and of their products. So
new labels cost only the items they touch, and a bootstrap over items is one product of matrices.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import nan, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray, codes, divide, floats, same_length
from .coefficients import Agreement, agreement, weighted_agreement, weights_between
from .counts import count_labels
from .estimate import Estimate
from .likeness import Likeness
from .linearised import ALL, Items, interval
from .proportions import wilson
from .quantiles import two_sided
from .rows import refuse_rows

# What cancels when large sums are taken from each other: an error below this is none.
NOISE = 1e-9


def bootstrap_agreement(
    counts: npt.ArrayLike,
    rng: np.random.Generator,
    *,
    weights: npt.ArrayLike | Likeness | None = None,
    values: npt.ArrayLike | None = None,
    resamples: int = 1000,
    level: float = 0.95,
) -> Agreement:
    """As `agreement` (`weighted_agreement` where there are `weights`), with intervals from items drawn again.

    Assumes items drawn at random, with replacement; unlike the linearised intervals these percentiles need not be symmetric,
    and never pass 1. `counts` is (items, classes); `rng` makes the draws repeatable. Items with the same counts are drawn
    together as one multinomial, so a million labels need no million draws. For alpha on a scale of its own see
    `bootstrap_alpha`. Raises ValueError for fewer than 2 resamples.

    >>> found = bootstrap_agreement([[2, 0], [2, 0], [1, 1], [0, 2]] * 10, np.random.default_rng(1), resamples=200)
    >>> f"{found.alpha.value:.3f} {found.alpha.method}", bool(found.alpha.low < found.alpha.value < found.alpha.high)
    ('0.473 krippendorff_alpha_bootstrap', True)

    Reference: Efron (1979) Annals of Statistics 7; Quarfoot, Levine (2016) American Statistician 70.
    """
    if resamples < 2:
        raise ValueError("resamples must be 2 or more")
    table = floats(counts)
    if weights is None:
        found, near = agreement(table, level=level), None
    else:
        found = weighted_agreement(table, weights, values=values, level=level)
        near = weights_between(weights, table.shape[1], values)
    kinds, times = kinds_of(table[table.sum(axis=1) > 0])
    if not found.n_items:
        return found
    drawn = rng.multinomial(int(times.sum()), times / times.sum(), size=resamples)
    again = _coefficients(drawn @ _per_item(Items.of(kinds, near)), table.shape[1], near)
    tails = [1 - two_sided(level), two_sided(level)]

    def drawn_interval(name: str) -> Estimate:
        one: Estimate = getattr(found, name)
        values = again[name][np.isfinite(again[name])]
        low, high = np.quantile(values, tails) if one.is_known and values.size else (nan, nan)
        method = one.method.removesuffix("_linearised").removesuffix("_wilson") + "_bootstrap"
        return replace(one, low=float(low), high=float(high), method=method)

    return replace(
        found,
        percent=drawn_interval("percent"),
        alpha=drawn_interval("alpha"),
        fleiss=drawn_interval("fleiss"),
        ac1=drawn_interval("ac1"),
        brennan_prediger=drawn_interval("brennan_prediger"),
    )


@dataclass(frozen=True, slots=True)
class AgreementSums:
    """Sums over items, and over items of products, from which all coefficients follow; sums of two sets of items add up."""

    total: FloatArray
    products: FloatArray
    n_labels: int

    @classmethod
    def of(cls, counts: npt.ArrayLike) -> AgreementSums:
        """The sums of a table (items, classes)."""
        items = Items.of(counts)
        each = _per_item(items)
        return cls(each.sum(axis=0), each.T @ each, int(items.sizes.sum()))

    def __add__(self, other: AgreementSums) -> AgreementSums:
        return AgreementSums(self.total + other.total, self.products + other.products, self.n_labels + other.n_labels)

    def __sub__(self, other: AgreementSums) -> AgreementSums:
        return AgreementSums(self.total - other.total, self.products - other.products, self.n_labels - other.n_labels)

    def agreement(self, *, level: float = 0.95) -> Agreement:
        """What `agreement` would give for the same labels, but for rounding."""
        q = (len(self.total) - 4) // 2
        n, n2, agreeing, by_labels = (float(value) for value in self.total[:4])
        values = {name: float(value[0]) for name, value in _coefficients(self.total[None, :], q).items()}
        chance = {name: float(value[0]) for name, value in _chances(self.total[None, :], q).items()}
        shares, labels = divide(self.total[4 : 4 + q], n), self.total[4 + q :]
        one, pair, agree, by_label = np.eye(4 + 2 * q)[:4]
        classes, paired = np.eye(4 + 2 * q)[4 : 4 + q], np.eye(4 + 2 * q)[4 + q :]

        def estimate(name: str, method: str, by_class: FloatArray) -> Estimate:
            value, p = values[name], chance[name]
            if n2 == 0 or not np.isfinite(p) or p > ALL:
                return Estimate.unknown(method=method, level=level, n=round(n2))
            seen = (n / n2) * (agree - p * pair) / (1 - p)
            influence = seen - 2 * (1 - value) * (by_class - p * one) / (1 - p) - value * one
            return interval(value, self._error(influence, n), round(n2), agreeing / n2, p, method, level, df=n - 1)

        def alpha() -> Estimate:
            method, value, p = "krippendorff_alpha_linearised", values["alpha"], chance["alpha"]
            if n2 == 0 or not np.isfinite(p) or p > ALL:
                return Estimate.unknown(method=method, level=level, n=round(n2))
            size = labels.sum() / n2
            seen = by_labels / labels.sum()
            plain = (seen - p) / (1 - p)
            lean = paired.sum(axis=0) / size - pair
            luck = (labels / labels.sum()) @ paired / size - p * lean
            influence = (by_label / size - seen * lean - p * pair - 2 * (1 - plain) * (luck - p * pair)) / (1 - p)
            error = self._error(influence - plain * pair, n2)
            return interval(value, error, round(n2), seen, p, method, level, df=n2 - 1)

        spread = (1 - shares) / (q - 1) if q > 1 else np.full(q, nan)
        return Agreement(
            percent=self._percent(n, n2, agreeing, agree, pair, level),
            alpha=alpha(),
            fleiss=estimate("fleiss", "fleiss_linearised", shares @ classes),
            ac1=estimate("ac1", "gwet_ac1_linearised", spread @ classes),
            brennan_prediger=estimate(
                "brennan_prediger", "brennan_prediger_linearised", chance["brennan_prediger"] * one
            ),
            cohen=None,
            class_shares=tuple(shares.tolist()),
            chance=chance,
            n_items=round(n2),
            n_labels=self.n_labels,
        )

    def _percent(
        self, n: float, n2: float, agreeing: float, agree: FloatArray, pair: FloatArray, level: float
    ) -> Estimate:
        if n2 == 0:
            return Estimate.unknown(method="percent_agreement_wilson", level=level)
        observed = agreeing / n2
        variance = self._error((n / n2) * (agree - observed * pair), n) ** 2
        spread = observed * (1 - observed)
        effective = spread / variance if variance > 0 and spread > NOISE else n2
        share = wilson(min(observed, 1.0) * effective, effective, level=level)
        return Estimate(observed, share.low, share.high, round(n2), effective, "percent_agreement_wilson", level)

    def _error(self, influence: FloatArray, n: float) -> float:
        if n <= 1:
            return nan
        squares = float(influence @ self.products @ influence)
        return sqrt(squares / (n * (n - 1))) if squares > NOISE * n else 0.0


class RunningAgreement:
    """Agreement kept up to date while labels arrive: an append costs the items it touches, never a second pass.

    Items and classes are running numbers from 0; new items may come at any time, classes are fixed at the start.

    >>> live = RunningAgreement(n_classes=2)
    >>> live.append([0, 0, 1, 1], [0, 0, 1, 1])
    >>> live.append([2, 2, 3, 3, 3], [0, 1, 0, 0, 0])
    >>> f"{live.agreement().alpha.value:.4f} of {live.agreement().n_labels}"
    '0.5556 of 9'

    Reference: as `agreement`.
    """

    def __init__(self, *, n_classes: int, counts: npt.ArrayLike | None = None):
        start = np.zeros((0, n_classes), dtype=np.int32) if counts is None else np.asarray(counts, dtype=np.int32)
        if start.ndim != 2 or start.shape[1] != n_classes:
            raise ValueError("counts must have a row an item and a column a class")
        self._counts, self._used = start.copy(), len(start)
        self.sums = AgreementSums.of(start)

    @property
    def counts(self) -> npt.NDArray[np.int32]:
        """Labels by item and class, as they stand."""
        return self._counts[: self._used]

    def append(self, items: npt.ArrayLike, labels: npt.ArrayLike) -> None:
        """Take in new labels, one row each. Raises ValueError for a class beyond those there are."""
        item, label = codes(items, name="items"), codes(labels, name="labels")
        if not same_length(items=item, labels=label):
            return
        refuse_rows(label >= self._counts.shape[1], f"labels must be below {self._counts.shape[1]}")
        self._make_room(int(item.max()) + 1)
        touched, where = np.unique(item, return_inverse=True)
        before = self._counts[touched]
        after = before + count_labels(where, label, n_items=len(touched), n_classes=self._counts.shape[1])
        self.sums = self.sums - AgreementSums.of(before) + AgreementSums.of(after)
        self._counts[touched] = after

    def agreement(self, *, level: float = 0.95) -> Agreement:
        """All coefficients of the labels so far."""
        return self.sums.agreement(level=level)

    def _make_room(self, height: int) -> None:
        if height > len(self._counts):
            grown = np.zeros((max(height, len(self._counts) * 5 // 4), self._counts.shape[1]), dtype=np.int32)
            grown[: self._used] = self._counts[: self._used]
            self._counts = grown
        self._used = max(self._used, height)


def _per_item(items: Items) -> FloatArray:
    """One row an item: 1, has a pair, share of agreeing pairs, the same weighing by labels, shares, labels in pairs."""
    pair = items.has_pair.astype(np.float64)
    by_label = items.pairs / np.where(items.has_pair, items.sizes - 1, 1.0)
    return np.column_stack(
        [
            np.ones(len(pair)), pair, items.agreeing, by_label,
            items.counts / items.sizes[:, None], items.counts * pair[:, None],
        ]
    )  # fmt: skip


def _chances(sums: FloatArray, q: int, weights: FloatArray | None = None) -> dict[str, Any]:
    shares = divide(sums[:, 4 : 4 + q], sums[:, :1])
    labels = divide(sums[:, 4 + q :], sums[:, 4 + q :].sum(axis=1, keepdims=True))
    near = np.eye(q) if weights is None else weights
    weight = float(near.sum())
    squares = (shares**2).sum(axis=1)
    return {
        "alpha": (labels @ near * labels).sum(axis=1),
        "fleiss": (shares @ near * shares).sum(axis=1),
        "ac1": weight * (1 - squares) / (q * (q - 1)) if q > 1 else np.full(len(sums), nan),
        "brennan_prediger": np.full(len(sums), weight / q**2 if q else nan),
    }


def _coefficients(sums: FloatArray, q: int, weights: FloatArray | None = None) -> dict[str, FloatArray]:
    observed, total = divide(sums[:, 2], sums[:, 1]), sums[:, 4 + q :].sum(axis=1)
    chance = _chances(sums, q, weights)
    found = {name: divide(observed - p, np.where(p > ALL, 0.0, 1 - p)) for name, p in chance.items() if name != "alpha"}
    small = divide(1, total)
    by_labels = (1 - small) * divide(sums[:, 3], total) + small
    p = chance["alpha"]
    return {"percent": observed, "alpha": divide(by_labels - p, np.where(p > ALL, 0.0, 1 - p)), **found}


def kinds_of(table: FloatArray) -> tuple[FloatArray, IntArray]:
    """The different rows of a table of counts, and how often each occurs."""
    # Rows as one number each sort far faster than rows as rows; the comparison proves that no two rows met in a number.
    factors = np.random.default_rng(0).integers(1, 1 << 62, table.shape[1], dtype=np.uint64)
    _, first, where, times = np.unique(
        table.astype(np.uint64) @ factors, return_index=True, return_inverse=True, return_counts=True
    )
    if np.array_equal(table[first][where], table):
        return table[first], times.astype(np.int64)
    kinds, times = np.unique(table, axis=0, return_counts=True)
    return kinds, times.astype(np.int64)
