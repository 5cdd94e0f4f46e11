"""Rates of people with few audits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenkeel.kernel import beta_binomial, shrink

people = st.lists(
    st.integers(0, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=12
).filter(lambda some: any(n for _, n in some))


@pytest.mark.shared_data
def test_the_reference_prior_comes_out(reference_rows: Callable[[str], list[dict[str, str]]]) -> None:
    rows = [row for row in reference_rows("quality/gal_adult2.csv.gz") if row["truth"]]
    person = np.unique([row["worker"] for row in rows], return_inverse=True)[1]
    n = np.bincount(person)
    hits = np.bincount(person, weights=[row["label"] == row["truth"] for row in rows])
    prior = beta_binomial(hits, n)
    assert (prior.people, prior.n) == (269, 3324)
    assert (round(prior.a, 4), round(prior.b, 4), round(prior.mean, 5)) == (10.7708, 5.1682, 0.67575)
    assert round(prior.negative_log_likelihood, 5) == 2034.99744


def test_a_known_spread_is_found_again() -> None:
    rng = np.random.default_rng(2)
    n = rng.integers(1, 60, 3000)
    prior = beta_binomial(rng.binomial(n, rng.beta(18, 2, 3000)), n)
    assert prior.mean == pytest.approx(0.9, abs=0.005)
    assert prior.strength == pytest.approx(20, rel=0.15)


def test_people_who_differ_by_chance_only_are_all_taken_alike() -> None:
    shrunk = shrink([9, 10, 9, 10], [10, 11, 10, 11])
    assert shrunk.mean == pytest.approx(np.full(4, 38 / 42), abs=1e-3)


def test_three_of_three_is_not_better_than_190_of_200() -> None:
    rng = np.random.default_rng(8)
    n = np.concatenate([[3, 200], rng.integers(20, 80, 60)])
    hits = np.concatenate([[3, 190], rng.binomial(n[2:], rng.beta(30, 6, 60))])
    shrunk = shrink(hits, n, target=0.9)
    assert shrunk.mean[0] < shrunk.mean[1]
    assert shrunk.below_target[0] > shrunk.below_target[1]
    assert shrunk.estimate(0).is_thin()
    assert not shrunk.estimate(1).is_thin()


def test_intervals_cover_the_true_rates_of_people() -> None:
    rng = np.random.default_rng(5)
    rate = rng.beta(18, 3, 2000)
    n = rng.integers(1, 40, 2000)
    shrunk = shrink(rng.binomial(n, rate), n)
    assert 0.93 < ((shrunk.low <= rate) & (rate <= shrunk.high)).mean() < 0.97


def test_a_group_of_its_own_size_has_its_own_prior() -> None:
    rng = np.random.default_rng(6)
    groups = np.repeat([0, 1, 2], [40, 40, 3])
    n = np.full(83, 25)
    hits = rng.binomial(n, np.where(groups == 0, 0.95, 0.6))
    shrunk = shrink(hits, n, groups=groups)
    assert shrunk.priors[0].mean > 0.9
    assert shrunk.priors[1].mean < 0.65
    assert shrunk.has_own_prior.tolist() == (groups < 2).tolist()
    assert shrunk.priors[2].people == 83


@settings(max_examples=20)
@given(some=people)
def test_a_posterior_lies_between_ones_own_rate_and_everybodys(some: list[tuple[int, int]]) -> None:
    hits, n = (np.array(part, dtype=float) for part in zip(*some, strict=True))
    shrunk = shrink(hits, n)
    prior = shrunk.priors[0].mean
    own = np.where(n > 0, hits / np.maximum(n, 1), prior)
    assert (shrunk.mean >= np.minimum(own, prior) - 1e-9).all()
    assert (shrunk.mean <= np.maximum(own, prior) + 1e-9).all()
    assert ((shrunk.low <= shrunk.high) & (shrunk.low >= 0) & (shrunk.high <= 1)).all()


@settings(max_examples=20)
@given(some=people)
def test_order_of_people_does_not_matter(some: list[tuple[int, int]]) -> None:
    hits, n = zip(*some, strict=True)
    there, back = shrink(hits, n), shrink(hits[::-1], n[::-1])
    np.testing.assert_allclose(there.mean, back.mean[::-1], rtol=1e-3)


def test_nobody_audited_means_nothing_known() -> None:
    shrunk = shrink([0, 0], [0, 0])
    assert np.isnan(shrunk.mean).all()
    assert not shrunk.estimate(0).is_known
    assert shrink([], []).mean.shape == (0,)
    with pytest.raises(ValueError, match="nobody"):
        beta_binomial([0], [0])


def test_more_right_than_audited_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and n"):
        shrink([4], [3])
