"""Forms: one with its versions, compared; the editor, which shows what the desk will show."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require
from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.ground.pages import PageRequest, page, render

from .. import scopes
from ..acts.forms import revise_form
from ..acts.programmes import add_form
from ..kinds.answer import answer_kinds
from ..models import AnswerForm, FormVersion, Programme
from ..rules.form_changes import form_changes
from ..rules.forms import check_spec
from ..rules.schemas import form_schema
from .desk_words import desk_modules, desk_words
from .programmes import CRUMB

_VERSIONS_SHOWN = 50


@page(gettext_lazy("Form"))
def form(request: PageRequest, form_id: UUID) -> HttpResponse:
    """One form as it is asked now, its versions, and what is different between two of them (?old=, ?new=)."""
    found = _form(request, form_id)
    versions = list(found.versions.order_by("-number")[:_VERSIONS_SHOWN])
    new = _chosen(versions, request.GET.get("new")) or versions[0]
    earlier = [version for version in versions if version.number < new.number]
    old = _chosen(versions, request.GET.get("old")) or (earlier[0] if earlier else None)
    context = {
        "form": found,
        "programme": found.programme,
        "versions": versions,
        "new": new,
        "old": old,
        "changes": form_changes(old.spec, new.spec) if old else [],
        "start": _preview(new.spec),
        "words": desk_words(),
        "may_edit": may(request.actor, scopes.PROGRAMME_EDIT, found.programme),
    }
    return render(request, "work/forms/form.html", context, crumbs=_crumbs(found.programme))


@page(gettext_lazy("Edit a form"))
def editing(request: PageRequest, form_id: UUID) -> HttpResponse:
    """Edit a form's fields, see them as the desk shows them, publish the next version."""
    found = _form(request, form_id)
    require(request.actor, scopes.PROGRAMME_EDIT, found.programme)
    newest = found.versions.order_by("-number")[:1].get()
    crumbs = [*_crumbs(found.programme), (found.name, reverse("work:form", args=[found.pk]))]
    return _editor(request, found.programme, crumbs, form=found, newest=newest)


@page(gettext_lazy("Write a form"))
def adding(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """Write a new form with every kind of field."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    require(request.actor, scopes.PROGRAMME_EDIT, programme)
    return _editor(request, programme, _crumbs(programme))


@require_POST
@page(gettext_lazy("Check a form"))
def checking(request: PageRequest, programme_id: UUID) -> JsonResponse:
    """What the desk would show of a form that is being edited, or what is wrong with it."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    require(request.actor, scopes.PROGRAMME_EDIT, programme)
    try:
        return JsonResponse(_preview(check_spec(_said(request.body))) | {"faults": []})
    except Invalid as wrong:
        return JsonResponse({"faults": wrong.fields.get("spec", [wrong.sentence])})


def _editor(
    request: PageRequest,
    programme: Programme,
    crumbs: list[tuple[Any, str | None]],
    *,
    form: AnswerForm | None = None,
    newest: FormVersion | None = None,
) -> HttpResponse:
    faults: list[str] = []
    spec = json.dumps(newest.spec if newest else _empty(), ensure_ascii=False, indent=1)
    name = request.POST.get("name", "")
    if request.method == "POST":
        spec = request.POST.get("spec", "")
        try:
            made = _published(request, programme, form, name, _said(spec))
        except Invalid as wrong:
            faults = [sentence for sentences in wrong.fields.values() for sentence in sentences] or [wrong.sentence]
        except NotNow as why_not:
            faults = [why_not.sentence]
        else:
            messages.success(request, _("“%(form)s” is published.") % {"form": made})
            return redirect("work:form", made.form_id)
    context = {
        "form": form,
        "programme": programme,
        "name": name,
        "spec": spec,
        "based_on": request.POST.get("based_on", newest.number if newest else 0),
        "faults": faults,
        "start": {
            "check": reverse("work:form-checking", args=[programme.pk]),
            "kinds": [_told(kind) for kind in answer_kinds],
            "modules": desk_modules(),
        },
        "words": desk_words() | _words(),
    }
    return render(request, "work/forms/editor.html", context, crumbs=crumbs, status=422 if faults else 200)


def _published(
    request: PageRequest, programme: Programme, form: AnswerForm | None, name: str, spec: dict[str, Any]
) -> FormVersion:
    if form is None:
        if programme.forms.filter(name=name.strip()).exists():
            raise Invalid(_("The name is taken."), fields={"name": [_("There is a form of this name; edit that one.")]})
        return add_form(request.actor, programme=programme, name=name, spec=spec, now=request.now)
    based_on = request.POST.get("based_on", "")
    number = int(based_on) if based_on.isascii() and based_on.isdigit() else 0
    return revise_form(request.actor, form=form, spec=spec, based_on=number, now=request.now)


def _said(body: str | bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Invalid(
            _("This is not JSON."), fields={"spec": [_("This is not JSON: %(why)s") % {"why": error}]}
        ) from error
    if not isinstance(said, dict):
        raise Invalid(
            _("This is no form."), fields={"spec": [_("A form is an object with “question”, “fields” and “main”.")]}
        )
    return said


def _preview(spec: dict[str, Any]) -> dict[str, Any]:
    return {"spec": spec, "schema": form_schema(spec), "modules": desk_modules()}


def _empty() -> dict[str, Any]:
    choices = [
        {"value": "yes", "title": _("Yes"), "tone": "bad"},
        {"value": "no", "title": _("No"), "tone": "good"},
    ]
    field = {"name": "label", "kind": "single_choice", "title": _("Answer"), "required": True, "choices": choices}
    return {"question": "", "main": "label", "confirm": False, "fields": [field]}


def _told(kind: Any) -> dict[str, Any]:
    return {
        "slug": kind.slug,
        "title": str(kind.title),
        "why": str(kind.why),
        "can_be_main": kind.can_be_main,
        "example": dict(kind.example.field),
        "settings": [
            {"name": each.name, "title": str(each.title), "kind": each.kind, "help": str(each.help)}
            for each in kind.settings
        ],
    }


def _words() -> dict[str, str]:
    return {
        "field_name": _("Name, as it is stored"),
        "field_title": _("What people read"),
        "kind": _("Kind"),
        "required": _("Must be answered"),
        "is_main": _("Is the decision's label"),
        "show_if": _("Asked only after"),
        "always": _("always asked"),
        "says": _("says one of (by commas)"),
        "up": _("Up"),
        "down": _("Down"),
        "remove": _("Remove"),
        "choices_help": _("One a line: what is stored | what people read | good, bad, warn, info or quiet"),
        "tree_help": _(
            "One a line: what is stored | what people read | severities | actions. A line that starts with - is a clause "
            "of the violation above it."
        ),
        "from_form": _("typed here"),
        "from_policy": _("the queue's guideline"),
        "question": _("Question"),
        "confirm": _("A choice waits for Enter"),
        "box": _("boxes"),
        "polygon": _("polygons"),
    }


def _chosen(versions: list[FormVersion], number: str | None) -> FormVersion | None:
    return next((version for version in versions if str(version.number) == number), None)


def _form(request: PageRequest, form_id: UUID) -> AnswerForm:
    return load(request.actor, scopes.PROGRAMME_VIEW, AnswerForm.objects.select_related("programme"), form_id)


def _crumbs(programme: Programme) -> list[tuple[Any, str | None]]:
    return [CRUMB, (programme.name, programme.get_absolute_url())]
