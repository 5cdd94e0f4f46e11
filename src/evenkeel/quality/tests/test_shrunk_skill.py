"""Skill on plain values: few answers lean on everybody's, weights count as they should, unclear clauses stay apart."""

from __future__ import annotations

from uuid import UUID

import numpy as np
import pytest

from evenkeel.quality.rules.agreement import Labels, clause_cuts, number_of
from evenkeel.quality.rules.shrunk_skill import MOST_STRENGTH, Tally, shrunk_skill, weighted_tally


def tally(number: int, right: float, answers: int, key: str = "Spam") -> Tally:
    return Tally(worker_id=UUID(int=number), key=key, answers=answers, right=right, effective=float(answers))


def test_three_of_three_is_no_better_than_a_hundred_and_ninety_of_two_hundred() -> None:
    people = [tally(number, 170 + number, 200) for number in range(1, 13)]
    found = shrunk_skill([*people, tally(99, 3, 3)])
    newcomer = found[UUID(int=99), "Spam"]
    assert found[UUID(int=1), "Spam"].value < newcomer.value < 0.95
    assert (newcomer.n, newcomer.is_thin(), newcomer.method) == (3, True, "beta_binomial_posterior")
    assert found[UUID(int=1), "Spam"].value == pytest.approx(171 / 200, abs=0.015)


def test_people_who_look_alike_are_not_called_alike_for_sure() -> None:
    """Ten people with nine of ten each: an uncapped prior would put everybody within a tenth of a point of .9."""
    found = shrunk_skill([tally(number, 9, 10) for number in range(10)])
    half = found[UUID(int=1), "Spam"].half_width
    assert half > 1.9 * (0.9 * 0.1 / (10 + MOST_STRENGTH)) ** 0.5
    few = shrunk_skill([tally(number, 9, 10) for number in range(7)])
    assert few[UUID(int=1), "Spam"].method == "wilson"


def test_a_rare_class_leans_on_all_classes_and_a_weight_counts_once() -> None:
    common = [tally(number, 45, 50) for number in range(12)]
    rare = shrunk_skill([*common, tally(1, 0, 1, "Threat")])[UUID(int=1), "Threat"]
    assert 0.6 < rare.value < 0.9
    one = weighted_tally(UUID(int=1), "", answers=4, w=4.0, wy=3.0, ww=4.0)
    assert (one.effective, one.right) == (4.0, 3.0)


def test_agreement_clause_by_clause_holds_clauses_alone() -> None:
    items, item = number_of(["a", "a", "b", "b", "c", "c"])
    people, person = number_of(["p", "q"] * 3)
    classes, label = number_of(["x/one", "x/one", "x/one", "x/two", "none", "none"])
    said = Labels(items=items, people=people, classes=classes, item=item, person=person, label=label)
    found = {cut.key: cut for cut in clause_cuts(said, ["x/one", "x/two"])}
    assert set(found) == {"x/one", "x/two"}
    assert found["x/one"].examples == ("b",)
    assert found["x/one"].percent.value == pytest.approx(2 / 3)
    assert not list(clause_cuts(said, []))
    assert np.all(said.label >= 0)
