"""Several decisions at once, and what became of each."""

from __future__ import annotations

from uuid import UUID

from ninja import Field, Schema
from pydantic import BaseModel

from ..answering import Said
from .schemas import BatchOut, DecideIn, DecisionOut


class DecideOneIn(DecideIn):
    lease_id: UUID

    def as_said(self) -> Said:
        return Said(lease_id=self.lease_id, answer=self.answer, client_key=self.client_key, told=self.told())


class TakeNextIn(BaseModel):
    """Where the next batch comes from."""

    queue_id: UUID
    at_most: int | None = Field(
        default=None, ge=1, le=1_000, description="how many to have in hand then, at most the queue's batch"
    )


class DecideEachIn(BaseModel):
    decisions: list[DecideOneIn] = Field(min_length=1, max_length=100)
    take: TakeNextIn | None = Field(default=None, description="hand the next batch out along with the answer")


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
    batch: BatchOut | None = Field(default=None, description="what you have in hand now, where `take` asked for it")
    not_taken: ProblemOut | None = Field(
        default=None,
        description="why nothing was handed out, where `take` asked for it; the decisions stand all the same",
    )
