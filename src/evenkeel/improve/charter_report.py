"""An initiative as a document: its charter, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evenkeel.ground.documents import Block, Document, Heading, Paragraph, TableBlock, sentences
from evenkeel.ground.templatetags.wording import day_text

from .models import Action, Initiative, MarketStatus
from .queries_initiatives import GateShown


def charter_document(
    found: Initiative,
    *,
    gates: Sequence[GateShown],
    actions: Sequence[Action],
    markets: Sequence[MarketStatus],
    benefits: Mapping[str, Any],
    site: str,
    now: datetime,
) -> Document:
    """Problem, goal, what belongs to it, people, gates, actions with what they were measured to bring, markets, risks."""
    url = found.get_absolute_url()
    blocks = [
        *_charter(found, url),
        *_table(_("Gates"), (_("Gate"), _("State"), _("Criteria")), [_gate(each) for each in gates], url),
        *_table(
            _("Actions and what they were measured to bring"),
            (_("Action"), _("State"), _("Improvement")),
            [_action(action, benefits) for action in actions],
            url,
            hrefs=[action.get_absolute_url() for action in actions],
        ),
        *_table(
            _("Markets"),
            (_("Market"), _("Status"), _("Remark")),
            [(row.market, str(row.get_status_display()), row.note) for row in markets],
            url,
        ),
        *_table(
            _("Risks"),
            (_("Risk"), _("Likelihood"), _("Impact"), _("Answer")),
            [
                (risk.title, str(risk.likelihood), str(risk.impact), risk.answer)
                for risk in sorted(found.risks.filter(closed_at=None), key=lambda risk: -risk.rank)
            ],
            url,
        ),
    ]
    state, kind = str(found.get_state_display()), str(found.get_kind_display())
    return Document(
        title=found.title, subtitle=f"{state} · {kind} · {found.programme.name}", author=found.leader.name,
        language=get_language() or "en", site=site, made_at=now, blocks=tuple(blocks),
    )  # fmt: skip


def _charter(found: Initiative, url: str) -> list[Block]:
    people = [(_("Leader"), found.leader.name), (_("Sponsor"), found.sponsor.name if found.sponsor else "–")]
    people += [
        (str(each.get_role_display()), each.person.name)
        for each in found.stakeholders.select_related("person").order_by("role", "person__name")
    ]
    rows = ((_("Problem"), found.problem), (_("Goal"), found.goal), (_("What belongs to it"), found.bounds or "–"),
            (_("Due"), day_text(found.due_on)))  # fmt: skip
    return [
        Heading(text=_("Charter")),
        TableBlock(title=_("Charter"), header=(_("Part"), _("Said")), rows=rows, hrefs=(url,) * len(rows)),
        TableBlock(title=_("People"), header=(_("Part"), _("Who")), rows=tuple(people)),
    ]


def _table(
    title: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]], url: str, *, hrefs: Sequence[str] = ()
) -> list[Block]:
    if not rows:
        return [Heading(text=title), Paragraph(sentences=sentences((_("None."), url)))]
    leads = tuple(hrefs) or (url,) * len(rows)
    return [Heading(text=title), TableBlock(title=title, header=header, rows=tuple(rows), hrefs=leads)]


def _gate(shown: GateShown) -> tuple[str, str, str]:
    if shown.passed_at:
        state = _("passed %(day)s") % {"day": day_text(shown.passed_at.date())}
    elif shown.gate.planned_on:
        state = _("planned %(day)s") % {"day": day_text(shown.gate.planned_on)}
    else:
        state = _("open")
    return shown.gate.title, state, "; ".join(shown.gate.criteria)


def _action(action: Action, benefits: Mapping[str, Any]) -> tuple[str, str, str]:
    row = next((each for each in benefits["rows"] if each["action"].pk == action.pk), None)
    return action.title, str(action.get_state_display()), str(row["improvement"]) if row else "–"
