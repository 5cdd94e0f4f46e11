"""How the state of a dispute reads, and in which tone."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from ..models import Dispute, DisputeSettlement
from ..models.disputes import UPHELD


def state_of(dispute: Dispute, *, now: datetime) -> tuple[str, str]:
    """The state of a dispute in a word, and the tone of its badge."""
    settlement: DisputeSettlement | None = getattr(dispute, "settlement", None)
    if settlement is not None:
        return str(settlement.get_outcome_display()), "quiet" if settlement.outcome == UPHELD else "info"
    if dispute.escalated_at is not None:
        return _("went up"), "bad"
    return (_("overdue"), "bad") if dispute.due_at <= now else (_("open"), "warn")
