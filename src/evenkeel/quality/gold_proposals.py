"""Cases that were settled elsewhere become proposals of golden items: by an expert, in a dispute, in a calibration session.

Each is proposed once. Experts still have to agree before anybody is tested on it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

import structlog
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.work import Item

from .acts.dispute_rules import close_follow_up
from .acts.golden import propose_gold
from .models import AuditCheck, CheckAnswer, FollowUp, Gold, GoldExport

# What could not be proposed within this time is left: the form has changed, or nobody is asked about such items.
_LOOKS_BACK = timedelta(days=7)
_AT_ONCE = 200
Row = TypeVar("Row", CheckAnswer, GoldExport)
_log = structlog.get_logger(__name__)


def propose_settled(now: datetime) -> None:
    """Propose whatever was settled lately and is not golden yet."""
    for answer in _without_gold(
        CheckAnswer.objects.filter(stage=AuditCheck.EXPERT, given_at__gte=now - _LOOKS_BACK),
        "adjudication",
        item="audit_check__draw__decision__item",
    ).select_related("audit_check__draw__decision__item")[:_AT_ONCE]:
        item = answer.audit_check.draw.decision.item
        why = answer.comment or _("An expert settled it after two auditors had differed.")
        _propose(item, answer.label, why, provenance="adjudication", source_id=answer.pk, now=now)
    for offered in _without_gold(
        GoldExport.objects.filter(at__gte=now - _LOOKS_BACK), "calibration", item="item"
    ).select_related("item")[:_AT_ONCE]:
        _propose(offered.item, offered.label, offered.why, provenance="calibration", source_id=offered.pk, now=now)
    waiting = FollowUp.objects.filter(kind="gold", closed_at=None, item__isnull=False)
    for left in waiting.select_related("item", "settlement")[:_AT_ONCE]:
        _from_dispute(left, now)


def _without_gold(rows: QuerySet[Row], provenance: str, *, item: str) -> QuerySet[Row]:
    """Those that were not proposed, and whose item is not golden or proposed for another reason."""
    proposed = Gold.objects.filter(provenance=provenance, source_id=OuterRef("pk"))
    golden = Gold.objects.filter(item=OuterRef(item)).exclude(state=Gold.RETIRED)
    return rows.filter(~Exists(proposed), ~Exists(golden)).order_by("pk")


def _from_dispute(left: FollowUp, now: datetime) -> None:
    why = left.settlement.text or _("A dispute overturned the finding.")
    fault = _propose(left.item, left.label, why, provenance="dispute", source_id=left.pk, now=now)
    note = _("Proposed as a golden item.") if not fault else _("It cannot be golden: %(why)s") % {"why": fault}
    close_follow_up(_SYSTEM, follow_up=left, is_done=not fault, note=note, now=now)


_SYSTEM = Actor.system("golden items")


def _propose(item: Item, label: str, why: str, *, provenance: str, source_id: UUID, now: datetime) -> str:
    """What stands in the way; "" when it is proposed."""
    if Gold.objects.filter(item=item).exclude(state=Gold.RETIRED).exists():
        return ""
    try:
        propose_gold(
            _SYSTEM, item=item, answer=label, rationale=why, provenance=provenance, source_id=source_id, now=now
        )
    except (Invalid, NotNow, Refused) as error:
        _log.info("gold_not_proposed", item=str(item.pk), provenance=provenance, why=str(error))
        return str(error)
    return ""
