"""Decisions that other tools make, brought in again and again: new ones, and those that were changed there since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.ids import uuid7
from evenkeel.people import Worker

from .. import scopes
from ..bulk import insert_decisions
from ..driver import insert_rows
from ..facts import DECISIONS, decision_row
from ..models import Correction, Decision, Item, Programme
from ..rows import item_ids
from ..rules.items import ImportedDecision, NewItem

_BATCH = 500


def bring_in(
    actor: Actor,
    *,
    programme: Programme,
    tool: str,
    items: Sequence[NewItem],
    decisions: Sequence[ImportedDecision],
    workers: Mapping[str, Worker],
    now: datetime,
) -> dict[str, int]:
    """Bring in one step of what another tool decided, all or nothing; returns how many items and decisions were new.

    `items` are checked already (`item_faults`); those that the programme has are kept as they are. A decision with
    `corrects` takes the place of that one: both stay on record, and the log takes the first one out. `Invalid` for a label,
    item or worker that does not fit.
    """
    with act(scopes.IMPORT_ADD, actor, on=programme, now=now) as deed:
        ids = item_ids(programme, {item.key for item in items} | {said.item_key for said in decisions})
        fresh = {item.key: item for item in items if item.key not in ids}
        made = {key: uuid7() for key in fresh}
        insert_rows(
            Item,
            ("id", "programme_id", "key", "kind", "language", "content", "attributes", "created_at"),
            (
                (pk, programme.pk, key, item.kind, item.language, dict(item.content), dict(item.attributes), now)
                for (key, item), pk in zip(fresh.items(), made.values(), strict=True)
            ),
        )
        n = insert_decisions(programme, decisions, workers=workers, now=now, item_ids=ids | made)
        changed = _take_the_place(decisions, reason=_("Changed in %(tool)s.") % {"tool": tool}, now=now)
        done = {"items": len(made), "decisions": n, "changed": changed}
        deed.record("decisions brought in", after=done, tool=tool)
        deed.tell("decisions.brought_in", programme_id=programme.pk, **done)
        return done


def _take_the_place(decisions: Sequence[ImportedDecision], *, reason: str, now: datetime) -> int:
    """Note which decisions stand no longer; the log counts those that took their place."""
    second = {said.corrects: said.id for said in decisions if said.corrects is not None and said.id is not None}
    firsts = list(second)
    for start in range(0, len(firsts), _BATCH):
        part = firsts[start : start + _BATCH]
        Correction.objects.bulk_create(
            Correction(first_id=first, second_id=second[first], reason=reason, at=now) for first in part
        )
        log.append(DECISIONS, [decision_row(first, sign=-1) for first in Decision.objects.filter(pk__in=part)])
    return len(firsts)
