"""A guideline as somebody reads it beside her work: in her language, with examples, as one text that can be searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenkeel.people import language_name

from .models import PolicyExample, PolicyTranslation, PolicyVersion
from .rules import to_html


@dataclass(frozen=True, kw_only=True)
class Guide:
    """A version's text with its examples, in a language; `said` tells the reader when it is not the one she reads first."""

    version: PolicyVersion
    html: SafeString
    language: str
    said: str = ""
    examples: int = 0


def guide_for(version: PolicyVersion, languages: Sequence[str], *, now: datetime, heading_from: int = 2) -> Guide:
    """The version in the first of these languages that there is, else as it was written; with the examples in any of them."""
    wanted = list(dict.fromkeys(code for each in languages for code in (each, _base(each)) if code))
    near = [Q(language__startswith=f"{base}-") for base in {_base(each) for each in wanted}]
    rows = PolicyTranslation.objects.filter(version=version, published_at__lte=now)
    rows = rows.filter(reduce(or_, near, Q(language__in=wanted)))
    by_language = {each.language: each for each in rows.order_by("published_at", "id")}
    code = _first_of(wanted, [version.language, *by_language]) or version.language
    chosen = by_language.get(code)
    text = to_html(chosen.body_markdown if chosen else version.body_markdown, heading_from=heading_from)
    examples = list(
        PolicyExample.objects.filter(
            Q(language__in=["", *wanted, code]), Q(ended_at=None) | Q(ended_at__gt=now), policy=version.policy_id
        ).order_by("heading", "id")
    )
    return Guide(
        version=version,
        html=text + _examples(examples, heading_from) if examples else text,
        language=code,
        said=_fallback(wanted, code),
        examples=len(examples),
    )


def _base(code: str) -> str:
    return code.partition("-")[0]


def _first_of(wanted: Sequence[str], there: Sequence[str]) -> str:
    """The first wanted language that there is; pt is read in pt-BR where there is no other, and the other way round."""
    for code in wanted:
        if found := [each for each in there if each == code] or [each for each in there if _base(each) == code]:
            return found[0]
    return ""


def _fallback(wanted: Sequence[str], code: str) -> str:
    """What to tell somebody whose first language there is no text in."""
    if not wanted or _base(wanted[0]) == _base(code):
        return ""
    names = {"first": language_name(wanted[0]), "shown": language_name(code)}
    return _("There is no %(first)s text yet; this one is %(shown)s.") % names


def _examples(examples: Sequence[PolicyExample], level: int) -> SafeString:
    rows = format_html_join(
        "",
        '<div class="guide-example"><dt>{}<blockquote dir="auto">{}</blockquote></dt>'
        "<dd><strong>{}</strong>{}</dd></div>",
        (
            (
                format_html('<span class="small muted">{}</span>', each.heading) if each.heading else "",
                each.text,
                each.verdict,
                format_html(" {}", each.why) if each.why else "",
            )
            for each in examples
        ),
    )
    title = format_html('<h{0} id="said-examples">{1}</h{0}>', min(6, level), _("Examples"))
    return format_html('{}<dl class="guide-examples">{}</dl>', title, rows)
