from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.improve.models import Investigation
from evenkeel.improve.recommending import RECOMMENDATIONS, RecommendationKind


def _opens(found: Investigation) -> str:
    return reverse("policy:certifications")


RECOMMENDATIONS.register(
    RecommendationKind(
        slug="training",
        title=_("Training"),
        why=_("People do not know, or do not recognise, what the guideline says."),
        example=_("Have team B certified anew in the clause on gift cards."),
        opens=_opens,
    )
)
