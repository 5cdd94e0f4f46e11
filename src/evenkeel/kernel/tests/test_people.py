"""People, drift, items, doubts, attribute studies, and regions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from evenkeel.kernel import (
    BadRows,
    accuracy_cusum,
    attribute_study,
    clopper_pearson,
    dawid_skene,
    doubts_of_labels,
    forgetting_rate,
    item_puzzles,
    match_regions,
    overlap_of_boxes,
    overlap_of_spans,
    people_behind,
    region_agreement,
    repeated_rows,
)

from .test_truth import synthetic


def test_people_are_found_as_good_as_they_are() -> None:
    (items, raters, labels), truth = synthetic(n_classes=3, people=10, labels_each=200)
    fit = dawid_skene(items, raters, labels)
    people = people_behind(items, raters, labels, fit.posterior, gold=truth)
    real = np.bincount(raters, labels == truth[items]) / np.bincount(raters)
    np.testing.assert_allclose(people.rate, real, atol=0.06)
    assert people.accuracy(3).value == pytest.approx(real[3])
    assert people.accuracy(3).n == people.gold_n[3]
    guided = people_behind(items, raters, labels, fit.posterior)
    assert guided.accuracy(3).method == "expected_wilson"
    np.testing.assert_allclose(people.bias.sum(axis=1), 0, atol=1e-9)
    assert ((people.specificity > 0.5) & (people.specificity <= 1)).all()


def test_repeats_measure_repeatability() -> None:
    people = people_behind([0, 0, 0, 1, 1], [0, 0, 0, 0, 1], [0, 0, 1, 1, 0], np.eye(2))
    assert (people.pairs.tolist(), people.same.tolist()) == ([2, 0], [1, 0])
    assert people.repeatability(0).value == 0.5
    assert not people.repeatability(1).is_known
    assert repeated_rows([0, 0, 0, 1, 1], [0, 0, 0, 0, 1]).tolist() == [1, 2]


def test_somebody_without_labels_is_unknown() -> None:
    people = people_behind([0], [0], [0], [[1.0, 0.0]], n_raters=2)
    assert not people.accuracy(1).is_known
    assert np.isnan(people.rate[1])


def test_what_is_forgotten_does_not_count() -> None:
    now = forgetting_rate([1] * 200 + [0] * 200, half_life=10)
    assert now.rate[199] > 0.9 > 0.1 > now.rate[399]
    assert now.n_effective[399] == pytest.approx(1 / (1 - 0.5**0.1), rel=1e-6)
    assert ((now.low < now.rate) & (now.rate < now.high)).all()
    with pytest.raises(BadRows, match="between 0 and 1"):
        forgetting_rate([2.0])


def test_a_fall_is_seen_where_it_began_and_steadiness_is_not_a_fall() -> None:
    rng = np.random.default_rng(1)
    steady = [accuracy_cusum(rng.random(300) < 0.95, good=0.95, bad=0.8, limit=5).alarm for _ in range(100)]
    assert np.mean([alarm >= 0 for alarm in steady]) < 0.2
    fallen = [
        accuracy_cusum(np.concatenate([rng.random(300) < 0.97, rng.random(150) < 0.75]), good=0.97, bad=0.8, limit=5)
        for _ in range(50)
    ]
    assert np.mean([one.alarm >= 300 for one in fallen]) > 0.9
    assert abs(np.median([one.since for one in fallen]) - 300) < 12
    with pytest.raises(ValueError, match="below good"):
        accuracy_cusum([1], good=0.8, bad=0.9)


def test_hard_and_ambiguous_items_are_told_apart() -> None:
    puzzle = item_puzzles([0, 0, 1, 1, 2], [0, 0, 0, 1, 1], np.array([[1, 0], [1, 0], [1, 0], [0.5, 0.5]]))
    assert puzzle.difficulty[:3].tolist() == [0, 0.5, 1]
    assert puzzle.ambiguity[:3].tolist() == [0, 1, 0]
    assert puzzle.doubt[3] == 1
    assert np.isnan(puzzle.difficulty[3])


def codes_of(*columns: object, **more: object) -> set[str]:
    return {doubt.code for doubt in doubts_of_labels(*columns, **more)}  # type: ignore[arg-type]


def test_swapped_labels_are_doubted_and_so_is_who_answers_the_other_way_round() -> None:
    rng = np.random.default_rng(2)
    truth = rng.integers(0, 2, 200)
    items, raters = np.tile(np.arange(200), 3), np.repeat(np.arange(3), 200)
    labels = np.where(rng.random(600) < 0.85, truth[items], 1 - truth[items])
    assert codes_of(items, raters, labels, gold=truth) == set()
    assert "polarity" in codes_of(items, raters, 1 - labels, gold=truth)
    one = np.where(raters == 2, 1 - labels, labels)
    found = {doubt.code: doubt for doubt in doubts_of_labels(items, raters, one, gold=truth)}
    assert found["person_against"].where == (2,)
    switched = dawid_skene(items, raters, labels, known=np.where(np.arange(200) < 150, 1 - truth, -1))
    assert "label_switching" in codes_of(items, raters, labels, truth=switched)


def test_agreement_that_is_none_or_too_good_is_doubted() -> None:
    rng = np.random.default_rng(3)
    items, raters = np.repeat(np.arange(300), 3), np.tile([0, 1, 2], 300)
    assert "alpha_near_zero" in codes_of(items, raters, rng.integers(0, 3, 900))
    assert "alpha_is_one" in codes_of(items, raters, np.repeat(rng.integers(0, 3, 300), 3))
    rare = (rng.random(900) < 0.03).astype(int)
    assert {"one_class", "prevalence"} <= codes_of(items, raters, rare)


def test_constant_people_bare_gold_repeats_and_lonely_raters_are_named() -> None:
    items, raters = np.tile(np.arange(30), 2), np.repeat([0, 1], 30)
    labels = np.concatenate([np.zeros(30, dtype=int), np.arange(30) % 2])
    found = {doubt.code: doubt for doubt in doubts_of_labels(items, raters, labels)}
    assert found["constant_answers"].where == (0,)
    assert "gold_without_labels" in codes_of([0, 0], [0, 1], [0, 1], gold=[0, 1])
    assert "duplicates" in codes_of([0, 0, 0], [0, 1, 0], [0, 1, 1])
    assert {"one_rater", "no_pair"} <= codes_of([0, 1], [0, 0], [0, 1])
    assert doubts_of_labels([], [], []) == ()


def test_the_share_of_14_of_15_has_the_published_interval() -> None:
    # JASP's attribute agreement case: 14 of 15 matched.
    share = clopper_pearson(14, 15)
    assert (round(share.value * 100, 2), round(share.low * 100, 2), round(share.high * 100, 2)) == (93.33, 68.05, 99.83)
    items = np.repeat(np.arange(15), 2)
    labels = np.repeat(np.arange(15) % 2, 2)
    labels[1] = 1
    study = attribute_study(items, np.zeros(30, dtype=int), labels, standard=np.arange(15) % 2)
    within = study.people[0].within
    assert (within.value, within.low, within.high) == (share.value, share.low, share.high)
    assert study.people[0].effectiveness.value == share.value


def test_jasps_attribute_study_comes_out_to_the_printed_digits() -> None:
    # 15 parts, the first ten of them good by the standard, three people, three trials each.
    said = {
        "EG": ["111"] * 8 + ["100", "000"] + ["000"] * 4 + ["111"],
        "BL": ["111"] * 7 + ["000", "100", "000"] + ["000"] * 4 + ["111"],
        "MH": ["111"] * 9 + ["000"] + ["111", "001", "100", "101", "111"],
    }
    labels = np.array([int(trial) for parts in said.values() for part in parts for trial in part])
    items, raters = np.tile(np.repeat(np.arange(15), 3), 3), np.repeat(np.arange(3), 45)
    standard = np.repeat([1, 0], [10, 5])
    study = attribute_study(items, raters, labels, standard=standard)

    def shares(one: Any) -> tuple[float, float, float]:
        return round(one.value * 100, 2), round(one.low * 100, 3), round(one.high * 100, 3)

    assert [shares(person.within) for person in study.people] == [
        (93.33, 68.052, 99.831), (93.33, 68.052, 99.831), (80.0, 51.911, 95.669),
    ]  # fmt: skip
    assert [shares(person.effectiveness) for person in study.people] == [
        (80.0, 51.911, 95.669), (73.33, 44.9, 92.213), (60.0, 32.287, 83.664),
    ]  # fmt: skip
    assert [shares(person.miss)[0] for person in study.people] == [16.67, 26.67, 10.0]
    assert [shares(person.false_alarm)[0] for person in study.people] == [20.0, 20.0, 66.67]
    assert shares(study.between) == (60.0, 32.287, 83.664)
    assert shares(study.all_standard) == (46.67, 21.267, 73.414)
    kappas = [person.kappa_standard.value for person in study.people]
    assert kappas == pytest.approx([0.612903225806452, 0.492307692307692, 0.264150943396226], abs=1e-12)
    assert study.kappa_standard.value == pytest.approx(0.466666666666667, abs=1e-12)
    within = [person.kappa_within.value for person in study.people]
    assert within == pytest.approx([0.905462184873949, 0.91, 0.543918918918919], abs=1e-12)
    assert study.kappa_between.value == pytest.approx(0.641666666666666, abs=1e-12)


def test_misses_and_false_alarms_are_kept_apart() -> None:
    # 10 faulty and 10 good items, two trials each: one miss, two false alarms.
    standard = np.repeat([1, 0], 10)
    items, labels = np.repeat(np.arange(20), 2), np.repeat(standard, 2)
    labels[0], labels[20], labels[22] = 0, 1, 1
    person = attribute_study(items, np.zeros(40, dtype=int), labels, standard=standard).people[0]
    assert (person.miss.value, person.miss.n) == (0.05, 20)
    assert (person.false_alarm.value, person.false_alarm.n) == (0.1, 20)
    assert person.effectiveness.value == 0.85
    assert not person.is_ready
    perfect = attribute_study(items, np.zeros(40, dtype=int), np.repeat(standard, 2), standard=standard)
    assert perfect.people[0].is_ready
    with pytest.raises(BadRows, match="without a standard") as refusal:
        attribute_study([0, 1], [0, 0], [0, 1], standard=[0, -1])
    assert refusal.value.rows == (1,)


def test_without_a_standard_or_repeats_only_the_rest_is_known() -> None:
    study = attribute_study([0, 0, 1, 1], [0, 1, 0, 1], [0, 0, 1, 0])
    assert study.between.value == 0.5
    assert not study.people[0].within.is_known
    assert not study.people[0].effectiveness.is_known
    assert not study.people[0].is_ready


def test_overlap_is_that_of_the_textbook() -> None:
    assert overlap_of_boxes([[0, 0, 10, 10]], [[5, 5, 15, 15]])[0, 0] == pytest.approx(25 / 175)
    assert overlap_of_boxes([[0, 0, 1, 1]], [[0, 0, 1, 1]])[0, 0] == 1
    assert overlap_of_spans([[0, 4]], [[4, 8]])[0, 0] == 0
    assert overlap_of_boxes([], [[0, 0, 1, 1]]).shape == (0, 1)
    with pytest.raises(BadRows, match="end before") as refusal:
        overlap_of_boxes([[0, 0, 1, 1], [3, 0, 2, 1]], [])
    assert refusal.value.rows == (1,)


def test_matching_beats_greedy_pairing() -> None:
    # Greedily the long span takes the middle one and leaves a pair unmade.
    first, second = [[0, 10], [8, 18]], [[2, 12], [10, 24]]
    found = match_regions(first, second, kind="span", threshold=0.2)
    assert found.pairs.tolist() == [[0, 0], [1, 1]]
    assert found.f1 == 1


def test_labels_must_match_and_nobody_is_matched_with_nothing() -> None:
    found = match_regions([[0, 4]], [[0, 4]], kind="span", first_labels=["a"], second_labels=["b"])
    assert (len(found.pairs), found.only_first.tolist(), found.only_second.tolist()) == (0, [0], [0])
    assert np.isnan(match_regions([], []).f1)
    assert not region_agreement([[]], [[]]).is_known


def test_agreement_on_regions_has_an_interval_over_items() -> None:
    rng = np.random.default_rng(5)
    firsts = [rng.random((3, 2)).cumsum(axis=1) for _ in range(60)]
    seconds = [each if rng.random() < 0.7 else each + 5 for each in firsts]
    found = region_agreement(firsts, seconds, kind="span")
    assert 0.5 < found.low < found.value < found.high < 0.9
    assert found.n_effective == pytest.approx(60, rel=0.1)
