"""Sessions, clauses, ring tests and doubtful labels on plain values, against published figures where there are any."""

from __future__ import annotations

import csv
import gzip
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from evenkeel.kernel import wilson
from evenkeel.quality.rules.agreement import FEWEST_PEOPLE, Labels, cuts, number_of, shown
from evenkeel.quality.rules.calibration import clause_of, drawn_cases, remind_from, session_agreement
from evenkeel.quality.rules.clarity import clause_agreement, standing_of
from evenkeel.quality.rules.label_errors import band_ends, band_of, confidently_other, precision_at, suspects
from evenkeel.quality.rules.ring import RingAnswer, algorithm_a, precision, ring

# Sulfur in coal, level 1, eight laboratories (ISO 5725-2:1994, B.1): mean 0.690, s_r 0.015, s_R 0.026.
COAL = [
    [0.71, 0.71, 0.70, 0.71], [0.69, 0.67, 0.68], [0.66, 0.65, 0.69], [0.67, 0.65, 0.66], [0.70, 0.69, 0.66, 0.71, 0.69],
    [0.73, 0.74, 0.73], [0.71, 0.71, 0.69], [0.70, 0.65, 0.68],
]  # fmt: skip
# Copper in wholemeal flour (Analytical Methods Committee 1989): Huber's robust mean 3.206, deviation 0.674.
COPPER = [
    2.9, 3.1, 3.4, 3.4, 3.7, 3.7, 2.8, 2.5, 2.4, 2.4, 2.7, 2.2, 5.28, 3.37, 3.03, 3.03, 28.95, 3.77, 3.4, 2.2, 3.5, 3.6, 3.7,
    3.7,
]  # fmt: skip


def test_repeatability_and_reproducibility_are_those_of_the_standards_example() -> None:
    found = precision(COAL)
    assert [round(v, 3) for v in (found.mean, found.repeatability, found.reproducibility)] == [0.690, 0.015, 0.026]
    assert (found.laboratories, found.n) == (8, 27)


def test_the_robust_mean_is_the_published_one() -> None:
    found = algorithm_a(COPPER)
    assert found.mean == pytest.approx(3.206, abs=5e-4)
    assert found.deviation == pytest.approx(0.674, abs=5e-4)
    assert found.error == pytest.approx(1.25 * 0.674 / 24**0.5, abs=1e-3)
    assert algorithm_a([1.0, 1.0, 1.0]).deviation == 0
    assert np.isnan(algorithm_a([]).mean)


def test_accordance_and_concordance_are_the_variances_of_zeros_and_ones() -> None:
    answers = {"A": [1, 1, 0], "B": [1, 0, 0], "C": [0, 0, 0]}
    said = [RingAnswer(s, "item", f"{s}{n}", bool(v)) for s, each in answers.items() for n, v in enumerate(each)]
    found = ring(said, {})
    within = precision(list(answers.values())).repeatability ** 2
    assert found.accordance.value == pytest.approx(1 - 2 * within)
    # Every pair across sites, counted.
    across = [a == b for x, y in (("A", "B"), ("A", "C"), ("B", "C")) for a, b in product(answers[x], answers[y])]
    assert found.concordance.value == pytest.approx(np.mean(across))


def test_a_site_that_lies_off_is_seen_and_the_others_are_not_ranked() -> None:
    lies_off = {"East": 0.3, "North": 0.0, "South": 0.0, "West": 0.0, "Mid": 0.0, "Far": 0.0}
    rng = np.random.default_rng(5)
    said = [
        RingAnswer(site, str(n), f"{site}{k}", bool(rng.random() < (0.6 if n % 2 else 0.1) + off))
        for site, off in lies_off.items()
        for n in range(60)
        for k in range(3)
    ]
    found = {each.site: each for each in ring(said, {str(n): bool(n % 2) for n in range(60)}).sites}
    assert found["East"].signal == "action"
    assert set(found["East"].apart_from) == lies_off.keys() - {"East"}
    assert all(found[site].apart_from == ("East",) for site in lies_off if site != "East")
    assert found["East"].bias.low > 0


