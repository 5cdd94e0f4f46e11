"""Disputes on plain values: who may object and until when, who may arbitrate, what an arbitrator's answer means."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# How long a dispute stays in an arbitrator's hands, and the time over which disputes are counted.
HOLD_MINUTES = 30
WEEK = timedelta(days=7)
# Fewer people behind a group of disputes, and its figures tell of single people.
PEOPLE_NEEDED = 5


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A reason that comes with the product. `follow_up`: what it leaves to be done; "" for nothing."""

    side: str
    slug: str
    title: Any
    follow_up: str = ""


DEADLINE = "deadline"
REASONS: tuple[Reason, ...] = (
    Reason(side="raising", slug="answer_right", title=gettext_lazy("The first answer is right")),
    Reason(side="raising", slug="policy_two_ways", title=gettext_lazy("The guideline allows both answers")),
    Reason(side="raising", slug="context_missed", title=gettext_lazy("The auditor missed something")),
    Reason(side="raising", slug="shown_differently", title=gettext_lazy("It was shown differently, or broken")),
    Reason(side="raising", slug="policy_changed", title=gettext_lazy("The guideline changed in between")),
    Reason(side="settling", slug="clear_case", title=gettext_lazy("A clear case"), follow_up="gold"),
    Reason(side="settling", slug="hard_case", title=gettext_lazy("A hard case, now settled"), follow_up="gold"),
    Reason(side="settling", slug="policy_unclear", title=gettext_lazy("The guideline is unclear"), follow_up="policy"),
    Reason(side="settling", slug="rule_misread", title=gettext_lazy("The guideline was misread"), follow_up="training"),
    Reason(side="settling", slug="system_fault", title=gettext_lazy("A fault of the system")),
    Reason(side="settling", slug=DEADLINE, title=gettext_lazy("Nobody arbitrated in time")),
)


def why_not_dispute(
    *, is_right: bool, is_in_force: bool, is_disputed: bool, found_at: datetime, window_days: int, now: datetime
) -> str | None:
    """Why a finding may not be disputed now, as a sentence; None when it may.

    >>> from datetime import UTC
    >>> at = datetime(2026, 3, 2, tzinfo=UTC)
    >>> said = dict(is_right=False, is_in_force=True, is_disputed=False, found_at=at, window_days=7)
    >>> why_not_dispute(**said, now=at + timedelta(days=7)) is None
    True
    """
    if is_disputed:
        return _("It was disputed already.")
    if not is_in_force:
        return _("The auditor corrected it meanwhile; this finding counts no more.")
    if is_right:
        return _("It found the decision right: there is nothing to dispute.")
    if now > found_at + timedelta(days=window_days):
        return _("It could be disputed for %(n)d days; they are over.") % {"n": window_days}
    return None


def why_too_many(*, open_: int, this_week: int, most_open: int | None, most_a_week: int) -> str | None:
    """Why nobody may raise another dispute just now: the caps that keep a queue of disputes short enough to be read.

    `most_open` None for an organisation, which has no cap on open ones. Counts are before this one.
    """
    if most_open is not None and open_ >= most_open:
        return _("%(n)d disputes of yours are open; wait until one is settled.") % {"n": open_}
    if this_week >= most_a_week:
        return _("%(n)d were raised in seven days, as many as this programme allows.") % {"n": this_week}
    return None


def why_not_arbitrate(
    *,
    worker_id: UUID,
    organisation_id: UUID,
    involved: Collection[UUID],
    is_of_site: bool,
    disputing_organisation_id: UUID | None,
) -> str | None:
    """Why somebody may not arbitrate; None when nothing stands against it.

    `involved`: whoever decided about the item, audited it, or raised the dispute, as workers. In a site's dispute nobody of
    the disputing organisation arbitrates.
    """
    if worker_id in involved:
        return _("You decided, audited or disputed this yourself, so a third person arbitrates.")
    if is_of_site and organisation_id == disputing_organisation_id:
        return _("Your organisation raised this dispute, so somebody of another one arbitrates.")
    return None


def outcome_of(*, decided: str, found: str, settled: str) -> str:
    """What an arbitrator's own answer means for the finding.

    The same as the first answer: overturned. The auditor's: upheld. A third: the decision was wrong, and so was the auditor
    about what is right: amended.

    >>> [outcome_of(decided="A", found="B", settled=said) for said in "ABC"]
    ['overturned', 'upheld', 'amended']
    """
    if settled == decided:
        return "overturned"
    return "upheld" if settled == found else "amended"


def first_is_shown_first(dispute_id: UUID) -> bool:
    """Which of the two answers an arbitrator sees first: by the id's last bit, so that the place tells nothing.

    >>> first_is_shown_first(UUID(int=2)), first_is_shown_first(UUID(int=3))
    (True, False)
    """
    return dispute_id.int % 2 == 0


def clause_of(*answers: Mapping[str, Any]) -> str:
    """The clause that the first of these answers cites, "" when none does: the `clause` of a policy tree's field.

    >>> clause_of({"label": "x"}, {"ruling": {"violation": "spam", "clause": "bulk"}})
    'bulk'
    """
    for answer in answers:
        for value in answer.values():
            if isinstance(value, Mapping) and isinstance(value.get("clause"), str) and value["clause"]:
                return str(value["clause"])[:120]
    return ""
