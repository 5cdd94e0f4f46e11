"""Which method to trust on these labels: by labels held out and by gold, and not at all where the two cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import nan, sqrt

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray, classes_of, codes, divide, same_length, weights_of
from .crowd import Method, ebcc, glad, ibcc, mace, one_coin, vote_shares, wawa, zero_based_skill
from .estimate import Estimate
from .keyed import keyed_u
from .live_truth import two_pass
from .people_models import Shrinkage
from .proportions import wilson
from .truth import Truth, dawid_skene
from .votes import Votes


def _ebcc(items: npt.ArrayLike, raters: npt.ArrayLike, labels: npt.ArrayLike, **given: object) -> Truth:
    # A fixed start: the choice must be the same tomorrow.
    return ebcc(items, raters, labels, np.random.default_rng(0), **given)  # type: ignore[arg-type]


METHODS: dict[str, Method] = {
    "mv": vote_shares,
    "wawa": wawa,
    "zbs": zero_based_skill,
    "ds": partial(dawid_skene, is_squared=True),
    "ds-plain": partial(dawid_skene, smoothing=0.0, is_squared=True),
    "one-coin": partial(one_coin, is_squared=True),
    "mace": mace,
    "ibcc": ibcc,
    "ebcc": _ebcc,
    "glad": glad,
    "la": two_pass,
}
DEFAULT = "ds"
CANDIDATES = ("ds", "mv", "wawa", "zbs", "one-coin", "mace", "ibcc", "la")

NOISE = 2.0  # standard errors within which two methods are not told apart
WORTH = 0.01  # and what a held-out label must gain at least for the default to be left
FEWEST_GOLD = 30
MOST_BELOW_MAJORITY = 0.015
CHOICE_SALT = 20260302


@dataclass(frozen=True, slots=True)
class Ranked:
    """One method's place: its accuracy on gold, where there is gold, and how well it foretells labels held out.

    `held_out` is the mean log-likelihood of a held-out label; `behind` what it lacks to the best, with its standard
    error by items, `error`.
    """

    method: str
    accuracy: Estimate | None
    held_out: float
    behind: float
    error: float
    is_within_noise: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The method that stands, why, and the ranking it comes from, best first.

    `reason`: `asked` (one method was named), `gold` (clearly best on gold), `held_out` (clearly best on held-out labels),
    `within_noise` (no method is clearly best, so the default stands), `below_majority` (gold puts the default too far
    below the vote, so the vote stands).
    """

    method: str
    reason: str
    ranking: tuple[Ranked, ...]
    truth: Truth

    @property
    def is_decided(self) -> bool:
        """Whether the data told the methods apart."""
        return self.reason != "within_noise"


def infer_truth(
    items: npt.ArrayLike,
    raters: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    method: str = "auto",
    gold: npt.ArrayLike | None = None,
    candidates: Sequence[str] = CANDIDATES,
    folds: int = 2,
    n_items: int | None = None,
    n_raters: int | None = None,
    n_classes: int | None = None,
    weights: npt.ArrayLike | None = None,
) -> Choice:
    """The true labels by one method, or by the one that these labels themselves speak for.

    Assumes labels held out at random are like the others. For "auto" each of `folds` fits hides a fifth of the (item,
    person) pairs, by a keyed hash, and every method is judged by the mean log P(hidden label) = log sum_k p_ik t_jkl,
    people's matrices t read off its posterior p in the same way for all. `gold` (true class by item, or -1) is not shown
    to the methods: it judges them, and goes first where 30 items or more have it. A difference counts beyond two
    standard errors (by items); within them the default, shrunk Dawid-Skene, stands (or the
    leader, where the default itself is behind), and the result says so.
    `METHODS` are named mv, wawa, zbs, ds, ds-plain, one-coin, mace, ibcc, ebcc, glad, la. Raises ValueError for others.

    >>> rng = np.random.default_rng(1)
    >>> truth = rng.integers(0, 2, 200)
    >>> items, raters = np.repeat(np.arange(200), 3), rng.integers(0, 9, 600)
    >>> labels = np.where(rng.random(600) < 0.8, truth[items], 1 - truth[items])
    >>> chosen = infer_truth(items, raters, labels)
    >>> chosen.method, chosen.reason, len(chosen.ranking)
    ('la', 'within_noise', 8)

    Reference: Smyth (2000) Statistics and Computing 10 (cross-validated likelihood); Nguyen et al. (2013), for peers.
    """
    unknown = [name for name in [method, *candidates] if name not in METHODS and name != "auto"]
    if unknown:
        raise ValueError(f"unknown method {unknown[0]!r}: choose auto, {', '.join(METHODS)}")
    sizes = {"n_items": n_items, "n_raters": n_raters, "n_classes": n_classes}
    true = None if gold is None else np.asarray(gold, dtype=np.int64)
    if true is not None and n_classes is not None:
        classes_of(true, n_classes, name="gold")
    if method != "auto":
        return Choice(method, "asked", (), METHODS[method](items, raters, labels, weights=weights, **sizes))
    item, rater, label = codes(items, name="items"), codes(raters, name="raters"), codes(labels, name="labels")
    same_length(items=item, raters=rater, labels=label)
    fits = {name: METHODS[name](item, rater, label, weights=weights, **sizes) for name in candidates}
    weight = None if weights is None else weights_of(weights, item.size)
    surprise = {name: _held_out(item, rater, label, weight, METHODS[name], folds, fits[name]) for name in candidates}
    ranking = _rank(surprise, fits, item, true)
    name, reason = _choose(ranking, fits, true)
    return Choice(name, reason, ranking, fits[name])


