"""Truth from people's labels by models with one skill a person, and by Bayesian confusion matrices.

All take the same columns and settings as `dawid_skene` and give the same result, so that they can be compared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict, Unpack

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, codes, divide, floats, weights_of
from .maximise import Climb, climb
from .people_models import Bayesian, Mace, OneCoin, Shrinkage
from .truth import Truth
from .votes import Votes


class Given(TypedDict, total=False):
    """What every method may be told besides the labels; see `dawid_skene`."""

    n_items: int | None
    n_raters: int | None
    n_classes: int | None
    known: npt.ArrayLike | None
    weights: npt.ArrayLike | None
    evidence: npt.ArrayLike | None


def vote_shares(items: npt.ArrayLike, raters: npt.ArrayLike, labels: npt.ArrayLike, **given: Unpack[Given]) -> Truth:
    """Majority vote as a `Truth`: the posterior is the share of votes, so ties stay ties.

    Assumes every label weighs the same. People's matrices are what their labels say against those shares.

    >>> vote_shares([0, 0, 0], [0, 1, 2], [1, 1, 0]).posterior.round(3).tolist()
    [[0.333, 0.667]]

    Reference: as `majority_vote`.
    """
    votes = Votes.of(items, raters, labels, **given)
    return _of_posterior(votes, votes.start(), "majority", 1, has_converged=True)


def wawa(items: npt.ArrayLike, raters: npt.ArrayLike, labels: npt.ArrayLike, **given: Unpack[Given]) -> Truth:
    """Worker agreement with aggregate: vote, weigh each person by how often she is with the majority, vote again.

    Assumes one skill a person. A tied item counts with the share of each leading class. Known items count as known.

    >>> wawa([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2], [1, 1, 0, 0, 0, 1]).labels.tolist()
    [1, 0]

    Reference: Appen's "Wawa", as described by crowd-kit (Ustalov et al. 2024, JOSS 9).
    """
    votes = Votes.of(items, raters, labels, **given)
    leading = _leading(votes, votes.start())
    return _of_posterior(votes, _weighed_vote(votes, _right(votes, leading)), "wawa", 2, has_converged=True)


def zero_based_skill(
    items: npt.ArrayLike,
    raters: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    rate: float = 1.0,
    tolerance: float = 1e-5,
    max_iterations: int = 100,
    **given: Unpack[Given],
) -> Truth:
    """Vote by skill; move each skill towards the share of her labels that win, less chance; repeat until it rests.

    Assumes one skill a person, 0 at chance 1/q. Skills start at 1 for all; `rate` is the length of a move, 1 for the
    whole way.

    >>> zero_based_skill([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2], [1, 1, 0, 0, 0, 1]).labels.tolist()
    [1, 0]

    Reference: Toloka's "zero-based skill", as described by crowd-kit (Ustalov et al. 2024, JOSS 9).
    """
    votes = Votes.of(items, raters, labels, **given)
    chance = 1 / max(votes.n_classes, 1)
    skill, posterior = np.ones(votes.n_raters), votes.start()
    step, moved = 0, np.inf
    while step < max_iterations and moved > tolerance:
        step += 1
        aim = np.maximum(_right(votes, _leading(votes, posterior)) - chance, 0.0)
        moved = float(np.abs(aim - skill).max(initial=0.0)) * rate
        skill = skill + rate * (aim - skill)
        posterior = _weighed_vote(votes, skill)
    return _of_posterior(votes, posterior, "zero_based_skill", step, has_converged=moved <= tolerance)


def one_coin(
    items: npt.ArrayLike,
    raters: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    is_squared: bool = False,
    tolerance: float = 1e-9,
    max_iterations: int = 1000,
    **given: Unpack[Given],
) -> Truth:
    """Dawid-Skene with one rate of being right a person, every wrong class as likely as another.

    Assumes that nobody confuses one pair of classes more than another. A beta(2, 2) prior keeps rates off 0 and 1.

    >>> one_coin([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2], [1, 1, 0, 0, 0, 1]).labels.tolist()
    [1, 0]

    Reference: Zhang, Chen, Zhou, Jordan (2016) JMLR 17; "ZenCrowd", Demartini et al. (2012) WWW.
    """
    votes = Votes.of(items, raters, labels, **given)
    found = climb(votes, OneCoin().learn, tolerance=tolerance, max_iterations=max_iterations, is_squared=is_squared)
    return Truth.of_climb(votes, found, method="one_coin")


def mace(
    items: npt.ArrayLike,
    raters: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    tolerance: float = 1e-7,
    max_iterations: int = 500,
    **given: Unpack[Given],
) -> Truth:
    """Multi-annotator competence estimation: a person knows the class, or answers from a habit of her own.

    Assumes that habits do not hang on the class. P(l | k) = t_j [l = k] + (1 - t_j) h_jl, by variational Bayes with
    beta(1/2, 1/2) on knowing t. It starts from vote shares, not from random points, and habits lean on uniform ones:
    with few classes the habits of many people otherwise explain everything.

    >>> mace([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2], [1, 1, 0, 0, 0, 1]).labels.tolist()
    [1, 0]

    Reference: Hovy, Berg-Kirkpatrick, Vaswani, Hovy (2013) NAACL-HLT.
    """
    votes = Votes.of(items, raters, labels, **given)
    found = climb(votes, Mace().learn, tolerance=tolerance, max_iterations=max_iterations)
    return Truth.of_climb(votes, found, method="mace")


def ibcc(
    items: npt.ArrayLike,
    raters: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    prior_right: float = 4.0,
    prior_wrong: float = 1.0,
    tolerance: float = 1e-7,
    max_iterations: int = 500,
    **given: Unpack[Given],
) -> Truth:
    """Independent Bayesian classifier combination: Dawid-Skene with Dirichlet priors, by variational Bayes.

    Assumes what Dawid-Skene does, and that people are better than chance: each row has `prior_right` pseudo-labels on the
    true class and `prior_wrong` on every other.

    >>> ibcc([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2], [1, 1, 0, 0, 0, 1]).labels.tolist()
    [1, 0]

    Reference: Kim, Ghahramani (2012) AISTATS; Simpson et al. (2013).
    """
    votes = Votes.of(items, raters, labels, **given)
    return _bayes(votes, None, Bayesian(1, prior_right, prior_wrong, 1.0), "ibcc", tolerance, max_iterations)


def ebcc(
    items: npt.ArrayLike,
    raters: npt.ArrayLike,
    labels: npt.ArrayLike,
    rng: np.random.Generator,
    *,
    sorts: int = 4,
    restarts: int = 4,
    tolerance: float = 1e-6,
    max_iterations: int = 300,
    **given: Unpack[Given],
) -> Truth:
    """iBCC in which each class has several sorts of items, on which people err together: an enhanced model (EBCC).

    Assumes that people err independently given the sort, not given the class: hard items pull several people the same
    wrong way. `sorts` a class; the best of `restarts` starts, by likelihood, drawn from `rng` around the vote shares.
    Costs `sorts` x `restarts` times as much as `ibcc`.

    >>> ebcc([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2], [1, 1, 0, 0, 0, 1], np.random.default_rng(1)).labels.tolist()
    [1, 0]

    Reference: Li, Rubinstein, Cohn (2019) ICML, "Exploiting worker correlation for label aggregation in crowdsourcing".
    """
    votes = Votes.of(items, raters, labels, sorts=sorts, **given)
    shares = votes.start().reshape(votes.n_items, votes.n_classes, sorts).sum(axis=2)
    best: Truth | None = None
    for _ in range(restarts):
        within = rng.dirichlet(np.ones(sorts), size=shares.shape)
        begin = votes.fix((shares[:, :, None] * within).reshape(len(shares), votes.n_states))
        found = _bayes(votes, begin, Bayesian(sorts, 4.0, 1.0, 0.1), "ebcc", tolerance, max_iterations)
        if best is None or found.log_likelihood > best.log_likelihood:
            best = found
    if best is None:
        raise ValueError("restarts must be 1 or more")
    return best


def glad(
    items: npt.ArrayLike,
    raters: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    tolerance: float = 1e-5,
    max_iterations: int = 60,
    **given: Unpack[Given],
) -> Truth:
    """Skill of people times ease of items: P(right) = 1 / (1 + exp(-a_j e^b_i)), every wrong class as likely as another.

    Assumes that what makes an item hard makes it hard for everyone, and classes equally likely beforehand. Priors
    a ~ N(1, 1), b ~ N(1, 1) as in the paper; the
    maximisation takes a few quasi-Newton steps on all skills and eases together.

    >>> glad([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2], [1, 1, 0, 0, 0, 1]).labels.tolist()
    [1, 0]

    Reference: Whitehill, Ruvolo, Wu, Bergsma, Movellan (2009) NIPS.
    """
    from scipy.optimize import minimize

    votes = Votes.of(items, raters, labels, **given)
    item, rater, label = codes(items, name="items"), codes(raters, name="raters"), codes(labels, name="labels")
    weight = weights_of(given.get("weights"), item.size)
    height, width, people = votes.n_items, votes.n_classes, votes.n_raters
    point, posterior = np.ones(people + height), votes.start()
    last, step, done = -np.inf, 0, False

    def objective(point: FloatArray, right: FloatArray) -> tuple[float, FloatArray]:
        skill, ease = point[:people], np.exp(np.clip(point[people:], -6.0, 6.0))
        x = skill[rater] * ease[item]
        soft = np.logaddexp(0.0, -x)  # -log P(right); -log P(wrong) is x more
        value = float((weight * (soft + (1 - right) * x)).sum()) + float(((point - 1) ** 2).sum()) / 2
        pull = weight * (1 - right - np.exp(-soft - x))
        by_skill = np.bincount(rater, pull * ease[item], people)
        by_ease = np.bincount(item, pull * x, height)
        return value, np.concatenate([by_skill, by_ease]) + point - 1

    for step in range(1, max_iterations + 1):  # noqa: B007
        right = posterior[item, label]
        point = minimize(objective, point, (right,), jac=True, method="L-BFGS-B", options={"maxiter": 8}).x
        x = point[rater] * np.exp(np.clip(point[people + item], -6.0, 6.0))
        # Of a right label over a wrong one: log P(right) - log(P(wrong) / (q - 1)) = x + log(q - 1).
        gain = weight * (x + np.log(max(width - 1, 1)))
        base = weight * (-np.logaddexp(0.0, x) - np.log(max(width - 1, 1)))
        score = floats(np.bincount(item * width + label, gain, height * width)).reshape(height, width)
        if votes.evidence is not None:
            score += votes.evidence
        top = score.max(axis=1, initial=-np.inf, keepdims=True)
        odds = np.exp(score - top)
        posterior = votes.fix(odds / odds.sum(axis=1, keepdims=True))
        likelihood = float(
            (top[:, 0] + np.log(odds.sum(axis=1)))[votes.seen].sum() + base.sum() - votes.n_seen * np.log(max(width, 1))
        )
        done = abs(likelihood - last) <= tolerance * abs(likelihood)
        last = likelihood
        if done:
            break
    posterior = np.where(votes.seen[:, None], posterior, 0.0) if votes.evidence is None else posterior
    return _of_posterior(votes, votes.fix(posterior), "glad", step, has_converged=done, log_likelihood=last)


def _leading(votes: Votes, posterior: FloatArray) -> FloatArray:
    """The winner as a row with a single 1, the leaders of a tie with equal parts."""
    is_top = (posterior >= posterior.max(axis=1, initial=0.0, keepdims=True) - 1e-12) & (posterior > 0)
    return votes.fix(divide(is_top, is_top.sum(axis=1, keepdims=True), empty=0.0))


def _right(votes: Votes, truth: FloatArray) -> FloatArray:
    """Share of each person's labels that are the truth."""
    told = votes.told(truth)
    return divide(np.trace(told, axis1=1, axis2=2), told.sum(axis=(1, 2)), empty=0.0)


