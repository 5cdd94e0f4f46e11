"""Queries whose time has come: a run of each is ordered, as if the person who set the rhythm had pressed the button."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from evenkeel.ground.errors import Problem
from evenkeel.people import actor_for, notify

from ..acts.tools import hand_in_rows
from ..models import MappingRhythm, ToolRun


def ask_due(now: datetime) -> int:
    """Order a run for every rhythm that is due; returns how many.

    A rhythm is claimed and its run ordered in one transaction, so that each time is ordered once, whatever is killed. Whoever
    set it and may no longer import ends it: that stands on the mapping's page, and she is told.
    """
    ordered = 0
    due = MappingRhythm.objects.filter(due_at__lte=now, refusal="").select_related(
        "mapping__tool__programme", "mapping__tool__organisation", "by__organisation"
    )
    for rhythm in due:
        try:
            ordered += _order(rhythm, now)
        except Problem as problem:
            MappingRhythm.objects.filter(pk=rhythm.pk).update(refusal=problem.sentence)
            title = _("%(mapping)s is no longer imported by itself: %(why)s")
            said = title % {"mapping": rhythm.mapping.name, "why": problem.sentence}
            notify([rhythm.by], title=said, url=rhythm.mapping.get_absolute_url(), now=now)
    return ordered


def _order(rhythm: MappingRhythm, now: datetime) -> int:
    with transaction.atomic():
        free = MappingRhythm.objects.filter(pk=rhythm.pk, due_at=rhythm.due_at)
        if not free.update(due_at=rhythm.next_after(now)):
            return 0
        waits = ("queued", "fetching", "checking", "writing")
        if ToolRun.objects.filter(version__mapping=rhythm.mapping, state__in=waits).exists():
            # The time before is still under way: what it leaves out comes the next time.
            return 0
        version = rhythm.mapping.versions.all()[0]
        actor = actor_for(rhythm.by, now=now)
        hand_in_rows(actor, version=version, uploaded=None, is_partial=rhythm.is_partial, now=now)
        return 1
