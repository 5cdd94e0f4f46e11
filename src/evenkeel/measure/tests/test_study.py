"""Studies: the reference figures come out, partners see their own labels only, doubts are named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from evenkeel.ground import log
from evenkeel.measure import item_rows, programme_study, rater_rows, roll_up
from evenkeel.measure.labels import LabelSet
from evenkeel.measure.models import Evaluation, ItemFigures, LabelTally, RaterFigures, Study, WorkerTally
from evenkeel.measure.queries.study import StudyFigure, confusion_rows, why_agreement_differs
from evenkeel.measure.rules.guards import guards
from evenkeel.measure.rules.raters import raters
from evenkeel.quality import import_labels
from evenkeel.work import Item, Programme
from evenkeel.work.tests import factories

from .floor import NOW, Floor

SYSTEM = factories.SYSTEM


def figures_of(programme: Programme, actor: Any = SYSTEM) -> dict[str, StudyFigure]:
    return {figure.metric: figure for figure in programme_study(actor, programme=programme)}


def labelled(said: Sequence[str], experts: dict[int, str] | None = None) -> LabelSet:
    """One label a character: a string an item, a character a worker."""
    rows = [
        {"item": f"i{item:03d}", "worker": f"w{worker:02d}", "label": letter}
        for item, letters in enumerate(said)
        for worker, letter in enumerate(letters)
        if letter != "."
    ]
    return LabelSet.of(rows, experts={f"i{item:03d}": label for item, label in (experts or {}).items()})


# ---------------------------------------------------------------- reference data


@pytest.fixture
def dices(db: None, reference_data: Path) -> Programme:
    """DICES-350: 350 conversations, 123 raters, experts' answers; through import, log, roll-up."""
    factories.make_house()
    folder = reference_data / "quality"
    import_labels(
        SYSTEM,
        labels=folder / "dices350_labels.csv.gz",
        items=folder / "dices350_items.csv.gz",
        programme_name="DICES",
        now=NOW,
    )
    log.flush(NOW)
    roll_up(now=NOW)
    return Programme.objects.get(name="DICES")


@pytest.mark.shared_data
@pytest.mark.django_db(transaction=True)
def test_dices_comes_out_to_the_printed_digits(dices: Programme) -> None:
    found = figures_of(dices)
    assert f"{found['krippendorff_alpha'].estimate.value:.6f}" == "0.160860"
    for slug, value, error in (
        ("fleiss_kappa", "0.1608", "0.0114"),
        ("gwet_ac1", "0.4159", "0.0107"),
        ("brennan_prediger", "0.3500", "0.0100"),
    ):
        assert f"{found[slug].estimate.value:.4f}" == value
        assert f"{found[slug].detail['standard_error']:.4f}" == error
        assert found[slug].estimate.n == 350
    majority = found["majority_accuracy"]
    assert f"{majority.estimate.value:.4f}" == "0.6514"
    kappa, auc = majority.companion("kappa"), majority.companion("auc")
    assert kappa is not None
    assert f"{kappa.value:.4f}" == "0.3029"
    assert auc is not None
    assert f"{auc.value:.5f}" == "0.78823"
    assert majority.detail["auc_class"] == "Yes"
    assert majority.detail["ties"] == 2
    assert found["labels"].estimate.value == 43_050
    assert (found["labels"].detail["people"], found["labels"].detail["experts"]) == (123, 350)
    assert found["label_accuracy"].estimate.n == 43_050
    assert not found["repeatability"].estimate.is_known
    why = why_agreement_differs(found)
    assert why is not None
    assert why.reason == "skewed_shares"
    assert why.alpha_chance == pytest.approx(0.483636, abs=1e-6)

    people = rater_rows(SYSTEM, programme=dices)
    assert people.count() == 123
    assert all(row.n == 350 and not row.is_thin and row.rank is not None for row in people)
    assert sum(row.hits for row in people) == round(found["label_accuracy"].estimate.value * 43_050)
    assert ItemFigures.objects.filter(programme=dices).count() == 350
    # 122 of 350 items: what the majority did not get right opens to exactly those.
    assert item_rows(SYSTEM, programme=dices, differs=True).count() == 122
    item = Item.objects.filter(programme=dices).order_by("key")[0]
    assert sum(ItemFigures.objects.get(item=item).counts.values()) == 123


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "alpha", "fleiss", "ac1", "brennan"),
    [
        ("dawid_skene_1979", "0.582571", "0.5812", "0.6494", "0.6346"),
        ("convabuse_labels", "0.446413", "0.4334", "0.7694", "0.7384"),
        ("zheng_d_product", "0.157473", "0.1574", "0.5928", "0.4510"),
    ],
)
def test_other_reference_sets_come_out(
    reference_data: Path, name: str, alpha: str, fleiss: str, ac1: str, brennan: str
) -> None:
    from evenkeel.measure.metric import study_metrics

    labels = read_labels(reference_data / "quality" / f"{name}.csv.gz")
    found = {kind.slug: kind.evaluate(labels) for kind in study_metrics()}
    assert f"{found['krippendorff_alpha'].estimate.value:.6f}" == alpha
    assert [f"{found[slug].estimate.value:.4f}" for slug in ("fleiss_kappa", "gwet_ac1", "brennan_prediger")] == [
        fleiss,
        ac1,
        brennan,
    ]
    if name == "convabuse_labels":
        again = found["repeatability"].estimate
        assert (again.n, f"{again.value:.4f}") == (485, "0.9423")
        assert found["repeatability"].detail["repeats"] == 571


