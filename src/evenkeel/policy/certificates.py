"""Which certificates are in force, and why one is not: on plain values, and for a worker."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from .models import Certificate, Certification, PolicyVersion

EXPIRED, REPLACED, WITHDRAWN, AHEAD = "expired", "replaced", "withdrawn", "ahead"


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A worker's best certificate of one certification: in force while `lapse` is empty, and until when."""

    name: str
    lapse: str = ""
    # When it lapsed, or will as far as is known; when it begins, for one that lies ahead.
    at: datetime | None = None


def holdings(worker_id: UUID, names: Collection[str], *, now: datetime) -> tuple[list[Holding], set[str]]:
    """What a worker holds of these certifications; and which of the names are certifications of this room at all.

    Reads what holds at this very moment, so that a lapse is obeyed by the next hand-out.
    """
    known = set(Certification.objects.filter(name__in=list(names)).values_list("name", flat=True))
    if not known:
        return [], known
    newest = PolicyVersion.objects.filter(policy=OuterRef("certification__policy"), published_at__lte=now)
    rows = Certificate.objects.filter(worker=worker_id, certification__name__in=known)
    rows = rows.select_related("certification", "end").annotate(
        version_at=Subquery(newest.order_by("-number").values("published_at")[:1])
    )
    found: dict[str, Holding] = {}
    for each in rows.order_by("valid_from", "id"):
        made = holding_of(each, each.version_at, now)
        # One in force beats one that is not; among those that are not, the latest tells most.
        if made.name not in found or found[made.name].lapse:
            found[made.name] = made
    return list(found.values()), known


def holding_of(certificate: Certificate, version_at: datetime | None, now: datetime) -> Holding:
    """Whether a certificate is in force at a moment. `version_at`: since when its guideline has the version in force."""
    certification = certificate.certification
    ends: list[tuple[datetime, str]] = []
    if certificate.valid_until is not None:
        ends.append((certificate.valid_until, EXPIRED))
    if certification.lapses_with_policy and version_at is not None and version_at > certificate.valid_from:
        ends.append((version_at, REPLACED))
    if hasattr(certificate, "end"):
        ends.append((certificate.end.at, WITHDRAWN))
    if certificate.valid_from > now:
        return Holding(name=certification.name, lapse=AHEAD, at=certificate.valid_from)
    at, why = min(ends, default=(None, ""))
    is_over = at is not None and at <= now
    return Holding(name=certification.name, lapse=why if is_over else "", at=at)


def in_force(found: Iterable[Holding]) -> set[str]:
    """The names that are in force."""
    return {each.name for each in found if not each.lapse}