def test_equal_sites_are_seldom_told_apart() -> None:
    rng = np.random.default_rng(11)
    wrong = 0
    for _run in range(40):
        hard = rng.random(30)
        said = [
            RingAnswer(site, str(n), f"{site}{k}", bool(rng.random() < hard[n]))
            for site in "ABCD"
            for n in range(30)
            for k in range(2)
        ]
        wrong += any(each.apart_from for each in ring(said, {}).sites)
    # Stated error 5 %: 2 of 40 expected, and more than 6 once in 150.
    assert wrong <= 6


def test_repeats_measure_people_not_sites() -> None:
    said = [RingAnswer("A", "1", "p", True), RingAnswer("A", "1", "p", True, is_repeat=True)]
    said += [RingAnswer("A", "2", "p", True), RingAnswer("A", "2", "p", False, is_repeat=True)]
    (site,) = ring(said, {}).sites
    assert (site.repeated.value, site.repeated.n, site.strictness.value) == (0.5, 2, 1.0)


def test_a_clause_is_as_clear_as_its_experts_agree() -> None:
    found = clause_agreement([["hate"] * 4, ["hate", "hate", "insult", "none"], ["none"]])
    # sum c (c - 1) = 12 + 2, sum c (m - 1) = 12 + 6; a case with one answer tells nothing.
    assert found["hate"].value == pytest.approx(14 / 18)
    assert found["hate"].n == 2
    assert found["hate"].n_effective == pytest.approx(18**2 / (12**2 + 6**2))
    assert found["insult"].value == 0


def test_a_clause_is_called_neither_clear_nor_unclear_on_thin_data() -> None:
    assert standing_of(wilson(0, 4)) == "open"
    assert standing_of(wilson(20, 40)) == "unclear"
    assert standing_of(wilson(30, 40)) == "open"
    assert standing_of(wilson(40, 40)) == "clear"


def test_clause_intervals_are_never_too_narrow() -> None:
    rng = np.random.default_rng(3)
    held = 0
    for _run in range(200):
        # Three experts name the clause with a chance that differs from case to case: E p^2 / E p = 0.7 is the truth.
        chance = rng.beta(1.4, 0.8, 40)
        truth = (1.4 + 1) / (1.4 + 0.8 + 1)
        cases = [["x" if rng.random() < p else "y" for _k in range(3)] for p in chance]
        found = clause_agreement(cases)["x"]
        held += found.low <= truth <= found.high
    assert held >= 188


def test_people_are_reminded_a_day_before_or_at_half_time() -> None:
    opened = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert remind_from(opened_at=opened, deadline_at=opened + timedelta(days=7)) == opened + timedelta(days=6)
    assert remind_from(opened_at=opened, deadline_at=opened + timedelta(hours=6)) == opened + timedelta(hours=3)


def test_a_sessions_agreement_leaves_lone_answers_out() -> None:
    found = session_agreement([["a", "a", "b"], ["a", "a"], ["b"]])
    assert found is not None
    assert (found.percent.n, round(found.percent.value, 4)) == (2, round((1 / 3 + 1) / 2, 4))
    assert session_agreement([["a"]]) is None
    assert clause_of({"label": "a"}, main="label", label="a") == "a"
    assert drawn_cases([], salt=1, n=3) == []


# ------------------------------------------------------------------ doubtful labels


def test_the_label_that_most_contradict_is_the_most_doubtful() -> None:
    rng = np.random.default_rng(7)
    truth = rng.integers(0, 3, 300)
    items, people = np.repeat(np.arange(300), 3), rng.integers(0, 12, 900)
    skill = np.where(np.arange(12) < 3, 0.45, 0.92)[people]
    labels = np.where(rng.random(900) < skill, truth[items], rng.integers(0, 3, 900))
    found = suspects(items, people, labels, n_items=300, n_classes=3)
    wrong = found.label != truth
    assert precision_at(found.ranking(), wrong, 20) > 3 * wrong.mean()
    # The sum of chances is how many are wrong, within what 300 items can tell.
    assert np.nansum(found.chance_wrong) == pytest.approx(wrong.sum(), abs=15)


