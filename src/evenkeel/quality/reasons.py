"""Keeps the reasons that come with the product in the table where an organisation adds its own."""

from __future__ import annotations

from typing import Any

from .rules.disputes import REASONS


def keep_built_in_reasons(**_said: Any) -> None:
    """Bring the built-in reasons up to date; runs after every migration. One that was retired stays retired."""
    from .models import DisputeReason

    for reason in REASONS:
        DisputeReason.objects.update_or_create(
            side=reason.side,
            slug=reason.slug,
            defaults={"title": str(reason.title), "follow_up": reason.follow_up, "is_built_in": True},
        )
