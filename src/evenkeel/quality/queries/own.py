"""What a person may see of her own quality beside findings: golden items once they are retired, and calibration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from evenkeel.ground.access import Actor, unveiled, visible
from evenkeel.kernel import Estimate

from .. import scopes
from ..models import CalibrationAnswer, CalibrationSeat, CalibrationSession, Gold, GoldAnswer, Settlement
from ..rules.calibration import BLIND, alignment
from .clarity import unclear_in

_SHOWN = 50


def own_retired_golds(actor: Actor, *, most: int = _SHOWN) -> list[GoldAnswer]:
    """Her answers to golden items that nobody meets any more, newest first: only then may she know that they were golden.

    None whose item is golden anew, nor one that lies in a restricted lane.
    """
    if actor.worker_id is None:
        return []
    again = Gold.objects.filter(item=OuterRef("gold__item")).exclude(state=Gold.RETIRED)
    rows = GoldAnswer.objects.filter(~Exists(again), worker=actor.worker_id, gold__state=Gold.RETIRED)
    return list(unveiled(rows).select_related("gold__item", "decision").order_by("-answered_at", "-id")[:most])


@dataclass(frozen=True, kw_only=True)
class OwnSession:
    """A calibration session whose answers may be seen: how often hers was the settled answer, and where it was not."""

    session: CalibrationSession
    aligned: Estimate
    answered: int
    others: Sequence[tuple[CalibrationAnswer, Settlement]]


def own_calibrations(actor: Actor, *, now: datetime, most: int = 12) -> list[OwnSession]:
    """Her sessions with answers that may be seen, newest first."""
    if actor.worker_id is None:
        return []
    seats = visible(actor, scopes.CALIBRATION_ANSWER, CalibrationSeat.objects.filter(worker=actor.worker_id))
    rows = seats.select_related("session").order_by("-session__opened_at")[:most]
    open_ = [seat for seat in rows if seat.session.is_open_to_all(now)]
    answers = CalibrationAnswer.objects.filter(seat__in=open_, case__repeats=None, round=BLIND)
    given: dict[UUID, list[CalibrationAnswer]] = defaultdict(list)
    for answer in answers.select_related("case__item").order_by("case__number"):
        given[answer.seat_id].append(answer)
    found = Settlement.objects.filter(
        case__in=[each.case_id for row in given.values() for each in row], replaced_by=None
    )
    settled = {each.case_id: each for each in found}
    return [_own(seat, given[seat.pk], settled) for seat in open_]


def _own(seat: CalibrationSeat, given: Sequence[CalibrationAnswer], settled: dict[UUID, Settlement]) -> OwnSession:
    pairs = [(answer, settled[answer.case_id]) for answer in given if answer.case_id in settled]
    unclear = unclear_in(seat.session)
    hers = [(answer, right) for answer, right in pairs if not {answer.clause, right.clause} & unclear]
    shares = alignment([("", answer.label == right.label) for answer, right in hers])
    return OwnSession(
        session=seat.session,
        aligned=shares.get("", Estimate.unknown(method="wilson")),
        answered=len(given),
        others=[(answer, right) for answer, right in pairs if answer.label != right.label],
    )
