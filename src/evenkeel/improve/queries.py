"""What pages and other rooms may ask about investigations."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Count, QuerySet

from evenkeel.ground.access import Actor, visible
from evenkeel.quality import Verdict

from . import scopes
from .causes import CAUSES
from .models import CaseCoding, EvidenceCase, Investigation


def open_investigations(actor: Actor) -> QuerySet[Investigation]:
    """Open investigations that the actor may see, newest first."""
    return investigations(actor).filter(closing=None)


def investigations(actor: Actor) -> QuerySet[Investigation]:
    """All investigations that the actor may see, newest first, with what a list shows."""
    rows = visible(actor, scopes.VIEW, Investigation.objects.all())
    return (
        rows.select_related("owner", "owner__organisation", "programme", "closing", "signal")
        .annotate(case_count=Count("cases", distinct=True))
        .order_by("-opened_at")
    )


@dataclass(frozen=True, kw_only=True)
class CauseCount:
    """How many coded cases a cause has."""

    slug: str
    title: Any
    n: int


def latest_codings(investigation: Investigation) -> dict[Any, CaseCoding]:
    """The last coding of each case, by the case's id."""
    found: dict[Any, CaseCoding] = {}
    rows = CaseCoding.objects.filter(case__investigation=investigation).select_related("by").order_by("at", "id")
    for coding in rows:
        found[coding.case_id] = coding
    return found


def cause_counts(codings: dict[Any, CaseCoding]) -> list[CauseCount]:
    """Coded cases by cause, most frequent first."""
    counted = Counter(coding.cause for coding in codings.values())
    return [
        CauseCount(slug=slug, title=CAUSES[slug].title if slug in CAUSES else slug, n=n)
        for slug, n in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def cases_of(investigation: Investigation) -> QuerySet[EvidenceCase]:
    """The drawn cases with all that a page shows of them."""
    return investigation.cases.select_related(
        "verdict__draw__decision__item",
        "verdict__draw__decision__worker__organisation",
        "verdict__draw__decision__team",
        "verdict__auditor",
    ).order_by("u")


def wrong_verdicts(investigation: Investigation) -> list[Verdict]:
    """Present verdicts "wrong" on decisions of the changed window, the latest 5,000: what evidence is drawn from."""
    where = {
        f"draw__decision__{name}_id": getattr(investigation, f"{name}_id")
        for name in ("queue", "organisation", "site", "team")
        if getattr(investigation, f"{name}_id") is not None
    }
    rows = Verdict.objects.filter(
        is_right=False,
        corrected_by=None,
        draw__plan__programme_id=investigation.programme_id,
        draw__decision__decided_at__gte=_midnight(investigation.since),
        draw__decision__decided_at__lt=_midnight(investigation.until),
        **where,
    )
    return list(rows.order_by("-id")[:5_000])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
