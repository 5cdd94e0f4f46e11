from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.improve.models import Investigation
from evenkeel.improve.recommending import RECOMMENDATIONS, RecommendationKind


def _opens(found: Investigation) -> str:
    if found.queue is not None:
        return reverse("work:queue", args=[found.queue_id])
    return reverse("work:routing", args=[found.programme_id])


RECOMMENDATIONS.register(
    RecommendationKind(
        slug="routing",
        title=_("Routing"),
        why=_("The work came to people who should not have had it."),
        example=_("Send Tagalog listings to the team that reads it."),
        opens=_opens,
    )
)
