"""An initiative's charter with how it stands, and a validation, as documents."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import may
from evenkeel.ground.documents import as_file
from evenkeel.ground.pages import PageRequest, page
from evenkeel.measure import PERSON_VIEW

from ..charter_report import charter_document
from ..queries_initiatives import actions_of, effects_of, gates_of, markets_of
from ..validation_report import validation_document
from .initiatives import load_initiative
from .one import load_investigation
from .portfolio import benefits_of
from .short_papers import site_of


@page(gettext_lazy("Charter"))
def initiative_paper(request: PageRequest, initiative_id: UUID) -> HttpResponse:
    """The charter, and how it stands, with the reader's eyes: a PDF, or with ?format=pptx slides."""
    found = load_initiative(request, initiative_id)
    document = charter_document(
        found,
        gates=gates_of(found),
        actions=actions_of(request.actor, found),
        markets=markets_of(found),
        benefits=benefits_of(effects_of(request.actor, found)),
        site=site_of(request),
        now=request.now,
    )
    return as_file(document, name=f"initiative-{found.pk}", file_format=request.GET.get("format"))


@page(gettext_lazy("Validation"))
def validation_paper(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """How a validation stands, with the reader's eyes: a PDF, or with ?format=pptx slides."""
    found = load_investigation(request.actor, investigation_id)
    document = validation_document(
        found,
        shows_people=bool(may(request.actor, PERSON_VIEW, found)),
        author=request.actor.name,
        site=site_of(request),
        now=request.now,
    )
    return as_file(document, name=f"validation-{found.pk}", file_format=request.GET.get("format"))
