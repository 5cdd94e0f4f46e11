"""What pages and other rooms may ask about investigations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from evenkeel.ground.access import Actor, may, visible
from evenkeel.measure import PERSON_VIEW
from evenkeel.people import Person, actor_for, people_with
from evenkeel.quality import Verdict

from . import scopes
from .evidence import verdicts_in
from .models import CaseCoding, Driver, EvidenceCase, Investigation, InvestigationNote
from .rules import PEOPLE_NEEDED
from .wordings import CauseNow, causes_now

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def open_investigations(actor: Actor) -> QuerySet[Investigation]:
    """Open investigations that the actor may see, newest first."""
    return investigations(actor).filter(closing=None)


def investigations(actor: Actor) -> QuerySet[Investigation]:
    """All investigations that the actor may see, newest first, with what a list shows: `case_count`, `coded_count`."""
    rows = visible(actor, scopes.VIEW, Investigation.objects.all())
    cases = EvidenceCase.objects.filter(investigation=OuterRef("pk")).order_by().values("investigation")

    def counted(of: QuerySet[EvidenceCase, Any], what: Count) -> Coalesce:
        return Coalesce(Subquery(of.annotate(n=what).values("n"), output_field=IntegerField()), 0)

    return (
        rows.select_related("owner__organisation", "programme", "closing", "signal")
        .annotate(
            case_count=counted(cases, Count("*")),
            coded_count=counted(cases.filter(codings__isnull=False), Count("pk", distinct=True)),
        )
        .order_by("-opened_at")
    )


@dataclass(frozen=True, kw_only=True)
class ShownDrivers:
    """The drivers that somebody may see, and how many are kept from her because they tell of fewer than five people."""

    rows: tuple[Driver, ...]
    hidden: int

    @property
    def workers(self) -> list[UUID]:
        """The single people whom these rows name."""
        parts = [part for row in self.rows for part in row.cell if part["dimension"] == "worker" and part["value"]]
        return [UUID(part["value"]) for part in parts]


def drivers_for(actor: Actor, investigation: Investigation) -> ShownDrivers:
    """The ranked drivers; those about few people only for whoever may see figures of single people there."""
    rows = list(investigation.drivers.all())
    if may(actor, PERSON_VIEW, investigation):
        return ShownDrivers(rows=tuple(rows), hidden=0)
    shown = tuple(row for row in rows if row.people >= PEOPLE_NEEDED)
    return ShownDrivers(rows=shown, hidden=len(rows) - len(shown))


def verdicts_behind(driver: Driver, *, is_baseline: bool) -> QuerySet[Verdict]:
    """The verdicts in force that a driver's counts are made of, in one of the windows."""
    found = driver.investigation
    since, until = (found.baseline_since, found.baseline_until) if is_baseline else (found.since, found.until)
    cell = {_PATHS[part["dimension"]]: part["value"] or None for part in driver.cell}
    return verdicts_in(found, since=since, until=until).filter(corrected_by=None, **cell)


_PATHS = {name: f"draw__decision__{name}_id" for name in ("queue", "organisation", "site", "team", "worker")} | {
    "expected_label": "label",
    "policy_version": "draw__decision__policy_version_id",
}


@dataclass(frozen=True, kw_only=True)
class CauseCount:
    """How many coded cases a cause has."""

    slug: str
    title: StrOrPromise
    n: int


def latest_codings(investigation: Investigation) -> dict[UUID, CaseCoding]:
    """The last coding of each case, by the case's id."""
    rows = CaseCoding.objects.filter(case__investigation=investigation).select_related("by").order_by("at", "id")
    return {coding.case_id: coding for coding in rows}


def cause_counts(codings: Iterable[CaseCoding], causes: Mapping[str, CauseNow] | None = None) -> list[CauseCount]:
    """Coded cases by cause, most frequent first."""
    counted = Counter(coding.cause for coding in codings)
    return [
        CauseCount(slug=slug, title=cause_title(slug, causes), n=n)
        for slug, n in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def cause_title(slug: str, causes: Mapping[str, CauseNow] | None = None) -> StrOrPromise:
    """The name of a cause in its present words, also of one that nobody knows any more. Give `causes` where many are asked."""
    known = causes_now() if causes is None else causes
    if slug in known:
        title: StrOrPromise = known[slug].title
        return title
    return slug


def cases_of(actor: Actor, investigation: Investigation) -> QuerySet[EvidenceCase]:
    """The drawn cases with all that a page shows of them, in the order of their lots."""
    rows = visible(actor, scopes.VIEW, EvidenceCase.objects.filter(investigation=investigation))
    # A few dozen cases: what hangs on their decisions is fetched by key. One join over all nine tables leaves PostgreSQL to
    # order more joins than it weighs, and right after an import, before it has statistics, it can choose minutes.
    return (
        rows.select_related("decision", "verdict__draw")
        .prefetch_related(
            "decision__item",
            "decision__worker__organisation",
            "decision__team",
        )
        .order_by("u")
    )


def notes_of(investigation: Investigation) -> QuerySet[InvestigationNote]:
    """The remarks, oldest first."""
    return investigation.notes.select_related("by__organisation").order_by("at", "id")


def possible_owners(investigation: Investigation, *, now: datetime) -> list[Person]:
    """Active people whose roles reach the investigation, by name."""
    return people_reaching(investigation, scopes.EDIT, now=now)


def people_reaching(thing: Model, scope: str, *, now: datetime) -> list[Person]:
    """Active people who may do something with a thing that lies at a place, by name."""
    kinds: Mapping[str, UUID | None] = {
        name: getattr(thing, f"{name}_id") for name in ("organisation", "site", "team", "programme", "queue")
    }
    found = {
        person.pk: person
        for kind, target_id in kinds.items()
        if target_id is not None
        for person in people_with(scope, now=now, kind=kind, target_id=target_id)
    }
    people = Person.objects.filter(pk__in=found).select_related("organisation").order_by("name", "pk")
    # Asked once more of the engine itself, which also cuts a vendor's people to their own organisation.
    return [person for person in people if may(actor_for(person, now=now), scope, thing)]