def test_models_add_what_single_answers_cannot_tell() -> None:
    rng = np.random.default_rng(9)
    truth = rng.integers(0, 2, 400)
    labels = np.where(rng.random(400) < 0.9, truth, 1 - truth)
    p = np.clip(np.where(truth == 1, 0.8, 0.2) + rng.normal(0, 0.1, 400), 0.02, 0.98)
    said = np.column_stack([1 - p, p])
    alone = suspects(np.arange(400), np.arange(400) % 8, labels, n_items=400, n_classes=2)
    both = suspects(np.arange(400), np.arange(400) % 8, labels, n_items=400, n_classes=2, probabilities=said)
    wrong = labels != truth
    assert precision_at(both.ranking(), wrong, 30) > 0.9 > precision_at(alone.ranking(), wrong, 30)
    assert both.by_models[wrong].mean() > 0.5 > 0.02 > both.by_models[~wrong].mean()
    assert not alone.by_models.any()


def test_models_that_say_nothing_change_nothing() -> None:
    none = np.full((2, 2), np.nan)
    found = suspects([0, 0, 1], [0, 1, 0], [0, 0, 1], n_items=3, n_classes=2)
    again = suspects([0, 0, 1], [0, 1, 0], [0, 0, 1], n_items=3, n_classes=2, probabilities=np.full((3, 2), np.nan))
    assert np.array_equal(found.chance_wrong, again.chance_wrong, equal_nan=True)
    assert found.ranking().tolist() == again.ranking().tolist()
    assert found.label[2] == -1
    assert not confidently_other(none, [0, 1]).any()


@pytest.mark.parametrize("chance", [0.0, 0.05, 0.1, 0.3, 0.5, 0.7, 0.89, 0.9, 1.0])
def test_every_chance_has_its_band(chance: float) -> None:
    low, high = band_ends(band_of(chance))
    assert low <= chance <= high


# ------------------------------------------------------------------ the explorer


def test_agreement_is_cut_every_way_and_small_groups_stay_hidden() -> None:
    items, item = number_of(["i1", "i1", "i2", "i2", "i3", "i3"])
    people, person = number_of(["p", "q", "p", "q", "p", "r"])
    classes, label = number_of(["x", "x", "x", "y", "y", "y"])
    places = {"language": number_of(["de", "de", "de", "de", None, None])}
    said = Labels(items=items, people=people, classes=classes, item=item, person=person, label=label, places=places)
    found = {(cut.by, cut.key, cut.other): cut for cut in cuts(said)}
    assert found["all", "", ""].percent.value == pytest.approx(2 / 3)
    assert found["all", "", ""].examples == ("i2",)
    assert found["language", "de", ""].percent.value == 0.5
    assert (found["pair", "p", "q"].items, found["pair", "p", "q"].percent.value) == (2, 0.5)
    assert ("pair", "q", "r") not in found
    assert not shown(found["class", "x", ""].people, sees_people=False)
    assert shown(FEWEST_PEOPLE, sees_people=False)
    assert shown(1, sees_people=True)


@pytest.mark.shared_data
def test_the_head_of_the_list_is_wrong_on_a_public_set(reference_data: Path) -> None:
    with gzip.open(reference_data / "quality/zheng_d_product.csv.gz", "rt", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [number_of([row[name] for row in rows]) for name in ("item", "worker", "label")]
    (items, item), (_people, person), (classes, label) = columns
    right = {row["item"]: row["truth"] for row in rows}
    found = suspects(item, person, label, n_items=len(items), n_classes=len(classes))
    wrong = found.label != np.array([classes.index(right[each]) for each in items])
    # One in ten is wrong at all; docs/label-errors.md has the whole table.
    assert wrong.mean() == pytest.approx(0.103, abs=1e-3)
    assert precision_at(found.ranking(), wrong, 100) >= 0.9
