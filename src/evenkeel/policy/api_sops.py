"""/api/v1/policy: a policy's SOP checks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest

from . import scopes
from .acts.sops import publish_sop
from .models import Policy, SopVersion

router = Router()


class SopRow(Schema):
    effect: str
    when: str
    message: str


class SopIn(Schema):
    rows: list[SopRow]
    what_changed: str = ""


class SopOut(Schema):
    id: UUID
    policy_id: UUID
    number: int
    rows: list[SopRow]
    what_changed: str
    published_at: datetime

    @classmethod
    def of(cls, version: SopVersion) -> SopOut:
        return cls(
            id=version.pk,
            policy_id=version.policy_id,
            number=version.number,
            rows=[SopRow(**row) for row in version.rows],
            what_changed=version.what_changed,
            published_at=version.published_at,
        )


@router.get("/policies/{uuid:policy_id}/sops", response=list[SopOut], operation_id="list_sop_versions")
def list_sops(request: PageRequest, policy_id: UUID) -> list[SopOut]:
    """All versions of a policy's table of SOP checks, newest first; the first is asked about each answer."""
    found = load(request.actor, scopes.POLICY_VIEW, Policy.objects.all(), policy_id)
    return [SopOut.of(version) for version in found.sop_versions.all()]


@router.post("/policies/{uuid:policy_id}/sops", response=SopOut, operation_id="publish_sop")
def post_sop(request: PageRequest, policy_id: UUID, said: SopIn) -> SopOut:
    """Publish a table; it is asked from the next answer on. No rows: no checks."""
    found = load(request.actor, scopes.POLICY_VIEW, Policy.objects.all(), policy_id)
    rows = [row.dict() for row in said.rows]
    return SopOut.of(
        publish_sop(request.actor, policy=found, rows=rows, what_changed=said.what_changed, now=request.now)
    )
