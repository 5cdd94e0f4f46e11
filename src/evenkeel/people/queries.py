"""What other rooms and the edges may ask about people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from evenkeel.ground.access import Actor, Grant
from evenkeel.ground.shapes import Shape

from .models import Organisation, Person, RoleGrant, Worker


def house() -> Organisation:
    """Our own organisation; there is exactly one once the install is set up."""
    return Organisation.objects.get(is_house=True)


def grants_in_force(now: datetime) -> QuerySet[RoleGrant]:
    """Grants with `since` <= now < `until`."""
    return RoleGrant.objects.filter(Q(until=None) | Q(until__gt=now), since__lte=now)


def actor_for(person: Person, *, now: datetime, only_scopes: Iterable[str] | None = None) -> Actor:
    """The person as she may act now: one query when she comes with organisation and worker.

    `only_scopes` cuts her down to an API token's scopes, also as an order kept them (`Actor.scopes_to_keep`).
    """
    only = None if only_scopes is None else frozenset(only_scopes)
    return actor_with(person, _GRANTS.fetch(person=person.pk, now=now), only_scopes=only)


def actor_with(person: Person, grants: Iterable[RoleGrant], *, only_scopes: frozenset[str] | None = None) -> Actor:
    """The person as she may act by these grants, which come with their roles."""
    worker = getattr(person, "worker", None)
    organisation = person.organisation
    return Actor(
        person_id=person.id,
        worker_id=worker.id if worker else None,
        name=person.name,
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        is_outside=not organisation.is_house,
        grants=tuple(
            Grant(
                role=grant.role.name,
                scopes=frozenset(grant.role.scopes),
                kind=grant.kind or None,
                target_id=grant.target_id,
            )
            for grant in grants
        ),
        only_scopes=only_scopes,
    )


def people_with(scope: str, *, now: datetime, kind: str | None = None, target_id: UUID | None = None) -> list[Person]:
    """Active people whose grants carry a scope, everywhere or on the given target; for owners and notices."""
    carrying = [
        grant
        for grant in grants_in_force(now).filter(person__is_active=True).select_related("role", "person")
        if scope in grant.role.scopes and (not grant.kind or (grant.kind == kind and grant.target_id == target_id))
    ]
    return sorted({grant.person for grant in carrying}, key=lambda person: (person.name, person.id))


def workers_by_code(organisation: Organisation, codes: Iterable[str]) -> dict[str, Worker]:
    """Workers of one organisation by code; unknown codes are left out."""
    found: dict[str, Worker] = {}
    wanted = list(codes)
    for start in range(0, len(wanted), 500):
        part = Worker.objects.filter(organisation=organisation, code__in=wanted[start : start + 500])
        found.update({worker.code: worker for worker in part})
    return found


_GRANTS = Shape(lambda *, person, now: grants_in_force(now).filter(person=person).select_related("role"))
