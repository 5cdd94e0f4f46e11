"""The causes as they are worded now: those that ship, in the organisation's own words where it has some, and its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .causes import CAUSES
from .models import CauseWording


@dataclass(frozen=True, kw_only=True)
class CauseNow:
    """A cause in its latest wording. `version` is 1 for one that ships and was never worded anew."""

    slug: str
    title: Any
    why: Any
    branch: str
    example: Any
    version: int = 1
    is_own: bool = False
    is_retired: bool = False


def causes_now() -> dict[str, CauseNow]:
    """Every cause by its slug, retired ones among them: cases that were put down to them keep their names. One query."""
    found = {
        each.slug: CauseNow(slug=each.slug, title=each.title, why=each.why, branch=each.branch, example=each.example)
        for each in CAUSES
    }
    for each in CauseWording.objects.order_by("version"):
        found[each.slug] = CauseNow(
            slug=each.slug,
            title=each.title,
            why=each.why,
            branch=each.branch,
            example=each.example,
            version=each.version,
            is_own=each.slug not in CAUSES,
            is_retired=each.is_retired,
        )
    return found
