"""/api/v1/policy: certifications and who holds them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Field, Router, Schema
from pydantic import AwareDatetime

from evenkeel.ground.access import load, visible
from evenkeel.ground.pages import PageRequest
from evenkeel.people import WORKER_VIEW, Worker

from . import scopes
from .acts.certifications import add_certification, certify, withdraw_certificate
from .certificates import holding_of, versioned
from .models import Certificate, Certification, Policy

router = Router()


class CertificationIn(Schema):
    name: str = Field(description="queues ask for it by this name")
    policy_id: UUID | None = None
    lapses_after_days: int | None = None
    lapses_with_policy: bool = Field(default=False, description="a new version of the policy ends every certificate")
    renew_days: int = Field(
        default=0, description="days in which it is renewed: after a new version, and before the day it lapses"
    )


class CertificationOut(CertificationIn):
    id: UUID

    @classmethod
    def of(cls, found: Certification) -> CertificationOut:
        return cls(
            id=found.pk,
            name=found.name,
            policy_id=found.policy_id,
            lapses_after_days=found.lapses_after_days,
            lapses_with_policy=found.lapses_with_policy,
            renew_days=found.renew_days,
        )


class CertificateIn(Schema):
    worker_id: UUID
    valid_until: AwareDatetime | None = Field(default=None, description="empty: as the certification says")


class CertificateOut(Schema):
    id: UUID
    certification_id: UUID
    worker_id: UUID
    valid_from: datetime
    valid_until: datetime | None
    lapse: str = Field(description="why it is not in force: expired, replaced, withdrawn, ahead; empty when it is")
    ends_at: datetime | None = Field(description="when it lapsed or will, as far as is known; when it begins, if ahead")
    ends_by: str = Field(description="what ends it then: expired, replaced (a new version), withdrawn; empty: nothing")

    @classmethod
    def of(cls, found: Certificate, *, now: datetime) -> CertificateOut:
        held = holding_of(found, now)
        return cls(
            id=found.pk,
            certification_id=found.certification_id,
            worker_id=found.worker_id,
            valid_from=found.valid_from,
            valid_until=found.valid_until,
            lapse=held.lapse,
            ends_at=held.at,
            ends_by=held.ends_by,
        )


class WithdrawIn(Schema):
    reason: str


@router.get("/certifications", response=list[CertificationOut], operation_id="list_certifications")
def list_certifications(request: PageRequest) -> list[CertificationOut]:
    """Every certification that you may see."""
    found = visible(request.actor, scopes.CERTIFICATION_VIEW, Certification.objects.order_by("name"))
    return [CertificationOut.of(each) for each in found]


@router.post("/certifications", response=CertificationOut, operation_id="add_certification")
def post_certification(request: PageRequest, said: CertificationIn) -> CertificationOut:
    """Add a certification."""
    policy = load(request.actor, scopes.POLICY_VIEW, Policy.objects.all(), said.policy_id) if said.policy_id else None
    made = add_certification(
        request.actor,
        name=said.name,
        policy=policy,
        lapses_after_days=said.lapses_after_days,
        lapses_with_policy=said.lapses_with_policy,
        renew_days=said.renew_days,
        now=request.now,
    )
    return CertificationOut.of(made)


@router.get(
    "/certifications/{uuid:certification_id}/certificates",
    response=list[CertificateOut],
    operation_id="list_certificates",
)
def list_certificates(request: PageRequest, certification_id: UUID, limit: int = 1_000) -> list[CertificateOut]:
    """Who holds or held it, latest first."""
    found = _certification(request, certification_id)
    rows = versioned(Certificate.objects.filter(certification=found), now=request.now)
    shown = visible(request.actor, scopes.CERTIFICATION_VIEW, rows)[: max(1, min(limit, 1_000))]
    return [CertificateOut.of(each, now=request.now) for each in shown]


@router.post(
    "/certifications/{uuid:certification_id}/certificates", response=CertificateOut, operation_id="give_certificate"
)
def post_certificate(request: PageRequest, certification_id: UUID, said: CertificateIn) -> CertificateOut:
    """Certify somebody from now on."""
    found = _certification(request, certification_id)
    worker = load(request.actor, WORKER_VIEW, Worker.objects.all(), said.worker_id)
    made = certify(request.actor, certification=found, worker=worker, valid_until=said.valid_until, now=request.now)
    return CertificateOut.of(_as_it_is(made, request), now=request.now)


@router.post(
    "/certificates/{uuid:certificate_id}/withdraw", response=CertificateOut, operation_id="withdraw_certificate"
)
def post_withdrawal(request: PageRequest, certificate_id: UUID, said: WithdrawIn) -> CertificateOut:
    """Take a certificate away; the next hand-out obeys."""
    rows = Certificate.objects.select_related("certification__policy")
    found = load(request.actor, scopes.CERTIFICATION_VIEW, rows, certificate_id)
    withdraw_certificate(request.actor, certificate=found, reason=said.reason, now=request.now)
    return CertificateOut.of(_as_it_is(found, request), now=request.now)


def _certification(request: PageRequest, pk: UUID) -> Certification:
    return load(request.actor, scopes.CERTIFICATION_VIEW, Certification.objects.select_related("policy"), pk)


def _as_it_is(found: Certificate, request: PageRequest) -> Certificate:
    return versioned(Certificate.objects.filter(pk=found.pk), now=request.now).get()
