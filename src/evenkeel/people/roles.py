"""The roles that come with the product. Which scopes each carries stands beside the scopes (`declare(..., roles=...)`)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import scopes_of_role

BUILT_IN: dict[str, tuple[Any, Any]] = {
    "moderator": (_("Moderator"), _("Decides items in the queues given to her.")),
    "qa_specialist": (_("QA specialist"), _("Audits decisions blind and sees how auditing goes.")),
    "specialist": (_("Specialist"), _("Decides what was escalated or appealed, works restricted lanes and incidents.")),
    "lead": (_("Team lead"), _("Sees a team's work and quality, and acts on signals.")),
    "vendor_manager": (_("Vendor manager"), _("Runs a partner's people: sites, teams, accounts, quality.")),
    "quality_manager": (_("Quality manager"), _("Designs sampling plans, owns targets, signals and investigations.")),
    "data_scientist": (_("Data scientist"), _("Reads every figure and the rows behind it, imports labels.")),
    "administrator": (_("Administrator"), _("Everything, including who may do what.")),
}


def keep_built_in_roles(**_said: Any) -> None:
    """Bring the built-in roles up to date; runs after every migration."""
    from .models import Role

    for slug, (name, why) in BUILT_IN.items():
        Role.objects.update_or_create(
            slug=slug, defaults={"name": str(name), "why": str(why), "scopes": scopes_of_role(slug)}
        )
