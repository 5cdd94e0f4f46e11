"""Keeps what pages show of people's skill: three months of answers are gone through by a job, not by each page."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from .models import SkillFigure
from .queries.skill_worked_out import SIDES, audit_skill, gold_skill

_AT_ONCE = 500

_Key = tuple[UUID, str, str, str]


def keep_skill(now: datetime) -> int:
    """Work everybody's skill out anew and write what changed; gives how many rows that were."""
    fresh = _worked_out(now)
    rows = SkillFigure.objects.values_list("worker_id", "side", "source", "name", "pk", "said")
    with transaction.atomic():
        before = {(worker, side, source, name): (pk, said) for worker, side, source, name, pk, said in rows}
        gone = [pk for key, (pk, _said) in before.items() if key not in fresh]
        for begin in range(0, len(gone), _AT_ONCE):
            SkillFigure.objects.filter(pk__in=gone[begin : begin + _AT_ONCE]).delete()
        made, moved = [], []
        for key, said in fresh.items():
            worker, side, source, name = key
            row = SkillFigure(worker_id=worker, side=side, source=source, name=name, said=said)
            if key not in before:
                made.append(row)
            elif before[key][1] != said:
                row.pk = before[key][0]
                moved.append(row)
        SkillFigure.objects.bulk_create(made, batch_size=_AT_ONCE)
        SkillFigure.objects.bulk_update(moved, ["said"], batch_size=_AT_ONCE)
    return len(gone) + len(made) + len(moved)


def _worked_out(now: datetime) -> dict[_Key, dict[str, Any]]:
    found: dict[_Key, dict[str, Any]] = {}
    for side in ("", *SIDES):
        for source, figures in (
            (SkillFigure.GOLDS, gold_skill(by=side, now=now)),
            (SkillFigure.AUDITS, audit_skill(by=side, now=now)),
        ):
            for (worker, name), estimate in figures.items():
                found[worker, side, source, name[:300]] = estimate.to_dict()
    return found
