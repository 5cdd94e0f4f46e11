"""How signals reach people and systems outside these pages."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried
from evenkeel.people import Organisation, Person

from .. import scopes
from ..acts.channels import add_signal_channel, close_signal_channel
from ..forms_signals import ChannelForm
from ..models import SignalChannel


@page(gettext_lazy("How signals arrive"))
def channels(request: PageRequest) -> HttpResponse:
    """One's own channels; POST adds one."""
    require(request.actor, scopes.CHANNEL_OWN)
    person = Person.objects.get(pk=request.actor.person_id) if request.actor.person_id is not None else None
    return _page(
        request, person, SignalChannel.objects.filter(person=request.actor.person_id), reverse("measure:channels")
    )


@page(gettext_lazy("Where an organisation's signals go"))
def organisation_channels(request: PageRequest, organisation_id: UUID) -> HttpResponse:
    """An organisation's channels; POST adds one."""
    found = load(request.actor, scopes.CHANNEL_EDIT, Organisation.objects.all(), organisation_id)
    rows = visible(request.actor, scopes.CHANNEL_EDIT, SignalChannel.objects.filter(organisation=found))
    return _page(request, found, rows, reverse("measure:organisation-channels", args=[found.pk]))


@require_POST
@page(gettext_lazy("Close a channel"))
def closing(request: PageRequest, signal_channel_id: UUID) -> HttpResponse:
    """Send nothing on it any more."""
    own = visible(request.actor, scopes.CHANNEL_OWN, SignalChannel.objects.filter(pk=signal_channel_id)).first()
    found = own or load(request.actor, scopes.CHANNEL_EDIT, SignalChannel.objects.all(), signal_channel_id)
    close_signal_channel(request.actor, channel=found, now=request.now)
    messages.success(request, _("Nothing is sent on it any more."))
    if found.organisation_id is None:
        return redirect("measure:channels")
    return redirect("measure:organisation-channels", found.organisation_id)


def _page(
    request: PageRequest, of: Organisation | Person | None, rows: QuerySet[SignalChannel], url: str
) -> HttpResponse:
    is_own = not isinstance(of, Organisation)
    form = ChannelForm(request.POST or None, is_own=is_own)
    secret = ""
    if request.method == "POST" and of is not None:
        made = tried(form, lambda said: add_signal_channel(request.actor, of=of, now=request.now, **said))
        if made is not None:
            secret = made[1]
            if not secret:
                messages.success(request, _("Signals go there from now on."))
                return redirect(url)
    counted = rows.filter(closed_at=None).annotate(
        waiting=Count("messages", filter=Q(messages__next_try_at__isnull=False)),
        sent=Count("messages", filter=Q(messages__sent_at__isnull=False)),
        dead=Count("messages", filter=Q(messages__dead_at__isnull=False)),
    )
    context = {
        "of": of,
        "is_own": is_own,
        "channels": list(counted),
        "form": ChannelForm(is_own=is_own) if secret else form,
        "secret": secret,
        "organisations": _organisations(request) if is_own else [],
    }
    crumbs = [(_("Signals"), reverse("measure:signals"))]
    faults = form.errors and not secret
    return render(request, "measure/channels.html", context, crumbs=crumbs, status=422 if faults else 200)


def _organisations(request: PageRequest) -> list[Organisation]:
    """Those whose channels she may set."""
    if not request.actor.has(scopes.CHANNEL_EDIT):
        return []
    return list(visible(request.actor, scopes.CHANNEL_EDIT, Organisation.objects.all()).order_by("name")[:50])
