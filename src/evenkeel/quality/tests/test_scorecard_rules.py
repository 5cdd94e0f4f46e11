"""Scorecards on plain values."""

from __future__ import annotations

from typing import Any

import pytest

from evenkeel.ground.errors import Invalid
from evenkeel.quality.rules.scorecards import check_scorecard, clean_marks, scored

CARD: dict[str, Any] = {
    "sections": [
        {
            "name": "policy",
            "title": "Policy",
            "weight": 3,
            "points": [
                {"name": "clause", "title": "Right clause", "weight": 2, "is_critical": True},
                {"name": "severity", "title": "Right severity", "may_be_partly": True, "may_not_apply": True},
            ],
        },
        {"name": "record", "title": "Record", "points": [{"name": "note", "title": "A note", "may_not_apply": True}]},
    ],
    "causes": ["haste", "unclear guideline"],
    "pass_from": 0.85,
}


def test_weights_share_what_applied() -> None:
    spec = check_scorecard(CARD)
    found = scored(spec, {"clause": "met", "severity": "partly", "note": "missed"})
    # Policy: (2 + 0.5) / 3; record: 0; (3 * 0.8333 + 0) / 4.
    assert found.score == pytest.approx(0.625)
    assert found.parts == {"policy": pytest.approx(2.5 / 3), "record": 0.0}
    # A section in which nothing applied leaves its weight to the rest.
    assert scored(spec, {"clause": "met", "severity": "na", "note": "na"}).score == 1.0
    only = {"sections": [CARD["sections"][1]]}
    assert scored(check_scorecard(only), {"note": "na"}).score is None


def test_one_critical_point_missed_zeroes_the_score_and_keeps_its_parts() -> None:
    found = scored(check_scorecard(CARD), {"clause": "missed", "severity": "met", "note": "met"})
    assert (found.score, found.is_zeroed, found.missed_critical) == (0.0, True, ("clause",))
    assert found.parts == {"policy": pytest.approx(1 / 3), "record": 1.0}


def test_marks_must_be_ones_that_the_point_takes() -> None:
    spec = check_scorecard(CARD)
    with pytest.raises(Invalid) as wrong:
        clean_marks(spec, {"clause": "na", "severity": "partly", "other": "met"})
    assert sorted(wrong.value.fields) == ["clause", "note", "other"]


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ([], "object with “sections”"),
        ({"sections": []}, "1 to 12 sections"),
        ({"sections": [{"name": "a", "title": "A", "points": []}]}, "Section 1: "),
        ({"sections": [{"name": "A", "title": "A", "points": [{"name": "p", "title": "P"}]}]}, "small letters"),
        ({"sections": [{"name": "a", "title": "A", "points": [{"name": "p", "title": " "}]}]}, "point 1: A title"),
        (
            {"sections": [{"name": "a", "title": "A", "points": [{"name": "p", "title": "P", "weight": 0}]}]},
            "above 0",
        ),
        ({"sections": [{"name": "a", "title": "A", "points": [{"name": "p", "title": "P"}] * 2}]}, "Two are named p"),
        (
            {"sections": [{"name": "a", "title": "A", "points": [{"name": "p", "title": "P", "critical": True}]}]},
            "There is no critical here",
        ),
        ({**CARD, "pass_from": 2}, "pass_from"),
        ({**CARD, "causes": "haste"}, "causes"),
    ],
)
def test_an_unsound_scorecard_says_what_is_wrong(spec: Any, says: str) -> None:
    with pytest.raises(Invalid) as wrong:
        check_scorecard(spec)
    assert any(says in fault for fault in wrong.value.fields["spec"])
