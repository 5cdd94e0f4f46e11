"""What is done to an investigation from its page: each step is a POST, and leads back to it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest, page
from evenkeel.ground.trying import tried

from .. import acts, queries, scopes
from ..forms import ClosingForm, NoteForm, OwnerForm, StatementForm
from ..models import EvidenceCase
from .one import load_investigation, show


@require_POST
@page(gettext_lazy("Evidence"))
def evidence(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """Look again: figures, drivers and cases with the audits made since."""
    found = load_investigation(request.actor, investigation_id)
    drawn = acts.draw_evidence(request.actor, investigation=found, now=request.now)
    said = ngettext("Computed anew; %(n)s new case was drawn.", "Computed anew; %(n)s new cases were drawn.", drawn)
    messages.success(request, said % {"n": drawn})
    return redirect(found)


@require_POST
@page(gettext_lazy("Cause of a case"))
def coding(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Say what caused a case."""
    case = load(request.actor, scopes.VIEW, EvidenceCase.objects.select_related("investigation"), case_id)
    sent = {name: request.POST.get(name, "") for name in ("cause", "error_class", "comment")}
    try:
        acts.code_case(request.actor, case=case, severity=severity_sent(request), now=request.now, **sent)
    except Invalid as wrong:
        messages.error(request, wrong.sentence)
    return redirect(f"{case.investigation.get_absolute_url()}#case-{case.pk}")


def severity_sent(request: PageRequest) -> int | None:
    """The severity that a form sent; None where it was left open, 0 (which no act takes) for what is no number."""
    sent = request.POST.get("severity", "")
    if not sent:
        return None
    return int(sent) if sent in {"1", "2", "3", "4"} else 0


@require_POST
@page(gettext_lazy("Statement of the problem"))
def statement(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """State the problem in other words."""
    found = load_investigation(request.actor, investigation_id)
    form = StatementForm(request.POST)
    if tried(form, lambda said: acts.restate(request.actor, investigation=found, now=request.now, **said)) is None:
        return show(request, found, statement_form=form)
    return redirect(found)


@require_POST
@page(gettext_lazy("Owner"))
def owner(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """Give the investigation to somebody else."""
    found = load_investigation(request.actor, investigation_id)
    form = OwnerForm(request.POST, owners=queries.possible_owners(found, now=request.now))
    given = tried(form, lambda said: acts.hand_over(request.actor, investigation=found, now=request.now, **said))
    if given is None:
        return show(request, found, owner_form=form)
    messages.success(request, _("%(name)s looks after it now.") % {"name": given.owner.name})
    return redirect(found)


@require_POST
@page(gettext_lazy("Note"))
def note(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """Add a remark."""
    found = load_investigation(request.actor, investigation_id)
    form = NoteForm(request.POST)
    if tried(form, lambda said: acts.add_note(request.actor, investigation=found, now=request.now, **said)) is None:
        return show(request, found, note_form=form)
    return redirect(f"{found.get_absolute_url()}#notes")


@require_POST
@page(gettext_lazy("Close"))
def closing(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """Close with cause and summary."""
    found = load_investigation(request.actor, investigation_id)
    form = ClosingForm(request.POST)
    closed = tried(
        form, lambda said: acts.close_investigation(request.actor, investigation=found, now=request.now, **said)
    )
    if closed is None:
        return show(request, found, closing_form=form)
    messages.success(request, _("The investigation is closed."))
    return redirect(found)


@require_POST
@page(gettext_lazy("Open again"))
def reopening(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """Open a closed investigation again."""
    found = load_investigation(request.actor, investigation_id)
    acts.reopen_investigation(request.actor, investigation=found, now=request.now)
    messages.success(request, _("The investigation is open again."))
    return redirect(found)
