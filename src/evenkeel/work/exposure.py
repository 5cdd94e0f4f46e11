"""Limits of exposure for rooms above, who may not know wellness: content is content, whoever hands it out."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from evenkeel.ground.access import Ruling
from evenkeel.wellness import may_take, record_exposure


def may_see(worker_id: UUID, *, severity: int, now: datetime) -> Ruling:
    """May this worker be given more content of a severity today? The reason names the rule. No query for severity 0."""
    return may_take(worker_id, severity=severity, now=now)


def note_seen(worker_id: UUID, *, seconds: float, severity: int, now: datetime) -> None:
    """Count what a worker looked at outside the desk; within the transaction of the act. Nothing for severity 0."""
    record_exposure(worker_id, seconds=seconds, severity=severity, now=now)
