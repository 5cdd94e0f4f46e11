"""Which certificates are in force, why one is not, and which are to be renewed: on plain values, and for workers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from .models import Certificate, Certification, PolicyVersion

EXPIRED, REPLACED, WITHDRAWN, AHEAD = "expired", "replaced", "withdrawn", "ahead"
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A worker's best certificate of one certification: in force while `lapse` is empty, and until when."""

    name: str
    lapse: str = ""
    # When it lapsed, or will as far as is known; when it begins, for one that lies ahead.
    at: datetime | None = None
    # What ends it at that moment: `expired`, `replaced` or `withdrawn`; empty while nothing does.
    ends_by: str = ""

    def is_to_be_renewed(self, renew_days: int, *, now: datetime) -> bool:
        """Whether it is in force, and the time to renew it has begun: with a new version, or so many days before its end."""
        if self.lapse or self.at is None or self.ends_by not in (EXPIRED, REPLACED):
            return False
        return self.ends_by == REPLACED or self.at - timedelta(days=renew_days) <= now


def holdings(worker_id: UUID, names: Collection[str], *, now: datetime) -> tuple[list[Holding], set[str]]:
    """What a worker holds of these certifications; and which of the names are certifications of this room at all.

    Reads what holds at this very moment and keeps nothing, so that a lapse is obeyed by the next hand-out.
    """
    known = set(Certification.objects.filter(name__in=list(names)).values_list("name", flat=True))
    if not known:
        return [], known
    rows = Certificate.objects.filter(worker=worker_id, certification__name__in=known)
    found: dict[str, Holding] = {}
    for each in versioned(rows, now=now).order_by("valid_from", "id"):
        made = holding_of(each, now)
        found[made.name] = _better(found.get(made.name), made)
    return list(found.values()), known


def holders(names: Collection[str], *, now: datetime) -> dict[str, set[UUID]]:
    """Who holds each of these certifications at this moment; names that are no certifications of this room are left out."""
    known = Certification.objects.filter(name__in=list(names)).values_list("name", flat=True)
    found: dict[str, set[UUID]] = {name: set() for name in known}
    for each in versioned(Certificate.objects.filter(certification__name__in=list(found)), now=now):
        if not holding_of(each, now).lapse:
            found[each.certification.name].add(each.worker_id)
    return found


@dataclass(frozen=True, kw_only=True)
class Renewal:
    """A certificate that its holder is to renew, why (`expired`, `replaced`), and until when she holds it."""

    certificate: Certificate
    why: str
    until: datetime


def renewals(certification: Certification, *, now: datetime, lapsed_since: datetime | None = None) -> list[Renewal]:
    """Whose certificates of a certification are to be renewed now, one a worker; and those that lapsed since that moment."""
    by_worker: dict[UUID, list[tuple[Holding, Certificate]]] = defaultdict(list)
    all_ = Certificate.objects.filter(certification=certification)
    ending = Q(valid_until__lte=now + timedelta(days=certification.renew_days))
    ending |= Q(version_at__isnull=False) if certification.lapses_with_policy else Q()
    # Whose none ends need not be read: of ten thousand holders, on most days, nobody's.
    rows = versioned(all_.filter(worker__in=versioned(all_, now=now).filter(ending).values("worker")), now=now)
    for each in rows.select_related("worker__person").order_by("valid_from", "id"):
        by_worker[each.worker_id].append((holding_of(each, now), each))
    found = []
    for held in by_worker.values():
        best: Holding | None = None
        for made, _certificate in held:
            best = _better(best, made)
        assert best is not None
        certificate = next(each for made, each in reversed(held) if made is best)
        is_late = best.lapse in (EXPIRED, REPLACED) and lapsed_since is not None and (best.at or now) > lapsed_since
        if best.at is not None and (is_late or best.is_to_be_renewed(certification.renew_days, now=now)):
            found.append(Renewal(certificate=certificate, why=best.ends_by, until=best.at))
    return found


def versioned(rows: QuerySet[Certificate], *, now: datetime) -> QuerySet[Certificate]:
    """The same certificates with `version_at`: when their guideline had its first new version since they were given."""
    newer = PolicyVersion.objects.filter(
        policy=OuterRef("certification__policy"), published_at__gt=OuterRef("valid_from"), published_at__lte=now
    )
    return rows.select_related("certification", "end").annotate(
        version_at=Subquery(newer.order_by("published_at").values("published_at")[:1])
    )


def holding_of(certificate: Certificate, now: datetime) -> Holding:
    """Whether a certificate out of `versioned` is in force at a moment.

    With a new version of its guideline it stays in force for the days in which it is renewed: counted from the first such
    version, so that publishing another gives nobody more time.
    """
    certification = certificate.certification
    version_at: datetime | None = certificate.version_at  # type: ignore[attr-defined]  # annotated
    ends: list[tuple[datetime, str]] = []
    if certificate.valid_until is not None:
        ends.append((certificate.valid_until, EXPIRED))
    if certification.lapses_with_policy and version_at is not None:
        ends.append((version_at + timedelta(days=certification.renew_days), REPLACED))
    if hasattr(certificate, "end"):
        ends.append((certificate.end.at, WITHDRAWN))
    if certificate.valid_from > now:
        return Holding(name=certification.name, lapse=AHEAD, at=certificate.valid_from)
    at, why = min(ends, default=(None, ""))
    is_over = at is not None and at <= now
    return Holding(name=certification.name, lapse=why if is_over else "", at=at, ends_by=why)


def _better(one: Holding | None, other: Holding) -> Holding:
    """One in force beats one that is not; of two in force that which lasts longer; of two that are not the later tells most."""
    if one is None or one.lapse:
        return other
    if other.lapse:
        return one
    return other if (other.at or _NEVER) >= (one.at or _NEVER) else one


def in_force(found: Iterable[Holding]) -> set[str]:
    """The names that are in force."""
    return {each.name for each in found if not each.lapse}
