"""An action's effect report and a status note, as PDF or slides."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load
from evenkeel.ground.documents import Document, to_pdf, to_pptx
from evenkeel.ground.pages import PageRequest, page

from .. import scopes
from ..effect_report import effect_document, note_document
from ..models import EffectCheck, StatusNote
from ..queries_actions import plan_in_force
from .actions import check_shown, load_action

_TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@page(gettext_lazy("Effect report"))
def effect_paper(request: PageRequest, action_id: UUID) -> HttpResponse:
    """The effect report of an action with the reader's eyes: a PDF, or with ?format=pptx slides."""
    found = load_action(request, action_id)
    checks = EffectCheck.objects.filter(plan__action=found).select_related("plan").order_by("-at")
    shown = [(check, check_shown(request, found, check)) for check in checks]
    said = [
        (check, each, [chart for chart in (each["chart"], each["study"]) if chart is not None]) for check, each in shown
    ]
    document = effect_document(found, plan=plan_in_force(found), checks=said, site=_site(request), now=request.now)
    return _file(request, document, name=f"effect-{found.pk}")


@page(gettext_lazy("Status note"))
def note_paper(request: PageRequest, status_note_id: UUID) -> HttpResponse:
    """A status note: a PDF, or with ?format=pptx slides."""
    rows = StatusNote.objects.select_related("initiative", "by")
    found = load(request.actor, scopes.INITIATIVE_VIEW, rows, status_note_id)
    return _file(request, note_document(found, site=_site(request), now=request.now), name=f"note-{found.pk}")


def _site(request: PageRequest) -> str:
    return request.build_absolute_uri("/")


def _file(request: PageRequest, document: Document, *, name: str) -> HttpResponse:
    kind = "pptx" if request.GET.get("format") == "pptx" else "pdf"
    content = (to_pptx if kind == "pptx" else to_pdf)(document)
    answer = HttpResponse(content, content_type=_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
