"""Items that are worth discussing: about which people fell out, auditors differed, or the labels are in doubt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from evenkeel.ground.access import unveiled
from evenkeel.work import Item

from ..models import AuditCheck, CheckAnswer, Dispute, LabelDoubt

WAYS = ("disputed", "settled", "doubted")


def items_worth_discussing(programme_id: UUID, *, how: str, n: int) -> list[Item]:
    """The `n` items of a programme that were disputed last, on which auditors differed last and an expert settled, or
    whose label is most in doubt.
    """
    # Twice as many: an item may stand there twice, and a restricted one is left out.
    keys = list(dict.fromkeys(_ids(programme_id, how)[: 2 * n]))
    found = unveiled(Item.objects.filter(programme=programme_id)).in_bulk(keys)
    return [found[key] for key in keys if key in found][:n]


def _ids(programme_id: UUID, how: str) -> QuerySet[Any, UUID]:
    if how == "disputed":
        disputes = Dispute.objects.filter(programme=programme_id).order_by("-raised_at", "-pk")
        return disputes.values_list("verdict__draw__decision__item_id", flat=True)
    if how == "settled":
        other = CheckAnswer.objects.filter(audit_check=OuterRef("pk"), stage=AuditCheck.SECOND)
        differed = Exists(other.exclude(label=OuterRef("verdict__label")))
        settled = AuditCheck.objects.filter(differed, programme=programme_id, answers__stage=AuditCheck.EXPERT)
        return settled.order_by("-closed_at", "-pk").values_list("draw__decision__item_id", flat=True)
    return LabelDoubt.objects.filter(programme=programme_id).order_by("rank").values_list("item_id", flat=True)
