"""/api/v1/policy: policies and their versions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from evenkeel.ground.access import load, visible
from evenkeel.ground.pages import PageRequest

from . import scopes
from .acts.policies import add_policy, publish_version
from .api_certifications import router as certification_router
from .api_requests import router as request_router
from .api_sops import router as sop_router
from .api_translations import router as translation_router
from .models import ChangeRequest, Policy, PolicyVersion
from .queries import version_html, versions_in_force

router = Router(tags=["policy"])
router.add_router("", certification_router)
router.add_router("", translation_router)
router.add_router("", sop_router)
router.add_router("", request_router)


class PolicyIn(Schema):
    name: str


class PolicyOut(Schema):
    id: UUID
    name: str
    version_in_force: int | None


class VersionIn(Schema):
    """`answers` are the accepted change requests that it makes true."""

    body_markdown: str
    what_changed: str = ""
    language: str = Field(default="", description="a code such as de or pt-BR; empty: that of the version before")
    answers: list[UUID] = []


class VersionOut(Schema):
    id: UUID
    policy_id: UUID
    number: int
    language: str = Field(description="the language it is written in")
    body_markdown: str
    html: str
    what_changed: str
    published_at: datetime

    @classmethod
    def of(cls, version: PolicyVersion) -> VersionOut:
        return cls(
            id=version.pk,
            policy_id=version.policy_id,
            number=version.number,
            language=version.language,
            body_markdown=version.body_markdown,
            html=version_html(version),
            what_changed=version.what_changed,
            published_at=version.published_at,
        )


@router.get("/policies", response=list[PolicyOut], operation_id="list_policies")
def list_policies(request: PageRequest) -> list[PolicyOut]:
    """The policies that you may read."""
    found = list(visible(request.actor, scopes.POLICY_VIEW, Policy.objects.all()))
    current = versions_in_force([policy.pk for policy in found], request.now)
    return [
        PolicyOut(
            id=policy.pk,
            name=policy.name,
            version_in_force=current[policy.pk].number if policy.pk in current else None,
        )
        for policy in found
    ]


@router.post("/policies", response=PolicyOut, operation_id="add_policy")
def post_policy(request: PageRequest, said: PolicyIn) -> PolicyOut:
    """Add a policy."""
    made = add_policy(request.actor, name=said.name, now=request.now)
    return PolicyOut(id=made.pk, name=made.name, version_in_force=None)


@router.get("/policies/{uuid:policy_id}/versions", response=list[VersionOut], operation_id="list_policy_versions")
def list_versions(request: PageRequest, policy_id: UUID) -> list[VersionOut]:
    """All versions of a policy, newest first."""
    found = load(request.actor, scopes.POLICY_VIEW, Policy.objects.all(), policy_id)
    return [VersionOut.of(version) for version in found.versions.all()]


@router.get("/policies/{uuid:policy_id}/versions/{int:number}", response=VersionOut, operation_id="get_policy_version")
def get_version(request: PageRequest, policy_id: UUID, number: int) -> VersionOut:
    """One version of a policy."""
    found = load(request.actor, scopes.POLICY_VIEW, Policy.objects.all(), policy_id)
    return VersionOut.of(get_object_or_404(found.versions, number=number))


@router.post("/policies/{uuid:policy_id}/versions", response=VersionOut, operation_id="publish_policy_version")
def post_version(request: PageRequest, policy_id: UUID, said: VersionIn) -> VersionOut:
    """Publish a version; it is in force at once."""
    found = load(request.actor, scopes.POLICY_VIEW, Policy.objects.all(), policy_id)
    made = publish_version(
        request.actor,
        policy=found,
        body_markdown=said.body_markdown,
        what_changed=said.what_changed,
        language=said.language,
        answers=[load(request.actor, scopes.CHANGE_VIEW, ChangeRequest.objects.all(), pk) for pk in said.answers],
        now=request.now,
    )
    return VersionOut.of(made)
