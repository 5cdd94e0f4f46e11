"""An action's effect report and a status note, as PDF or slides."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load
from evenkeel.ground.documents import as_file
from evenkeel.ground.pages import PageRequest, page

from .. import scopes
from ..effect_report import effect_document, note_document
from ..models import EffectCheck, StatusNote
from ..queries_actions import plan_in_force
from .action_parts import check_shown, load_action
from .short_papers import site_of


@page(gettext_lazy("Effect report"))
def effect_paper(request: PageRequest, action_id: UUID) -> HttpResponse:
    """The effect report of an action with the reader's eyes: a PDF, or with ?format=pptx slides."""
    found = load_action(request, action_id)
    checks = EffectCheck.objects.filter(plan__action=found).select_related("plan").order_by("-at")
    shown = [(check, check_shown(request, found, check)) for check in checks]
    said = [
        (check, each, [chart for chart in (each["chart"], each["study"]) if chart is not None]) for check, each in shown
    ]
    document = effect_document(found, plan=plan_in_force(found), checks=said, site=site_of(request), now=request.now)
    return as_file(document, name=f"effect-{found.pk}", file_format=request.GET.get("format"))


@page(gettext_lazy("Status note"))
def note_paper(request: PageRequest, status_note_id: UUID) -> HttpResponse:
    """A status note: a PDF, or with ?format=pptx slides."""
    rows = StatusNote.objects.select_related("initiative", "by")
    found = load(request.actor, scopes.INITIATIVE_VIEW, rows, status_note_id)
    document = note_document(found, site=site_of(request), now=request.now)
    return as_file(document, name=f"note-{found.pk}", file_format=request.GET.get("format"))
