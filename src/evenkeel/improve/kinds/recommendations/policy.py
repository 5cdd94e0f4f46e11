from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.improve.models import Investigation
from evenkeel.improve.recommending import RECOMMENDATIONS, RecommendationKind


def _opens(found: Investigation) -> str:
    if found.queue is not None and found.queue.policy_id is not None:
        return reverse("policy:policy", args=[found.queue.policy_id])
    return reverse("policy:policies")


RECOMMENDATIONS.register(
    RecommendationKind(
        slug="policy",
        title=_("Policy"),
        why=_("The guideline says too little, too much, or something else than was meant."),
        example=_("Say with an example that a voucher counts as a gift card."),
        opens=_opens,
    )
)
