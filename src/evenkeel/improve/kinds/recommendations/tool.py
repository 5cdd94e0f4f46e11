from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.improve.models import Investigation
from evenkeel.improve.recommending import RECOMMENDATIONS, RecommendationKind


def _opens(found: Investigation) -> str:
    return reverse("work:programme", args=[found.programme_id])


RECOMMENDATIONS.register(
    RecommendationKind(
        slug="tool",
        title=_("Tool"),
        why=_("The desk or the form made the error easy."),
        example=_("Put the seller's other listings beside the item."),
        opens=_opens,
    )
)
