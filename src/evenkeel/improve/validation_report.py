"""A validation as a document: who asked again, what came out, what stands against it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evenkeel.ground.documents import Block, Callout, Document, Heading, Paragraph, TableBlock, sentences
from evenkeel.ground.templatetags.wording import day_text, moment_text

from . import validating
from .models import Investigation, Validation
from .report import blocking_texts, validation_text


def validation_document(found: Investigation, *, shows_people: bool, author: str, site: str, now: datetime) -> Document:
    """Whether a second person came to the same, and every attempt at it."""
    url = reverse("improve:validation", args=[found.pk])
    last = validating.standing(found)
    is_valid = validating.is_validated(found)
    told = [validation_text(last), *blocking_texts(last, shows_people=shows_people)] if last else []
    if last is not None and last.state == Validation.VALIDATED and not is_valid:
        told.append(_("The figures were computed anew since, so it must be validated again."))
    if last is None:
        told.append(_("Nobody has asked again with the same result yet."))
    blocks: list[Block] = [
        Heading(text=_("The problem")),
        Paragraph(sentences=sentences((found.statement, found.get_absolute_url()))),
        Callout(
            title=_("Validated by %(name)s") % {"name": last.by.name} if last and is_valid else _("Not validated"),
            tone="good" if is_valid else "warn",
            sentences=sentences(*((each, url) for each in told)),
        ),
    ]
    rows = tuple(
        (each.by.name, str(each.get_state_display()), moment_text(each.begun_at), str(len(each.sample)),
         str(len(each.findings.get("differing", []))))
        for each in found.validations.select_related("by").order_by("begun_at", "id")
    )  # fmt: skip
    if rows:
        header = (_("Validator"), _("State"), _("Begun"), _("Cases coded blind"), _("Of them coded otherwise"))
        blocks += [
            Heading(text=_("Attempts")),
            TableBlock(title=_("Attempts"), header=header, rows=rows, hrefs=(url,) * len(rows)),
        ]
    return Document(
        title=_("Validation: %(title)s") % {"title": found.title},
        subtitle=_("%(where)s · figures as of %(day)s")
        % {"where": found.where_name, "day": day_text(found.looked_at.date())},
        author=author, language=get_language() or "en", site=site, made_at=now, blocks=tuple(blocks),
    )  # fmt: skip
