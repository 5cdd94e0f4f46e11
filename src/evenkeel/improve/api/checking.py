"""An investigation asked again: runs of its recipe, and validation by a second person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema

from evenkeel.ground.access import may
from evenkeel.ground.pages import PageRequest
from evenkeel.measure import PERSON_VIEW

from .. import acts, validating, words_room
from ..models import Validation
from ..rules_recipes import Difference
from .common import load_investigation, load_validation

router = Router()


class RunOut(Schema):
    """A run of the recipe: sentences say what came out otherwise, and what is different in the data."""

    id: UUID
    digest: str
    is_same: bool
    result: list[str]
    data: list[str]


class ValidationOut(Schema):
    id: UUID
    state: str
    sample: list[UUID]
    to_code: list[UUID]
    blocking: list[str]
    begun_at: datetime
    ended_at: datetime | None


@router.post("/investigations/{uuid:investigation_id}/runs", response=RunOut, operation_id="run_again")
def post_run(request: PageRequest, investigation_id: UUID) -> RunOut:
    """Run the recipe on the data as they are now."""
    found = load_investigation(request, investigation_id)
    made, result, data = acts.run_again(request.actor, investigation=found, now=request.now)
    shows_people = bool(may(request.actor, PERSON_VIEW, found))

    def said(differences: list[Difference]) -> list[str]:
        return [words_room.difference_text(each.kind, each.said, shows_people=shows_people) for each in differences]

    return RunOut(id=made.pk, digest=made.digest, is_same=not result, result=said(result), data=said(data))


@router.get(
    "/investigations/{uuid:investigation_id}/validations", response=list[ValidationOut], operation_id="list_validations"
)
def list_validations(request: PageRequest, investigation_id: UUID) -> list[ValidationOut]:
    """The validations, newest first."""
    found = load_investigation(request, investigation_id)
    rows = found.validations.select_related("investigation").order_by("-begun_at", "-id")
    return [_validated(request, each) for each in rows]


@router.post(
    "/investigations/{uuid:investigation_id}/validations", response=ValidationOut, operation_id="begin_validation"
)
def post_validation(request: PageRequest, investigation_id: UUID) -> ValidationOut:
    """Begin to validate: the recipe is run once more, and a blind sample of the coded cases is drawn."""
    found = load_investigation(request, investigation_id)
    return _validated(request, acts.begin_validation(request.actor, investigation=found, now=request.now))


@router.post("/validations/{uuid:validation_id}/end", response=ValidationOut, operation_id="end_validation")
def post_validation_end(request: PageRequest, validation_id: UUID) -> ValidationOut:
    """Compare both results and both codings."""
    found = load_validation(request, validation_id)
    return _validated(request, acts.end_validation(request.actor, validation=found, now=request.now))


def _validated(request: PageRequest, found: Validation) -> ValidationOut:
    is_hers = found.state == Validation.OPEN and found.by_id == request.actor.person_id
    shows_people = bool(may(request.actor, PERSON_VIEW, found.investigation))
    return ValidationOut(
        id=found.pk,
        state=found.state,
        sample=[UUID(case) for case in found.sample],
        to_code=[case.pk for case in validating.to_code(request.actor, found)] if is_hers else [],
        blocking=[
            words_room.difference_text(each["kind"], each["said"], shows_people=shows_people)
            for each in (found.findings or {}).get("blocking", [])
        ],
        begun_at=found.begun_at,
        ended_at=found.ended_at,
    )
