"""Whether a decision stands, as lists say it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from ..models import Correction, Decision


def correction_of(decision: Decision) -> Correction | None:
    """How it was put right, if it was."""
    return getattr(decision, "correction", None)


def state_words(decision: Decision, labels: Mapping[str, str]) -> str:
    """Taken back, corrected, or standing; `labels` are the titles that people read."""
    if hasattr(decision, "taken_back"):
        return _("taken back")
    found = correction_of(decision)
    if found is None:
        return _("stands")
    return _("corrected to %(label)s") % {"label": labels.get(found.second.label, found.second.label)}


def state_tone(decision: Decision) -> str:
    """The tone of that badge."""
    if hasattr(decision, "taken_back"):
        return "warn"
    return "info" if correction_of(decision) else "quiet"
