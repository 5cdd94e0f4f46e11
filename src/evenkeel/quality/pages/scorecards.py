"""Scorecards: which there are, writing one with its preview, and where it is used."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table
from evenkeel.ground.trying import tried
from evenkeel.work import PROGRAMME_VIEW, Programme

from .. import scopes
from ..acts.scorecards import add_scorecard, publish_scorecard, use_scorecard
from ..models import SamplingPlan, Scorecard, ScorecardUse, ScorecardVersion
from ..queries.scorecards import version_at
from ..rules.scorecard_text import read_scorecard, written_scorecard
from ..rules.scorecards import check_scorecard, taken_marks
from .forms import tell
from .scoring import MARK_WORDS

_EXAMPLE = """Policy (3)
  The right clause (2) critical
  The right severity partly n/a
Record
  A note says why n/a
Causes: haste; unclear guideline; tool
Pass from: 85 %"""


class LinesForm(forms.Form):
    """A scorecard as lines."""

    lines = forms.CharField(
        label=gettext_lazy("Sections and points"),
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "A section a line, with its weight in brackets; its points beneath, indented. After a point: critical, partly, n/a."
        ),
    )
    what_changed = forms.CharField(label=gettext_lazy("What changed"), max_length=300, required=False)


class NewForm(LinesForm):
    """The first version."""

    programme = forms.ModelChoiceField(queryset=Programme.objects.none(), label=gettext_lazy("Programme"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    field_order = ("programme", "name", "lines")
    what_changed = None  # type: ignore[assignment]

    def __init__(self, *args: Any, request: PageRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = visible(request.actor, scopes.SCORECARD_EDIT, Programme.objects.order_by("name"))


class UseForm(forms.Form):
    """Where a scorecard is used."""

    plan = forms.ModelChoiceField(
        queryset=SamplingPlan.objects.none(),
        label=gettext_lazy("Sampling plan"),
        required=False,
        empty_label=gettext_lazy("All of the programme"),
    )

    def __init__(self, *args: Any, request: PageRequest, programme: Programme, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["plan"]
        assert isinstance(field, forms.ModelChoiceField)
        plans = SamplingPlan.objects.filter(programme=programme, design=SamplingPlan.POISSON, ended_at=None)
        field.queryset = visible(request.actor, scopes.PLAN_VIEW, plans)


@page(gettext_lazy("Scorecards"))
def scorecards(request: PageRequest) -> HttpResponse:
    """Every scorecard that the reader may see."""
    require(request.actor, scopes.AUDIT_VIEW)
    table = Table(
        request,
        visible(request.actor, scopes.AUDIT_VIEW, Scorecard.objects.select_related("programme")),
        title=_("Scorecards"),
        columns=[
            Column("name", _("Name"), sort="name", link=lambda each: each.get_absolute_url()),
            Column("programme.name", _("Programme"), sort="programme__name"),
            Column("created_at", _("Since"), kind="moment", sort="created_at"),
        ],
        default_sort="name",
        empty=Empty(
            title=_("No scorecards yet"),
            body=_(
                "A scorecard says what is looked at in a decision beside its label, and how much each point weighs."
            ),
            icon="list-checks",
        ),
    )
    may_edit = not request.actor.is_outside and request.actor.has(scopes.SCORECARD_EDIT)
    return render(request, "quality/scorecards.html", {"table": table, "may_edit": may_edit})


@page(gettext_lazy("New scorecard"))
def new(request: PageRequest) -> HttpResponse:
    """Write a scorecard's first version."""
    require(request.actor, scopes.SCORECARD_EDIT)
    form = NewForm(request.POST or None, request=request, initial={"lines": _EXAMPLE})
    if request.method == "POST":
        made = tried(form, lambda said: _added(request, said))
        if made is not None:
            messages.success(request, _("The scorecard is there; say where it is used."))
            return redirect("quality:scorecard", made.scorecard_id)
    return _editor(request, form, crumbs=[(_("Scorecards"), reverse("quality:scorecards"))])


def _added(request: PageRequest, said: dict[str, Any]) -> ScorecardVersion:
    spec = read_scorecard(said["lines"])
    return _about_lines(
        lambda: add_scorecard(request.actor, programme=said["programme"], name=said["name"], spec=spec, now=request.now)
    )


def _about_lines(act: Any) -> ScorecardVersion:
    """The act's answer; what is wrong with a specification is wrong with the lines that wrote it."""
    try:
        made: ScorecardVersion = act()
        return made
    except Invalid as wrong:
        fields = {("lines" if name == "spec" else name): said for name, said in wrong.fields.items()}
        raise Invalid(wrong.sentence, fields=fields) from None


