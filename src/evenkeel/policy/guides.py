"""A guideline as somebody reads it beside her work: in her language, with examples, as one text that can be searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .models import PolicyExample, PolicyTranslation, PolicyVersion
from .rules import to_html


@dataclass(frozen=True, kw_only=True)
class Guide:
    """A version's text with its examples. `language` is that of the translation; empty for the text as it was written."""

    version: PolicyVersion
    html: SafeString
    language: str = ""
    examples: int = 0


def guide_for(version: PolicyVersion, languages: Sequence[str], *, now: datetime, heading_from: int = 2) -> Guide:
    """The version in the first of these languages that there is, with the examples in any of them.

    The text as it was written counts as one in the install's own language, unless it is translated to that.
    """
    wanted = list(dict.fromkeys(code for each in languages for code in (each, each.partition("-")[0]) if code))
    rows = PolicyTranslation.objects.filter(version=version, language__in=wanted, published_at__lte=now)
    by_language = {each.language: each for each in rows.order_by("published_at", "id")}
    code = next((code for code in wanted if code in by_language or code == settings.LANGUAGE_CODE), "")
    chosen = by_language.get(code)
    text = to_html(chosen.body_markdown if chosen else version.body_markdown, heading_from=heading_from)
    examples = list(
        PolicyExample.objects.filter(
            Q(language__in=["", *wanted]), Q(ended_at=None) | Q(ended_at__gt=now), policy=version.policy_id
        ).order_by("heading", "id")
    )
    return Guide(
        version=version,
        html=text + _examples(examples, heading_from) if examples else text,
        language=chosen.language if chosen else "",
        examples=len(examples),
    )


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
