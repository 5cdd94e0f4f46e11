"""An auditor's own answer beside a decision: is the decision right, and if not, in which way is it wrong?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid
from evenkeel.work import clean_answer, drawn_fields, item_parts

from .forms import audit_spec, main_choices
from .rules import ERROR_CLASSES
from .rules import error_class as class_of_error

if TYPE_CHECKING:
    from .models import Draw


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A checked answer, its label, and what it makes of the decision."""

    answer: Mapping[str, Any]
    label: str
    is_right: bool
    error_class: str


def judged_answer(draw: Draw, answer: Mapping[str, Any], *, said_class: str | None, is_blind: bool) -> Judged:
    """Check an answer by the form of the decision's audit and hold it beside the first one. `Invalid` names the fields."""
    decision = draw.decision
    spec = audit_spec(decision)
    parts = item_parts(decision.item) if drawn_fields(spec) else None
    cleaned, label = clean_answer(spec, dict(answer), parts=parts)
    derived = class_of_error(main_choices(spec), decided=decision.label, audited=label)
    is_right, kind = _judge(derived, said_class, is_blind=is_blind)
    return Judged(answer=cleaned, label=label, is_right=is_right, error_class=kind)


def _judge(derived: str, said: str | None, *, is_blind: bool) -> tuple[bool, str]:
    """Whether the first answer was right, and the class of error: as derived, unless the auditor names another.

    Whoever judges blind cannot know the class, and must not learn from a refusal whether the answers agree: then only a
    technical error, which is no matter of the labels, may be named.
    """
    if said is None:
        return not derived, derived
    if said not in (("technical_error",) if is_blind else ("", *ERROR_CLASSES)):
        raise Invalid(
            _("This kind of error cannot be named here."), fields={"error_class": [_("Choose one of those offered.")]}
        )
    if not is_blind and not derived and said not in ("", "technical_error"):
        raise Invalid(
            _("Your answer is the same as the first one."),
            fields={"error_class": [_("Only a technical error can be wrong with the same answer.")]},
        )
    if not is_blind and derived and not said:
        raise Invalid(
            _("Your answer differs from the first one."), fields={"error_class": [_("Say which kind of error it is.")]}
        )
    return not said, said
