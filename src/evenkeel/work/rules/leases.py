"""Time limits of hand-out and undo, on plain values."""

from __future__ import annotations

from datetime import datetime, timedelta


def expires_at(now: datetime, lease_s: int) -> datetime:
    """When a lease taken or renewed now runs out."""
    return now + timedelta(seconds=lease_s)


def undo_until(decided_at: datetime, undo_s: int) -> datetime:
    """The moment from which a decision stands."""
    return decided_at + timedelta(seconds=undo_s)


def may_still_undo(decided_at: datetime, undo_s: int, now: datetime) -> bool:
    """Whether the undo window is open: decided_at <= now < decided_at + undo_s."""
    return now < undo_until(decided_at, undo_s)
