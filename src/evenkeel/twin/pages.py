"""What if: studies that are kept, asking for one, and one with its figures side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table

from . import acts, scopes
from .forms import StudyForms
from .models import WhatIfStudy
from .scoring import SCORES
from .studies.carrying import now_at
from .studies.comparing import figures_of, headlines_of, seeds_of
from .studies.knobs import told

_TONES = {"done": "good", "failed": "bad", "stopped": "quiet", "open": "info"}
_WORDS = {
    "open": gettext_lazy("under way"),
    "done": gettext_lazy("done"),
    "stopped": gettext_lazy("stopped"),
    "failed": gettext_lazy("failed"),
}


@page(
    gettext_lazy("What if"),
    name="twin:studies",
    nav=Nav(section="insight", icon="flask", order=70, scope=scopes.STUDY_VIEW),
)
def studies(request: PageRequest) -> HttpResponseBase:
    """What was asked, and what came of it."""
    require(request.actor, scopes.STUDY_VIEW)
    may_run = request.actor.has(scopes.STUDY_RUN) and not request.actor.is_outside
    table = Table(
        request,
        visible(request.actor, scopes.STUDY_VIEW, WhatIfStudy.objects.select_related("programme")),
        title=_("What-if studies"),
        columns=[
            Column("title", _("Study"), sort="title", link=lambda study: study.get_absolute_url()),
            Column("of", _("Organisation"), value=_of),
            Column("variants", _("Variants"), kind="count", value=lambda study: len(study.variants)),
            Column("seeds", _("Organisations each"), kind="count", sort="seeds"),
            Column("state", _("State"), kind="badge", value=lambda study: _WORDS[study.state],
                   tone=lambda study: _TONES[study.state]),
            Column("by_name", _("By"), sort="by_name"),
            Column("created_at", _("Begun"), kind="moment", sort="created_at"),
        ],
        default_sort="-created_at",
        export_name="what-if-studies",
        empty=Empty(
            title=_("Nothing asked yet"),
            body=_(
                "What would half the audits have cost in days until a fault is seen? What would another alarm budget, SLA or "
                "target have done? A synthetic organisation, a shipped one or one fitted to your own log, lives through "
                "each variant, and because its faults are planted, what was missed is known."
            ),
            icon="flask",
            action=_("Ask what if") if may_run else "",
            href=reverse("twin:new-study") if may_run else "",
        ),
    )  # fmt: skip
    return table.export() or render(request, "twin/studies.html", {"table": table, "may_run": may_run})


@page(gettext_lazy("Ask what if"))
def new(request: PageRequest) -> HttpResponse:
    """Ask: which organisation, which variants. `like` begins from a study that there is."""
    require(request.actor, scopes.STUDY_RUN)
    forms = StudyForms(request.actor, request.POST if request.method == "POST" else None, like=_like(request))
    if request.method == "POST" and "more" not in request.POST and forms.is_valid():
        try:
            made = acts.begin_study(request.actor, asked=forms.asked(), programme=_programme(forms), now=request.now)
        except Invalid as wrong:
            forms.tell(wrong)
        else:
            return redirect(made)
    crumbs = [(_("What if"), reverse("twin:studies"))]
    is_wrong = request.method == "POST" and "more" not in request.POST
    return render(request, "twin/new.html", {"forms": forms}, crumbs=crumbs, status=422 if is_wrong else 200)


def _programme(forms: StudyForms) -> Any:
    said = forms.study.cleaned_data
    return said["programme"] if not said["scenario"] else None


def _like(request: PageRequest) -> WhatIfStudy | None:
    said = request.GET.get("like", "")
    return load(request.actor, scopes.STUDY_VIEW, WhatIfStudy.objects.all(), said) if said else None


@page(gettext_lazy("What-if study"))
def study(request: PageRequest, what_if_study_id: UUID) -> HttpResponseBase:
    """One study: how far it is, and every figure that it has, variant by variant."""
    found = _study(request, what_if_study_id)
    runs = list(found.runs.all())
    figures = figures_of(found, runs)
    table = Table(
        request,
        [(figure, cell) for figure in figures for cell in figure.cells],
        title=_("All figures"),
        columns=_COLUMNS,
        filters=[
            ChoiceFilter("score", _("Score"), choices=[(kind.slug, kind.title) for kind in SCORES], test=_is_of_score)
        ],
        export_name="what-if",
        page_size=50,
    )
    if answer := table.export():
        return answer
    headlines = headlines_of(figures)
    context = {
        **_state(found, len(runs), len(seeds_of(found, runs))),
        "of": _of(found),
        "variants": [(each["name"], told(each["changes"])) for each in found.variants],
        "for_all": told(found.for_all) if found.for_all else "",
        "headlines": headlines,
        "charts": [figure.chart() for figure in headlines],
        "table": table if figures else None,
        "may_run": bool(may(request.actor, scopes.STUDY_RUN, found)),
    }
    return render(request, "twin/study.html", context, crumbs=[(_("What if"), reverse("twin:studies"))])


@page(gettext_lazy("What-if study"))
def live(request: PageRequest, what_if_study_id: UUID) -> HttpResponse:
    """How far it is; the page asks until it is over, and loads anew when there is more to compare."""
    found = _study(request, what_if_study_id)
    runs = list(found.runs.only("variant", "seed"))
    state = _state(found, len(runs), len(seeds_of(found, runs)))
    response: HttpResponse = TemplateResponse(request, "twin/parts/state.html", state)
    if found.end or str(state["whole"]) != request.GET.get("seen", ""):
        response["HX-Refresh"] = "true"
    return response


def _study(request: PageRequest, what_if_study_id: UUID) -> WhatIfStudy:
    rows = WhatIfStudy.objects.select_related("programme")
    return load(request.actor, scopes.STUDY_VIEW, rows, what_if_study_id)


def _state(found: WhatIfStudy, runs: int, whole: int) -> dict[str, Any]:
    at = now_at(found) if not found.end else {}
    variants = [_("as it is"), *(each["name"] for each in found.variants)]
    variant = at.get("variant")
    doing = ""
    if at:
        doing = (
            _("Learns from the log what the programme is like")
            if variant is None
            else _("Lives through organisation %(seed)d, %(variant)s")
            % {"seed": at["seed"], "variant": variants[variant]}
        )
    return {
        "study": found, "state": _WORDS[found.state], "tone": _TONES[found.state], "runs": runs, "asked": found.runs_asked,
        "whole": whole, "doing": doing,
    }  # fmt: skip


def _of(found: WhatIfStudy) -> str:
    if found.programme is not None:
        return _("like %(name)s") % {"name": found.programme.name}
    return found.scenario


@require_POST
@page(gettext_lazy("Stop"))
def stopping(request: PageRequest, what_if_study_id: UUID) -> HttpResponse:
    """End it where it is."""
    return redirect(acts.stop_study(request.actor, study=_study(request, what_if_study_id), now=request.now))


@require_POST
@page(gettext_lazy("Delete"))
def deletion(request: PageRequest, what_if_study_id: UUID) -> HttpResponse:
    """Remove it with all its figures."""
    acts.delete_study(request.actor, study=_study(request, what_if_study_id), now=request.now)
    messages.info(request, _("The study is deleted."))
    return redirect("twin:studies")


def _is_of_score(pair: Any, value: str) -> bool:
    return bool(pair[0].score == value)


def _part(name: str) -> Any:
    return lambda pair: getattr(pair[1].difference, name) if pair[1].difference is not None else None


def _found(name: str) -> Any:
    return lambda pair: getattr(pair[1].estimate, name) if pair[1].estimate is not None else None


_COLUMNS = [
    Column("score", gettext_lazy("Score"), value=lambda pair: pair[0].score),
    Column("figure", gettext_lazy("Figure"), value=lambda pair: pair[0].name),
    Column("variant", gettext_lazy("Variant"), value=lambda pair: pair[1].variant),
    Column("changes", gettext_lazy("What it changes"), value=lambda pair: pair[1].changes, optional=True),
    Column("unit", gettext_lazy("Unit"), value=lambda pair: pair[0].unit.strip(), optional=True),
    Column("value", gettext_lazy("Found"), kind="number", digits=3, value=_found("value")),
    Column("low", gettext_lazy("Low"), kind="number", digits=3, value=_found("low")),
    Column("high", gettext_lazy("High"), kind="number", digits=3, value=_found("high")),
    Column("n", gettext_lazy("n"), kind="count", value=_found("n")),
    Column("difference", gettext_lazy("Difference"), kind="number", digits=3, value=_part("value")),
    Column("difference_low", gettext_lazy("Its low end"), kind="number", digits=3, value=_part("low")),
    Column("difference_high", gettext_lazy("Its high end"), kind="number", digits=3, value=_part("high")),
]

urlpatterns = [
    path("what-if/", studies, name="studies"),
    path("what-if/new/", new, name="new-study"),
    path("what-if/<uuid:what_if_study_id>/", study, name="study"),
    path("what-if/<uuid:what_if_study_id>/live/", live, name="study-live"),
    path("what-if/<uuid:what_if_study_id>/stopping/", stopping, name="study-stopping"),
    path("what-if/<uuid:what_if_study_id>/deletion/", deletion, name="study-deletion"),
]
