"""Telling people that an event mode has begun, and that it is over. What holds follows from the clock alone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.people import Person, notify

from . import scopes
from .models import EventMode
from .telling import people_of

_TIME = Actor.system("clock")


def tell_of_begun(now: datetime) -> None:
    """Tell, once, of each mode whose beginning has come."""
    begun = EventMode.objects.filter(begins_at__lte=now, begun_told_at=None, until__gt=now, ended_at=None)
    for mode in begun.select_related("programme"):
        _tell(mode, "begun_told_at", "began", _("Event mode is on: %(name)s"), now)


def tell_of_ended(now: datetime) -> None:
    """Tell, once, of each mode that is over; whoever was told of no beginning is told of no end."""
    over = EventMode.objects.filter(Q(until__lte=now) | Q(ended_at__lte=now), end_told_at=None)
    for mode in over.select_related("programme"):
        _tell(mode, "end_told_at", "ended", _("Event mode is off: %(name)s"), now)


def _tell(mode: EventMode, told: str, verb: str, title: str, now: datetime) -> None:
    with transaction.atomic():
        # The update claims it: of two workers that see it at once, one tells.
        if not EventMode.objects.filter(pk=mode.pk, **{told: None}).update(**{told: now}):
            return
        with act(scopes.EVENT_EDIT, _TIME, on=mode, now=now) as deed:
            said = title % {"name": mode.name}
            if mode.is_drill:
                said = _("Drill: %(title)s") % {"title": said}
            if verb == "began" or mode.begun_told_at is not None:
                notify(_concerned(mode, now), title=said, url="/work/queues/", now=now)
            deed.record(verb)
            deed.tell(f"event_mode.{verb}", event_mode_id=mode.id)


def _concerned(mode: EventMode, now: datetime) -> list[Person]:
    """Our people who decide in the programme, and those who may see event modes."""
    found = {person.pk: person for scope in (scopes.TASK_DECIDE, scopes.EVENT_VIEW)
             for person in people_of(scope, programme=mode.programme, now=now)}  # fmt: skip
    return list(found.values())
