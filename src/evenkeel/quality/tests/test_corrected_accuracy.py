"""In simulation: accuracy freed from auditors' errors covers the truth where accuracy as judged does not."""

from __future__ import annotations

from evenkeel.quality.rules.checks import Odds
from evenkeel.quality.tests.auditor_world import Auditors, coverage

ODDS = Odds(share_right=0.1, share_wrong=0.5, settle_agreed=0.25, salt=1)


def test_corrected_accuracy_covers_the_truth_where_the_naive_figure_does_not() -> None:
    found = coverage(months=150, audits=2_000, accuracy=0.92, auditors=Auditors(), odds=ODDS, seed=20260302)
    assert found.naive < 0.05
    assert found.naive_bias < -0.05
    assert found.corrected >= 0.93
    assert abs(found.corrected_bias) < 0.01


def test_without_errors_the_two_say_the_same() -> None:
    auditors = Auditors(sensitivity=1.0, specificity=1.0)
    found = coverage(months=40, audits=2_000, accuracy=0.92, auditors=auditors, odds=ODDS, seed=7)
    assert abs(found.corrected_bias - found.naive_bias) < 0.005
