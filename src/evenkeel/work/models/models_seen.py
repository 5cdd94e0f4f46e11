"""Which models' predictions came in, day by day. Append-only."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from evenkeel.ground.entity import Entity

from .programmes import Programme


class ModelSeen(Entity):
    """A model, under the name and version that it goes by, said something of a programme's items on a day (UTC)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+", db_index=False)
    model = models.CharField(max_length=120)
    day = models.DateField()
    # The first of that day that was met.
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "day", "model"], name="work_model_seen_once")]

    def __str__(self) -> str:
        return self.model


class ItemsRead(models.Model):
    """How far the items were read for what models said of them: one row."""

    THE_ONE = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE)
    up_to = models.UUIDField(default=UUID(int=0))