@page(gettext_lazy("Scorecard"))
def scorecard(request: PageRequest, scorecard_id: UUID) -> HttpResponse:
    """A scorecard as it is; whoever may writes its next version."""
    found = load(request.actor, scopes.AUDIT_VIEW, Scorecard.objects.select_related("programme"), scorecard_id)
    present = version_at(found.pk, at=request.now)
    may_edit = not request.actor.is_outside and bool(may(request.actor, scopes.SCORECARD_EDIT, found))
    form = LinesForm(request.POST or None, initial={"lines": written_scorecard(present.spec) if present else ""})
    if request.method == "POST":
        require(request.actor, scopes.SCORECARD_EDIT, found)
        made = tried(form, lambda said: _published(request, found, said))
        if made is not None:
            messages.success(request, _("Version %(n)d is in use from now on.") % {"n": made.number})
            return redirect(found)
    return _editor(
        request, form, found=found, present=present, may_edit=may_edit,
        crumbs=[(_("Scorecards"), reverse("quality:scorecards"))],
    )  # fmt: skip


def _published(request: PageRequest, found: Scorecard, said: dict[str, Any]) -> ScorecardVersion:
    spec = read_scorecard(said["lines"])
    return _about_lines(
        lambda: publish_scorecard(
            request.actor, scorecard=found, spec=spec, what_changed=said["what_changed"], now=request.now
        )
    )


def _editor(
    request: PageRequest,
    form: LinesForm,
    *,
    found: Scorecard | None = None,
    present: ScorecardVersion | None = None,
    may_edit: bool = True,
    crumbs: list[tuple[Any, str | None]],
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "scorecard": found,
        "present": present,
        "may_edit": may_edit,
        **_previewed(str(form["lines"].value() or "")),
    }
    if found is not None:
        uses = visible(request.actor, scopes.PLAN_VIEW, ScorecardUse.objects.filter(scorecard=found))
        context |= {
            "versions": found.versions.select_related("published_by"),
            "uses": uses.select_related("plan").order_by("-id")[:20],
            "use_form": UseForm(request=request, programme=found.programme) if may_edit else None,
        }
    return render(request, "quality/scorecard.html", context, crumbs=crumbs, status=422 if form.errors else 200)


@require_POST
@page(gettext_lazy("Preview"))
def preview(request: PageRequest) -> HttpResponse:
    """The scorecard as an auditor will see it; a part of the page on which it is written."""
    require(request.actor, scopes.SCORECARD_EDIT)
    return TemplateResponse(
        request, "quality/parts/scorecard_preview.html", _previewed(request.POST.get("lines", "")[:20_000])
    )


def _previewed(lines: str) -> dict[str, Any]:
    try:
        spec = check_scorecard(read_scorecard(lines))
    except Invalid as wrong:
        return {"faults": [sentence for said in wrong.fields.values() for sentence in said], "shown": None}
    whole = sum(section["weight"] for section in spec["sections"])
    sections = [
        {
            **section,
            "share": section["weight"] / whole,
            "points": [
                {**point, "marks": [MARK_WORDS[mark] for mark in taken_marks(point)]} for point in section["points"]
            ],
        }
        for section in spec["sections"]
    ]
    return {"faults": [], "shown": {**spec, "sections": sections}}


@require_POST
@page(gettext_lazy("Use the scorecard"))
def use(request: PageRequest, scorecard_id: UUID) -> HttpResponse:
    """Use a scorecard for a plan, or for all of its programme, or (ending) no longer."""
    found = load(request.actor, scopes.SCORECARD_EDIT, Scorecard.objects.select_related("programme"), scorecard_id)
    programme = load(request.actor, PROGRAMME_VIEW, Programme.objects.all(), found.programme_id)
    form = UseForm(request.POST, request=request, programme=programme)
    if form.is_valid():
        try:
            chosen = None if request.POST.get("ending") else found
            plan = form.cleaned_data["plan"]
            use_scorecard(request.actor, programme=programme, plan=plan, scorecard=chosen, now=request.now)
            messages.success(request, _("It counts for verdicts scored from now on."))
        except Invalid as wrong:
            tell(form, wrong)
    if form.errors:
        messages.error(request, " ".join(str(sentence) for said in form.errors.values() for sentence in said))
    return redirect(found)
