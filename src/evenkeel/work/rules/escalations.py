"""Reasons to hand an item up, and the clock that runs then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.errors import Invalid


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why an item is handed up. `lane`: the kind of restricted lane it goes to at once, where the programme has one."""

    slug: str
    title: Any
    why: Any
    lane: str = ""


REASONS: tuple[Reason, ...] = (
    Reason(
        slug="unclear_policy",
        title=gettext_lazy("Guideline unclear"),
        why=gettext_lazy("The guideline says nothing, or two things, about it."),
    ),
    Reason(
        slug="needs_context",
        title=gettext_lazy("Needs context"),
        why=gettext_lazy("Only somebody who knows more about the account, the place or the event can tell."),
    ),
    Reason(
        slug="language",
        title=gettext_lazy("Language or dialect"),
        why=gettext_lazy("Somebody who knows the language better must read it."),
    ),
    Reason(
        slug="public_interest",
        title=gettext_lazy("Public interest"),
        why=gettext_lazy("A public figure, an election, the press: the decision will be looked at."),
    ),
    Reason(
        slug="coordinated",
        title=gettext_lazy("Part of something larger"),
        why=gettext_lazy("It looks like one of many by the same hand."),
    ),
    Reason(
        slug="technical",
        title=gettext_lazy("Technical fault"),
        why=gettext_lazy("The item is not shown whole, or not as it was posted."),
    ),
    Reason(
        slug="child_safety",
        title=gettext_lazy("Child safety"),
        why=gettext_lazy("A child may be harmed, or was."),
        lane="child_safety",
    ),
    Reason(
        slug="imminent_harm",
        title=gettext_lazy("Imminent harm"),
        why=gettext_lazy("Somebody's life or body is in danger now."),
        lane="imminent_harm",
    ),
    Reason(
        slug="legal",
        title=gettext_lazy("Legal"),
        why=gettext_lazy("A court, an authority or a claim of right is behind it."),
        lane="legal",
    ),
    Reason(slug="other", title=gettext_lazy("Something else"), why=gettext_lazy("Say in the note what it is.")),
)
_BY_SLUG = {reason.slug: reason for reason in REASONS}
MINUTES = (1, 30 * 24 * 60)


def reason_of(slug: str) -> Reason:
    """A reason by its slug; `Invalid` for an unknown one."""
    found = _BY_SLUG.get(slug)
    if found is None:
        raise Invalid(
            _("There is no such reason."), fields={"reason": [_("One of %(all)s.") % {"all": ", ".join(_BY_SLUG)}]}
        )
    return found


def reason_title(slug: str) -> str:
    """What a reason is called; the slug itself for one that is no more."""
    found = _BY_SLUG.get(slug)
    return str(found.title) if found else slug


def due_at(now: datetime, minutes: int) -> datetime:
    """When the clock of a tier or lane runs out."""
    return now + timedelta(minutes=minutes)


def check_minutes(minutes: int) -> None:
    """Raise `Invalid` for a clock that no tier can have."""
    least, most = MINUTES
    if not least <= minutes <= most:
        raise Invalid(
            _("The clock cannot run like this."),
            fields={"minutes": [_("Choose %(least)d to %(most)d.") % {"least": least, "most": most}]},
        )


def next_level(level: int, levels: Sequence[int]) -> int | None:
    """The level above; None at the top. Levels may have gaps.

    >>> next_level(1, [1, 3, 2])
    2
    >>> next_level(3, [1, 3]) is None
    True
    """
    return min((each for each in levels if each > level), default=None)
