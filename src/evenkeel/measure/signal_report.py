"""A signal as a document: what changed, its chart, what the change is made of, who looks after it, what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evenkeel.ground.documents import Block, Callout, Document, Figure, Heading, Paragraph, TableBlock, sentences
from evenkeel.ground.templatetags.wording import day_text, interval_text, moment_text, value_text
from evenkeel.kernel import Estimate

from .models import Signal


def signal_document(found: Signal, said: Mapping[str, Any], *, author: str, site: str, now: datetime) -> Document:
    """The document of a signal, from what its page shows (`said`) to the same eyes."""
    url = said["url"]
    blocks: list[Block] = [
        Paragraph(sentences=sentences((_change_text(found, said), said["rows_url"] or url))),
    ]
    if said.get("chart") is not None:
        blocks.append(Figure(chart=said["chart"], href=url))
    blocks += _splits(said.get("splits", ()), str(said["of"]), url)
    blocks += _elsewhere(said["members"], url)
    blocks += _about_then(said["candidates"])
    blocks += _done(found, said, url)
    state, where = str(said["state"]), found.programme.name
    return Document(
        title=said["headline"], subtitle=f"{state} · {where} · {day_text(found.first_on)}", author=author,
        language=get_language() or "en", site=site, made_at=now, blocks=tuple(blocks),
    )  # fmt: skip


def _figure(estimate: Estimate, kind: str) -> str:
    if not estimate.is_known:
        return _("not known")
    value = value_text(estimate.value, kind=kind)
    if not estimate.has_interval:
        return value
    return f"{value} ({interval_text(estimate.low, estimate.high, kind=kind)})"


def _change_text(found: Signal, said: Mapping[str, Any]) -> str:
    unit, of = said["metric"].unit, str(said["of"])
    return _("%(metric)s was %(before)s over the baseline and is %(since)s since %(day)s: %(change)s.") % {
        "metric": said["metric"].title,
        "before": _figure(said["before"], unit),
        "since": _figure(said["since"], unit),
        "day": day_text(found.first_on),
        "change": _figure(said["change"], of),
    }


def _splits(splits: Sequence[Any], of: str, url: str) -> list[Block]:
    rows = tuple(
        (
            str(split.dimension).capitalize(),
            *(value_text(value, kind=of) for value in (split.change, split.rate, split.mix)),
            ", ".join(f"{part.name} {value_text(part.rate + part.mix, kind=of)}" for part in split.parts[:2]),
        )
        for split in splits
    )
    if not rows:
        return []
    header = (_("Split by"), _("Change"), _("Rate"), _("Mix"), _("Most of it in"))
    title = _("What changed: the work, or how it was done")
    return [Heading(text=title), TableBlock(title=title, header=header, rows=rows, hrefs=(url,) * len(rows))]


def _elsewhere(members: Sequence[Any], url: str) -> list[Block]:
    told = [(f"{row.where_name} ({row.metric}): {_figure(change, str(unit))}.", url) for row, change, unit in members]
    if not told:
        return []
    return [Heading(text=_("The same change elsewhere")), Paragraph(sentences=sentences(*told))]


def _about_then(candidates: Sequence[Any]) -> list[Block]:
    rows = tuple((moment_text(each.change.at), each.change.title) for each in candidates)
    if not rows:
        return []
    title = _("Happened about then")
    hrefs = tuple(each.change.url for each in candidates)
    return [Heading(text=title), TableBlock(title=title, header=(_("When"), _("What")), rows=rows, hrefs=hrefs)]


def _done(found: Signal, said: Mapping[str, Any], url: str) -> list[Block]:
    blocks: list[Block] = [Heading(text=_("What was done"))]
    disposition = said["disposition"]
    if disposition is not None:
        kind = str(disposition.get_kind_display())
        blocks.append(Callout(title=kind, sentences=sentences((disposition.reason, url))))
    owner = _("Owner: %(name)s.") % {"name": found.owner.name if found.owner else _("nobody yet")}
    rows = tuple((moment_text(step.at), str(step.what), step.who) for step in said["history"])
    table = TableBlock(title=_("History"), header=(_("When"), _("What"), _("Who")), rows=rows)
    return [*blocks, Paragraph(sentences=sentences((owner, url))), table]
