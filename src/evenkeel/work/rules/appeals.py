"""Who may rule on an appeal, on plain values."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

# How long an appeal stays in somebody's hands, and how long a queue's appeals may wait when it has no rule of its own.
HOLD_MINUTES = 30
USUAL_MINUTES = 24 * 60


def why_not_rule(
    *,
    worker_id: UUID,
    team_id: UUID | None,
    deciders: Collection[UUID],
    decider_teams: Collection[UUID],
    is_other_team: bool,
) -> str | None:
    """Why somebody may not rule on an appeal, as a sentence; None when nothing stands against it.

    `deciders`: everybody whose decision about the item stands. Somebody without a team is of no team of theirs.
    """
    if worker_id in deciders:
        return _("You have decided about this item yourself, so somebody else rules on it.")
    if is_other_team and team_id is not None and team_id in decider_teams:
        return _("The decision was made in your team, and this queue asks for another one.")
    return None
