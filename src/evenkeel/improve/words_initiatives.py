"""The note to those who have a part in an initiative: drafted from the record alone."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.templatetags.wording import day_text
from evenkeel.kernel import Estimate

from .models import ActionStep, EffectCheck, Initiative, InitiativeRisk, MarketStatus, TollgateReview
from .rules_plans import Frozen
from .words_actions import improvement_text


def note_text(initiative: Initiative, *, since: datetime, now: datetime) -> str:
    """What happened to gates, actions, effects, markets and risks since a moment. Says so where nothing did."""
    lines = [
        *_gates(initiative, since),
        *_actions(initiative, since),
        *_effects(initiative, since),
        *_markets(initiative, since),
        *_risks(initiative, since),
    ]
    said = {"title": initiative.title, "first": day_text(since.date()), "last": day_text(now.date())}
    head = _("%(title)s, %(first)s to %(last)s") % said
    return "\n".join([head, "", *(f"- {line}" for line in lines or [_("Nothing was recorded in these days.")])])


def _gates(initiative: Initiative, since: datetime) -> list[str]:
    rows = TollgateReview.objects.filter(tollgate__initiative=initiative, at__gt=since).select_related("tollgate")
    passed, held = _("The gate %(gate)s was passed."), _("The gate %(gate)s was looked at and not passed.")
    return [(passed if each.is_passed else held) % {"gate": each.tollgate.title} for each in rows.order_by("at")]


def _actions(initiative: Initiative, since: datetime) -> list[str]:
    steps = ActionStep.objects.filter(action__links__initiative=initiative, at__gt=since).select_related("action")
    # Verdicts come with their figures, below.
    steps = steps.exclude(state__in=["effective", "not_effective", "cannot_tell"])
    said = _("%(action)s: %(state)s (%(day)s).")
    return [
        said % {"action": step.action.title, "state": step.get_state_display(), "day": day_text(step.at.date())}
        for step in steps.order_by("at", "id")
    ]


def _effects(initiative: Initiative, since: datetime) -> list[str]:
    rows = EffectCheck.objects.filter(plan__action__links__initiative=initiative, at__gt=since)
    said = _("%(action)s was checked: %(verdict)s. Improvement: %(effect)s.")
    return [
        said
        % {
            "action": check.plan.action.title,
            "verdict": check.get_verdict_display(),
            "effect": improvement_text(Estimate.from_dict(check.effect), Frozen.read(check.plan.document).unit),
        }
        for check in rows.select_related("plan__action").order_by("at")
    ]


def _markets(initiative: Initiative, since: datetime) -> list[str]:
    newest = {
        row.market: row for row in MarketStatus.objects.filter(initiative=initiative, at__gt=since).order_by("at")
    }
    return [
        f"{market}: {row.get_status_display()}" + (f". {row.note}" if row.note else "")
        for market, row in sorted(newest.items())
    ]


def _risks(initiative: Initiative, since: datetime) -> list[str]:
    rows = InitiativeRisk.objects.filter(initiative=initiative)
    opened = [_("New risk: %(title)s.") % {"title": row.title} for row in rows.filter(opened_at__gt=since)]
    closed = [_("Risk over: %(title)s.") % {"title": row.title} for row in rows.filter(closed_at__gt=since)]
    return [*opened, *closed]
