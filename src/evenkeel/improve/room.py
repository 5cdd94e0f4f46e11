"""Everything that the room shows of why: answers in their order, the fishbone, paretos, agreement, who answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.charts import Branch, Fishbone, Pareto, PartRow, Twig

from .causes import BRANCHES
from .models import CaseCoding, Investigation, Why
from .rules_pareto import By, ParetoLine
from .wordings import CauseNow
from .words import BRANCHES as BRANCH_TITLES


@dataclass(frozen=True, kw_only=True)
class WhyShown:
    """An answer with how deep it stands and whether it or one above it was struck out."""

    why: Why
    depth: int
    is_struck: bool

    @property
    def steps(self) -> range:
        """One for each answer above it."""
        return range(self.depth - 1)

    @property
    def branch(self) -> Any:
        """The name of its branch."""
        return BRANCH_TITLES[self.why.branch]


def whys_of(investigation: Investigation) -> list[WhyShown]:
    """The answers in the order in which they are read: each followed by those under it."""
    rows = list(investigation.whys.select_related("by__organisation", "case__decision__item").order_by("at", "id"))
    under: dict[UUID | None, list[Why]] = {}
    for row in rows:
        under.setdefault(row.under_id, []).append(row)
    found: list[WhyShown] = []

    def walk(above: UUID | None, depth: int, is_struck: bool) -> None:
        for row in under.get(above, ()):
            struck = is_struck or row.struck_at is not None
            found.append(WhyShown(why=row, depth=depth, is_struck=struck))
            walk(row.pk, depth + 1, struck)

    walk(None, 1, False)
    return found


def branches_of(
    *, whys: Sequence[WhyShown], codings: Mapping[UUID, CaseCoding], causes: Mapping[str, CauseNow]
) -> list[tuple[str, dict[str, int], list[str]]]:
    """Every branch with its causes (how many cases were put down to each) and its first answers to why."""
    counted = Counter(coding.cause for coding in codings.values())
    return [
        (
            branch,
            {slug: n for slug, n in counted.most_common() if slug in causes and causes[slug].branch == branch},
            [each.why.body for each in whys if each.depth == 1 and not each.is_struck and each.why.branch == branch],
        )
        for branch in BRANCHES
    ]


def fishbone_of(
    investigation: Investigation,
    *,
    whys: Sequence[WhyShown],
    codings: Mapping[UUID, CaseCoding],
    causes: Mapping[str, CauseNow],
) -> Fishbone:
    """Every branch with the causes that cases were put down to (counted), and the first answers to why."""
    counted = Counter(coding.cause for coding in codings.values())
    url = investigation.get_absolute_url()
    branches = []
    for branch in BRANCHES:
        twigs = [
            Twig(label=str(causes[slug].title), n=n, href=f"{url}?cause={slug}#evidence")
            for slug, n in counted.most_common()
            if slug in causes and causes[slug].branch == branch
        ]
        twigs += [
            Twig(label=shown.why.body, href=f"{url}why/#why-{shown.why.pk}")
            for shown in whys
            if shown.depth == 1 and not shown.is_struck and shown.why.branch == branch
        ]
        branches.append(Branch(label=str(BRANCH_TITLES[branch]), twigs=twigs))
    looked = sum(bool(branch.twigs) for branch in branches)
    return Fishbone(
        title=_("Causes by branch"),
        description=_("Causes were found on %(n)s of %(all)s branches.") % {"n": looked, "all": len(branches)},
        effect=investigation.title,
        branches=branches,
        empty=_("No cause yet: give cases a cause, or answer why."),
    )


PARETO_TITLES = {
    "count": lambda: _("Errors by cause"),
    "severity": lambda: _("Errors by cause, weighed by severity"),
    "money": lambda: _("Cost by cause"),
}


def pareto_chart(
    investigation: Investigation, by: By, lines: Sequence[ParetoLine], causes: Mapping[str, CauseNow], *, unit: str = ""
) -> Pareto:
    """The causes of all errors of the window, estimated from the coded cases by their odds."""
    per = 100 if by == "money" else 1
    title = PARETO_TITLES[by]()
    return Pareto(
        title=f"{title} ({unit})" if unit else title,
        description=_("%(cause)s makes up most of it.") % {"cause": _title(causes, lines[0].cause)} if lines else "",
        rows=[
            PartRow(
                label=_title(causes, line.cause),
                count=line.total.value / per,
                href=f"{investigation.get_absolute_url()}?cause={line.cause}#evidence",
            )
            for line in lines
        ],
    )


def _title(causes: Mapping[str, CauseNow], slug: str) -> str:
    return str(causes[slug].title) if slug in causes else slug


def mean_cost(codings: Mapping[UUID, CaseCoding], costs: Mapping[int, Any]) -> tuple[float, str] | None:
    """What an error costs on average, in cents, by the severities that cases were given; None where nothing says so."""
    known = [costs[each.severity] for each in codings.values() if each.severity and each.severity in costs]
    if not known:
        return None
    return sum(cost.cost_cents for cost in known) / len(known), known[0].currency
