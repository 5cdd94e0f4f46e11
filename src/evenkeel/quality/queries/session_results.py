"""What a calibration session came to, in plain values, for programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.errors import NotNow
from evenkeel.kernel import Estimate

from .. import scopes
from ..models import CalibrationSeat, CalibrationSession
from .calibration import results


def calibrations_of(actor: Actor) -> list[CalibrationSession]:
    """The sessions that the actor may see, newest first."""
    rows = visible(actor, scopes.CALIBRATION_VIEW, CalibrationSession.objects.all())
    return list(rows.select_related("programme", "queue").order_by("-opened_at"))


def session_results(actor: Actor, session: CalibrationSession, *, now: datetime) -> dict[str, Any]:
    """Agreement blind and after the discussion, alignment by person, site and language, and each case. `NotNow` while blind."""
    if not session.is_open_to_all(now):
        answered = CalibrationSeat.objects.filter(session=session).exclude(done_at=None).count()
        said = {"n": answered, "at": f"{session.deadline_at:%Y-%m-%d %H:%M} UTC"}
        raise NotNow(_("Answers are blind until %(at)s; %(n)d have answered everything.") % said, code="blind")
    found = results(actor, session)
    return {
        "session": session.name,
        "programme": session.programme.name,
        "blind": found.blind.alpha.to_dict() if found.blind else None,
        "discussed": found.discussed.alpha.to_dict() if found.discussed else None,
        "by_person": _dicts(found.by_person),
        "by_site": _dicts(found.by_site),
        "by_language": _dicts(found.by_language),
        "cases": [
            {
                "number": each.case.number,
                "item": each.case.item.key,
                "answers": dict(each.counts),
                "settled": each.settlement.label if each.settlement else None,
                "reason": each.settlement.reason if each.settlement else None,
            }
            for each in found.cases
        ],
    }


def _dicts(found: Mapping[str, Estimate]) -> dict[str, dict[str, Any]]:
    return {name: each.to_dict() for name, each in sorted(found.items())}
