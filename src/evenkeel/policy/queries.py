"""What other rooms and the pages may ask about policies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.safestring import SafeString

from .models import Policy, PolicyVersion
from .rules import to_html


def version_in_force(policy: Policy | UUID, now: datetime) -> PolicyVersion | None:
    """The newest version published by `now`; None before the first."""
    policy_id = policy.pk if isinstance(policy, Policy) else policy
    return PolicyVersion.objects.filter(policy_id=policy_id, published_at__lte=now).order_by("-number").first()


def versions_in_force(policy_ids: Iterable[UUID], now: datetime) -> dict[UUID, PolicyVersion]:
    """The version in force of each policy that has one; one query."""
    found = PolicyVersion.objects.filter(policy_id__in=list(policy_ids), published_at__lte=now).order_by("number")
    return {version.policy_id: version for version in found}


def version_html(version: PolicyVersion, *, heading_from: int = 2) -> SafeString:
    """A version's text as clean HTML; its highest headings become `heading_from`."""
    return to_html(version.body_markdown, heading_from=heading_from)
