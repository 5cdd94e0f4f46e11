"""The base of nearly every table: a UUIDv7 as primary key."""

from django.db import models

from .ids import uuid7


class Entity(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True
