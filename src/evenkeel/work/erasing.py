"""What this room does when a worker is erased: values about her that no count needs go."""

from __future__ import annotations

from uuid import UUID

from evenkeel.people import follows_erasure

from .models import Decision


@follows_erasure
def forget_exposure(pseudonym: UUID) -> None:
    """What somebody saw before a decision tells of her and of no figure; the log's personal column is emptied as well."""
    Decision.objects.filter(worker=pseudonym).update(exposure_s=None)
