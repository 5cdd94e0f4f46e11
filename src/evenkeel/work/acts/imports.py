"""Decisions that were made elsewhere, brought in as one whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.people import Worker

from .. import bulk, scopes
from ..models import ImportRun, Programme
from ..rows import insert_items, item_ids
from ..rules.items import ImportedDecision, NewItem, check_items


def record_import(
    actor: Actor,
    *,
    programme: Programme,
    files: Sequence[Mapping[str, Any]],
    digest: str,
    items: Iterable[NewItem],
    decisions: Iterable[ImportedDecision],
    workers: Mapping[str, Worker],
    remarks: Sequence[str] = (),
    now: datetime,
) -> ImportRun:
    """Bring in items and the decisions that were made about them elsewhere, all or nothing.

    `digest` names the content of the files: the same content is brought in once (`NotNow`). Items that the programme has
    already are kept as they are. `decisions` is read once and may be a generator: memory stays bounded for millions.
    `workers` maps each `worker_code` to its worker. Raises `Invalid` for a label, item or worker that does not fit.
    """
    with act(scopes.IMPORT_ADD, actor, on=programme, now=now) as deed:
        before = ImportRun.objects.filter(programme=programme, digest=digest).first()
        if before is not None:
            deed.require(
                False,
                _("These files were imported on %(day)s by %(name)s; nothing was imported again.")
                % {"day": before.at.date().isoformat(), "name": before.by_name},
                code="imported-before",
            )
        run = ImportRun.objects.create(
            programme=programme,
            by_name=actor.name,
            at=now,
            files=[dict(file) for file in files],
            digest=digest,
            remarks=list(remarks),
        )
        checked = check_items(items)
        known = item_ids(programme, [item.key for item in checked])
        added = insert_items(programme, [item for item in checked if item.key not in known], now)
        n = bulk.insert_decisions(programme, decisions, workers=workers, now=now)
        run.counts = {"items": len(added), "items_known": len(known), "decisions": n, "workers": len(workers)}
        run.save(update_fields=["counts"])
        deed.record("imported", on=run, after=run.counts, files=run.files, digest=digest)
        deed.tell("import.recorded", import_id=run.id, programme_id=programme.id)
        return run
