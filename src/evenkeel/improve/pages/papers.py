"""Documents of an investigation: have one made, see how far it is, fetch it."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried

from .. import acts, scopes
from ..forms_room import PaperForm
from ..models import Paper
from .one import load_investigation
from .tabs import crumbs_of, tabs_of

_TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@page(gettext_lazy("Documents"))
def papers(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """My documents of it; a POST has one made."""
    found = load_investigation(request.actor, investigation_id)
    form = PaperForm(request.POST or None)
    if request.method == "POST":
        site = request.build_absolute_uri("/").rstrip("/")
        made = tried(form, lambda said: acts.order_paper(
            request.actor, investigation=found, file_format=said["format"], site=site, now=request.now))  # fmt: skip
        if made is not None:
            return redirect(made)
    rows = found.papers.filter(by_id=request.actor.person_id, expires_at__gt=request.now)[:20]
    context = {"investigation": found, "tabs": tabs_of(found, current="papers"), "papers": rows, "form": form}
    status = 422 if form.errors else 200
    return render(request, "improve/papers.html", context, crumbs=crumbs_of(found), status=status)


@page(gettext_lazy("Document"))
def paper(request: PageRequest, paper_id: UUID) -> HttpResponse:
    """One document: how far it is, then the file."""
    found = _load(request, paper_id)
    context = {"paper": found, "investigation": found.investigation}
    return render(request, "improve/paper.html", context, crumbs=crumbs_of(found.investigation))


@page(gettext_lazy("Document"))
def paper_state(request: PageRequest, paper_id: UUID) -> HttpResponse:
    """How far it is; the page asks until it is over."""
    found = _load(request, paper_id)
    response: HttpResponse = TemplateResponse(request, "improve/parts/paper_state.html", {"paper": found})
    if found.is_over:
        response["HX-Refresh"] = "true"
    return response


@page(gettext_lazy("Document"))
def paper_file(request: PageRequest, paper_id: UUID) -> HttpResponseBase:
    """The file, for whoever ordered it."""
    found = _load(request, paper_id)
    file = acts.fetch_paper(request.actor, paper=found, now=request.now)
    name = f"{slugify(found.investigation.title) or 'investigation'}.{found.format}"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=_TYPES[found.format])
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _load(request: PageRequest, paper_id: UUID) -> Paper:
    found = load(request.actor, scopes.VIEW, Paper.objects.select_related("investigation__programme"), paper_id)
    if found.by_id != request.actor.person_id:
        raise NotFound(gettext_lazy("There is no such page, or it is not yours to see."))
    return found
