"""Survey designs, allocation, assisted figures: R survey's and ppi-python's figures, enumeration, exact optima."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import md5
from itertools import combinations, product
from math import inf
from typing import Any

import numpy as np
import pytest

from evenkeel.kernel import (
    BadRows,
    Design,
    allocate,
    allocate_budget,
    design_mean,
    design_ratio,
    design_total,
    difference_ratio,
    difference_total,
    greg_total,
    hansen_hurwitz,
    inclusion_probabilities,
    keyed_u,
    labels_for_zero,
    mean,
    poisson_sample,
    post_stratified_mean,
    pps_sample,
    prediction_powered_mean,
    priority_sample,
    recall_by_strata,
    upper_bound,
    wilson,
)

SALT = 20261122
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def tweets(reference_rows: Callable[[str], Rows], reference_json: Callable[[str], Any]) -> dict[str, Any]:
    rows = reference_rows("model/tweets_scored.csv.gz")
    score = np.array([float(row["hate_champion"]) for row in rows])
    return {
        "u": keyed_u(np.array([int(row["item_id"]) for row in rows]), SALT),
        "id": np.array([int(row["item_id"]) for row in rows]),
        "y": np.array([float(row["label"] == "0") for row in rows]),
        "score": score, "flag": (score >= 0.3).astype(float), "size": np.sqrt(score + 0.002),
        "expected": reference_json("model/expected.json")["sampling"],
    }  # fmt: skip


@pytest.fixture(scope="module")
def strata(tweets: dict[str, Any]) -> dict[str, Any]:
    """Ten strata by score, the 80 smallest u of each."""
    stratum = np.minimum((tweets["score"] * 10).astype(int), 9)
    drawn = np.zeros(len(stratum), dtype=bool)
    for number in range(10):
        rows = np.flatnonzero(stratum == number)
        drawn[rows[np.argsort(tweets["u"][rows])][:80]] = True
    return {
        "design": Design.stratified(stratum[drawn], sizes=np.bincount(stratum)),
        "y": tweets["y"][drawn], "flag": tweets["flag"][drawn], "stratum": stratum[drawn],
        "sizes": np.bincount(stratum),
    }  # fmt: skip


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("interval", "name"), [("logit", "prev ci xlogit"), ("beta", "prev ci beta"), ("arcsine", "prev ci asin")]
)
def test_intervals_of_a_stratified_share_equal_those_of_r_survey(
    interval: Any, name: str, strata: dict[str, Any], tweets: dict[str, Any]
) -> None:
    found = design_ratio(strata["y"], None, strata["design"], interval=interval)
    assert [found.low, found.high] == pytest.approx(tweets["expected"]["r_survey"][name], abs=1e-9)
    assert strata["design"].df == tweets["expected"]["r_survey"]["degf"][0]


@pytest.mark.shared_data
def test_recall_and_precision_of_strata_equal_those_of_r_survey(strata: dict[str, Any], tweets: dict[str, Any]) -> None:
    y, flag, design = strata["y"], strata["flag"], strata["design"]
    published, own = tweets["expected"]["r_survey"], tweets["expected"]["stratified_design"]
    for above, below, name in [
        (y * flag, y, "strat recall"),
        (y * flag, flag, "strat precision"),
        (y, y * 0 + 1, "strat prev"),
    ]:
        found = design_ratio(above, below, design, interval="logit", df=inf)
        error = (design.variance((above - found.value * below) / design.total(below))) ** 0.5
        assert [found.value, error] == pytest.approx(published[name], abs=1e-9)
    found = design_ratio(y, None, design, interval="logit", df=inf)
    assert [found.low, found.high] == pytest.approx(own["prevalence"]["logit_ci95"], abs=1e-9)
    found = design_ratio(y * flag, y, design, interval="logit", df=inf)
    assert [found.low, found.high] == pytest.approx(own["recall"]["logit_ci95"], abs=1e-9)
    # svyciprop counts the degrees of freedom of the domain: positives less strata.
    for interval in ("logit", "beta"):
        found = design_ratio(y * flag, y, design, interval=interval, df=y.sum() - 10)
        assert [found.value, found.low, found.high] == pytest.approx(
            published[f"recall (domain y==1) ci {interval}"], abs=1e-9
        )
    plain = design_mean(y, design)
    assert [plain.low, plain.high] == pytest.approx(published["prev ci mean"], abs=1e-9)


@pytest.mark.shared_data
def test_a_poisson_sample_equals_its_reference_with_and_without_the_scores_help(tweets: dict[str, Any]) -> None:
    pi = inclusion_probabilities(tweets["size"], expected_n=1000)
    drawn = poisson_sample(tweets["u"], pi)
    design = Design.poisson(pi[drawn])
    y, flag, score = (tweets[name][drawn] for name in ("y", "flag", "score"))
    told = tweets["expected"]["poisson_design"]
    assert design.weights.sum() == pytest.approx(told["ht_population_size"])
    for name, above, below in [("recall", y * flag, y), ("precision", y * flag, flag)]:
        found = design_ratio(above, below, design, interval="logit")
        assert found.value == pytest.approx(told["horvitz_thompson"][name]["est"], abs=1e-9)
        assert [found.low, found.high] == pytest.approx(told["horvitz_thompson"][name]["logit_ci95"], abs=1e-9)
    everything, whole = len(tweets["y"]), tweets["score"].sum()
    prevalence = difference_ratio(
        y, None, design, predicted_above=score, predicted_below=None,
        population_above=whole, population_below=everything,
    )  # fmt: skip
    expected = told["difference_estimator"]
    assert prevalence.value == pytest.approx(expected["prevalence"]["est"], abs=1e-9)
    assert [prevalence.low, prevalence.high] == pytest.approx(expected["prevalence"]["logit_ci95"], abs=1e-9)
    total = difference_total(y, score, design, population_prediction=whole)
    assert total.value / everything == pytest.approx(prevalence.value)
    assert total.half_width / 1.959963984540054 / everything == pytest.approx(expected["prevalence"]["se"], abs=1e-9)
    recall = difference_ratio(
        y * flag, y, design, predicted_above=score * flag, predicted_below=score,
        population_above=(tweets["score"] * tweets["flag"]).sum(), population_below=whole,
    )  # fmt: skip
    assert recall.value == pytest.approx(expected["recall"]["est"], abs=1e-9)
    assert [recall.low, recall.high] == pytest.approx(expected["recall"]["logit_ci95"], abs=1e-9)


@pytest.mark.shared_data
def test_the_reference_priority_sample_comes_out(tweets: dict[str, Any]) -> None:
    told = tweets["expected"]["priority_sample_k200"]
    sizes = tweets["size"] / 2  # the reference weighs flagged and unflagged alike, with 1/2 each
    drawn = priority_sample(tweets["u"], sizes, k=200)
    assert tweets["id"][drawn.rows].sum() == told["sum_item_ids"]
    assert drawn.tau == pytest.approx(told["tau"])
    assert drawn.total().value == pytest.approx(told["estimated_total_size"])
    assert drawn.total().low < told["true_total_size"] == pytest.approx(sizes.sum())


@pytest.mark.shared_data
@pytest.mark.parametrize("judge", ["judge_gpt4", "judge_strmatch"])
def test_prediction_powered_means_equal_those_of_ppi_python(
    judge: str, reference_rows: Callable[[str], Rows], reference_json: Callable[[str], Any]
) -> None:
    rows = reference_rows("model/xstest_judge.csv.gz")
    told = reference_json("model/expected.json")["xstest_ppi"][judge]
    key = [md5(f"xstest:{row['model']}:{row['prompt_id']}".encode()).digest()[0] for row in rows]  # noqa: S324
    labelled = np.array(key) < 64
    y = np.array([float(row["human_final"] in {"2", "3"}) for row in rows])
    f = np.array([float(row[judge] in {"2", "3"}) for row in rows])
    if abs(y.mean() - told["true_rate_all"]) > 1e-9:
        y = np.array([float(row["human_final"] == "2") for row in rows])
        f = np.array([float(row[judge] == "2") for row in rows])
    assert (y.mean(), f.mean()) == (pytest.approx(told["true_rate_all"]), pytest.approx(told["judge_rate_all"]))
    for power, name in [(0.0, "classical"), (1.0, "ppi_lambda1"), (None, "ppi_plus_plus")]:
        found = prediction_powered_mean(y[labelled], f[labelled], f[~labelled], power=power)
        assert found.value == pytest.approx(told[name]["est"], abs=1e-9)
        assert [found.low, found.high] == pytest.approx(told[name]["ci95"], abs=1e-9)


@pytest.mark.shared_data
def test_prediction_powered_means_of_dices_equal_the_published_ones(reference_rows: Callable[[str], Rows]) -> None:
    gold = {int(row["item"]): float(row["truth"] == "Yes") for row in reference_rows("quality/dices350_items.csv.gz")}
    votes: dict[int, list[bool]] = {}
    for row in reference_rows("quality/dices350_labels.csv.gz"):
        votes.setdefault(int(row["item"]), []).append(row["label"] == "Yes")
    items = sorted(gold)
    y, f = np.array([gold[item] for item in items]), np.array([np.mean(votes[item]) for item in items])
    for power, value, low, high in [
        (0.0, None, 0.397823, 0.562177), (1.0, 0.455789, 0.380661, 0.530916), (None, 0.458494, 0.383641, 0.533347)
    ]:  # fmt: skip
        found = prediction_powered_mean(y[:100], f[:100], f[100:], power=power, level=0.9)
        assert (round(found.low, 6), round(found.high, 6)) == (low, high)
        assert value is None or round(found.value, 6) == value


@pytest.mark.shared_data
def test_the_bound_where_no_miss_was_found_repeats_the_reference(reference_json: Callable[[str], Any]) -> None:
    told = reference_json("model/expected.json")["sampling"]["zero_misses_bound_example"]
    rate = upper_bound(0, told["n_sampled_unflagged"])
    assert rate == pytest.approx(told["upper95_missed_rate"], abs=1e-9)
    assert rate * told["N_unflagged"] == pytest.approx(told["upper95_missed"], abs=1e-4)
    found = recall_by_strata([told["N_unflagged"], 500], [1000, 500], [0, told["tp_known"]], flagged=[False, True])
    assert not found.is_known
    assert found.at_least == pytest.approx(told["recall_lower95"], abs=1e-9)
    assert "cannot be known" in found.sentence
    assert labels_for_zero(0.003) == 998


@pytest.mark.shared_data
def test_recall_by_strata_equals_the_survey_ratio(strata: dict[str, Any]) -> None:
    n = np.bincount(strata["stratum"])
    hits = np.bincount(strata["stratum"], weights=strata["y"])
    flagged = np.arange(10) >= 3
    found = recall_by_strata(strata["sizes"], n, hits, flagged=flagged)
    survey = design_ratio(strata["y"] * strata["flag"], strata["y"], strata["design"], interval="logit", df=inf)
    assert [found.estimate.value, found.estimate.low, found.estimate.high] == pytest.approx(
        [survey.value, survey.low, survey.high]
    )


def test_variances_are_unbiased_by_enumeration() -> None:
    y, strata = np.array([3.0, 1.0, 4.0, 1.0, 5.0]), np.array([0, 0, 0, 1, 1])
    totals, claimed = [], []
    for first, second in product(combinations([0, 1, 2], 2), combinations([3, 4], 2)):
        rows = [*first, *second]
        design = Design.stratified(strata[rows], sizes=[3, 2])
        totals.append(design_total(y[rows], design).value)
        claimed.append(design.variance(y[rows]))
    assert np.mean(totals) == pytest.approx(y.sum())
    assert np.mean(claimed) == pytest.approx(np.var(totals))


def test_hansen_hurwitz_is_unbiased_and_so_is_its_variance_by_enumeration() -> None:
    y, chance = np.array([3.0, 1.0, 4.0]), np.array([0.5, 0.2, 0.3])
    mean_total = spread = claimed = 0.0
    for rows in product(range(3), repeat=2):
        p = float(chance[list(rows)].prod())
        found = hansen_hurwitz(y[list(rows)], chance[list(rows)])
        mean_total += p * found.value
        spread += p * (found.value - y.sum()) ** 2
        claimed += p * Design.with_replacement(chance[list(rows)]).variance(y[list(rows)])
    assert [mean_total, claimed] == pytest.approx([y.sum(), spread])


def test_clusters_count_once_however_many_rows_they_have() -> None:
    y = np.array([1.0, 0.0, 1.0, 1.0, 0.0, 1.0])
    clusters = [0, 0, 1, 1, 2, 2]
    many = Design.stratified([0] * 18, sizes=[inf], clusters=np.repeat(clusters, 3))
    few = Design.stratified([0] * 6, sizes=[inf], clusters=clusters)
    assert many.df == few.df == 2
    assert design_mean(np.repeat(y, 3), many).half_width == pytest.approx(design_mean(y, few).half_width)


def test_a_census_has_no_error_and_a_lonely_unit_no_variance() -> None:
    assert Design.stratified([0, 0, 1], sizes=[2, 1]).variance([1.0, 5.0, 2.0]) == 0
    assert np.isnan(Design.stratified([0, 0, 1], sizes=[9, 9]).variance([1.0, 5.0, 2.0]))


def test_simple_samples_repeat_students_and_wilsons_intervals() -> None:
    values = [3.0, 5.0, 4.0, 6.0, 2.5]
    plain, found = mean(values), design_mean(values, Design.simple(5))
    assert [found.low, found.high] == pytest.approx([plain.low, plain.high])
    hits = [1] * 7 + [0] * 43
    share, score = design_ratio(hits, None, Design.with_replacement([0.01] * 50)), wilson(7, 50)
    assert [share.low, share.high] == pytest.approx([score.low, score.high], abs=2e-3)


def test_a_domains_mean_is_that_of_its_rows_and_wider_than_a_sample_of_its_own() -> None:
    values, inside = np.array([3.0, 5.0, 4.0, 6.0, 9.0]), [1, 1, 1, 1, 0]
    found = design_mean(values, Design.simple(5, population=500), domain=inside)
    assert found.value == 4.5
    assert found.n == 4


def test_post_strata_repeat_the_stratified_mean_given_their_sizes() -> None:
    values, groups = [1, 1, 0, 0, 1, 0], [0, 0, 0, 1, 1, 1]
    found = post_stratified_mean(values, groups, sizes=[900, 100])
    assert found.value == pytest.approx(0.9 * 2 / 3 + 0.1 / 3)
    with pytest.raises(ValueError, match="groups 1"):
        post_stratified_mean([1, 0, 1], [0, 0, 1], sizes=[5, 5])
    assert 0 < post_stratified_mean([1, 1, 1, 1], [0, 0, 1, 1], sizes=[5, 5]).low < 1


def test_regression_with_a_perfect_covariate_leaves_no_error() -> None:
    x = np.column_stack([np.ones(6), np.arange(6.0)])
    found = greg_total(2 + 3 * np.arange(6.0), x, Design.simple(6, population=60), population_totals=[60, 500.0])
    assert found.value == pytest.approx(120 + 1500)
    assert found.half_width == pytest.approx(0, abs=1e-6)
    with pytest.raises(ValueError, match="repeat each other"):
        greg_total([1, 2], np.ones((2, 2)), Design.simple(2, population=9), population_totals=[9, 9])


def test_a_useless_score_costs_nothing_and_a_timid_one_gets_more_than_one() -> None:
    rng = np.random.default_rng(4)
    y, other = rng.normal(size=400), rng.normal(size=4000)
    useless = prediction_powered_mean(y, rng.normal(size=400), other)
    assert useless.half_width == pytest.approx(1.96 * y.std() / 20, rel=0.02)
    timid = prediction_powered_mean(y, y / 3, other / 3)
    assert timid.half_width < 0.5 * useless.half_width


@pytest.mark.parametrize("seed", range(4))
def test_neymans_allocation_is_the_best_in_whole_numbers(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sizes, spread = rng.integers(3, 12, 3), rng.random(3)
    n = int(sizes.sum() * 0.6) + 1

    def variance(drawn: Any) -> float:
        return float((sizes**2 * spread**2 / np.array(drawn)).sum())

    best = min(variance(drawn) for drawn in product(*[range(2, size + 1) for size in sizes]) if sum(drawn) == n)
    found = allocate(sizes, n=n, spread=spread).n
    assert found.sum() == n
    assert ((found >= 2) & (found <= sizes)).all()
    assert variance(found) == pytest.approx(best)


def test_a_budget_is_spent_and_not_more() -> None:
    plan = allocate_budget([9000, 900, 100], budget=500, rates=[0.01, 0.2, 0.5], cost=[1, 2, 5])
    more = allocate_budget([9000, 900, 100], half_width=plan.half_width(), rates=[0.01, 0.2, 0.5], cost=[1, 2, 5])
    assert 490 < plan.cost <= 500
    assert more.cost == pytest.approx(plan.cost, abs=5)
    assert plan.standard_error < plan.plain_error


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: allocate([5, 5], n=3), "n must"),
        (lambda: allocate([5, 5], n=11), "n must"),
        (lambda: allocate_budget([5, 5]), "budget"),
        (lambda: allocate_budget([50, 50], budget=3), "minimum"),
        (lambda: Design.poisson([0.5, 0.0]), "row 1"),
        (lambda: Design.stratified([0, 0, 0], sizes=[2]), "rows 0, 1, 2"),
        (lambda: design_ratio([2.0], None, Design.poisson([0.5])), "row 0"),
        (lambda: recall_by_strata([5], [6], [0], flagged=[True]), "row 0"),
        (lambda: pps_sample([0.0], draws=1, seed=0), "nothing"),
        (lambda: priority_sample([0.5], [-1.0], k=1), "row 0"),
    ],
)
def test_what_cannot_be_is_refused_with_its_rows(call: Callable[[], object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()


def test_nothing_drawn_is_unknown() -> None:
    nothing = Design.poisson([])
    assert not design_total([], nothing).is_known
    assert not design_ratio([], None, nothing).is_known
    assert not design_mean([], Design.simple(0)).is_known
    assert not prediction_powered_mean([], [], [0.5]).is_known
    assert issubclass(BadRows, ValueError)
