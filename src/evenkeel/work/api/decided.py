"""Several decisions at once, and what became of each."""

from __future__ import annotations

from uuid import UUID

from ninja import Field, Schema
from pydantic import BaseModel

from ..answering import Said
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


class DecidedOut(Schema):
    results: list[OutcomeOut] = Field(description="in the order in which they were sent")
