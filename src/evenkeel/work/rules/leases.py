"""Time limits of hand-out and undo, and who may be handed what, on plain values."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _


def expires_at(now: datetime, lease_s: int) -> datetime:
    """When a lease taken or renewed now runs out."""
    return now + timedelta(seconds=lease_s)


def undo_until(decided_at: datetime, undo_s: int) -> datetime:
    """The moment from which a decision stands."""
    return decided_at + timedelta(seconds=undo_s)


def may_still_undo(decided_at: datetime, undo_s: int, now: datetime) -> bool:
    """Whether the undo window is open: decided_at <= now < decided_at + undo_s."""
    return now < undo_until(decided_at, undo_s)


def plausible_active_ms(active_ms: int | None, taken_at: datetime, now: datetime) -> int | None:
    """The client's own count of active time, cut to the time that has passed since the lease was taken.

    A browser's clock may be wrong and a program may say anything; nobody worked longer than she had the item.
    """
    if active_ms is None:
        return None
    passed_ms = int((now - taken_at).total_seconds() * 1000)
    return max(0, min(active_ms, passed_ms))


def why_not_handed(
    *,
    queue_closed: bool,
    asked_languages: Collection[str],
    spoken_languages: Collection[str],
    left_on: date | None,
    today: date,
) -> str | None:
    """Why a worker gets nothing from a queue whatever waits there, as a sentence; None when nothing stands against it."""
    if queue_closed:
        return _("This queue is closed.")
    if left_on is not None and left_on < today:
        return _("Your time with us has ended; items are handed out to present workers only.")
    if asked_languages and not set(asked_languages) & set(spoken_languages):
        return _("This queue asks for %(languages)s. Have your languages added to your record.") % {
            "languages": ", ".join(sorted(asked_languages))
        }
    return None
