"""The catalogue lists every metric under a heading."""

from __future__ import annotations

from evenkeel.measure.metric import metrics
from evenkeel.measure.pages.catalogue import SUBJECTS, subject_of


def test_every_metric_has_a_subject_and_every_subject_a_metric() -> None:
    used = {subject_of(kind) for kind in metrics}
    assert used == SUBJECTS.keys() - {"own"}
