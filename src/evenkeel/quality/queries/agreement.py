"""What the agreement explorer may show, to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from evenkeel.ground.access import Actor, visible
from evenkeel.kernel import Estimate
from evenkeel.people import Organisation, Site, Worker
from evenkeel.work import Queue

from .. import scopes
from ..models import AgreementCut
from ..rules.agreement import shown

SIDES = ("class", "clause", "language", "site", "vendor", "queue", "pair")


@dataclass(frozen=True, kw_only=True)
class CutShown:
    """A figure with its names. Estimates are unknown, and `is_withheld` set, where too few people stand behind it."""

    id: UUID
    by: str
    name: str
    other: str
    items: int
    labels: int
    people: int
    percent: Estimate
    alpha: Estimate
    ac1: Estimate
    is_withheld: bool
    workers: tuple[UUID, ...] = ()


def agreement_cuts(actor: Actor, *, programme_id: UUID, by: str) -> list[CutShown]:
    """A programme's agreement of one side, as last read from the log. Pairs are for those who see single people's figures."""
    if by == "pair" and not actor.has(scopes.AGREEMENT_PERSON):
        return []
    scope = scopes.AGREEMENT_PERSON if by == "pair" else scopes.AGREEMENT_VIEW
    rows = visible(actor, scope, AgreementCut.objects.filter(programme=programme_id, by=by)).order_by("key", "other")
    found = list(rows)
    names = _names(by, found)
    sees_people = actor.has(scopes.AGREEMENT_PERSON)
    return sorted((_shown(row, names, sees_people) for row in found), key=lambda each: (each.name, each.other))


def cut_of(actor: Actor, cut: AgreementCut) -> CutShown:
    """One figure with its names."""
    return _shown(cut, _names(cut.by, [cut]), actor.has(scopes.AGREEMENT_PERSON))


def _shown(row: AgreementCut, names: dict[str, str], sees_people: bool) -> CutShown:
    is_shown = shown(row.people, sees_people=sees_people)
    unknown = Estimate.unknown(method="withheld")
    percent, alpha, ac1 = (
        Estimate.from_dict(said) if said and is_shown else unknown for said in (row.percent, row.alpha, row.ac1)
    )
    return CutShown(
        id=row.pk,
        by=row.by,
        name=names.get(row.key, row.key),
        other=names.get(row.other, row.other),
        items=row.items,
        labels=row.labels,
        people=row.people,
        percent=percent,
        alpha=alpha,
        ac1=ac1,
        is_withheld=not is_shown,
        workers=(UUID(row.key), UUID(row.other)) if row.by == "pair" else (),
    )


def _names(by: str, rows: Sequence[AgreementCut]) -> dict[str, str]:
    tables: dict[str, Any] = {"site": Site, "vendor": Organisation, "queue": Queue, "pair": Worker}
    if by not in tables:
        return {}
    ids = {key for row in rows for key in (row.key, row.other) if key}
    return {str(pk): name for pk, name in tables[by].objects.filter(pk__in=ids).values_list("pk", "name")}
