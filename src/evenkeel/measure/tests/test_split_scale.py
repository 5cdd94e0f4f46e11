"""A change splits into mix and rate where the figure is a mean of its parts, in the unit in which the figure is told."""

from __future__ import annotations

import pytest

from evenkeel.kernel import WeightedParts
from evenkeel.measure.metric import day_metric
from evenkeel.measure.rules.splitting import can_be_split, split_scale


@pytest.mark.parametrize(
    ("slug", "scale"),
    [
        ("accuracy", 1.0),
        ("throughput", 1.0),
        ("handle_time", 1000.0),  # summed in seconds, told in milliseconds
        ("turnaround", 3_600_000.0),  # summed in hours
        ("paid_hours", None),  # a total grows with the days
        ("decided", None),
        ("handle_time_median", None),
        ("cost_per_correct", None),
    ],
)
def test_it_splits_means_in_the_unit_of_the_figure_and_nothing_else(slug: str, scale: float | None) -> None:
    assert split_scale(day_metric(slug)) == scale


def test_it_splits_no_change_that_a_place_without_weight_has_a_part_in() -> None:
    work, study = WeightedParts(n=5, w=5.0, wy=600.0), WeightedParts(n=2, w=0.0, wy=720.0)
    assert can_be_split([work], [work, WeightedParts()])
    assert not can_be_split([work], [work, study])
    assert not can_be_split([WeightedParts()], [work])
