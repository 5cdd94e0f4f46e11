"""Saying what a cause means, and what an error costs."""

from __future__ import annotations

import re
from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.work import Programme

from .. import scopes
from ..causes import BRANCHES
from ..models import CauseWording, ErrorCost
from ..wordings import causes_now
from .checks import check_severity, check_text, insist_on_person

_SLUG = re.compile(r"[a-z][a-z0-9_]{1,39}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_MOST_CENTS = 100_000_000


def word_cause(
    actor: Actor,
    *,
    slug: str,
    title: str,
    why: str,
    branch: str,
    example: str,
    is_retired: bool = False,
    now: datetime,
) -> CauseWording:
    """Word a cause anew, add one of the organisation's own, or retire one.

    Agreement on it is counted afresh from here on, so this is also what unlocks a cause. `Invalid` for a slug or branch
    that does not fit, or a text that is missing.
    """
    with act(scopes.CAUSE_EDIT, actor, now=now) as deed:
        if not _SLUG.fullmatch(slug):
            raise Invalid(_("The name does not fit."), fields={"slug": [_("Small letters, digits, underscores.")]})
        if branch not in BRANCHES:
            raise Invalid(_("There is no such branch."), fields={"branch": [_("Choose one of the list.")]})
        known = causes_now().get(slug)
        made = CauseWording.objects.create(
            slug=slug,
            version=known.version + 1 if known else 1,
            title=_line("title", title, 80),
            why=_line("why", why, 300),
            branch=branch,
            example=_line("example", example, 300),
            is_retired=is_retired,
            by_id=insist_on_person(actor),
            at=now,
        )
        before = {"title": str(known.title), "why": str(known.why)} if known else None
        deed.record("worded a cause", on=made, before=before, after={"title": made.title, "why": made.why})
        deed.tell("cause.worded", slug=slug, version=made.version)
        return made


def set_error_cost(
    actor: Actor, *, programme: Programme, severity: int, cost_cents: int, currency: str, now: datetime
) -> ErrorCost:
    """Say what one wrong decision of a severity costs in a programme. One currency a programme."""
    with act(scopes.CAUSE_EDIT, actor, on=programme, now=now) as deed:
        check_severity(severity)
        if not 0 <= cost_cents <= _MOST_CENTS:
            raise Invalid(_("The cost does not fit."), fields={"cost_cents": [_("From 0 to a million.")]})
        if not _CURRENCY.fullmatch(currency):
            raise Invalid(_("The currency does not fit."), fields={"currency": [_("Three letters, such as EUR.")]})
        others = ErrorCost.objects.filter(programme=programme).exclude(severity=severity).exclude(currency=currency)
        if others.exists():
            raise Invalid(
                _("A programme has one currency."), fields={"currency": [_("Use the one of the other severities.")]}
            )
        made = ErrorCost.objects.create(
            programme=programme,
            severity=severity,
            cost_cents=cost_cents,
            currency=currency,
            by_id=insist_on_person(actor),
            at=now,
        )
        deed.record("error cost set", on=programme, after={"severity": severity, "cost_cents": cost_cents})
        return made


def _line(field: str, text: str, most: int) -> str:
    text = check_text(field, text, least=3, sentence=_("A cause needs a title, a meaning and an example."))
    if len(text) > most:
        raise Invalid(_("The text is too long."), fields={field: [_("At most %(n)s characters.") % {"n": most}]})
    return text
