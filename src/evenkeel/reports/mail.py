"""An exploration as a mail: the figures as of yesterday, as a table and as a file."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid
from evenkeel.ground.templatetags.wording import count_text, interval_text, value_text
from evenkeel.kernel import Estimate
from evenkeel.people import note_look

from .files import csv_of
from .models import Mailing
from .queries.answers import Answer, answer
from .queries.offered import metrics_offered
from .rules.questions import read
from .words import DIMENSIONS

_LINES = 30


def message_of(mailing: Mailing, *, actor: Actor, now: datetime) -> EmailMessage:
    """The mail, in the reader's language and by her rights. Whole days: it ends with yesterday at her site."""
    yesterday = now.astimezone(ZoneInfo(mailing.zone)).date() - timedelta(days=1)
    saved, person = mailing.exploration, mailing.person
    with translation.override(person.language):
        asked = read(saved.asked, metrics=metrics_offered(actor, asked=saved.asked.get("metric")))
        if asked.faults:
            # A metric that is gone: another one in its place would be a wrong answer.
            raise Invalid(" ".join(asked.faults.values()))
        question = asked.question
        found = answer(question, actor=actor, today=yesterday)
        if found.workers:
            note_look(actor, workers=found.workers, what=_("Mail: %s") % saved.name, now=now)
        text = render_to_string("reports/mail/exploration.txt", _context(mailing, found, question.span(yesterday)))
        mail = EmailMessage(saved.name, text, None, [person.email])
        mail.attach(f"{found.metric.slug}-{yesterday.isoformat()}.csv", csv_of(found), "text/csv")
        return mail


def _context(mailing: Mailing, found: Answer, span: tuple[date, date]) -> dict[str, Any]:
    total, cells = found.evaluated.total, found.evaluated.cells
    return {
        "person": mailing.person,
        "mailing": mailing,
        "name": mailing.exploration.name,
        "metric": found.metric.title,
        "first": span[0],
        "last": span[1] - timedelta(days=1),
        "total": figure_text(total.estimate, found),
        "before": figure_text(total.before, found) if total.before else "",
        "by": ", ".join(str(DIMENSIONS[name]) for name in found.question.by),
        "lines": [(" × ".join(cell.names), figure_text(cell.estimate, found)) for cell in cells[:_LINES]],
        "more": max(len(cells) - _LINES, 0),
        "hidden": found.evaluated.hidden,
        "link": f"{_site()}{mailing.exploration.get_absolute_url()}",
        "end_link": f"{_site()}{reverse('reports:mailing', args=[mailing.pk])}",
    }


def figure_text(found: Estimate, answer_: Answer) -> str:
    """A figure in one line of plain text: value, interval, n."""
    kind = answer_.metric.unit
    if found.method == "withheld":
        return _("not shown: fewer than five people stand behind it")
    value = value_text(found.value, kind=kind)
    if kind == "count":
        return value
    said = {"value": value, "n": count_text(found.n)}
    if not found.has_interval:
        return _("%(value)s, n %(n)s") % said
    said["interval"] = interval_text(found.low, found.high, kind=kind)
    return _("%(value)s (%(interval)s), n %(n)s") % said


def _site() -> str:
    config = settings.EVENKEEL
    return str(config.url or f"http://{config.bind_host}:{config.bind_port}")
