"""How a programme's findings are disputed, the reasons that are offered, and what follows from settled disputes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.catalogue import SLUG
from evenkeel.ground.errors import Invalid
from evenkeel.work import Programme

from .. import scopes
from ..models import DisputeReason, DisputeRule, FollowUp
from ..models.disputes import AT_DEADLINE, FOLLOW_UPS
from .disputes import TEXT_LENGTH

BOUNDS = {
    "window_days": (1, 90), "arbitrate_hours": (1, 720), "most_open": (1, 500), "most_a_week": (1, 500),
    "most_a_week_site": (1, 5_000),
}  # fmt: skip


def set_dispute_rule(
    actor: Actor,
    *,
    programme: Programme,
    window_days: int,
    arbitrate_hours: int,
    at_deadline: str,
    most_open: int,
    most_a_week: int,
    most_a_week_site: int,
    now: datetime,
) -> DisputeRule:
    """Say how a programme's findings are disputed. What was raised before keeps the clock of its time."""
    after = {
        "window_days": window_days, "arbitrate_hours": arbitrate_hours, "at_deadline": at_deadline,
        "most_open": most_open, "most_a_week": most_a_week, "most_a_week_site": most_a_week_site,
    }  # fmt: skip
    with act(scopes.DISPUTE_EDIT, actor, on=programme, now=now) as deed:
        faults = {
            name: [_("From %(low)d to %(high)d.") % {"low": low, "high": high}]
            for name, (low, high) in BOUNDS.items()
            if not low <= int(str(after[name])) <= high
        }
        if at_deadline not in dict(AT_DEADLINE):
            faults["at_deadline"] = [_("Choose one of those offered.")]
        if faults:
            raise Invalid(_("The rule does not fit."), fields=faults)
        made, _is_new = DisputeRule.objects.update_or_create(programme=programme, defaults=after)
        deed.record("dispute rule set", on=programme, after=after)
        return made


def add_dispute_reason(
    actor: Actor, *, side: str, slug: str, title: str, follow_up: str = "", now: datetime
) -> DisputeReason:
    """Add a reason of one's own. `follow_up` (gold, policy, training) is for settling reasons alone."""
    with act(scopes.DISPUTE_EDIT, actor, now=now) as deed:
        faults: dict[str, list[str]] = {}
        if side not in dict(DisputeReason.SIDES):
            faults["side"] = [_("Choose one of those offered.")]
        if not SLUG.fullmatch(slug) or len(slug) > 40:
            faults["slug"] = [_("Small letters, digits and _, at most 40.")]
        elif DisputeReason.objects.filter(side=side, slug=slug).exists():
            faults["slug"] = [_("There is one already; choose another.")]
        if not title.strip() or len(title) > 120:
            faults["title"] = [_("1 to %(n)d characters.") % {"n": 120}]
        if follow_up and (side != DisputeReason.SETTLING or follow_up not in dict(FOLLOW_UPS)):
            faults["follow_up"] = [_("Only what settles a dispute leaves one of those offered.")]
        if faults:
            raise Invalid(_("The reason does not fit."), fields=faults)
        made = DisputeReason.objects.create(side=side, slug=slug, title=title.strip(), follow_up=follow_up)
        deed.record("dispute reason added", on=made, after={"slug": slug, "title": made.title})
        return made


def retire_dispute_reason(actor: Actor, *, reason: DisputeReason, now: datetime) -> DisputeReason:
    """Offer a reason no more; disputes that gave it keep it."""
    with act(scopes.DISPUTE_EDIT, actor, on=reason, now=now) as deed:
        others = DisputeReason.objects.filter(side=reason.side, retired_at=None).exclude(slug="deadline")
        deed.require(reason.slug != "deadline", _("Time itself needs this reason."))
        deed.require(others.exclude(pk=reason.pk).exists(), _("Without this one none would be left to give."))
        DisputeReason.objects.filter(pk=reason.pk, retired_at=None).update(retired_at=now)
        deed.record("dispute reason retired", on=reason)
        reason.refresh_from_db()
        return reason


def take_follow_up(actor: Actor, *, follow_up: FollowUp, now: datetime) -> FollowUp:
    """Take on what a settled dispute left to be done."""
    with act(scopes.FOLLOW_UP_WORK, actor, on=follow_up, now=now) as deed:
        taken = FollowUp.objects.filter(pk=follow_up.pk, closed_at=None)
        deed.require(taken.update(taken_by=actor.person_id, taken_at=now), _("It is closed already."))
        deed.record("follow-up taken", on=follow_up)
        follow_up.refresh_from_db()
        return follow_up


def close_follow_up(actor: Actor, *, follow_up: FollowUp, is_done: bool, note: str, now: datetime) -> FollowUp:
    """Say what became of it: done, or left for a reason."""
    with act(scopes.FOLLOW_UP_WORK, actor, on=follow_up, now=now) as deed:
        note = note.strip()
        if not note or len(note) > TEXT_LENGTH or "\x00" in note:
            raise Invalid(
                _("Something is missing."), fields={"note": [_("1 to %(n)d characters.") % {"n": TEXT_LENGTH}]}
            )
        closed = FollowUp.objects.filter(pk=follow_up.pk, closed_at=None)
        deed.require(
            closed.update(closed_by=actor.person_id, closed_at=now, is_done=is_done, note=note),
            _("It is closed already."),
        )
        deed.record("follow-up done" if is_done else "follow-up left", on=follow_up, after={"note": note})
        deed.tell("follow_up.closed", follow_up_id=follow_up.id, is_done=is_done)
        follow_up.refresh_from_db()
        return follow_up
