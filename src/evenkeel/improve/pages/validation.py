"""The validation screen: whether somebody else got the same, and the screen on which she asks again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.measure import PERSON_VIEW

from .. import acts, coding, queries, report, scopes, validating
from ..forms_room import BlindForm
from ..models import EvidenceCase, Investigation, Validation
from .one import cases_shown, load_investigation
from .short_papers import paper_links
from .tabs import crumbs_of, tabs_of


@page(gettext_lazy("Validation"))
def validation(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """How it stands, and the next case to be coded blind, for a validator or a second coder."""
    found = load_investigation(request.actor, investigation_id)
    return show(request, found)


@require_POST
@page(gettext_lazy("Validate"))
def beginning(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """Begin to validate."""
    found = load_investigation(request.actor, investigation_id)
    acts.begin_validation(request.actor, investigation=found, now=request.now)
    return redirect("improve:validation", found.pk)


@require_POST
@page(gettext_lazy("Compare"))
def ending(request: PageRequest, validation_id: UUID) -> HttpResponse:
    """End a validation: compare."""
    rows = Validation.objects.select_related("investigation")
    held = load(request.actor, scopes.VIEW, rows, validation_id)
    ended = acts.end_validation(request.actor, validation=held, now=request.now)
    if ended.state == Validation.VALIDATED:
        messages.success(request, _("The same result: it is validated."))
    else:
        messages.warning(request, _("Differences were found: it is not validated."))
    return redirect("improve:validation", held.investigation_id)


@require_POST
@page(gettext_lazy("Code blind"))
def coding_blind(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Code a case blind: for the validation that one has under way, else as its second coder."""
    rows = EvidenceCase.objects.select_related("investigation", "verdict")
    case = load(request.actor, scopes.VIEW, rows, case_id)
    found = load_investigation(request.actor, case.investigation_id)
    form = BlindForm(request.POST, causes=coding.usable_causes())
    if form.is_valid():
        own = _own_validation(request, found)
        try:
            if own is not None and str(case.pk) in own.sample:
                acts.code_for_validation(request.actor, validation=own, case=case, now=request.now, **form.cleaned_data)
            else:
                acts.code_blind(request.actor, case=case, now=request.now, **form.cleaned_data)
            return redirect("improve:validation", found.pk)
        except Invalid as wrong:
            form.add_error(None, wrong.sentence)
    return show(request, found, form=form)


def show(request: PageRequest, found: Investigation, *, form: BlindForm | None = None) -> HttpResponse:
    """The screen; a form with errors comes back on it."""
    actor = request.actor
    own, ended = _own_validation(request, found), validating.standing(found)
    waiting = validating.to_code(actor, own) if own is not None else _second_cases(request, found)
    shows_people = bool(may(actor, PERSON_VIEW, found))
    is_own_work = actor.person_id in validating.investigators(found)
    context: dict[str, Any] = {
        "investigation": found,
        "tabs": tabs_of(found, current="validation"),
        "exports": paper_links("improve:validation-paper", found.pk),
        "is_validated": validating.is_validated(found),
        "ended": ended,
        "ended_text": report.validation_text(ended) if ended else "",
        "blocking": report.blocking_texts(ended, shows_people=shows_people) if ended else [],
        "own": own,
        "waiting": len(waiting),
        "shown": cases_shown(actor, found, {}, only=[waiting[0].pk])[0] if waiting else None,
        "form": form or (BlindForm(causes=coding.usable_causes()) if waiting else None),
        "may_begin": found.is_open and own is None and not is_own_work and bool(may(actor, scopes.VALIDATE, found)),
        "is_own_work": is_own_work,
        "is_under_way": found.validations.filter(state=Validation.OPEN).exists(),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "improve/validation.html", context, crumbs=crumbs_of(found), status=status)


def _own_validation(request: PageRequest, found: Investigation) -> Validation | None:
    return found.validations.filter(state=Validation.OPEN, by_id=request.actor.person_id).first()


def _second_cases(request: PageRequest, found: Investigation) -> list[EvidenceCase]:
    """The cases that this person can code as the second."""
    actor = request.actor
    if not found.is_open or not may(actor, scopes.EDIT, found):
        return []
    waiting = coding.waiting_for_second(actor, found)
    cases = {case.pk: case for case in queries.cases_of(actor, found).filter(pk__in=waiting)}
    return [cases[pk] for pk in waiting if pk in cases]
