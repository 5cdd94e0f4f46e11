"""Items that are worth discussing: about which people fell out, auditors differed, or the labels are in doubt."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef

from evenkeel.ground.access import unveiled
from evenkeel.work import Item

from ..models import AuditCheck, CheckAnswer, Dispute, LabelDoubt

WAYS = ("disputed", "settled", "doubted")


def items_worth_discussing(programme_id: UUID, *, how: str, n: int) -> list[Item]:
    """The `n` items of a programme that were disputed last, on which auditors differed last and an expert settled, or
    whose label is most in doubt.
    """
    if how == "disputed":
        rows = Dispute.objects.filter(programme=programme_id).order_by("-raised_at", "-pk")
        ids = rows.values_list("verdict__draw__decision__item_id", flat=True)
    elif how == "settled":
        other = CheckAnswer.objects.filter(audit_check=OuterRef("pk"), stage=AuditCheck.SECOND)
        differed = Exists(other.exclude(label=OuterRef("verdict__label")))
        settled = AuditCheck.objects.filter(differed, programme=programme_id, answers__stage=AuditCheck.EXPERT)
        ids = settled.order_by("-closed_at", "-pk").values_list("draw__decision__item_id", flat=True)
    else:
        ids = LabelDoubt.objects.filter(programme=programme_id).order_by("rank").values_list("item_id", flat=True)
    # Twice as many: an item may stand there twice, and a restricted one is left out.
    keys = list(dict.fromkeys(ids[: 2 * n]))
    found = unveiled(Item.objects.filter(programme=programme_id)).in_bulk(keys)
    return [found[key] for key in keys if key in found][:n]
