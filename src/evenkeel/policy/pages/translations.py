"""A policy's other languages and its examples: what is read and searched beside an item."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table
from evenkeel.ground.trying import tried
from evenkeel.people import language_name

from .. import scopes
from ..acts.translations import (
    EXAMPLE_LENGTH,
    HEADING_LENGTH,
    VERDICT_LENGTH,
    add_example,
    end_example,
    translate_version,
)
from ..models import Policy, PolicyExample, PolicyTranslation
from ..queries import version_in_force
from ..rules import BODY_LIMIT
from .policies import policy_of, tabs_of


class TranslationForm(forms.Form):
    language = forms.CharField(
        label=gettext_lazy("Language"), max_length=12, help_text=gettext_lazy("A code such as de or pt-BR.")
    )
    body_markdown = forms.CharField(
        label=gettext_lazy("Text"), max_length=BODY_LIMIT, strip=False, widget=forms.Textarea(attrs={"rows": 16})
    )


class ExampleForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("The case"), max_length=EXAMPLE_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    verdict = forms.CharField(label=gettext_lazy("What it is"), max_length=VERDICT_LENGTH)
    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=EXAMPLE_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    heading = forms.CharField(label=gettext_lazy("Heading it belongs to"), max_length=HEADING_LENGTH, required=False)
    language = forms.CharField(
        label=gettext_lazy("Language"),
        max_length=12,
        required=False,
        help_text=gettext_lazy("Empty: shown to everybody."),
    )


@page(gettext_lazy("Languages"))
def languages(request: PageRequest, policy_id: UUID) -> HttpResponseBase:
    """The translations of the version in force; POST publishes one."""
    found = policy_of(request, policy_id)
    version = version_in_force(found, request.now)
    form = TranslationForm(request.POST or None)
    if request.method == "POST" and version is not None:
        require(request.actor, scopes.POLICY_EDIT, found)
        made = tried(form, lambda said: translate_version(request.actor, version=version, now=request.now, **said))
        if made is not None:
            messages.success(
                request, _("Whoever reads %(language)s sees it from now on.") % {"language": made.language}
            )
            return redirect("policy:languages", found.pk)
    # The latest of a language counts, and only those of the version in force.
    latest = version.translations.order_by("published_at", "id") if version else []
    read = set({each.language: each.pk for each in latest}.values())
    table = Table(
        request,
        PolicyTranslation.objects.filter(version__policy=found).select_related("version", "published_by__organisation"),
        title=_("Translations"),
        columns=[
            Column("language", _("Language"), value=lambda each: language_name(each.language), sort="language"),
            Column("version", _("Version"), value=lambda each: each.version.number),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda each: _("read now") if each.pk in read else _("not read any more"),
                tone=lambda each: "good" if each.pk in read else "quiet",
            ),
            Column("published_at", _("Published"), kind="moment", sort="published_at"),
            Column("published_by", _("By"), kind="person"),
        ],
        default_sort="-published_at",
        empty=Empty(
            title=_("In one language only"),
            body=_("Whoever reads a language that the version in force is translated to sees it so at the desk."),
            icon="book",
        ),
    )
    return _side(
        request,
        found,
        "policy/languages.html",
        "policy:languages",
        form,
        table=table,
        version=version,
        written_in=language_name(version.language) if version else "",
    )


@page(gettext_lazy("Examples"))
def examples(request: PageRequest, policy_id: UUID) -> HttpResponseBase:
    """The cases that show what the policy means; POST adds one."""
    found = policy_of(request, policy_id)
    form = ExampleForm(request.POST or None)
    if request.method == "POST":
        require(request.actor, scopes.POLICY_EDIT, found)
        made = tried(form, lambda said: add_example(request.actor, policy=found, now=request.now, **said))
        if made is not None:
            messages.success(request, _("It is read beside the guideline from now on."))
            return redirect("policy:examples", found.pk)
    shown = PolicyExample.objects.filter(policy=found, ended_at=None)
    return _side(request, found, "policy/examples.html", "policy:examples", form, examples=shown)


@require_POST
@page(gettext_lazy("Take an example out"))
def ending(request: PageRequest, policy_example_id: UUID) -> HttpResponseBase:
    """Take an example out."""
    found = load(request.actor, scopes.POLICY_VIEW, PolicyExample.objects.all(), policy_example_id)
    end_example(request.actor, example=found, now=request.now)
    messages.success(request, _("Taken out; it stays on record."))
    return redirect("policy:examples", found.policy_id)


def _side(
    request: PageRequest, found: Policy, template: str, current: str, form: forms.Form, **context: object
) -> HttpResponseBase:
    shown = {
        "policy": found,
        "form": form,
        "tabs": tabs_of(found, current),
        "may_edit": bool(may(request.actor, scopes.POLICY_EDIT, found)),
        **context,
    }
    crumbs = [(_("Policies"), reverse("policy:policies"))]
    return render(request, template, shown, crumbs=crumbs, status=422 if form.errors else 200)
