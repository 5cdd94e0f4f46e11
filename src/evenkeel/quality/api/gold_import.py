"""/api/v1/quality: many golden items at once."""

from __future__ import annotations

from uuid import UUID

from ninja import Field, Router, Schema

from evenkeel.ground.access import load
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest
from evenkeel.work import AnswerForm, Programme

from .. import scopes
from ..acts.gold_import import import_golds

router = Router()


class GoldRowIn(Schema):
    item: str = Field(description="the item's key")
    answer: str = Field(description="the right answer to the form's main question")
    rationale: str = Field(description="why it is right")
    difficulty: int = 2
    for_exams: bool = False


class GoldsIn(Schema):
    rows: list[GoldRowIn]
    form_id: UUID | None = Field(default=None, description="empty: the form that each item was asked by")
    skip_bad: bool = Field(default=False, description="leave rows out that do not fit, instead of stopping everything")


class BadRowOut(Schema):
    row: int = Field(description="1 is the first")
    column: str
    why: str


class GoldImportOut(Schema):
    rows: int
    proposed: int
    known: int = Field(description="golden or proposed before")
    bad: list[BadRowOut] = Field(description="rows that do not fit; without skip_bad nothing is proposed then")


@router.post("/programmes/{uuid:programme_id}/golds", response=GoldImportOut, operation_id="import_golds")
def post_golds(request: PageRequest, programme_id: UUID, said: GoldsIn) -> GoldImportOut:
    """Propose many items as golden, with a report of the rows that do not fit; two experts agree to each."""
    programme = load(request.actor, scopes.GOLD_SAY, Programme.objects.all(), programme_id)
    form = AnswerForm.objects.filter(programme=programme, pk=said.form_id).first() if said.form_id else None
    if said.form_id and form is None:
        raise NotFound("There is no such form in the programme.")
    rows = [row.dict() for row in said.rows]
    found = import_golds(
        request.actor, programme=programme, rows=rows, form=form, skip_bad=said.skip_bad, now=request.now
    )
    bad = [BadRowOut(row=each.row, column=each.column, why=each.why) for each in found.bad]
    return GoldImportOut(rows=found.rows, proposed=found.proposed, known=found.known, bad=bad)
