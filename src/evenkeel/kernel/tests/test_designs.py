"""Keyed sampling and design-weighted figures: test vectors, R survey's figures, coverage, exact enumeration."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.kernel import (
    WeightedParts,
    horvitz_thompson,
    inclusion_probabilities,
    key64,
    keyed_hash,
    keyed_u,
    keys64,
    poisson_sample,
    sequential_poisson_sample,
    weighted_mean,
    weighted_rate,
    weighted_total,
    wilson,
)

SALT = 20261122
IDS = [0, 1, 2, 12345, 1000000000, 4294967296, 1099511627783, 9223372036854775813]
HASHES = [384894990, 3840463392, 2767982555, 486484707, 1470855120, 3324544950, 2677679542, 4178346827]

rows = st.lists(st.tuples(st.booleans(), st.floats(1, 50)), min_size=1, max_size=40)


def test_the_hash_repeats_its_test_vectors() -> None:
    assert keyed_hash(IDS, SALT).tolist() == HASHES
    assert keyed_u(IDS, SALT)[[0, 7]].round(12).tolist() == [0.089615348377, 0.972847181256]


def test_a_plain_loop_over_python_integers_gives_the_same_hash() -> None:
    def lowbias32(x: int) -> int:
        x ^= x >> 16
        x = x * 0x7FEB352D % 2**32
        x ^= x >> 15
        x = x * 0x846CA68B % 2**32
        return x ^ x >> 16

    ids = np.random.default_rng(0).integers(0, 2**63, 300).tolist()
    slow = [lowbias32(lowbias32((number % 2**32) ^ SALT) ^ number >> 32) for number in ids]
    assert keyed_hash(ids, SALT).tolist() == slow


def test_u_is_uniform_and_a_new_salt_draws_anew() -> None:
    one, two = keyed_u(np.arange(50_000), 1), keyed_u(np.arange(50_000), 2)
    assert np.bincount((one * 20).astype(int), minlength=20).std() < 3 * np.sqrt(2500)
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.02
    assert 0 < one.min() < one.max() < 1


@pytest.mark.parametrize(("ids", "salt"), [([-1], 0), ([2**64], 0), ([0.5], 0), ([1], -1), ([1], 2**32)])
def test_ids_and_salts_that_do_not_fit_are_refused(ids: npt.ArrayLike, salt: int) -> None:
    with pytest.raises(ValueError, match=r"ids|salt"):
        keyed_u(ids, salt)


@given(high=st.integers(0, 2**64 - 1), low=st.integers(0, 2**64 - 1))
def test_bytes_and_integer_of_one_id_fold_alike(high: int, low: int) -> None:
    number = high << 64 | low
    assert key64(number) == key64(number.to_bytes(16, "big")) == high ^ low
    assert keys64([number]).dtype == np.uint64


@pytest.mark.parametrize("identifier", [b"short", -1, 2**128])
def test_what_is_no_id_is_refused(identifier: bytes | int) -> None:
    with pytest.raises(ValueError, match="an id"):
        key64(identifier)


@given(
    sizes=st.lists(st.floats(0, 100), min_size=1, max_size=30),
    n=st.integers(1, 40),
)
def test_inclusion_probabilities_add_up_to_what_was_asked(sizes: list[float], n: int) -> None:
    pi = inclusion_probabilities(sizes, expected_n=n)
    possible = np.count_nonzero(sizes)
    assert ((pi >= 0) & (pi <= 1)).all()
    assert pi.sum() == pytest.approx(min(n, possible))


@pytest.fixture(scope="module")
def poisson(
    reference_rows: Callable[[str], list[dict[str, str]]], reference_json: Callable[[str], Any]
) -> dict[str, Any]:
    """The reference Poisson sample: score-driven odds, 12,394 tweets, 1,015 drawn."""
    tweets = reference_rows("model/tweets_scored.csv.gz")
    ids = np.array([int(row["item_id"]) for row in tweets])
    score = np.array([float(row["hate_champion"]) for row in tweets])
    truth = np.array([row["label"] == "0" for row in tweets])
    pi = inclusion_probabilities(np.sqrt(score + 0.002), expected_n=1000)
    u = keyed_u(ids, SALT)
    return {
        "ids": ids, "pi": pi, "u": u, "y": truth, "flag": score >= 0.3, "drawn": poisson_sample(u, pi),
        "expected": reference_json("model/expected.json")["sampling"],
    }  # fmt: skip


@pytest.mark.shared_data
def test_the_reference_sample_is_drawn_again(poisson: dict[str, Any]) -> None:
    design, drawn = poisson["expected"]["poisson_design"], poisson["drawn"]
    assert drawn.sum() == design["n_sampled"]
    assert poisson["ids"][drawn][:10].tolist() == design["first_10_item_ids"]
    fixed = sequential_poisson_sample(poisson["u"], poisson["pi"], size=200)
    assert poisson["ids"][fixed].sum() == poisson["expected"]["sequential_poisson_k200"]["sum_item_ids"]


@pytest.mark.shared_data
def test_weighted_figures_equal_those_of_r_survey(poisson: dict[str, Any]) -> None:
    drawn, published = poisson["drawn"], poisson["expected"]["r_survey"]
    y, flag, w = poisson["y"][drawn], poisson["flag"][drawn], 1 / poisson["pi"][drawn]
    for rows, values, name in [
        (slice(None), y, "pois hajek mean"),
        (y, flag, "pois recall"),
        (flag, y, "pois precision"),
    ]:
        parts = WeightedParts.of(values[rows], w[rows])
        assert [parts.ratio, parts.poisson_variance**0.5] == pytest.approx(published[name], abs=1e-10)
    total = horvitz_thompson(y, poisson["pi"][drawn])
    assert total.value == pytest.approx(published["pois total y"][0])
    error = np.log(total.high / total.value) / 1.959963984540054 * total.value
    assert error == pytest.approx(published["pois total y"][1])
    assert total.value / len(poisson["y"]) == pytest.approx(0.0500923314)


def test_horvitz_thompson_is_unbiased_and_so_is_its_variance_by_enumeration() -> None:
    y, pi = np.array([3.0, -1.0, 4.0, 2.0]), np.array([0.3, 0.5, 0.9, 0.6])
    mean = spread = claimed = 0.0
    for drawn in product([False, True], repeat=4):
        mask = np.array(drawn)
        chance = float(np.where(mask, pi, 1 - pi).prod())
        total = float((y[mask] / pi[mask]).sum())
        if mask.any():
            assert horvitz_thompson(y[mask], pi[mask]).value == pytest.approx(total)
        mean += chance * total
        spread += chance * (total - y.sum()) ** 2
        claimed += chance * float(((1 - pi[mask]) * (y[mask] / pi[mask]) ** 2).sum())
    assert (mean, claimed) == pytest.approx((y.sum(), spread))


def test_a_mixed_sign_total_has_a_symmetric_interval() -> None:
    total = horvitz_thompson([3.0, -1.0], [0.5, 0.25])
    assert total.value - total.low == pytest.approx(total.high - total.value)
    assert horvitz_thompson([-3.0, -1.0], [0.5, 0.25]).high < 0


@given(first=rows, second=rows)
def test_parts_of_a_whole_are_the_sum_of_its_parts(
    first: list[tuple[bool, float]], second: list[tuple[bool, float]]
) -> None:
    def parts(some: list[tuple[bool, float]]) -> WeightedParts:
        return WeightedParts.of([y for y, _ in some], [w for _, w in some])

    together, added = parts(first + second), parts(first) + parts(second)
    assert added.n == together.n
    for name in ("w", "wy", "ww", "wwy", "wwyy"):
        assert getattr(added, name) == pytest.approx(getattr(together, name))
    assert sum([parts(first), parts(second)], WeightedParts()) == added


@given(some=rows, scale=st.floats(0.01, 100))
def test_a_rate_does_not_depend_on_the_scale_of_weights_nor_on_the_order_of_rows(
    some: list[tuple[bool, float]], scale: float
) -> None:
    values, weights = [y for y, _ in some], np.array([w for _, w in some])
    here = weighted_rate(WeightedParts.of(values, weights))
    there = weighted_rate(WeightedParts.of(values[::-1], weights[::-1] * scale))
    assert (here.value, here.low, here.high) == pytest.approx((there.value, there.low, there.high), abs=1e-6)
    assert 0 <= here.low <= here.value + 1e-9
    assert here.value <= here.high + 1e-9
    assert here.high <= 1


@given(hits=st.integers(0, 60), misses=st.integers(0, 60), weight=st.floats(0.1, 30))
def test_equal_weights_give_wilson_on_n(hits: int, misses: int, weight: float) -> None:
    n = hits + misses
    rate = weighted_rate(WeightedParts.of([1] * hits + [0] * misses, [weight] * n))
    plain = wilson(hits, n)
    assert [rate.value, rate.low, rate.high] == pytest.approx([plain.value, plain.low, plain.high], nan_ok=True)


def test_no_error_seen_still_has_an_upper_end_that_unequal_weights_push_up() -> None:
    equal = weighted_rate(WeightedParts.of([0] * 50))
    unequal = weighted_rate(WeightedParts.of([0] * 50, [1] * 40 + [50] * 10))
    assert equal.low == unequal.low == 0
    assert 0.05 < equal.high < 0.08
    assert equal.high < unequal.high < 0.35


def test_one_light_error_promises_no_more_than_none_would() -> None:
    heavy = [100.0] * 100
    none = weighted_rate(WeightedParts.of([0] * 200, [1.0] * 100 + heavy))
    one = weighted_rate(WeightedParts.of([1] + [0] * 199, [1.0] * 100 + heavy))
    assert one.high > 0.6 * none.high


def test_a_census_leaves_no_uncertainty_about_itself() -> None:
    parts = WeightedParts.of([1, 0, 1, 1])
    census = weighted_rate(parts, finite=True)
    assert census.low == census.value == census.high == 0.75
    assert weighted_rate(parts).high > 0.9
    assert weighted_total(parts, finite=True).high == pytest.approx(3)


def test_intervals_of_weighted_rates_cover_what_they_say() -> None:
    rng = np.random.default_rng(20)
    people, p = 4000, 0.06
    heavy = rng.random(people) < 0.8
    pi = np.where(heavy, 50 / (0.8 * people), 50 / (0.2 * people))
    rate = np.where(heavy, p * 0.6, p * 2.6)
    covered = plain = 0
    for _ in range(600):
        drawn = rng.random(people) < pi
        parts = WeightedParts.of(rng.random(drawn.sum()) < rate[drawn], 1 / pi[drawn])
        estimate = weighted_rate(parts)
        covered += estimate.low <= rate.mean() <= estimate.high
        half = 1.96 * parts.variance**0.5
        plain += abs(parts.ratio - rate.mean()) <= half
    assert 0.93 < covered / 600 < 0.995
    assert plain < covered


def test_a_weighted_mean_repeats_the_t_interval_of_the_textbook() -> None:
    mean = weighted_mean(WeightedParts.of([10.0, 12.0, 14.0, 9.0]))
    half = 3.182446305 * np.std([10, 12, 14, 9], ddof=1) / 2
    assert (mean.value, mean.high - mean.value) == pytest.approx((11.25, half))


def test_nothing_and_one_row_are_told_apart() -> None:
    assert not weighted_rate(WeightedParts()).is_known
    assert not weighted_mean(WeightedParts()).is_known
    assert not weighted_total(WeightedParts()).is_known
    assert not horvitz_thompson([], []).is_known
    one = weighted_mean(WeightedParts.of([5.0]))
    assert one.value == 5
    assert not one.has_interval
    assert weighted_rate(WeightedParts.of([1])).low > 0


def test_none_seen_gives_a_total_from_zero_up() -> None:
    total = weighted_total(WeightedParts.of([0] * 1000, [198.0] * 1000))
    assert (total.value, total.low) == (0, 0)
    assert 500 < total.high < 1000


@pytest.mark.parametrize("weights", [[1.0, 0.0], [1.0, -2.0], [1.0, np.nan], [1.0]])
def test_weights_that_cannot_be_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        WeightedParts.of([1, 0], weights)


@pytest.mark.parametrize("pi", [[0.0], [1.5]])
def test_odds_that_cannot_be_are_refused(pi: list[float]) -> None:
    with pytest.raises(ValueError, match="pi must"):
        horvitz_thompson([1.0], pi)
