"""How often doubtful labels turned out wrong."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Avg, Count, Q

from evenkeel.kernel import Estimate, wilson

from ..models import LabelCheck, LabelDoubt
from ..rules.label_errors import BANDS, band_ends


@dataclass(frozen=True, kw_only=True)
class Band:
    """Doubtful labels of one band: how many there are now, the mean chance they are given, and what drawn checks found."""

    low: float
    high: float
    labels: int
    expected: float | None
    waiting: int
    found: Estimate


def bands_of(programme_id: UUID) -> list[Band]:
    """Every band, the most doubtful first. Only drawn checks count; a technical error says nothing of the label."""
    present = Q(draw__verdicts__isnull=False, draw__verdicts__corrected_by=None)
    judged = present & ~Q(draw__verdicts__error_class="technical_error")
    checks = {
        row["band"]: row
        for row in LabelCheck.objects.filter(programme=programme_id, is_drawn=True)
        .values("band")
        .annotate(
            sent=Count("pk", distinct=True),
            looked=Count("pk", filter=present, distinct=True),
            judged=Count("pk", filter=judged, distinct=True),
            wrong=Count("pk", filter=judged & Q(draw__verdicts__is_right=False), distinct=True),
        )
    }
    found = []
    for band in range(len(BANDS) + 1):
        low, high = band_ends(band)
        rows = LabelDoubt.objects.filter(programme=programme_id, chance_wrong__gte=low)
        rows = rows.filter(chance_wrong__lt=high) if band else rows
        said = rows.aggregate(n=Count("pk"), expected=Avg("chance_wrong"))
        row = checks.get(band, {"sent": 0, "looked": 0, "judged": 0, "wrong": 0})
        found.append(
            Band(
                low=low,
                high=high,
                labels=said["n"],
                expected=said["expected"],
                waiting=row["sent"] - row["looked"],
                found=wilson(float(row["wrong"]), float(row["judged"])),
            )
        )
    return found
