"""Decisions on plain values: who is drawn, what kind of error it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from evenkeel.kernel import keyed_u, keys64, poisson_sample

# When nothing was audited yet a preview has to suppose something.
SUPPOSED_ACCURACY = 0.9
AUDIT_LEASE_S = 1_800
ERROR_CLASSES = ("over_enforcement", "under_enforcement", "wrong_selection", "technical_error")
# From this severity on an error in kind is a critical one.
CRITICAL_FROM = 3


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


def violates_by_audit(decided: bool | None, error: str) -> bool | None:
    """Whether content breaks the policy as the auditor sees it; None where the audit does not tell.

    >>> violates_by_audit(True, "over_enforcement"), violates_by_audit(False, ""), violates_by_audit(None, "")
    (False, False, None)
    """
    known = {"over_enforcement": False, "under_enforcement": True, "technical_error": None}
    return known.get(error, decided)


def is_critical(error: str, severity: int | None) -> bool | None:
    """Whether an error is critical: action on content that is fine, or a violation left alone, where severity is high.

    None where the severity was not kept.
    """
    if severity is None:
        return None
    return error in ("over_enforcement", "under_enforcement") and severity >= CRITICAL_FROM


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


def means_violation(choices: Iterable[Mapping[str, Any]]) -> dict[str, bool | None]:
    """Which labels of a form say that the item breaks the policy; None where the form does not tell.

    >>> means_violation([{"value": "Yes", "tone": "bad"}, {"value": "Unsure", "tone": "quiet"}])
    {'Yes': True, 'Unsure': None}
    """
    return {choice["value"]: _is_violation(choice) for choice in choices}


def _is_violation(choice: Mapping[str, Any]) -> bool | None:
    if "is_violation" in choice:
        return bool(choice["is_violation"])
    return {"bad": True, "good": False}.get(str(choice.get("tone")))
