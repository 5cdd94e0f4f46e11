"""How quality's things are found by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.search import Hit, searches

from . import scopes
from .models import SamplingPlan


@searches(_("Sampling plans"), order=60)
def plans(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Sampling plans whose name holds the text."""
    if not actor.has(scopes.PLAN_VIEW):
        return []
    found = visible(
        actor, scopes.PLAN_VIEW, SamplingPlan.objects.filter(name__icontains=text, design=SamplingPlan.POISSON)
    )
    return [
        Hit(title=plan.name, url=plan.get_absolute_url(), detail=plan.programme.name, icon="shuffle")
        for plan in found.select_related("programme").order_by("name")[:limit]
    ]
