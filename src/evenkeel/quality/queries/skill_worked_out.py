"""Skill from its sources, over three months of answers and audits: for the job that keeps it, not for pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, FloatField, Q, Sum, Value
from django.db.models.functions import Coalesce, Concat

from evenkeel.kernel import Estimate

from ..models import Gold, GoldAnswer, Verdict
from ..rules.shrunk_skill import Tally, shrunk_skill, weighted_tally

PERIOD = timedelta(days=91)
SIDES = ("class", "policy", "language")
_GOLD_KEYS = {
    "class": Concat("queue__programme__name", Value(": "), "truth"),
    "policy": F("policy_version__policy__name"),
    "language": F("decision__language"),
}
_AUDIT_KEYS = {
    "class": Concat("draw__decision__programme__name", Value(": "), "label"),
    "policy": F("draw__decision__policy_version__policy__name"),
    "language": F("draw__decision__language"),
}

Skills = dict[tuple[UUID, str], Estimate]


def gold_skill(*, by: str, now: datetime) -> Skills:
    """Everybody's share of right answers to golden items of the last 91 days; not those retired since, nor what counts for the
    policy.
    """
    rows = GoldAnswer.objects.filter(answered_at__gt=now - PERIOD, answered_at__lte=now)
    key = _GOLD_KEYS[by] if by else Value("")
    rows = rows.exclude(gold__state=Gold.RETIRED).exclude(counts_for_policy=True)
    found = rows.annotate(key=key).order_by().values_list("worker_id", "key")
    counted = found.annotate(n=Count("pk"), right=Count("pk", filter=Q(is_right=True)))
    return shrunk_skill(
        [
            Tally(worker_id=worker, key=key or "", answers=n, right=float(right), effective=float(n))
            for worker, key, n, right in counted
        ]
    )


def audit_skill(*, by: str, now: datetime) -> Skills:
    """Everybody's share of decisions of the last 91 days that audits found right, each audit by 1 / odds.

    By class: of the decisions whose right answer it is. Deliveries' samples and what counts for the policy are left out.
    """
    rows = Verdict.objects.filter(
        corrected_by=None,
        draw__decision__taken_back=None,
        draw__decision__decided_at__gt=now - PERIOD,
        draw__decision__decided_at__lte=now,
    ).exclude(draw__plans=0)
    weight = 1.0 / (F("draw__pi") * Coalesce("draw__plans", 1))
    key = _AUDIT_KEYS[by] if by else Value("")
    found = rows.exclude(counts_for_policy=True).annotate(key=key, w=weight).order_by()
    summed = found.values_list("draw__decision__worker_id", "key").annotate(
        n=Count("pk"),
        all_w=Sum("w", output_field=FloatField()),
        right_w=Coalesce(Sum("w", filter=Q(is_right=True), output_field=FloatField()), 0.0),
        square_w=Sum(F("w") * F("w"), output_field=FloatField()),
    )
    return shrunk_skill(
        [weighted_tally(worker, key or "", answers=n, w=w, wy=wy, ww=ww) for worker, key, n, w, wy, ww in summed]
    )
