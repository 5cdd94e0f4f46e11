"""What an erasure of a worker would touch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import ManyToOneRel, Model

from evenkeel.ground import access
from evenkeel.ground.access import Actor

from . import scopes
from .models import Worker


@dataclass(frozen=True, kw_only=True)
class Erasing:
    """What an erasure touches: rows by table, and whether an account goes. `log.rows_with` counts the log's own rows."""

    database: Mapping[str, int]
    has_account: bool


def erasing_of(actor: Actor, *, worker: Worker) -> Erasing:
    """What an erasure would touch; changes nothing. The same permission as the erasure: it tells much of one person."""
    access.require(actor, scopes.WORKER_ERASE, worker)
    rows = {
        str(model._meta.label_lower): model._default_manager.filter(**{name: worker.pk}).count()
        for model, name in pointing_at(Worker)
    }
    return Erasing(
        database={name: count for name, count in sorted(rows.items()) if count},
        has_account=worker.person_id is not None,
    )


def pointing_at(target: type[Model]) -> list[tuple[type[Model], str]]:
    """Every foreign key of every room to a table: (table, field)."""
    relations = target._meta.get_fields(include_hidden=True)
    return [
        (relation.related_model, relation.field.name) for relation in relations if isinstance(relation, ManyToOneRel)
    ]
