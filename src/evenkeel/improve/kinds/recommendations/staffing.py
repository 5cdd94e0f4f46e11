from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.improve.models import Investigation
from evenkeel.improve.recommending import RECOMMENDATIONS, RecommendationKind


def _opens(found: Investigation) -> str:
    if found.organisation_id is not None:
        return reverse("people:organisation", args=[found.organisation_id])
    return reverse("people:organisations")


RECOMMENDATIONS.register(
    RecommendationKind(
        slug="staffing",
        title=_("Staffing"),
        why=_("There were too few people, or too few who can do it."),
        example=_("Two more people on the late shift in Manila."),
        opens=_opens,
    )
)
