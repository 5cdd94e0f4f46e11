"""What several acts insist on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, may
from evenkeel.ground.acts import Deed
from evenkeel.ground.errors import Invalid
from evenkeel.people import Person, actor_for, notify
from evenkeel.quality import Verdict

from .. import rules, scopes
from ..coding import understanding
from ..models import SEVERITIES, Investigation
from ..rules_coding import locked
from ..wordings import CauseNow, causes_now

LONGEST_TEXT = 5_000


def insist_on_person(actor: Actor) -> UUID:
    """Who says it. `Invalid` for the system: opinions have an author."""
    if actor.person_id is None:
        raise Invalid(_("A person has to say this, not the system."))
    return actor.person_id


def insist_on_open(deed: Deed, investigation: Investigation) -> Investigation:
    """The investigation, locked and read again; `NotNow` when it is closed."""
    locked = Investigation.objects.select_for_update(of=("self",)).select_related("closing").get(pk=investigation.pk)
    deed.require(locked.is_open, _("The investigation is closed; open it again first."), code="closed")
    return locked


def check_text(field: str, text: str, *, least: int, sentence: str) -> str:
    """The text without blanks around it; `Invalid` when it is too short or too long."""
    text = text.strip()
    if len(text) < least:
        raise Invalid(sentence, fields={field: [_("Write at least %(n)s characters.") % {"n": least}]})
    if len(text) > LONGEST_TEXT:
        raise Invalid(
            _("The text is too long."), fields={field: [_("At most %(n)s characters.") % {"n": LONGEST_TEXT}]}
        )
    return text


def check_cause(cause: str) -> CauseNow:
    """The cause in its present wording; `Invalid` when there is none such, when it is retired, or locked because two
    people do not understand it alike."""
    found = causes_now().get(cause)
    if found is None or found.is_retired:
        raise Invalid(_("There is no such cause."), fields={"cause": [_("Choose one of the list.")]})
    if cause in locked(understanding()):
        raise Invalid(
            _("This cause is locked: two people do not understand it alike."),
            fields={"cause": [_("Choose another, or have it worded anew.")]},
        )
    return found


def check_severity(severity: int | None) -> int | None:
    """How grave, 1 to 4, or None where it is not said; `Invalid` for any other number."""
    if severity is not None and severity not in dict(SEVERITIES):
        raise Invalid(_("The severity does not fit."), fields={"severity": [_("Choose 1 to 4.")]})
    return severity


def check_error_class(error_class: str, *, may_lack: bool = False) -> str:
    """The kind of error; `Invalid` for one that audits do not know, and for none unless the case may lack one."""
    if not error_class and may_lack:
        return ""
    if error_class not in {slug for slug, _title in Verdict.ERROR_CLASSES if slug}:
        raise Invalid(_("There is no such kind of error."), fields={"error_class": [_("Choose one of the list.")]})
    return error_class


def check_windows(windows: rules.Windows) -> None:
    """`Invalid` for windows out of order or too long."""
    fault = rules.fault_in(windows)
    if fault == "order":
        raise Invalid(
            _("The windows are out of order."),
            fields={"since": [_("The baseline begins before the change, and the change before the end.")]},
        )
    if fault == "long":
        raise Invalid(
            _("The windows are too long."),
            fields={"baseline_since": [_("Together they span at most %(days)s days.") % {"days": rules.LONGEST_DAYS}]},
        )


def check_owner(investigation: Investigation, *, now: datetime) -> None:
    """`Invalid` unless its owner may work on it: an owner who cannot see it would never act."""
    owner = Person.objects.select_related("organisation").get(pk=investigation.owner_id)
    if not owner.is_active or not may(actor_for(owner, now=now), scopes.EDIT, investigation):
        raise Invalid(
            _("This person cannot work on this investigation."),
            fields={"owner": [_("Choose somebody whose roles reach it.")]},
        )


def tell_owner(deed: Deed, investigation: Investigation, *, title: str) -> None:
    """A notice for its owner and for the owner of its signal, but not for whoever did it."""
    signal = investigation.signal
    ids = {investigation.owner_id, signal.owner_id if signal is not None else None} - {None, deed.actor.person_id}
    people = Person.objects.filter(pk__in=[pk for pk in ids if pk is not None], is_active=True)
    notify(people, title=title, url=investigation.get_absolute_url(), now=deed.now)
