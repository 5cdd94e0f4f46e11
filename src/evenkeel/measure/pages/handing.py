"""A signal put to sleep, and handed over."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.pages import PageRequest, page
from evenkeel.ground.trying import tried
from evenkeel.people import Person

from ..acts.handing import hand_over, snooze
from ..forms_signals import HandOverForm, SnoozeForm
from ..queries.inbox import people_for
from .signal import load_signal, signal_page


@require_POST
@page(gettext_lazy("Put a signal to sleep"))
def sleep(request: PageRequest, signal_id: UUID) -> HttpResponse:
    """Until when nobody is reminded of it."""
    found = load_signal(request, signal_id)
    form = SnoozeForm(request.POST)
    done = tried(
        form,
        lambda said: snooze(
            request.actor,
            signal=found,
            until=request.now + timedelta(days=said["days"]),
            reason=said["reason"],
            now=request.now,
        ),
    )
    if done is None:
        return signal_page(request, found, snoozing=form)
    messages.success(request, _("It sleeps until then."))
    return redirect("measure:signal", signal_id)


@require_POST
@page(gettext_lazy("Hand a signal over"))
def handing(request: PageRequest, signal_id: UUID) -> HttpResponse:
    """Who has it from now on."""
    found = load_signal(request, signal_id)
    people = people_for(found, now=request.now)
    form = HandOverForm(request.POST, people=people)
    by_id: dict[str, Person] = {str(person.pk): person for person in people}
    done = tried(
        form,
        lambda said: hand_over(
            request.actor, signal=found, to=by_id[said["to"]], reason=said["reason"], now=request.now
        ),
    )
    if done is None:
        return signal_page(request, found, handing=form)
    messages.success(request, _("It is %(name)s's now.") % {"name": done.to_person.name})
    return redirect("measure:signals")
