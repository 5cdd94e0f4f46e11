"""An action's effect report and an initiative's status note as documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evenkeel.ground.charts import Chart
from evenkeel.ground.documents import Block, Callout, Document, Figure, Heading, Paragraph, TableBlock, sentences
from evenkeel.ground.templatetags.wording import day_text, moment_text
from evenkeel.measure import metrics

from . import words_actions
from .models import Action, EffectCheck, EffectPlan, StatusNote
from .rules_plans import Frozen
from .words_actions import VERDICT_TONES

_TONES = {"good": "good", "bad": "bad", "warn": "warn"}


def effect_document(
    action: Action,
    *,
    plan: EffectPlan | None,
    checks: Sequence[tuple[EffectCheck, dict[str, Any], Sequence[Chart]]],
    site: str,
    now: datetime,
) -> Document:
    """What was done, how its effect was to be judged, what each check says with its charts, and what it taught.

    `checks` come with what the page says of each, newest first; charts only those that the reader may see.
    """
    url = action.get_absolute_url()
    blocks: list[Block] = [Heading(text=_("What is done")), Paragraph(sentences=sentences((action.what, url)))]
    for check, said, charts in checks:
        blocks += _check(url, check, said, charts)
    if plan is not None:
        blocks += _plan(url, plan)
    lesson = action.lessons.first()
    if lesson is not None:
        said_of_it = sentences(lesson.what_worked, lesson.what_did_not)
        blocks += [Heading(text=_("What it taught")), Paragraph(sentences=said_of_it)]
    state = str(action.get_state_display())
    return Document(
        title=action.title, subtitle=f"{state} · {action.get_kind_display()} · {action.where_name}",
        author=action.owner.name, language=get_language() or "en", site=site, made_at=now, blocks=tuple(blocks),
    )  # fmt: skip


def note_document(note: StatusNote, *, site: str, now: datetime) -> Document:
    """A status note as it was sent, or as it stands in draft."""
    found = note.initiative
    when = _("Sent %(at)s") % {"at": moment_text(note.sent_at)} if note.sent_at else _("Draft")
    url = reverse("improve:initiative", args=[found.pk])
    lines = [line for line in note.body.splitlines() if line.strip()]
    paragraphs = tuple(Paragraph(sentences=sentences((line, url))) for line in lines)
    return Document(
        title=found.title, subtitle=when, author=note.by.name, language=get_language() or "en", site=site, made_at=now,
        blocks=(Heading(text=_("Status note")), *paragraphs),
    )  # fmt: skip


def _check(url: str, check: EffectCheck, said: dict[str, Any], charts: Sequence[Chart]) -> list[Block]:
    verdict = str(dict(Action.STATES)[check.verdict]).capitalize()
    told = (str(said["improvement"]), str(said["because"]), str(said["coaching"] or ""))
    looks = tuple(
        (str(name), str(value), _("fine") if is_fine else _("not fine")) for name, value, is_fine in said["looks"]
    )
    blocks: list[Block] = [
        Heading(text=_("What the check of %(day)s says") % {"day": day_text(check.at.date())}),
        Callout(
            title=verdict,
            tone=_TONES.get(VERDICT_TONES[check.verdict], "muted"),  # type: ignore[arg-type]
            sentences=sentences(*((each, url) for each in told if each)),
        ),
        *(Figure(chart=chart, href=url) for chart in charts),
    ]
    if looks:
        header = (_("Looked at"), _("Found"), _("Is it"))
        blocks.append(TableBlock(title=_("What was looked at beside it"), header=header, rows=looks))
    data = _("Data version: %(sha)s") % {"sha": check.data_sha256}
    return [*blocks, Paragraph(sentences=sentences((data, url)))]


def _plan(url: str, plan: EffectPlan) -> list[Block]:
    frozen = Frozen.read(plan.document)
    rows = (
        (_("Metric"), str(metrics[frozen.metric].title)),
        (_("It is effective when"), str(words_actions.criterion_text(frozen))),
        (_("Compared"), str(words_actions.COMPARISONS[frozen.comparison])),
        (_("That assumes"), str(words_actions.ASSUMES[frozen.comparison])),
        (_("Sign (SHA-256)"), plan.sha256),
    )
    table = TableBlock(title=_("The frozen plan"), header=(_("Part"), _("Said")), rows=rows, hrefs=(url,) * len(rows))
    return [Heading(text=_("How its effect is judged")), table]
