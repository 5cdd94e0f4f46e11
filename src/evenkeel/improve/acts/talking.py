"""Notes, the statement of the problem, and who looks after it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.people import Person

from .. import scopes
from ..models import Investigation, InvestigationNote
from .checks import check_owner, check_text, insist_on_open, insist_on_person, tell_owner


def add_note(actor: Actor, *, investigation: Investigation, body: str, now: datetime) -> InvestigationNote:
    """Add a remark, on a closed investigation too: what is learnt later belongs here. Its owner hears of it."""
    with act(scopes.EDIT, actor, on=investigation, now=now) as deed:
        body = check_text("body", body, least=1, sentence=_("The note is empty."))
        made = InvestigationNote.objects.create(
            investigation=investigation, body=body, by_id=insist_on_person(actor), at=now
        )
        deed.record("noted", on=investigation, organisation_id=investigation.organisation_id, note=made.pk)
        said = {"name": actor.name, "title": investigation.title}
        tell_owner(deed, investigation, title=_("%(name)s wrote a note: %(title)s") % said)
        return made


def restate(actor: Actor, *, investigation: Investigation, statement: str, now: datetime) -> Investigation:
    """State the problem in other words. `NotNow` when the investigation is closed."""
    with act(scopes.EDIT, actor, on=investigation, now=now) as deed:
        locked = insist_on_open(deed, investigation)
        before = locked.statement
        locked.statement = check_text("statement", statement, least=10, sentence=_("The problem needs a sentence."))
        locked.save(update_fields=["statement"])
        deed.record(
            "restated",
            on=locked,
            organisation_id=locked.organisation_id,
            before={"statement": before},
            after={"statement": locked.statement},
        )
        return locked


def hand_over(actor: Actor, *, investigation: Investigation, owner: Person, now: datetime) -> Investigation:
    """Give an investigation to somebody who may work on it; she hears of it. `NotNow` when it is closed."""
    with act(scopes.EDIT, actor, on=investigation, now=now) as deed:
        locked = insist_on_open(deed, investigation)
        before = Person.objects.get(pk=locked.owner_id)
        locked.owner = owner
        check_owner(locked, now=now)
        locked.save(update_fields=["owner"])
        deed.record(
            "handed over",
            on=locked,
            organisation_id=locked.organisation_id,
            before={"owner": before.name},
            after={"owner": owner.name},
        )
        tell_owner(deed, locked, title=_("This investigation is yours now: %(title)s") % {"title": locked.title})
        deed.tell("investigation.handed_over", investigation_id=locked.pk, owner_id=owner.pk)
        return locked
