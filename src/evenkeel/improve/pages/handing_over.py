"""An action goes to somebody else, or to another day."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import require
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried

from .. import acts, scopes
from ..forms import OwnerForm
from ..forms_actions import DueForm
from ..queries_actions import possible_owners
from .action_parts import load_action
from .actions import show


@page(gettext_lazy("Give an action to somebody else"))
def owner(request: PageRequest, action_id: UUID) -> HttpResponse:
    """Whose roles reach the action is asked of each person, so the choice has a page of its own."""
    found = load_action(request, action_id)
    require(request.actor, scopes.ACTION_EDIT, found)
    owners = possible_owners(found, now=request.now)
    form = OwnerForm(request.POST or None, owners=owners, initial={"owner": found.owner_id})
    if request.method == "POST":
        given = tried(form, lambda said: acts.hand_over_action(request.actor, action=found, now=request.now, **said))
        if given is not None:
            messages.success(request, _("%(name)s looks after it now.") % {"name": given.owner.name})
            return redirect(found)
    crumbs = [(_("Actions"), reverse("improve:actions")), (found.title, found.get_absolute_url())]
    context = {"action": found, "form": form}
    return render(request, "improve/handing_over.html", context, crumbs=crumbs, status=422 if form.errors else 200)


@require_POST
@page(gettext_lazy("Another day"))
def due(request: PageRequest, action_id: UUID) -> HttpResponse:
    """Move the day by which it is to be done."""
    found = load_action(request, action_id)
    form = DueForm(request.POST, prefix="due")
    if tried(form, lambda said: acts.reschedule_action(request.actor, action=found, now=request.now, **said)) is None:
        return show(request, found, due_form=form)
    messages.success(request, _("Saved."))
    return redirect(found)
