"""A guideline in other languages, and cases that show what it means."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.people import language_name

from .. import scopes
from ..models import Policy, PolicyExample, PolicyTranslation, PolicyVersion
from ..rules import BODY_LIMIT, CHANGE_LENGTH, check_language

EXAMPLE_LENGTH, VERDICT_LENGTH, HEADING_LENGTH = 4_000, 120, 160


def translate_version(
    actor: Actor, *, version: PolicyVersion, language: str, body_markdown: str, now: datetime
) -> PolicyTranslation:
    """Publish a version's text in another language; whoever reads in it sees this one. The latest translation counts."""
    with act(scopes.POLICY_EDIT, actor, on=version, now=now) as deed:
        language = check_language(language)
        if language == version.language:
            raise Invalid(
                _("It is written in %(language)s.") % {"language": language_name(language)},
                fields={
                    "language": [
                        _("Publish a new version to change the text, or to say that it is in another language.")
                    ]
                },
            )
        body = body_markdown.replace("\r\n", "\n").strip()
        if not body or len(body) > BODY_LIMIT or "\x00" in body:
            said = _("1 to %(n)d characters, and no NUL.") % {"n": BODY_LIMIT}
            raise Invalid(_("The text cannot be used."), fields={"body_markdown": [said]})
        made = PolicyTranslation.objects.create(
            version=version, language=language, body_markdown=body, published_at=now, published_by_id=actor.person_id
        )
        deed.record("translated", on=version, after={"language": language})
        return made


def add_example(
    actor: Actor,
    *,
    policy: Policy,
    text: str,
    verdict: str,
    why: str = "",
    heading: str = "",
    language: str = "",
    now: datetime,
) -> PolicyExample:
    """Add a case: as it came, what it is, why. Without a language it is shown to everybody. `Invalid` by field."""
    with act(scopes.POLICY_EDIT, actor, on=policy, now=now) as deed:
        said = {"text": text.strip(), "verdict": verdict.strip(), "why": why.strip(), "heading": heading.strip()}
        limits = {"text": EXAMPLE_LENGTH, "verdict": VERDICT_LENGTH, "why": EXAMPLE_LENGTH, "heading": HEADING_LENGTH}
        faults = {
            name: [_("1 to %(n)d characters.") % {"n": limits[name]}]
            for name, value in said.items()
            if len(value) > limits[name] or "\x00" in value or (not value and name in ("text", "verdict"))
        }
        if faults:
            raise Invalid(_("The example cannot be used."), fields=faults)
        code = check_language(language) if language.strip() else ""
        made = PolicyExample.objects.create(policy=policy, language=code, created_at=now, **said)
        deed.record("example added", on=policy, after={"verdict": made.verdict, "language": code})
        return made


def end_example(actor: Actor, *, example: PolicyExample, now: datetime) -> PolicyExample:
    """Take an example out of the guideline; it stays on record."""
    with act(scopes.POLICY_EDIT, actor, on=example, now=now) as deed:
        ended = PolicyExample.objects.filter(pk=example.pk, ended_at=None).update(ended_at=now)
        deed.require(ended, _("It was taken out already."), code="ended")
        deed.record("example taken out", on=example, after={"text": example.text[:CHANGE_LENGTH]})
        example.refresh_from_db()
        return example
