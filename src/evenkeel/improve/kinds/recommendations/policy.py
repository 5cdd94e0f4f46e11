from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.improve.models import Investigation
from evenkeel.improve.recommending import RECOMMENDATIONS, RecommendationKind, policy_of


def _opens(found: Investigation) -> str:
    policy = policy_of(found)
    return (
        reverse("policy:all-change-requests") if policy is None else reverse("policy:change-requests", args=[policy.pk])
    )


RECOMMENDATIONS.register(
    RecommendationKind(
        slug="policy",
        title=_("Policy"),
        why=_("The guideline says too little, too much, or something else than was meant."),
        example=_("Say with an example that a voucher counts as a gift card."),
        opens=_opens,
    )
)