def gold_accuracy(truth: Truth, gold: npt.ArrayLike, *, level: float = 0.95) -> Estimate | None:
    """The share of gold items that a fit gets right, with Wilson's interval; None where there is no gold to judge by.

    Assumes gold items like the others. `gold` holds the true class by item, or -1. An item whose leading classes tie is
    right in part; an item without an answer is not judged.

    >>> fit = vote_shares([0, 0, 1, 1], [0, 1, 0, 1], [0, 0, 0, 1])
    >>> gold_accuracy(fit, [0, 1]).value
    0.75

    Reference: Wilson (1927) JASA 22.
    """
    true = classes_of(gold, truth.posterior.shape[1], name="gold")
    same_length(posterior=truth.posterior, gold=true)
    right = _right(truth, true)
    return wilson(float(right.sum()), float(right.size), level=level) if right.size else None


def _held_out(
    item: IntArray,
    rater: IntArray,
    label: IntArray,
    weight: FloatArray | None,
    method: Method,
    folds: int,
    whole: Truth,
) -> FloatArray:
    """Log-likelihood of each label that some fold hid; nan for the rest."""
    people, width, _ = whole.confusion.shape
    height = len(whole.posterior)
    pair = item.astype(np.uint64) * np.uint64(max(people, 1)) + rater.astype(np.uint64)
    fifth = (keyed_u(pair, CHOICE_SALT) * 5).astype(np.int64)
    said = np.full(item.size, nan)
    for fold in range(folds):
        hidden = fifth == fold
        if not hidden.any() or hidden.all():
            continue
        seen = item[~hidden], rater[~hidden], label[~hidden]
        sizes = {"n_items": height, "n_raters": people, "n_classes": width}
        kept = None if weight is None else weight[~hidden]
        fit = method(*seen, weights=kept, **sizes)
        votes = Votes.of(*seen, weights=kept, **sizes)
        posterior = np.where(np.isnan(fit.posterior), fit.class_shares, fit.posterior)
        _, matrix = Shrinkage(4.0, 1.0).learn(
            votes.told(np.where(votes.seen[:, None], posterior, 0.0)), votes.shares(posterior)
        )
        # A person of whom nothing was seen gives the classes as everybody does.
        average = divide(votes.counts.sum(axis=0), votes.counts.sum(), empty=1 / max(width, 1))
        matrix = np.where(matrix.sum(axis=1, keepdims=True) > 0, matrix, average[None, :, None])
        chance = np.einsum("nk,nk->n", posterior[item[hidden]], matrix[rater[hidden], label[hidden]])
        said[hidden] = np.log(np.maximum(chance, 1e-12))
    return said


def _rank(
    surprise: dict[str, FloatArray], fits: dict[str, Truth], item: IntArray, gold: IntArray | None
) -> tuple[Ranked, ...]:
    mean = {name: float(np.nanmean(said)) if np.isfinite(said).any() else nan for name, said in surprise.items()}
    best = max(mean, key=lambda name: (mean[name] if np.isfinite(mean[name]) else -np.inf, name == DEFAULT))

    def ranked(name: str) -> Ranked:
        gap = surprise[best] - surprise[name]
        has = np.isfinite(gap)
        n = int(has.sum())
        behind = float(gap[has].mean()) if n else nan
        by_item = np.bincount(item[has], gap[has] - behind) if n else np.zeros(0)
        error = sqrt(float((by_item**2).sum())) / n if n else nan
        accuracy = None if gold is None else gold_accuracy(fits[name], gold)
        return Ranked(name, accuracy, mean[name], behind, error, not behind > max(NOISE * error, WORTH))

    return tuple(sorted((ranked(name) for name in surprise), key=lambda one: -one.held_out))


def _right(fit: Truth, gold: IntArray) -> FloatArray:
    """One number a gold item that can be judged: 1 right, 0 wrong, a part where classes tie."""
    judged = (gold >= 0) & ~np.isnan(fit.posterior).any(axis=1)
    p = fit.posterior[judged]
    is_top = p >= p.max(axis=1, initial=0.0, keepdims=True) - 1e-12
    return divide(is_top[np.arange(len(p)), gold[judged]], is_top.sum(axis=1))


def _choose(ranking: tuple[Ranked, ...], fits: dict[str, Truth], gold: IntArray | None) -> tuple[str, str]:
    default = DEFAULT if DEFAULT in fits else next(iter(fits))
    if gold is not None and (gold >= 0).sum() >= FEWEST_GOLD:
        right = {name: _right(fit, gold) for name, fit in fits.items()}
        best = max(right, key=lambda name: (float(right[name].mean()), name == default))
        gain = right[best] - right[default]
        if best != default and gain.mean() > NOISE * gain.std() / sqrt(gain.size):
            return best, "gold"
        # No choice by labels may stand where gold puts it too far below the vote.
        floor = right["mv"].mean() - MOST_BELOW_MAJORITY if "mv" in right else 0.0
        ranking = tuple(one for one in ranking if right[one.method].mean() >= floor)
        if right[default].mean() < floor:
            return "mv", "below_majority"
    within = [one.method for one in ranking if one.is_within_noise]
    if len(within) == 1:
        return within[0], "held_out"
    # The best is not told apart from another: the default stands even if it is itself a little behind.
    return (default if default in within else within[0] if within else default), "within_noise"
