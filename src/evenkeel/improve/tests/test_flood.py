"""A flood is nobody's fault: a part that only has more work is named no cause."""

from __future__ import annotations

import numpy as np

from evenkeel.improve.rules import has_other_rate, lines_of, verdict_without_cause
from evenkeel.kernel import Explanation, explain_rate


def explained(*, spam_before: int, spam_now: int, rate_before: float, rate_now: float) -> Explanation:
    """Two markets and two clauses; Portuguese spam comes so often, and is wrong so often, as said."""
    rng = np.random.default_rng(5)
    rows = []
    for window, spam, rate in ((False, spam_before, rate_before), (True, spam_now, rate_now)):
        for market, clause, n, p in (
            ("English", "Allowed", 900, 0.04), ("English", "Spam", 90, 0.05),
            ("Portuguese", "Allowed", 400, 0.04), ("Portuguese", "Spam", spam, rate),
        ):  # fmt: skip
            rows += [(market, clause, window, bool(hit)) for hit in rng.random(n) < p]
    markets, clauses, is_now, wrong = zip(*rows, strict=True)
    return explain_rate({"queue": markets, "expected_label": clauses}, wrong, is_now)


def test_more_of_the_same_is_no_cause() -> None:
    found = explained(spam_before=60, spam_now=900, rate_before=0.15, rate_now=0.15)
    assert found.change > 0.02
    assert not [line for line in lines_of(found) if line.is_cause]
    assert verdict_without_cause(found) == "mix"


def test_a_worse_rate_in_the_same_work_is_a_cause() -> None:
    found = explained(spam_before=300, spam_now=300, rate_before=0.05, rate_now=0.45)
    first = lines_of(found)[0]
    assert first.is_cause
    assert has_other_rate(first.driver)
