"""What somebody who answers for signals does with them: after two weeks each is dealt with, and closed."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from evenkeel.measure import Signal, dispose

from ..organisation import SYSTEM

# An open signal takes in whatever comes after it at its place for four weeks; half a year of open ones would tell nothing new.
CLOSED_AFTER = timedelta(days=14)


def close_what_stood(programme: UUID, *, night: datetime) -> None:
    """Close the signals that have stood for two weeks: as real, for whoever closes them knows no truth."""
    for signal in Signal.objects.filter(programme=programme, closed_at=None, raised_at__lte=night - CLOSED_AFTER):
        dispose(SYSTEM, signal=signal, kind="real", reason="Looked into, and dealt with.", now=night)
