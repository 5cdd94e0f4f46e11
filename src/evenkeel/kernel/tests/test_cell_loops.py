"""The extra `fast`: compiled sums and fits give what NumPy gives."""

from __future__ import annotations

import numpy as np
import pytest

from evenkeel.kernel import explain_rate
from evenkeel.kernel.machine_code import machine_code_from

pytest.importorskip("numba", reason="the extra `fast` is not installed")


def test_a_search_comes_to_the_same_end() -> None:
    rng = np.random.default_rng(1)
    dimensions = {"a": rng.integers(0, 5, 9_000), "b": rng.integers(0, 9, 9_000), "c": rng.integers(0, 300, 9_000)}
    now = np.arange(9_000) >= 6_000
    p = 0.06 * np.where(now & (dimensions["a"] == 2), 2.5, 1)
    error = (rng.random(9_000) < p).astype(float)
    found = []
    for rows in (0, float("inf")):
        with machine_code_from(rows):
            found.append(explain_rate(dimensions, error, now, most_ranked=10))
    fast, plain = found
    assert [cause.where for cause in fast.causes] == [cause.where for cause in plain.causes] == [(("a", 2),)]
    assert (fast.mix, fast.rate) == pytest.approx((plain.mix, plain.rate), rel=1e-9, abs=1e-12)
    for one, other in zip(fast.ranked, plain.ranked, strict=True):
        assert one.where == other.where
        assert (one.score, one.excess) == pytest.approx((other.score, other.excess), rel=1e-9)
