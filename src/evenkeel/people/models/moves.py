"""Who came to another team, and when. Append-only."""

from __future__ import annotations

from django.db import models

from evenkeel.ground.entity import Entity

from .places import Team
from .workers import Worker


class TeamMove(Entity):
    """A worker came to a team of her organisation from another one, or came into or left teams altogether."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="team_moves")
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="people_team_move_at")]
