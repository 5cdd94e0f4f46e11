"""Explorations by mail: subscribed on the page of one, ended by the link in each mail."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried

from .. import acts, scopes
from ..forms import MailingForm, sentences
from ..models import Mailing
from ..queries.saved import load_saved


@require_POST
@page(gettext_lazy("Have it mailed"))
def begin(request: PageRequest, exploration_id: UUID) -> HttpResponse:
    """Subscribe, or change the rhythm."""
    found, form = load_saved(request.actor, exploration_id), MailingForm(request.POST)
    made = tried(form, lambda said: acts.subscribe(request.actor, exploration=found, now=request.now, **said))
    if made is None:
        messages.error(request, sentences(form))
    else:
        messages.success(request, _("It will be mailed to you."))
    return redirect(found)


@page(gettext_lazy("Mailing"))
def mailing(request: PageRequest, mailing_id: UUID) -> HttpResponse:
    """Where the link in a mail leads: what comes when; POST ends it."""
    rows = Mailing.objects.select_related("exploration")
    found = load(request.actor, scopes.EXPLORATION_OWN, rows, mailing_id)
    if request.method == "POST":
        acts.end_mailing(request.actor, mailing=found, now=request.now)
        messages.success(request, _("No more mails of this exploration."))
        return redirect("reports:dashboards")
    return render(request, "reports/mailing.html", {"mailing": found})
