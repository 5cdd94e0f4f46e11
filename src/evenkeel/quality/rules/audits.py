"""Decisions on plain values: who is drawn, what kind of error it was, what a rate would cost and tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from evenkeel.kernel import Estimate, keyed_u, keys64, poisson_sample, proportion

# When nothing was audited yet a preview has to suppose something.
SUPPOSED_ACCURACY = 0.9
AUDIT_LEASE_S = 1_800
ERROR_CLASSES = ("over_enforcement", "under_enforcement", "wrong_selection", "technical_error")


@dataclass(frozen=True)
class Drawn:
    """What the keyed hash says of one decision."""

    decision_id: UUID
    u: float
    is_drawn: bool


def draw(decision_ids: Sequence[UUID], *, salt: int, rate: float) -> list[Drawn]:
    """Poisson sampling by keyed hash: a decision is drawn when u(id, salt) < rate; the same for whoever asks again.

    >>> [d.is_drawn for d in draw([UUID(int=7), UUID(int=8)], salt=1, rate=1.0)]
    [True, True]
    """
    if not decision_ids:
        return []
    u = keyed_u(keys64(id_.bytes for id_ in decision_ids), salt)
    drawn = poisson_sample(u, rate)
    return [
        Drawn(id_, float(number), bool(is_drawn)) for id_, number, is_drawn in zip(decision_ids, u, drawn, strict=True)
    ]


def error_class(choices: Iterable[Mapping[str, Any]], *, decided: str, audited: str) -> str:
    """The kind of error that two labels make, "" when they agree; TSPA's classes.

    Over-enforcement: acted on content that is fine; under-enforcement: a violation left alone; else a wrong selection.
    Which choice says "violation" is what the form tells: `is_violation`, or the tones bad and good.

    >>> form = [{"value": "Yes", "tone": "bad"}, {"value": "No", "tone": "good"}]
    >>> error_class(form, decided="Yes", audited="No")
    'over_enforcement'
    """
    if decided == audited:
        return ""
    known = {choice["value"]: _is_violation(choice) for choice in choices}
    match known.get(decided), known.get(audited):
        case True, False:
            return "over_enforcement"
        case False, True:
            return "under_enforcement"
        case _:
            return "wrong_selection"


def _is_violation(choice: Mapping[str, Any]) -> bool | None:
    if "is_violation" in choice:
        return bool(choice["is_violation"])
    return {"bad": True, "good": False}.get(str(choice.get("tone")))


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a sampling rate would mean: work a day, and how wide the answer would still be after a while."""

    decisions_a_day: float
    audits_a_day: float
    accuracy: float
    is_supposed: bool
    widths: tuple[tuple[int, float, Estimate], ...]  # days, audits by then, accuracy as it would be known then


def preview(*, decisions_a_day: float, rate: float, accuracy: float | None, days: Sequence[int] = (7, 28)) -> Preview:
    """What a plan would cost and tell, if volume and accuracy stay as they are.

    Assumes Poisson sampling with one rate, so the sample is self-weighting and Wilson's interval holds.
    """
    supposed = SUPPOSED_ACCURACY if accuracy is None else accuracy
    a_day = decisions_a_day * rate
    return Preview(
        decisions_a_day=decisions_a_day,
        audits_a_day=a_day,
        accuracy=supposed,
        is_supposed=accuracy is None,
        widths=tuple((span, a_day * span, proportion(supposed * a_day * span, a_day * span)) for span in days),
    )
