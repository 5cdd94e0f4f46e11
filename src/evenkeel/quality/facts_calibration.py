"""What calibration sessions write to the log: every blind answer against the one that was settled on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from evenkeel.ground.log import Fact, fact, source
from evenkeel.ground.log.facts import Column

from .rules.calibration import BLIND

if TYPE_CHECKING:
    from .models import CalibrationAnswer, Settlement

CALIBRATIONS = fact(
    Fact(
        name="calibrations",
        why="One row an answer given blind in a calibration session, against the answer that was settled on. The second "
        "meeting with a repeated case is left out. Settling anew appends the same rows with sign -1.",
        at="judged_at",
        columns={
            "id": Column(kind="id", why="the answer"),
            "sign": Column(kind="whole", why="1; -1 when its case was settled anew"),
            "judged_at": Column(kind="moment", why="when it was given"),
            "settled_at": Column(kind="moment", why="when its case was settled"),
            "session_id": Column(kind="id", why="the session", is_dimension=True),
            "programme_id": Column(kind="id", why="programme", is_dimension=True),
            "queue_id": Column(kind="id", why="the queue whose form and guideline were used", is_dimension=True),
            "item_id": Column(kind="id", why="item"),
            "worker_id": Column(kind="id", why="who answered", is_dimension=True, is_personal=True),
            "organisation_id": Column(kind="id", why="her organisation when she was invited", is_dimension=True),
            "site_id": Column(kind="id", why="her site then", is_dimension=True),
            "team_id": Column(kind="id", why="her team then", is_dimension=True),
            "policy_version_id": Column(kind="id", why="the policy's version", is_dimension=True),
            "language": Column(kind="text", why="language of the item", is_dimension=True),
            "label": Column(kind="text", why="the answer given", is_dimension=True),
            "settled_label": Column(kind="text", why="the settled answer", is_dimension=True),
            "clause": Column(kind="text", why="the settled clause", is_dimension=True),
            "is_ring": Column(kind="yes_no", why="whether it was a ring test between sites"),
            "is_aligned": Column(kind="yes_no", why="whether it is the settled answer"),
        },
    )
)


def calibration_row(answer: CalibrationAnswer, settlement: Settlement, *, sign: int = 1) -> dict[str, Any]:
    """A blind answer as the log has it; `answer.seat` and `answer.case` with session and item must be loaded."""
    case, seat = answer.case, answer.seat
    session = case.session
    return {
        "id": answer.id,
        "sign": sign,
        "judged_at": answer.answered_at,
        "settled_at": settlement.settled_at,
        "session_id": session.id,
        "programme_id": session.programme_id,
        "queue_id": session.queue_id,
        "item_id": case.item_id,
        "worker_id": seat.worker_id,
        "organisation_id": seat.organisation_id,
        "site_id": seat.site_id,
        "team_id": seat.team_id,
        "policy_version_id": session.policy_version_id,
        "language": case.item.language or None,
        "label": answer.label,
        "settled_label": settlement.label,
        "clause": settlement.clause,
        "is_ring": session.is_ring,
        "is_aligned": answer.label == settlement.label,
    }


def rows_of(settlement: Settlement, *, sign: int = 1) -> list[dict[str, Any]]:
    """The rows that a settlement writes; none for a case that repeats an earlier one."""
    from .models import CalibrationAnswer

    answers = CalibrationAnswer.objects.filter(case=settlement.case_id, case__repeats=None, round=BLIND)
    found = answers.select_related("seat", "case__session", "case__item").order_by("pk")
    return [calibration_row(answer, settlement, sign=sign) for answer in found]


@source(CALIBRATIONS)
def calibrations_that_stand() -> Iterator[dict[str, Any]]:
    """Every blind answer to a settled case."""
    from .models import Settlement

    for settlement in Settlement.objects.filter(replaced_by=None).order_by("pk").iterator(chunk_size=500):
        yield from rows_of(settlement)