def read_labels(path: Path) -> LabelSet:
    import csv
    import gzip

    import numpy as np

    with gzip.open(path, "rt", newline="") as file:
        rows = list(csv.DictReader(file))
    classes = sorted({row["label"] for row in rows})
    items = sorted({row["item"] for row in rows})
    counts = np.zeros((len(items), len(classes)), dtype=np.int64)
    place = {item: number for number, item in enumerate(items)}
    said: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        counts[place[row["item"]], classes.index(row["label"])] += 1
        said.setdefault((row["item"], row["worker"]), {})[row.get("replicate") or "1"] = row["label"]
    pairs = [(by["1"], by["2"]) for by in said.values() if "1" in by and "2" in by]
    return LabelSet(
        classes=tuple(classes),
        counts=counts,
        truth=np.full(len(items), -1),
        workers=(),
        tally=np.zeros((0, len(classes) + 1, len(classes)), dtype=np.int64),
        repeats=sum((row.get("replicate") or "1") != "1" for row in rows),
        second_pairs=len(pairs),
        second_same=sum(first == second for first, second in pairs),
    )


# ---------------------------------------------------------------- evaluation


SAID = ["NNYN", "YYYN", "NYUN", "YYNY", "NNNN", "UYYY"]


def test_a_study_is_evaluated_from_the_log(floor: Floor) -> None:
    floor.write(
        decisions=floor.labels(SAID), experts=[floor.expert(0, "No"), floor.expert(1, "No"), floor.expert(3, "Yes")]
    )
    roll_up(now=NOW)
    found = figures_of(floor.programme)
    assert found["labels"].estimate.value == 24
    assert found["label_accuracy"].estimate.value == pytest.approx(7 / 12)
    assert found["label_accuracy"].estimate.n == 12
    # a right, b wrong, d right.
    assert found["majority_accuracy"].estimate.value == pytest.approx(2 / 3)
    assert found["label_accuracy"].detail["confusion"] == [[4, 0, 4], [0, 0, 0], [1, 0, 3]]
    first = confusion_rows(SYSTEM, programme=floor.programme, worker_id=floor.workers[0].id)
    assert {(row.truth, row.label): row.n for row in first} == {
        ("", "No"): 2, ("", "Unsure"): 1, ("No", "No"): 1, ("No", "Yes"): 1, ("Yes", "Yes"): 1,
    }  # fmt: skip
    Evaluation.objects.get(metric="krippendorff_alpha", organisation=floor.vendor)


def test_rulings_are_no_second_opinions(floor: Floor) -> None:
    ruling = floor.decision(2, 1, "Yes") | {"origin": "appeal"}
    floor.write(decisions=[*floor.labels(SAID), ruling], experts=[floor.expert(0, "No")])
    roll_up(now=NOW)
    assert figures_of(floor.programme)["labels"].estimate.value == 24
    assert sum(LabelTally.objects.filter(source="people").values_list("n", flat=True)) == 24


def test_a_partner_sees_figures_over_her_own_labels_only(floor: Floor) -> None:
    floor.write(decisions=floor.labels(SAID), experts=[floor.expert(0, "No")])
    roll_up(now=NOW)
    manager = factories.as_actor(factories.make_person("vendor_manager", floor.vendor))
    found = figures_of(floor.programme, manager)
    # Workers 1 and 3 are hers: twelve labels, two of them on the item with an expert.
    assert found["labels"].estimate.value == 12
    assert found["label_accuracy"].estimate.n == 2
    assert {row.worker_id for row in rater_rows(manager, programme=floor.programme)} == {
        floor.workers[1].id,
        floor.workers[3].id,
    }
    assert not item_rows(manager, programme=floor.programme).exists()
    own = factories.as_actor(factories.make_person("data_scientist"))
    assert figures_of(floor.programme, own)["labels"].estimate.value == 24


