"""Several decisions at once, and what became of each."""

from __future__ import annotations

from uuid import UUID

from ninja import Field, Schema
from pydantic import BaseModel

from evenkeel.ground.errors import Problem

from ..acts.decisions import Said
from ..models import Decision
from .schemas import DecideIn, DecisionOut


class DecideOneIn(DecideIn):
    lease_id: UUID

    def as_said(self) -> Said:
        return Said(lease_id=self.lease_id, answer=self.answer, client_key=self.client_key, told=self.told())


class DecideEachIn(BaseModel):
    decisions: list[DecideOneIn] = Field(min_length=1, max_length=100)


class ProblemOut(Schema):
    """As the whole answer would be, had it been sent alone."""

    status: int
    code: str
    detail: str
    fields: dict[str, list[str]]


class OutcomeOut(Schema):
    client_key: str
    decision: DecisionOut | None
    problem: ProblemOut | None

    @classmethod
    def of(cls, client_key: str, outcome: Decision | Problem) -> OutcomeOut:
        if isinstance(outcome, Decision):
            return cls.model_construct(client_key=client_key, decision=DecisionOut.made(outcome), problem=None)
        said = ProblemOut.model_construct(
            status=outcome.status, code=outcome.code, detail=outcome.sentence, fields=outcome.fields
        )
        return cls.model_construct(client_key=client_key, decision=None, problem=said)


class DecidedOut(Schema):
    results: list[OutcomeOut] = Field(description="in the order in which they were sent")
