"""The extra `fast`: compiled loops give what the plain paths give."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from evenkeel.kernel import Truth, count_labels, dawid_skene, ebcc, ibcc, mace, machine_code, one_coin, passes
from evenkeel.kernel.people_models import Shrinkage
from evenkeel.kernel.votes import Votes

pytest.importorskip("numba", reason="the extra `fast` is not installed")

NEVER = float("inf")


def made_up(items: int, each: int, classes: int, people: int, seed: int = 1) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    item = np.repeat(np.arange(items), each)
    truth = rng.integers(0, classes, items)
    rater = rng.integers(0, people, item.size)
    right = rng.random(item.size) < rng.beta(8, 3, people)[rater]
    label = np.where(right, truth[item], rng.integers(0, classes, item.size))
    order = rng.permutation(item.size)
    return {"items": item[order], "raters": rater[order], "labels": label[order], "n_classes": classes}


def both(fit: Callable[..., Truth], **given: Any) -> tuple[Truth, Truth]:
    with machine_code.machine_code_from(0):
        fast = fit(**given)
    with machine_code.machine_code_from(NEVER):
        return fast, fit(**given)


def assert_same(fast: Truth, plain: Truth) -> None:
    for name in ("posterior", "class_shares", "confusion"):
        np.testing.assert_allclose(getattr(fast, name), getattr(plain, name), rtol=1e-9, atol=1e-9)
    assert fast.log_likelihood == pytest.approx(plain.log_likelihood, rel=1e-9, nan_ok=True)
    assert (fast.iterations, fast.has_converged) == (plain.iterations, plain.has_converged)


@pytest.mark.parametrize("classes", [2, 3, 4, 9])
@pytest.mark.parametrize(
    "fit",
    [
        dawid_skene,
        lambda **given: dawid_skene(**given, smoothing=0.0, max_iterations=20, tolerance=0.0),
        lambda **given: dawid_skene(**given, is_squared=True, pool=2.0),
        one_coin,
        mace,
        ibcc,
        lambda **given: ebcc(**given, rng=np.random.default_rng(1), sorts=2, restarts=1),
    ],
)
def test_every_climb_comes_to_the_same_end(fit: Callable[..., Truth], classes: int) -> None:
    assert_same(*both(fit, **made_up(120, 4, classes, 12)))


def test_known_items_and_items_without_labels_are_the_same() -> None:
    given = made_up(60, 3, 3, 8)
    known = np.full(64, -1)
    known[[0, 5, 61]] = 1, 2, 0  # 61 has no label, and 60, 62, 63 neither
    fast, plain = both(dawid_skene, **given, known=known)
    assert_same(fast, plain)
    assert np.isnan(fast.posterior[60]).all()
    assert fast.posterior[61].tolist() == [1, 0, 0]


def test_a_thousand_labels_on_an_item_vanish_in_neither() -> None:
    given = made_up(6, 1500, 3, 40)
    assert_same(*both(dawid_skene, **given))


def test_what_a_product_loses_is_found_by_logarithms() -> None:
    given = made_up(30, 6, 2, 5)
    votes = Votes.of(given["items"], given["raters"], given["labels"], n_classes=2)
    shares, matrix = np.array([0.5, 0.5]), np.full((5, 2, 2), 1e-120)
    matrix[:, :, 1] = 3e-120
    found = []
    for rows in (0, NEVER):
        with machine_code.machine_code_from(rows):
            walk = passes.passes_over(votes)
            found.append((walk.expect(shares, matrix), walk.told()[0].copy(), walk.posterior()))
    assert found[0][0] == pytest.approx(found[1][0], rel=1e-12)
    np.testing.assert_allclose(found[0][1], found[1][1], atol=1e-12)
    np.testing.assert_allclose(found[0][2], found[1][2], atol=1e-12)


@pytest.mark.parametrize("smoothing", [0.0, 4.0])
def test_people_learned_from_all_but_nothing_are_the_same(smoothing: float) -> None:
    told = np.random.default_rng(2).random((4, 3, 3))
    told[1, :, 2], told[2], told[3, :, 0] = 3e-310, 0.0, 0.0
    shares = np.full(3, 1 / 3)
    with machine_code.machine_code_from(0):
        fast = Shrinkage(smoothing).learn(told, shares)[1]
    with machine_code.machine_code_from(NEVER):
        np.testing.assert_allclose(fast, Shrinkage(smoothing).learn(told, shares)[1], atol=1e-12)


def test_rows_may_come_in_any_order_and_types() -> None:
    given = made_up(50, 40, 3, 9)  # more rows an item than are sorted in place
    turned: dict[str, Any] = {
        name: np.asarray(column)[::-1].astype(np.int32) for name, column in list(given.items())[:3]
    }
    with machine_code.machine_code_from(0):
        one, other = dawid_skene(**given), dawid_skene(**turned, n_classes=3)
    np.testing.assert_array_equal(one.posterior, other.posterior)


@pytest.mark.parametrize("kind", [np.int64, np.int32, np.uint8])
def test_counts_are_the_same(kind: type[np.generic]) -> None:
    given = made_up(40, 3, 4, 6)
    columns = given["items"].astype(kind), given["labels"].astype(kind)
    with machine_code.machine_code_from(0):
        fast = count_labels(*columns, n_items=45, n_classes=5)
    with machine_code.machine_code_from(NEVER):
        np.testing.assert_array_equal(fast, count_labels(*columns, n_items=45, n_classes=5))


def test_weights_and_evidence_take_the_plain_path() -> None:
    given = made_up(20, 3, 2, 4)
    weights = np.linspace(0.5, 2, 60)
    assert_same(*both(dawid_skene, **given, weights=weights))
    assert_same(*both(dawid_skene, **given, evidence=np.full((20, 2), [0.1, 0.0])))


def test_small_work_never_loads_the_compiler() -> None:
    code = (
        "import sys, evenkeel.kernel as k; k.dawid_skene([0, 0], [0, 1], [0, 1]); k.agreement([[2, 0], [1, 1]]);"
        "print('numba' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False"]


def test_a_compiler_that_does_not_fit_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> Any:
        raise ImportError(f"{name} needs another NumPy")

    monkeypatch.setattr(machine_code, "import_module", fail)
    with machine_code.machine_code_from(0):
        assert machine_code.loops(10) is None
        assert count_labels([0, 0], [1, 1]).tolist() == [[0, 2]]
