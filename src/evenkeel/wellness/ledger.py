"""The ledger of exposure. Written inside the transaction of the act that caused it, so it has no act of its own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from evenkeel.ground.shapes import insert

from .models import Exposure


def record_exposure(worker_id: UUID, *, seconds: float, severity: int, now: datetime) -> None:
    """Note that a worker looked at content of a severity for so long.

    Content of severity 0 is ordinary and is not noted: nobody needs a record of that.
    """
    if severity < 1 or seconds <= 0:
        return
    if not connection.in_atomic_block:
        raise AssertionError("exposure is noted inside the transaction of the act that caused it")
    insert([Exposure(worker_id=worker_id, at=now, seconds=seconds, severity=severity)])