def test_single_people_are_for_whoever_may_see_them(floor: Floor) -> None:
    floor.write(decisions=floor.labels(SAID), experts=[floor.expert(0, "No")])
    roll_up(now=NOW)
    auditor = factories.as_actor(factories.make_person("qa_specialist"))
    # Four people's labels: fewer than five, so even all together tell of single people.
    assert not figures_of(floor.programme, auditor)
    assert not rater_rows(auditor, programme=floor.programme).exists()


def test_a_study_is_not_evaluated_again_without_a_change_nor_all_the_time(floor: Floor) -> None:
    from datetime import timedelta

    from evenkeel.measure.evaluation import evaluate_changed

    rows = floor.labels(SAID)
    floor.write(decisions=rows[:-1])
    roll_up(now=NOW)
    assert evaluate_changed(NOW + timedelta(hours=1)) == []
    floor.write(decisions=rows[-1:])
    roll_up(now=NOW + timedelta(minutes=1))
    assert figures_of(floor.programme)["labels"].estimate.value == 23
    roll_up(now=NOW + timedelta(minutes=6))
    assert figures_of(floor.programme)["labels"].estimate.value == 24
    assert Study.objects.get().changes == Study.objects.get().evaluated_changes


def test_work_with_one_answer_an_item_is_no_study(floor: Floor) -> None:
    floor.write(decisions=[floor.decision(0, item) for item in range(6)])
    roll_up(now=NOW)
    assert programme_study(SYSTEM, programme=floor.programme) == []
    assert not WorkerTally.objects.exists()
    assert not RaterFigures.objects.exists()


# ---------------------------------------------------------------- raters


def test_who_has_few_answers_is_not_ranked_and_leans_on_the_others() -> None:
    # One person with 3 of 3 right, nine with 40 judged answers each at 80 %.
    said = [
        "a" * 9 + ("a" if item < 3 else ".") if item % 5 else "b" * 9 + ("a" if item < 3 else ".") for item in range(40)
    ]
    found = raters(labelled(said, dict.fromkeys(range(40), "a")))
    lucky, others = found[-1], found[:-1]
    assert (lucky.n, lucky.value, lucky.is_thin, lucky.rank) == (3, 1.0, True, None)
    assert lucky.shrunk is not None
    assert 0.78 < lucky.shrunk < 0.85
    assert sorted(row.rank or 0 for row in others) == list(range(1, 10))
    assert all(row.value == pytest.approx(0.8) for row in others)


def test_without_experts_there_is_nobody_to_rank() -> None:
    found = raters(labelled(["ab", "aa"]))
    assert [(row.labels, row.n, row.value, row.rank) for row in found] == [(2, 0, None, None)] * 2


# ---------------------------------------------------------------- doubts


def codes(labels: LabelSet) -> list[str]:
    return [guard.code for guard in guards(labels)]


def test_sound_labels_raise_no_doubt() -> None:
    said = ["aaab", "bbba", "aaaa", "bbbb", "abaa", "babb"] * 6
    truth = {item: "ab"[item % 2] for item in range(36)}
    assert codes(labelled(said, truth)) == []


@pytest.mark.parametrize(
    ("code", "said", "experts"),
    [
        ("all_alike", ["aa", "bb"] * 20, {}),
        ("no_better_than_chance", ["ab", "ba", "aa", "bb"] * 6, {}),
        ("one_class", ["aaa"] * 38 + ["aab"] * 2, {}),
        ("swapped", ["bbb", "aaa", "bba"] * 10, {item: "aba"[item % 3] for item in range(30)}),
        ("swapped_by_person", ["aab", "bba"] * 15, {item: "ab"[item % 2] for item in range(30)}),
        ("constant_person", ["aba", "bba", "aaa", "bbb"[:2] + "a"] * 6, {}),
        ("experts_without_labels", ["ab", "bb"], {5: "a"}),
    ],
)
def test_a_doubt_is_named(code: str, said: Sequence[str], experts: dict[int, str]) -> None:
    assert code in codes(labelled(said, experts))


def test_repeats_are_named() -> None:
    rows = [{"item": "a", "worker": "w", "label": "x", "replicate": number} for number in (1, 2)]
    found = guards(LabelSet.of(rows, experts={}))
    assert [(guard.code, guard.figures) for guard in found][-1] == ("repeats", {"labels": 1})
