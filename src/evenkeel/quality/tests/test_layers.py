"""Layers of plans: each kind's example, what designs are refused, and what a day's odds are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenkeel.kernel import allocate_budget, allocate_targets, key64
from evenkeel.quality.kinds.layers._examples import TODAY, ago, history
from evenkeel.quality.kinds.layers.widths import solve
from evenkeel.quality.rules.layers import Layer, day_odds, design_faults, layers, needs_of, settings_of
from evenkeel.quality.rules.odds import DayOdds, LayerOdds, coded, keys_of
from evenkeel.quality.rules.outlook import outlook

ALL = list(layers)


@pytest.mark.parametrize("kind", ALL, ids=[kind.slug for kind in ALL])
def test_each_kind_answers_its_own_example(kind: type[Layer]) -> None:
    assert kind.odds(dict(kind.example.settings), kind.example.history) == list(kind.example.odds)


@pytest.mark.parametrize("kind", ALL, ids=[kind.slug for kind in ALL])
def test_each_kind_can_start_where_nothing_is_known(kind: type[Layer]) -> None:
    empty = history().rows.slice(0, 0)
    made = kind.odds(
        settings_of({"kind": kind.slug}), history(started_on={}, published_on={}).__class__(day=TODAY, rows=empty)
    )
    found = DayOdds(rate=0.1, layers=tuple(made)).of(history().rows)
    assert ((found.pi >= 0.1) & (found.pi <= 1)).all()


@pytest.mark.parametrize(
    ("design", "field", "word"),
    [
        ({"rate": 0}, "rate", "above 0"),
        ({"rate": True}, "rate", "above 0"),
        ({"rate": 0.1, "audits_a_day": -1}, "audits_a_day", "above 0"),
        ({"rate": 0.1, "layers": "all"}, "layers", "list"),
        ({"rate": 0.1, "layers": [{"kind": "luck"}]}, "layers", "rare_class"),
        ({"rate": 0.1, "layers": [{"kind": "risk", "a_day": "many"}]}, "layers", "a_day"),
        ({"rate": 0.1, "layers": [{"kind": "risk", "depth": 3}]}, "layers", "depth"),
        ({"rate": 0.1, "layers": [{"kind": "new_hire", "rate": 1.5}]}, "layers", "at most 1"),
        ({"rate": 0.1, "layers": [{"kind": "floor", "worker": 0}]}, "layers", "how many days"),
        ({"rate": 0.1, "layers": [{"kind": "widths", "whole": 0.01}]}, "layers", "0.1 to 50"),
        ({"rate": 0.1, "layers": [{"kind": "stratified", "by": "colour"}]}, "layers", "queue_id"),
        ({"rate": 0.1, "salt": 3}, "layers", "salt"),
    ],
)
def test_a_design_that_cannot_work_is_refused_by_field(design: dict[str, Any], field: str, word: str) -> None:
    assert word in " ".join(design_faults(design)[field])


def test_the_highest_layer_counts_and_all_that_would_have_drawn_are_named() -> None:
    rows = pa.table({"worker_id": ["ann", "ben"], "label": ["Safe", "Unsafe"]})
    odds = DayOdds(
        rate=0.1,
        layers=(
            LayerOdds(layer="new_hire", by=("worker_id",), rates={"ben": 0.3}),
            LayerOdds(layer="rare_class", by=("label",), rates={"Unsafe": 0.5}),
        ),
    ).of(rows)
    assert odds.pi.tolist() == [0.1, 0.5]
    assert odds.names(1, 0.2) == ("rare_class", ["new_hire", "rare_class"])
    assert odds.names(1, 0.05) == ("rare_class", ["random", "new_hire", "rare_class"])
    assert odds.names(0, 0.05)[0] == ""


def test_a_limit_thins_layers_to_what_is_expected_and_leaves_everybodys_rate() -> None:
    design = {"rate": 0.04, "layers": [{"kind": "stratified", "by": "queue_id", "each_a_day": 2}]}
    known = history()
    free = day_odds(design, known).of(known.rows).pi.sum()
    assert free == pytest.approx(4.0)
    held = day_odds(design | {"audits_a_day": 2.5}, known)
    assert held.of(known.rows).pi.sum() == pytest.approx(2.5)
    least = day_odds(design | {"audits_a_day": 0.5}, known)
    assert (least.share, least.of(known.rows).pi.min()) == (0.0, 0.04)


def test_a_floor_waits_half_of_its_time_and_then_grows() -> None:
    found = []
    for gap in (3, 7, 10, 13, 14, 15, 16):
        (odds,) = layers["floor"].odds(
            settings_of({"kind": "floor", "worker": 14}), history(looked_at={"worker_id": {"ann": ago(gap)}})
        )
        found.append(round(odds.rates["ann"] * 20, 6))  # audits to expect of her 20 decisions
    assert found[0] == 0
    assert found[1:] == pytest.approx([1 / 7, 1 / 4, 3, 6, 12, 20], abs=1e-5)


def test_odds_pass_through_json_unchanged() -> None:
    odds = day_odds({"rate": 0.1, "layers": [{"kind": slug} for slug in layers.slugs()]}, history())
    assert DayOdds.from_dict(odds.to_dict()) == odds
    assert needs_of({"layers": [{"kind": "floor"}]}) == {"looked_at", "item"}


@settings(max_examples=15)
@given(st.lists(st.uuids(), min_size=1, max_size=10))
def test_ids_as_text_give_the_same_keys_as_ids(ids: list[Any]) -> None:
    text = pa.array([str(id_) for id_ in ids])
    assert keys_of(text).tolist() == [key64(id_.bytes) for id_ in ids]
    assert keys_of(pa.chunked_array([text, text]).slice(1)).tolist() == [key64(id_.bytes) for id_ in [*ids, *ids][1:]]


@pytest.mark.parametrize("wrong", ["x", "g" * 36, "0198c7a204d4420a84ead0a2d80769c989c9"])
def test_an_id_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="an id"):
        keys_of(pa.array([wrong]))


def test_cells_of_two_columns_are_named_by_both() -> None:
    codes, cells = coded(pa.table({"a": ["x", "y", None], "b": ["1", "1", "2"]}), ["a", "b", "missing"])
    assert [cells[code] for code in codes] == ["x|1|", "y|1|", "|2|"]


# ------------------------------------------------------------------ previews and budgets


def test_an_outlook_tells_audits_widths_hours_and_cost() -> None:
    known = history(right={("a", "v"): (100, 95)}, seconds={"a": 60.0, "b": 120.0, "": 70.0})
    plan = {"rate": 0.1, "layers": [{"kind": "stratified", "by": "queue_id", "each_a_day": 4}]}
    # As many of either queue: 90 seconds each.
    said = outlook(day_odds(plan, known), known, cents_an_hour=3000)
    assert [said.decisions_a_day, said.audits_a_day] == pytest.approx([25, 8])
    assert dict(said.by_layer) == {"": pytest.approx(0), "stratified": pytest.approx(8)}
    assert [said.hours_a_day, said.cents_a_day or 0] == pytest.approx([0.2, 600])
    queue = {part.key: part for part in said.parts if part.scope == "queue_id"}
    assert [queue["a"].audits, queue["b"].audits] == pytest.approx([112, 112])
    # The whole: 224 audits with odds of .2 and .8 are worth 700^2 / (560 / .2 + 140 / .8) = 165 equal ones.
    assert said.whole.accuracy.n_effective == pytest.approx(164.7, abs=0.1)
    assert said.whole.accuracy.half_width < 0.05
    assert (said.people, round(said.people_unseen, 6)) == (2, 0)


def test_targets_are_met_at_the_least_cost() -> None:
    sizes, rates = [900, 500, 100], [0.9, 0.8, 0.95]
    members = [[True, True, True], [False, True, False], [False, False, True]]
    plan = allocate_targets(sizes, members, [0.03, 0.06, 0.08], rates=rates)
    assert (plan.half_widths <= [0.03, 0.06, 0.08]).all()
    # Nothing cheaper among whole numbers nearby meets all three.
    for n in np.ndindex(8, 8, 8):
        other = plan.n - np.array(n)
        if 0 < sum(n) > 3 and _meets(other, sizes, rates, members, [0.03, 0.06, 0.08]):
            pytest.fail(f"{other} is cheaper by {sum(n)}")
    one = allocate_targets([9000, 900, 100], [[True] * 3], [0.02], rates=[0.01, 0.2, 0.5])
    assert abs(one.total - allocate_budget([9000, 900, 100], half_width=0.02, rates=[0.01, 0.2, 0.5]).total) <= 3
    with pytest.raises(ValueError, match="each target"):
        allocate_targets([10], [[False]], [0.1], rates=[0.5])


def test_the_budget_solver_spends_the_least_hours_not_the_fewest_audits() -> None:
    known = history(right={("a", "v"): (900, 810), ("b", "v"): (900, 810)})
    wanted = {"whole": 5, "queue": 0, "organisation": 0}
    slow = replace(known, seconds={"a": 30.0, "b": 270.0, "": 78.0})

    def solved(of: Any) -> tuple[float, float, float]:
        found = solve(wanted, of)
        assert found is not None
        cells, _sizes, plan = found
        times = [{"a|v": 30.0, "b|v": 270.0}[cell] for cell in cells]
        return plan.total, float(plan.n @ np.array(times)), float(plan.half_widths[0])

    (audits, seconds, width), (more, less, same) = solved(known), solved(slow)
    assert width <= 0.05
    assert same <= 0.05
    assert (more > audits, less < 0.9 * seconds) == (True, True)


def _meets(n: Any, sizes: Any, rates: Any, members: Any, widths: Any) -> bool:
    if (n < 1).any():
        return False
    size, rate = np.array(sizes, float), np.array(rates)
    variance = rate * (1 - rate) * size / (size - 1)
    for inside, width in zip(members, widths, strict=True):
        share = np.where(inside, size, 0) / size[np.array(inside)].sum()
        if 1.959964 * np.sqrt((share**2 * variance * (1 / n - 1 / size)).sum()) > width:
            return False
    return True
