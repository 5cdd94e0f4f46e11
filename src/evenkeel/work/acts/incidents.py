"""Running an incident. Whatever is done stands on its timeline, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid
from evenkeel.people import Person, notify

from .. import scopes
from ..models import (
    Escalation,
    Incident,
    IncidentAction,
    IncidentEntry,
    IncidentLink,
    IncidentRole,
    Item,
    Programme,
    Queue,
    SeverityMatrix,
)
from ..rules.incidents import USUAL_MATRIX, check_matrix, may_go, severity_of
from ..rules.texts import checked_text
from ..telling import people_of, without


def set_matrix(actor: Actor, *, programme: Programme, cells: Any, now: datetime) -> SeverityMatrix:
    """Give a programme a matrix of its own. It holds for incidents that are opened or re-rated from now on."""
    with act(scopes.TIER_EDIT, actor, on=programme, now=now) as deed:
        checked = check_matrix(cells)
        made, _is_new = SeverityMatrix.objects.update_or_create(programme=programme, defaults={"cells": checked})
        deed.record("severity matrix set", on=programme, after={"cells": checked})
        return made


def open_incident(
    actor: Actor, *, programme: Programme, title: str, impact: int, urgency: int, body: str = "", now: datetime
) -> Incident:
    """Open an incident. Whoever opens it commands it until somebody else does; those who run incidents are told."""
    with act(scopes.INCIDENT_EDIT, actor, on=programme, now=now) as deed:
        title = checked_text(title, field="title", limit=200)
        body = checked_text(body, field="body", is_obligatory=False)
        made = Incident.objects.create(
            programme=programme,
            title=title,
            impact=impact,
            urgency=urgency,
            severity=severity_of(impact, urgency, matrix_of(programme)),
            opened_at=now,
            commander_id=actor.person_id,
        )
        if actor.person_id is not None:
            IncidentRole.objects.create(incident=made, role="commander", person_id=actor.person_id, since=now)
        _write(made, deed, "state", _("Opened.") + (f" {body}" if body else ""))
        people = without(people_of(scopes.INCIDENT_EDIT, programme=programme, now=now), actor.person_id)
        title = _("Severity %(n)d: %(title)s") % {"n": made.severity, "title": made.title}
        notify(people, title=title, url=made.get_absolute_url(), now=now)
        deed.record("opened", on=made, after={"title": made.title, "severity": made.severity})
        deed.tell("incident.opened", incident_id=made.id)
        return made


def note_incident(actor: Actor, *, incident: Incident, body: str, now: datetime) -> IncidentEntry:
    """Write a line on the timeline; also after the review, because what comes to light later belongs there."""
    with act(scopes.INCIDENT_EDIT, actor, on=incident, now=now) as deed:
        made = _write(incident, deed, "note", checked_text(body, field="body"))
        deed.record("noted")
        return made


def rate_incident(actor: Actor, *, incident: Incident, impact: int, urgency: int, now: datetime) -> Incident:
    """Rate it anew; the severity follows from the matrix."""
    with act(scopes.INCIDENT_EDIT, actor, on=incident, now=now) as deed:
        found = _unreviewed(incident, deed)
        before = found.severity
        found.severity = severity_of(impact, urgency, matrix_of(found.programme))
        found.impact, found.urgency = impact, urgency
        found.save(update_fields=["impact", "urgency", "severity"])
        said = {"before": before, "after": found.severity, "impact": impact, "urgency": urgency}
        _write(found, deed, "severity", _(
            "Severity %(before)d is now %(after)d (impact %(impact)d, urgency %(urgency)d)."
        ) % said)  # fmt: skip
        deed.record("rated", on=found, before={"severity": before}, after={"severity": found.severity})
        return found


def move_incident(actor: Actor, *, incident: Incident, to: str, note: str, now: datetime) -> Incident:
    """Move it on: open -> mitigated -> resolved; both may be opened again. The review is an act of its own."""
    with act(scopes.INCIDENT_EDIT, actor, on=incident, now=now) as deed:
        found = _unreviewed(incident, deed)
        note = checked_text(note, field="note")
        if to not in (Incident.OPEN, Incident.MITIGATED, Incident.RESOLVED):
            raise Invalid(_("There is no such state."), fields={"to": [_("open, mitigated or resolved")]})
        deed.require(may_go(found.state, to), _("It cannot go there from “%(state)s”.") % {"state": found.state})
        before, found.state = found.state, to
        moments = {Incident.MITIGATED: "mitigated_at", Incident.RESOLVED: "resolved_at"}
        if to == Incident.OPEN:
            found.mitigated_at = found.resolved_at = None
        else:
            setattr(found, moments[to], now)
        found.save(update_fields=["state", "mitigated_at", "resolved_at"])
        _write(found, deed, "state", f"{found.get_state_display()}: {note}")
        deed.record(to, on=found, before={"state": before}, after={"state": to})
        deed.tell("incident.moved", incident_id=found.id, state=to)
        return found


def give_incident_role(actor: Actor, *, incident: Incident, role: str, person: Person, now: datetime) -> IncidentRole:
    """Give somebody a part; whoever had it has it no more, and the timeline says so."""
    with act(scopes.INCIDENT_EDIT, actor, on=incident, now=now) as deed:
        found = _unreviewed(incident, deed)
        if role not in dict(IncidentRole.ROLES):
            known = ", ".join(slug for slug, _title in IncidentRole.ROLES)
            raise Invalid(_("There is no such part."), fields={"role": [_("One of %(all)s.") % {"all": known}]})
        able = people_of(scopes.INCIDENT_EDIT, programme=found.programme, now=now)
        if person not in able:
            raise Invalid(_("This person cannot run incidents here."), fields={"person": [_("Choose another.")]})
        made, _is_new = IncidentRole.objects.update_or_create(
            incident=found, role=role, defaults={"person": person, "since": now}
        )
        if role == "commander":
            found.commander = person
            found.save(update_fields=["commander"])
        _write(found, deed, "role", f"{made.get_role_display()}: {person.name}")
        title = _("You have a part in an incident: %(title)s") % {"title": found.title}
        notify(without([person], actor.person_id), title=title, url=found.get_absolute_url(), now=now)
        deed.record("role given", on=found, after={"role": role, "person": person.name})
        return made


def link_incident(
    actor: Actor,
    *,
    incident: Incident,
    item: Item | None = None,
    queue: Queue | None = None,
    escalation: Escalation | None = None,
    now: datetime,
) -> IncidentLink:
    """Say what it is about: an item, a queue or an escalation of the same programme. Linking twice changes nothing."""
    with act(scopes.INCIDENT_EDIT, actor, on=incident, now=now) as deed:
        thing = item or queue or escalation
        if thing is None or thing.programme_id != incident.programme_id:
            raise Invalid(_("There is nothing to link."), fields={"link": [_("Name something of its programme.")]})
        made, is_new = IncidentLink.objects.get_or_create(
            incident=incident, item=item, queue=queue, escalation=escalation, defaults={"linked_at": now}
        )
        if is_new:
            # Without a name: an item that is restricted later must not stand here.
            kind = _("an item") if item else _("an escalation") if escalation else _("a queue")
            _write(incident, deed, "link", _("Linked: %(what)s.") % {"what": kind})
        deed.record("linked" if is_new else "linked again")
        return made


def add_incident_action(
    actor: Actor,
    *,
    incident: Incident,
    title: str,
    owner: Person | None = None,
    due_on: date | None = None,
    now: datetime,
) -> IncidentAction:
    """Say what is to be done so that it does not happen again, by whom, until when. Also after the review."""
    with act(scopes.INCIDENT_EDIT, actor, on=incident, now=now) as deed:
        title = checked_text(title, field="title", limit=200)
        made = IncidentAction.objects.create(incident=incident, title=title, owner=owner, due_on=due_on, created_at=now)
        _write(incident, deed, "action", _("To be done: %(title)s") % {"title": title})
        if owner is not None:
            said = _("Yours to do after an incident: %(title)s") % {"title": title}
            notify(without([owner], actor.person_id), title=said, url=incident.get_absolute_url(), now=now)
        deed.record("action added", on=incident, after={"title": title})
        return made


def finish_incident_action(actor: Actor, *, action: IncidentAction, now: datetime) -> IncidentAction:
    """Say that it is done; twice changes nothing."""
    with act(scopes.INCIDENT_EDIT, actor, on=action, now=now) as deed:
        if action.done_at is None:
            action.done_at = now
            action.save(update_fields=["done_at"])
            _write(action.incident, deed, "action", _("Done: %(title)s") % {"title": action.title})
        deed.record("action done", on=action.incident)
        return action


def review_incident(
    actor: Actor, *, incident: Incident, happened: str, causes: str, helped: str = "", now: datetime
) -> Incident:
    """Close a resolved incident with its review: what happened, why, what helped. It is written once."""
    with act(scopes.INCIDENT_EDIT, actor, on=incident, now=now) as deed:
        found = _unreviewed(incident, deed)
        deed.require(
            may_go(found.state, Incident.REVIEWED), _("It is reviewed when it is resolved."), code="not-resolved"
        )
        found.review = {
            "happened": checked_text(happened, field="happened", limit=20_000),
            "causes": checked_text(causes, field="causes", limit=20_000),
            "helped": checked_text(helped, field="helped", limit=20_000, is_obligatory=False),
        }
        found.state, found.reviewed_at = Incident.REVIEWED, now
        found.save(update_fields=["review", "state", "reviewed_at"])
        _write(found, deed, "state", _("Reviewed."))
        deed.record("reviewed", on=found)
        deed.tell("incident.reviewed", incident_id=found.id)
        return found


def matrix_of(programme: Programme) -> Sequence[Sequence[int]]:
    """The matrix by which a programme's incidents are rated."""
    own = SeverityMatrix.objects.filter(programme=programme).first()
    return own.cells if own is not None else USUAL_MATRIX


def _unreviewed(incident: Incident, deed: Deed) -> Incident:
    found = Incident.objects.select_for_update(of=("self",)).select_related("programme").get(pk=incident.pk)
    deed.require(
        found.state != Incident.REVIEWED, _("It is reviewed and closed; notes and actions may still be added.")
    )
    return found


def _write(incident: Incident, deed: Deed, kind: str, body: str) -> IncidentEntry:
    return IncidentEntry.objects.create(incident=incident, kind=kind, body=body, by_name=deed.actor.name, at=deed.now)