def _weighed_vote(votes: Votes, weight: FloatArray) -> FloatArray:
    by_label = np.repeat(weight, votes.n_classes)[:, None] * np.tile(np.eye(votes.n_classes), (votes.n_raters, 1))
    score = floats(votes.by_item @ by_label)
    total = score @ np.ones(votes.n_classes)
    # Where nobody with any weight spoke, the plain shares stand.
    return votes.fix(np.where(total[:, None] > 0, divide(score, total[:, None], empty=0.0), votes.start()))


def _of_posterior(
    votes: Votes,
    posterior: FloatArray,
    method: str,
    iterations: int,
    *,
    has_converged: bool,
    log_likelihood: float | None = None,
) -> Truth:
    """A result for a method that has no matrices of its own: they are read off its posterior, lightly smoothed."""
    shares, matrix = Shrinkage(1.0).learn(votes.told(posterior), votes.shares(posterior))
    told = votes.expect(shares, matrix)[1] if log_likelihood is None else log_likelihood
    found = Climb(posterior, shares, matrix, told if votes.n_seen else np.nan, iterations, has_converged)
    return Truth.of_climb(votes, found, method=method)


def _bayes(
    votes: Votes, begin: FloatArray | None, model: Bayesian, method: str, tolerance: float, max_iterations: int
) -> Truth:
    model.n_seen = votes.n_seen
    found = climb(votes, model.learn, begin, tolerance=tolerance, max_iterations=max_iterations)
    # The climb works with geometric means of probabilities; what is told are probabilities.
    matrix = divide(found.matrix, found.matrix.sum(axis=1, keepdims=True), empty=0.0)
    shares = divide(found.shares, found.shares.sum(), empty=0.0)
    likelihood = votes.expect(shares, matrix)[1] if votes.n_seen else np.nan
    told = Climb(found.posterior, shares, matrix, likelihood, found.iterations, found.has_converged)
    return Truth.of_climb(votes, told, method=method)


Method = Callable[..., Truth]
