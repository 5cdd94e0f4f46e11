"""/api/v1/quality: how well a person answers golden items and in audits, by class, guideline or language."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from ninja import Field, Router, Schema

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest
from evenkeel.kernel import Estimate
from evenkeel.people import Worker, note_look

from .. import scopes
from ..queries.skill import gates_shut, left_to_policy, skill_of

router = Router()


class SkillShareOut(Schema):
    value: float | None = Field(description="share of right answers, drawn towards everybody's where there are few")
    low: float | None
    high: float | None
    n: int = Field(description="her own answers")
    n_effective: float = Field(description="answers of equal weight that would tell as much")
    method: str
    is_thin: bool = Field(description="too few answers to compare her with anybody")

    @classmethod
    def of(cls, found: Estimate) -> SkillShareOut:
        said = found.to_dict()
        return cls(
            value=said["value"], low=said["low"], high=said["high"], n=found.n, n_effective=found.n_effective,
            method=found.method, is_thin=found.is_thin(),
        )  # fmt: skip


class SkillRowOut(Schema):
    name: str = Field(description="the right answer, the guideline or the language; empty where none is said")
    golds: SkillShareOut
    audits: SkillShareOut


class WorkerSkillOut(Schema):
    worker_id: UUID
    by: str
    rows: list[SkillRowOut]
    kept_away_by: list[UUID] = Field(description="verdicts of gates that keep her away now")
    left_to_policy: int = Field(description="audits left out, because experts do not agree on the clause")


@router.get("/workers/{uuid:worker_id}/skill", response=WorkerSkillOut, operation_id="worker_skill")
def get_worker_skill(
    request: PageRequest, worker_id: UUID, by: Literal["class", "policy", "language"] = "class"
) -> WorkerSkillOut:
    """How well somebody answers, over 91 days: your own, or those whom you lead. Who looks at whose is recorded."""
    scope = scopes.SKILL_OWN if worker_id == request.actor.worker_id else scopes.SKILL_VIEW
    found = load(request.actor, scope, Worker.objects.all(), worker_id)
    note_look(request.actor, workers=[found.pk], what="skill", now=request.now)
    rows = [
        SkillRowOut(name=each.name, golds=SkillShareOut.of(each.golds), audits=SkillShareOut.of(each.audits))
        for each in skill_of(found.pk, by=by)
    ]
    return WorkerSkillOut(
        worker_id=found.pk,
        by=by,
        rows=rows,
        kept_away_by=[each.pk for each in gates_shut([found.pk]).get(found.pk, ())],
        left_to_policy=left_to_policy(found.pk, now=request.now),
    )
