"""What quality does when rooms below tell something. Each is swept up by a job as well: an event only hastens."""

from __future__ import annotations

from uuid import UUID

from evenkeel.ground.events import on
from evenkeel.policy import PolicyVersion

from .gold_keeping import keep_up
from .renewing import call_again


@on("policy.published")
def flag_touched_golds(*, version_id: UUID, **_said: object) -> None:
    """A guideline has changed: its golden items wait for experts again."""
    version = PolicyVersion.objects.filter(pk=version_id).first()
    if version is not None:
        keep_up(version.published_at)


@on("policy.published")
def call_whoever_is_certified(*, version_id: UUID, **_said: object) -> None:
    """A guideline has changed: whoever holds a certification of it is called to its exam."""
    version = PolicyVersion.objects.filter(pk=version_id).first()
    if version is not None:
        call_again(version.published_at)
