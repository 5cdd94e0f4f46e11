"""Every metric answers its own example, names its guard, and says what it is."""

from __future__ import annotations

from typing import get_args

import pytest

from evenkeel.ground.log import Fact
from evenkeel.ground.templatetags.wording import KINDS
from evenkeel.measure.base import Unit, check_kept
from evenkeel.measure.cuts import EXTRAS
from evenkeel.measure.metric import (
    EVERYWHERE,
    DayMetric,
    FigureMetric,
    Metric,
    StudyMetric,
    UnitMetric,
    metrics,
    ratio_by_item,
    standard_error,
)
from evenkeel.people import BUILT_IN


@pytest.mark.parametrize("metric", list(metrics), ids=lambda kind: kind.slug)
class TestEveryMetric:
    def test_answers_its_example(self, metric: type[Metric]) -> None:
        found = metric.try_example()
        # Histograms tell a value to within 1 %; all else is exact.
        is_sketched = issubclass(metric, FigureMetric) and bool(metric.sketched_from())
        assert found.value == pytest.approx(metric.example.value, rel=0.01 if is_sketched else 1e-6)
        assert found.n == metric.example.n

    def test_says_what_it_is(self, metric: type[Metric]) -> None:
        assert str(metric.title)
        assert len(str(metric.why)) > 30
        assert metric.formula
        assert str(metric.grain)
        assert str(metric.population)
        assert metric.owner in BUILT_IN
        assert metric.unit in get_args(Unit)
        assert metric.unit in KINDS

    def test_is_guarded_by_another_metric(self, metric: type[Metric]) -> None:
        assert metric.guard in metrics
        assert metric.guard != metric.slug

    def test_is_of_one_sort(self, metric: type[Metric]) -> None:
        assert issubclass(metric, FigureMetric) != issubclass(metric, StudyMetric)
        if issubclass(metric, FigureMetric):
            check_kept(metric.kept)
            assert set(metric.places) <= set(EVERYWHERE)
        if issubclass(metric, DayMetric):
            known = {f"{name}_id" for name in metric.places}
            assert {*known, metric.at} <= set(metric.fact.columns)
            assert metric.fact in metric.facts
            assert all(EXTRAS[name].column_of(metric.fact) for cut in metric.kept for name in cut)
            assert len(metric.kept) <= 14, "each cut costs rows every day"

    def test_is_made_of_what_is_kept_alike(self, metric: type[Metric]) -> None:
        if not issubclass(metric, FigureMetric):
            return
        for slug in {*metric.needs(), *metric.sketched_from()} - {metric.slug}:
            source = metrics[slug]
            assert issubclass(source, FigureMetric)
            assert set(metric.places) <= set(source.places)
            assert set(metric.kept) <= set(source.kept)
        if issubclass(metric, UnitMetric):
            above, below = (metrics[slug] for slug in metric.feeds())
            assert issubclass(above, DayMetric)
            assert issubclass(below, DayMetric)
            assert above.places == below.places
        if metric.people_of():
            assert metric.people_of() in metrics


def test_there_are_enough_of_them() -> None:
    assert len(metrics) >= 40
    assert {kind.unit for kind in metrics} == set(get_args(Unit))


def test_what_wellness_tells_is_what_is_read() -> None:
    from evenkeel.ground.log import all_facts
    from evenkeel.measure import awaited

    assert all_facts()["exposures"].columns == awaited.EXPOSURES.columns
    # What no room writes yet is declared by none; the room that begins to takes the declaration over.
    others = {fact.name for fact in vars(awaited).values() if isinstance(fact, Fact)} - {"exposures", "costs"}
    # The twin registers this very declaration: no room below keeps contracts yet.
    assert all_facts()["costs"] is awaited.COSTS
    assert not others & set(all_facts())


def test_a_share_of_labels_counts_items_when_labels_on_an_item_stand_or_fall_together() -> None:
    # Ten items with ten labels each, all right or all wrong: as informative as ten labels.
    together = ratio_by_item([10, 0] * 5, [10] * 10)
    assert together.value == 0.5
    assert together.n == 100
    assert 8 < together.n_effective < 11
    # As many labels, each item half right: more even than chance, so no more than the labels themselves.
    apart = ratio_by_item([5] * 10, [10] * 10)
    assert apart.n_effective == pytest.approx(10)
    assert apart.low > together.low


def test_a_share_of_nothing_is_unknown() -> None:
    assert not ratio_by_item([], []).is_known
    assert not ratio_by_item([0], [0]).is_known


def test_the_standard_error_is_that_behind_the_interval() -> None:
    from evenkeel.kernel import agreement

    found = agreement([[3, 1], [4, 0], [2, 2], [0, 4], [1, 3]])
    error = standard_error(found.ac1)
    assert error is not None
    assert found.ac1.value - found.ac1.low == pytest.approx(error * 2.7764451, rel=1e-6)
    assert standard_error(found.percent) is None
