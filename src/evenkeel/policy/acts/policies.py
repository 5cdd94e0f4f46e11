"""What people do to policies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.people import Person

from .. import scopes
from ..models import ChangeRequest, Policy, PolicyVersion
from ..rules import BODY_LIMIT, CHANGE_LENGTH, NAME_LENGTH, check_language
from .requests import mark_published


def add_policy(actor: Actor, *, name: str, owner: Person | None = None, now: datetime) -> Policy:
    """Add a policy; it says nothing until a version is published."""
    with act(scopes.POLICY_EDIT, actor, now=now) as deed:
        name = name.strip()
        if not name or len(name) > NAME_LENGTH or "\x00" in name:
            said = _("1 to %(n)d characters.") % {"n": NAME_LENGTH}
            raise Invalid(_("A policy needs a name."), fields={"name": [said]})
        if Policy.objects.filter(name=name).exists():
            raise Invalid(
                _("There is a policy %(name)s already.") % {"name": name},
                fields={"name": [_("Choose another, or publish a new version of that one.")]},
            )
        made = Policy.objects.create(name=name, owner=owner, created_at=now)
        deed.record("added", on=made, after={"name": name})
        return made


def publish_version(
    actor: Actor,
    *,
    policy: Policy,
    body_markdown: str,
    what_changed: str = "",
    language: str = "",
    answers: Sequence[ChangeRequest] = (),
    now: datetime,
) -> PolicyVersion:
    """Publish a new text; it is in force at once, and decisions from now on remember its number.

    Without a `language` it is written in that of the version before, the first one in the install's own. `answers` are the
    accepted requests that it makes true; `NotNow` for any other.
    """
    with act(scopes.POLICY_EDIT, actor, on=policy, now=now) as deed:
        # Two who publish at once would both take the same number.
        Policy.objects.select_for_update().get(pk=policy.pk)
        body = body_markdown.replace("\r\n", "\n").strip()
        if not body:
            raise Invalid(_("A version needs a text."), fields={"body_markdown": [_("Write what the policy says.")]})
        if len(body) > BODY_LIMIT or "\x00" in body:
            said = _("At most %(n)d characters, and no NUL: split it into several policies.") % {"n": BODY_LIMIT}
            raise Invalid(_("The text cannot be used."), fields={"body_markdown": [said]})
        if len(what_changed.strip()) > CHANGE_LENGTH or "\x00" in what_changed:
            said = _("At most %(n)d characters.") % {"n": CHANGE_LENGTH}
            raise Invalid(_("One sentence is enough."), fields={"what_changed": [said]})
        last = policy.versions.order_by("-number").first()
        language = check_language(language or (last.language if last else settings.LANGUAGE_CODE))
        if last is not None:
            is_new = (last.body_markdown, last.language) != (body, language)
            deed.require(is_new, _("This is the text in force already."), code="policy-unchanged")
            if not what_changed.strip():
                raise Invalid(
                    _("Say what changed."),
                    fields={"what_changed": [_("One sentence for the people who know the version before.")]},
                )
        number = (policy.versions.aggregate(top=Max("number"))["top"] or 0) + 1
        made = PolicyVersion.objects.create(
            policy=policy,
            number=number,
            language=language,
            body_markdown=body,
            what_changed=what_changed.strip(),
            published_at=now,
            published_by_id=actor.person_id,
        )
        mark_published(deed, version=made, requests=answers)
        deed.record(
            "version published", after={"number": number, "language": language, "what_changed": made.what_changed}
        )
        deed.tell("policy.published", policy_id=policy.id, version_id=made.id, number=number)
        return made
