"""One battery over every method that reads labels or counts: what must hold whatever the method."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from evenkeel.kernel import (
    AgreementSums,
    Design,
    Estimate,
    WeightedParts,
    agreement,
    agreement_by_class,
    agreement_of_labels,
    alpha_of_sets,
    area_under_curve,
    attribute_study,
    bootstrap_agreement,
    bootstrap_alpha,
    confusion,
    conger_kappa,
    count_labels,
    dawid_skene,
    design_mean,
    design_ratio,
    design_total,
    difference_total,
    ebcc,
    explain_quantile,
    explain_rate,
    explain_ratio,
    explain_shift,
    flag_below,
    funnel,
    glad,
    greg_total,
    hansen_hurwitz,
    horvitz_thompson,
    ibcc,
    infer_truth,
    item_puzzles,
    kitagawa,
    krippendorff_alpha,
    mace,
    majority_vote,
    mean,
    median,
    one_coin,
    pairwise_agreement,
    people_behind,
    post_stratified_mean,
    prediction_powered_mean,
    quantile,
    ratio,
    shrink,
    standardise_directly,
    standardise_indirectly,
    two_pass,
    vote_shares,
    wawa,
    weighted_agreement,
    weighted_mean,
    weighted_rate,
    weighted_total,
    zero_based_skill,
)
from evenkeel.kernel.machine_code import machine_code_from

Columns = tuple[npt.NDArray[Any], ...]
Method = Callable[..., npt.NDArray[np.float64]]


def numbers(*values: Any) -> npt.NDArray[np.float64]:
    return np.concatenate([np.ravel(np.asarray(value, dtype=float)) for value in values])


def coefficients(items: Any, raters: Any, labels: Any) -> npt.NDArray[np.float64]:
    found = agreement_of_labels(items, raters, labels, n_classes=3)
    several = (found.percent, found.alpha, found.fleiss, found.ac1, found.brennan_prediger)
    return numbers(*[(one.value, one.low, one.high) for one in several])


def votes(items: Any, raters: Any, labels: Any) -> npt.NDArray[np.float64]:
    vote = majority_vote(count_labels(items, labels, n_items=8, n_classes=3))
    return numbers(vote.winner, vote.is_tied, vote.share)


def truths(items: Any, raters: Any, labels: Any) -> npt.NDArray[np.float64]:
    fit = dawid_skene(items, raters, labels, n_items=8, n_raters=4, n_classes=3)
    return numbers(fit.posterior, fit.class_shares, fit.confusion, fit.log_likelihood)


def table(items: Any, raters: Any, labels: Any) -> npt.NDArray[np.float64]:
    return numbers(confusion(labels, np.asarray(raters) % 3, n_classes=3))


def fitted(fit: Callable[..., Any], *generator: np.random.Generator) -> Method:
    def run(items: Any, raters: Any, labels: Any) -> npt.NDArray[np.float64]:
        # One generator a run, or the second run would not be the first again.
        fresh = [np.random.default_rng(0) for _ in generator]
        found = fit(items, raters, labels, *fresh, n_items=8, n_raters=4, n_classes=3)
        return numbers(found.posterior, found.class_shares, found.confusion, found.log_likelihood)

    return run


def of_counts(figure: Callable[[Any], Any]) -> Method:
    def run(items: Any, raters: Any, labels: Any) -> npt.NDArray[np.float64]:
        found = figure(count_labels(items, labels, n_items=8, n_classes=3))
        return numbers(*[(one.value, one.low, one.high) for one in (found if isinstance(found, list) else [found])])

    return run


def people(items: Any, raters: Any, labels: Any) -> npt.NDArray[np.float64]:
    fit = vote_shares(items, raters, labels, n_items=8, n_raters=4, n_classes=3)
    found = people_behind(items, raters, labels, fit.posterior, n_raters=4)
    puzzle = item_puzzles(items, labels, fit.posterior)
    return numbers(found.right, found.confusion, found.bias, puzzle.difficulty, puzzle.ambiguity)


def pairs(items: Any, raters: Any, labels: Any) -> npt.NDArray[np.float64]:
    found = pairwise_agreement(items, raters, labels, n_raters=4, n_classes=3)
    return numbers(found.n, found.percent, found.kappa)


def study(items: Any, raters: Any, labels: Any) -> npt.NDArray[np.float64]:
    found = attribute_study(items, raters, labels, standard=np.arange(8) % 3, n_classes=3)
    shares = (found.between, found.all_standard, found.kappa_standard)
    return numbers(*[(one.value, one.low, one.high) for one in shares])


def sets(items: Any, raters: Any, labels: Any) -> npt.NDArray[np.float64]:
    given = [{0}, {1}, {0, 1}]
    return numbers(alpha_of_sets(items, [given[label] for label in labels]).value)


def chosen(items: Any, raters: Any, labels: Any) -> npt.NDArray[np.float64]:
    found = infer_truth(items, raters, labels, candidates=("ds", "mv"), folds=1, n_items=8, n_raters=4, n_classes=3)
    return numbers(found.truth.posterior, *[one.held_out for one in found.ranking])


def compiled(method: Method) -> Method:
    """With the extra `fast`, where it is installed."""

    def run(items: Any, raters: Any, labels: Any) -> npt.NDArray[np.float64]:
        with machine_code_from(0):
            return method(items, raters, labels)

    return run


def conger(items: Any, raters: Any, labels: Any) -> npt.NDArray[np.float64]:
    found = conger_kappa(items, raters, labels, n_classes=3)
    return numbers(found.value, found.low, found.high)


LABEL_METHODS: dict[str, Method] = {
    "agreement": coefficients, "majority": votes, "dawid_skene": truths, "confusion": table, "conger": conger,
    "ordinal": of_counts(lambda counts: krippendorff_alpha(counts, scale="ordinal")),
    "weighted": of_counts(lambda counts: weighted_agreement(counts, "linear").ac1),
    "by_class": of_counts(lambda counts: [one.alpha for one in agreement_by_class(counts)]),
    "bootstrap": of_counts(lambda counts: bootstrap_agreement(counts, np.random.default_rng(0), resamples=50).ac1),
    "bootstrap_weighted": of_counts(
        lambda counts: bootstrap_agreement(counts, np.random.default_rng(0), weights="linear", resamples=50).alpha
    ),
    "bootstrap_alpha": of_counts(
        lambda counts: bootstrap_alpha(counts, np.random.default_rng(0), scale="ordinal", resamples=50)
    ),
    "dawid_skene_compiled": compiled(truths), "one_coin_compiled": compiled(fitted(one_coin)),
    "sums": of_counts(lambda counts: AgreementSums.of(counts).agreement().alpha),
    "vote_shares": fitted(vote_shares), "wawa": fitted(wawa), "zero_based_skill": fitted(zero_based_skill),
    "one_coin": fitted(one_coin), "mace": fitted(mace), "ibcc": fitted(ibcc), "glad": fitted(glad),
    "two_pass": fitted(two_pass), "ebcc": fitted(ebcc, np.random.default_rng(0)), "infer_truth": chosen,
    "people": people, "pairs": pairs, "study": study, "sets": sets,
}  # fmt: skip

COUNT_METHODS: dict[str, Method] = {
    "weighted_rate": lambda x, n: numbers(weighted_rate(WeightedParts.of(x > 0, n)).to_dict()["value"]),
    "weighted_mean": lambda x, n: numbers(weighted_mean(WeightedParts.of(x, n)).to_dict()["value"]),
    "weighted_total": lambda x, n: numbers(weighted_total(WeightedParts.of(x > 0, n)).to_dict()["high"]),
    "horvitz_thompson": lambda x, n: numbers(horvitz_thompson(x, 1 / n).to_dict()["value"]),
    "area_under_curve": lambda x, n: numbers(area_under_curve(n, x > 2).to_dict()["value"]),
    "kitagawa": lambda x, n: numbers(*[getattr(kitagawa(x, n, x / 2, n), name) for name in ("change", "rate", "mix")]),
    "explain_rate": lambda x, n: numbers(*_explained(explain_rate, x, n)),
    "explain_ratio": lambda x, n: numbers(*_explained(explain_ratio, x, n)),
    "explain_quantile": lambda x, n: numbers(explain_quantile({"size": _third(n)}, x, _halves(x), p=0.5).change),
    "explain_shift": lambda x, n: numbers(explain_shift({"size": _third(n)}, x, n / 3).noise),
    "mean": lambda x, n: figure(mean(x)),
    "median": lambda x, n: figure(median(x)),
    "quantile": lambda x, n: figure(quantile(x, p=0.75)),
    "ratio": lambda x, n: figure(ratio(x, n)),
    "design_total": lambda x, n: figure(design_total(x, Design.poisson(1 / n))),
    "design_mean": lambda x, n: figure(design_mean(x, Design.with_replacement(1 / n))),
    "design_ratio": lambda x, n: figure(design_ratio(x > 4, n > 0, Design.poisson(1 / n))),
    "design_ratio_strata": lambda x, n: figure(design_ratio(x > 4, None, _strata(n))),
    "hansen_hurwitz": lambda x, n: figure(hansen_hurwitz(x, 1 / n)),
    "difference_total": lambda x, n: figure(
        difference_total(x, n / 3, Design.poisson(1 / n), population_prediction=99)
    ),
    "greg_total": lambda x, n: figure(greg_total(x, n[:, None], Design.poisson(1 / n), population_totals=[900.0])),
    "post_stratified_mean": lambda x, n: figure(post_stratified_mean(x, (n > 15).astype(int), sizes=[600, 400])),
    "prediction_powered_mean": lambda x, n: figure(prediction_powered_mean(x, n / 3, np.arange(20.0))),
    "standardise_directly": lambda x, n: figure(standardise_directly(x, n, standard=n)),
    "standardise_indirectly": lambda x, n: figure(standardise_indirectly(x, n, standard_rates=np.full(len(n), 0.1))),
    "funnel": lambda x, n: numbers(np.sort(funnel(x, n).z), funnel(x, n).target, funnel(x, n).dispersion),
    "flag_below": lambda x, n: numbers(flag_below(shrink(x, n), target=0.3, certainty=0.6).expected_false),
}


def figure(one: Estimate) -> npt.NDArray[np.float64]:
    return numbers(one.value, one.low, one.high, one.n_effective)


def _strata(n: Any) -> Design:
    return Design.stratified((np.asarray(n) > 15).astype(int), sizes=[600, 400])


def _third(n: Any) -> Any:
    return np.asarray(n, dtype=int) % 3


def _halves(x: Any) -> Any:
    return np.asarray(x, dtype=int) % 2 == 0


def _explained(method: Any, x: Any, n: Any) -> tuple[float, ...]:
    found = method({"size": _third(n)}, x, _halves(x), n=n, most_ranked=4)
    return (found.change, found.mix, found.rate, *[cause.score for cause in found.ranked])


def sample_labels(seed: int = 1) -> Columns:
    rng = np.random.default_rng(seed)
    return rng.integers(0, 8, 60), rng.integers(0, 4, 60), rng.integers(0, 3, 60)


def sample_counts() -> Columns:
    rng = np.random.default_rng(2)
    n = rng.integers(4, 30, 25).astype(float)
    return np.floor(n * rng.random(25) * 0.5), n


CASES = [(method, sample_labels()) for method in LABEL_METHODS.values()] + [
    (method, sample_counts()) for method in COUNT_METHODS.values()
]
NAMES = [*LABEL_METHODS, *COUNT_METHODS]


@pytest.mark.parametrize(("method", "columns"), CASES, ids=NAMES)
def test_order_of_rows_does_not_matter(method: Method, columns: Columns) -> None:
    order = np.random.default_rng(3).permutation(len(columns[0]))
    np.testing.assert_allclose(method(*columns), method(*[column[order] for column in columns]), atol=1e-7)


@pytest.mark.parametrize(("method", "columns"), CASES, ids=NAMES)
def test_a_second_run_gives_the_same_to_the_last_bit(method: Method, columns: Columns) -> None:
    np.testing.assert_array_equal(method(*columns), method(*columns))


@pytest.mark.parametrize(("method", "columns"), CASES, ids=NAMES)
def test_what_comes_in_is_left_as_it_was(method: Method, columns: Columns) -> None:
    before = [column.copy() for column in columns]
    method(*columns)
    for column, copy in zip(columns, before, strict=True):
        np.testing.assert_array_equal(column, copy)


@pytest.mark.parametrize(("method", "columns"), CASES, ids=NAMES)
def test_empty_input_gives_no_figure(method: Method, columns: Columns) -> None:
    found = method(*[column[:0] for column in columns])
    assert set(found[np.isfinite(found)].tolist()) <= {0.0, -1.0}  # no count, no winner


@pytest.mark.parametrize("name", LABEL_METHODS)
def test_one_item_is_enough_to_answer(name: str) -> None:
    found = LABEL_METHODS[name](np.zeros(3, dtype=int), np.arange(3), np.array([1, 1, 0]))
    assert np.isfinite(found).any()


def test_ties_are_equal_under_every_renaming_of_classes() -> None:
    counts = np.array([[2, 2, 0], [1, 1, 1], [0, 0, 3]])
    for order in ([1, 0, 2], [2, 1, 0]):
        there = majority_vote(counts[:, order])
        assert there.is_tied.tolist() == [True, True, False]
        assert agreement(counts[:, order]).alpha.value == pytest.approx(agreement(counts).alpha.value)


def test_a_tied_item_stays_undecided_when_nothing_tells_people_apart() -> None:
    fit = dawid_skene([0, 0], [0, 1], [0, 1], smoothing=2.0)
    assert fit.posterior[0].tolist() == pytest.approx([0.5, 0.5])


def test_shrinking_is_repeatable() -> None:
    x, n = sample_counts()
    np.testing.assert_array_equal(shrink(x, n).mean, shrink(x, n).mean)


@pytest.mark.parametrize(
    "name", ["mean", "median", "ratio", "design_total", "design_mean", "hansen_hurwitz", "quantile"]
)
def test_equal_values_and_a_change_of_scale_pass_through(name: str) -> None:
    n = sample_counts()[1]
    x = np.full(len(n), 3.0)
    here, there = COUNT_METHODS[name](x, n), COUNT_METHODS[name](x * 1000, n)
    np.testing.assert_allclose(here[:3] * 1000, there[:3], rtol=1e-9)
    if name in {"mean", "median", "quantile", "design_mean"}:
        np.testing.assert_allclose(here[:3], 3.0)


@pytest.mark.parametrize("name", COUNT_METHODS)
def test_lists_and_small_types_give_what_arrays_of_floats_give(name: str) -> None:
    x, n = sample_counts()
    np.testing.assert_allclose(
        COUNT_METHODS[name](x.astype(np.int16), n.astype(np.float32)), COUNT_METHODS[name](x, n), rtol=1e-5
    )
