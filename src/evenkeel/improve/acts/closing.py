"""Closing with a conclusion, and opening again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act

from .. import scopes
from ..models import Closing, Investigation
from ..validating import wants_validation
from .checks import check_cause, check_text, insist_on_open, insist_on_person, tell_owner

LEAST_SUMMARY = 20


def close_investigation(
    actor: Actor, *, investigation: Investigation, cause: str, summary: str, now: datetime
) -> Closing:
    """Close with a cause and a summary that the next reader can do without the rest.

    `Invalid` for an unknown cause or a summary of fewer than 20 characters, `NotNow` when it is closed already, and before it
    is validated where its programme asks for that (`wants_validation`).
    """
    with act(scopes.EDIT, actor, on=investigation, now=now) as deed:
        locked = insist_on_open(deed, investigation)
        check_cause(cause)
        deed.require(
            not wants_validation(locked),
            _("Its cases are grave: somebody else validates it before it closes."),
            code="not-validated",
        )
        summary = check_text(
            "summary", summary, least=LEAST_SUMMARY, sentence=_("Say in a sentence what happened and why.")
        )
        made = Closing.objects.create(
            investigation=locked, cause=cause, summary=summary, by_id=insist_on_person(actor), at=now
        )
        deed.record(
            "closed",
            on=locked,
            organisation_id=locked.organisation_id,
            after={"cause": cause, "summary": summary},
        )
        tell_owner(deed, locked, title=_("The investigation was closed: %(title)s") % {"title": locked.title})
        deed.tell("investigation.closed", investigation_id=locked.pk, cause=cause)
        return made


def reopen_investigation(actor: Actor, *, investigation: Investigation, now: datetime) -> Investigation:
    """Open a closed investigation again; its conclusion stays in the trail. `NotNow` when it is open."""
    with act(scopes.EDIT, actor, on=investigation, now=now) as deed:
        closing = Closing.objects.select_for_update().filter(investigation=investigation).first()
        deed.require(closing is not None, _("The investigation is open."), code="open")
        assert closing is not None
        before = {"cause": closing.cause, "summary": closing.summary}
        closing.delete()
        opened = Investigation.objects.select_related("signal").get(pk=investigation.pk)
        deed.record("reopened", on=opened, organisation_id=opened.organisation_id, before=before)
        tell_owner(deed, opened, title=_("The investigation is open again: %(title)s") % {"title": opened.title})
        deed.tell("investigation.reopened", investigation_id=opened.pk)
        return opened
