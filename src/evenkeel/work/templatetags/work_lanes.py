"""`{% load work_lanes %}`: what the desk needs to ask a question or to hand an item up."""

from __future__ import annotations

from typing import Any

from django.template import Library
from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Queue, RestrictedLane, Tier
from ..pages.desk_words import NOBODY
from ..rules.escalations import REASONS

register = Library()


@register.simple_tag
def desk_lanes(queue: Queue) -> dict[str, Any]:
    """`start` for the script, the `reasons` to choose from, and whether there is anywhere to hand an item up to."""
    kinds = set(RestrictedLane.objects.filter(programme=queue.programme_id).values_list("kind", flat=True))
    has_tier = queue.may_escalate and Tier.objects.filter(programme=queue.programme_id).exists()
    return {
        "reasons": [reason for reason in REASONS if has_tier or reason.lane in kinds],
        "restricted": [reason.slug for reason in REASONS if reason.lane and reason.lane in kinds],
        "start": {
            "urls": {
                "beside": reverse("api:work_beside", args=[queue.pk]),
                "ask": reverse("api:work_ask", args=[NOBODY]),
                "escalate": reverse("api:work_escalate", args=[NOBODY]),
            },
            "words": {
                "asked": _("Asked. The answer will stand here."),
                "aside": _("Put aside"),
                "said_aside": _("Put aside until the answer is there. Next item: {key}."),
                "raised": _("Handed up"),
                "said_raised": _("Handed up. Next item: {key}."),
                "drill": _("Drill"),
                "until": _("until {time}"),
                "failed": _("The server cannot be reached. Try again."),
            },
        },
    }


@register.simple_tag
def has_lanes(queue: Queue) -> bool:
    """Whether the programme has a restricted lane, into which items may be moved from every queue."""
    return RestrictedLane.objects.filter(programme=queue.programme_id).exists()
