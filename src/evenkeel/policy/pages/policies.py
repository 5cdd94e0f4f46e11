"""Policies to read, their versions, and publishing a new one."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table, TextFilter
from evenkeel.ground.templatetags.parts import Tab, moment
from evenkeel.ground.trying import tell
from evenkeel.people import language_name, languages

from .. import scopes
from ..acts.policies import add_policy, publish_version
from ..models import ChangeRequest, Policy, PolicyVersion
from ..queries import version_html, version_in_force
from ..requests import accepted_requests
from ..rules import BODY_LIMIT, to_html


class PolicyForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)


class VersionForm(forms.Form):
    body_markdown = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=BODY_LIMIT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "true"}),
        help_text=gettext_lazy("Markdown: # heading, **bold**, - list, | table |. People read it beside each item."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=languages,
        required=False,
        help_text=gettext_lazy("What the text is written in. Others are added as translations."),
    )
    what_changed = forms.CharField(
        label=gettext_lazy("What changed"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("One sentence for people who know the version before."),
    )
    answers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which accepted changes does it make true?"),
        queryset=ChangeRequest.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@page(
    gettext_lazy("Policies"),
    name="policy:policies",
    nav=Nav(section="work", icon="book", order=40, scope=scopes.POLICY_VIEW),
)
def policies(request: PageRequest) -> HttpResponse:
    """Every policy that the person may read; POST adds one."""
    form = PolicyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_policy(request.actor, name=form.cleaned_data["name"], now=request.now)
            return redirect("policy:publish", made.pk)
        except Invalid as wrong:
            tell(form, wrong)
    newest = PolicyVersion.objects.filter(policy=OuterRef("pk"), published_at__lte=request.now).order_by("-number")
    found = visible(request.actor, scopes.POLICY_VIEW, Policy.objects.select_related("owner__organisation"))
    may_edit = may(request.actor, scopes.POLICY_EDIT)
    table = Table(
        request,
        found.annotate(
            number=Subquery(newest.values("number")[:1]), published_at=Subquery(newest.values("published_at")[:1])
        ),
        title=_("Policies"),
        columns=[
            Column("name", _("Name"), sort="name", link=lambda each: each.get_absolute_url()),
            Column("number", _("Version in force"), kind="count", sort="number"),
            Column("published_at", _("Since"), kind="moment", sort="published_at"),
            Column("owner", _("Owner"), kind="person"),
        ],
        filters=[TextFilter("q", _("Search policies"), fields=["name"])],
        default_sort="name",
        empty=Empty(
            title=_("No policies yet"),
            body=_("A policy is what a decision is held to. Moderators read the version in force beside each item."),
            icon="book",
        ),
    )
    context = {"table": table, "form": form, "may_edit": may_edit}
    return render(request, "policy/policies.html", context, status=422 if form.errors else 200)


@page(gettext_lazy("Policy"))
def policy(request: PageRequest, policy_id: UUID) -> HttpResponse:
    """The version in force, to read."""
    found = policy_of(request, policy_id)
    version = version_in_force(found, request.now)
    return _reading(request, found, version, is_current=True)


@page(gettext_lazy("Policy"))
def version(request: PageRequest, policy_id: UUID, number: int) -> HttpResponse:
    """One version, also an old one."""
    found = policy_of(request, policy_id)
    shown = get_object_or_404(found.versions.select_related("published_by"), number=number)
    return _reading(request, found, shown, is_current=version_in_force(found, request.now) == shown)


@page(gettext_lazy("Versions"))
def versions(request: PageRequest, policy_id: UUID) -> HttpResponse:
    """All versions of a policy, newest first."""
    found = policy_of(request, policy_id)
    current = version_in_force(found, request.now)
    table = Table(
        request,
        found.versions.select_related("published_by__organisation"),
        title=_("Versions"),
        columns=[
            Column("number", _("Version"), sort="number", link=lambda each: each.get_absolute_url()),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda each: _("in force") if each == current else _("replaced"),
                tone=lambda each: "good" if each == current else "quiet",
            ),
            Column("language", _("Language"), value=lambda each: language_name(each.language)),
            Column("published_at", _("Published"), kind="moment", sort="published_at"),
            Column("published_by", _("By"), kind="person"),
            Column("what_changed", _("What changed")),
        ],
        default_sort="-number",
    )
    context = {"policy": found, "table": table, "tabs": tabs_of(found, "policy:versions"), **_rights(request, found)}
    return render(request, "policy/versions.html", context, crumbs=[(_("Policies"), reverse("policy:policies"))])


@page(gettext_lazy("Publish a version"))
def publish(request: PageRequest, policy_id: UUID) -> HttpResponse:
    """Write the next version, starting from the one in force."""
    found = policy_of(request, policy_id)
    require(request.actor, scopes.POLICY_EDIT, found)
    current = version_in_force(found, request.now)
    language = current.language if current else settings.LANGUAGE_CODE
    text = current.body_markdown if current else ""
    form = VersionForm(request.POST or None, initial={"body_markdown": text, "language": language})
    form.fields["what_changed"].required = current is not None
    # A rare code that came by the API stays a choice.
    form.fields["language"].choices = list((dict(languages()) | {language: language_name(language)}).items())  # type: ignore[attr-defined]
    waiting = accepted_requests(found.pk)
    form.fields["answers"].queryset = waiting  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            made = publish_version(request.actor, policy=found, now=request.now, **form.cleaned_data)
            messages.success(request, _("Version %(number)d is in force.") % {"number": made.number})
            return redirect(found)
        except Invalid as wrong:
            tell(form, wrong)
    shown = form["body_markdown"].value() or ""
    context = {
        "policy": found,
        "current": current,
        "form": form,
        "has_waiting": waiting.exists(),
        "preview": to_html(shown.strip()[:BODY_LIMIT]) if shown.strip() else "",
    }
    crumbs = [(_("Policies"), reverse("policy:policies")), (found.name, found.get_absolute_url())]
    return render(request, "policy/publish.html", context, crumbs=crumbs, status=422 if form.errors else 200)


@require_POST
@page(gettext_lazy("Preview"))
def preview(request: PageRequest) -> HttpResponse:
    """The text as people will read it; a part of the page on which it is written."""
    require(request.actor, scopes.POLICY_EDIT)
    text = request.POST.get("body_markdown", "").strip()[:BODY_LIMIT]
    return TemplateResponse(request, "policy/preview.html", {"preview": to_html(text) if text else ""})


def policy_of(request: PageRequest, policy_id: UUID) -> Policy:
    """A policy that the reader may see."""
    return load(request.actor, scopes.POLICY_VIEW, Policy.objects.select_related("owner"), policy_id)


def _reading(request: PageRequest, found: Policy, shown: PolicyVersion | None, *, is_current: bool) -> HttpResponse:
    context = {
        "policy": found,
        "version": shown,
        "is_current": is_current,
        "body": version_html(shown) if shown else "",
        "facts": _facts(request, found, shown) if shown else [],
        "tabs": tabs_of(found, "policy:policy" if is_current else ""),
        **_rights(request, found),
    }
    return render(request, "policy/policy.html", context, crumbs=[(_("Policies"), reverse("policy:policies"))])


def _facts(request: PageRequest, found: Policy, shown: PolicyVersion) -> list[tuple[object, object]]:
    return [
        (_("Number"), shown.number),
        (_("Language"), language_name(shown.language)),
        (_("Published"), moment(shown.published_at, now=request.now)),
        (_("By"), shown.published_by.name if shown.published_by else None),
        (_("Owner"), found.owner.name if found.owner else None),
    ]


def _rights(request: PageRequest, found: Policy) -> dict[str, object]:
    return {"may_edit": bool(may(request.actor, scopes.POLICY_EDIT, found))}


def tabs_of(found: Policy, current: str) -> list[Tab]:
    """The sides of a policy."""
    return [
        Tab(_("Text"), found.get_absolute_url(), current == "policy:policy"),
        Tab(
            _("Versions"),
            reverse("policy:versions", args=[found.pk]),
            current == "policy:versions",
            found.versions.count(),
        ),
        Tab(_("SOP checks"), reverse("policy:sops", args=[found.pk]), current == "policy:sops"),
        Tab(
            _("Changes asked for"),
            reverse("policy:change-requests", args=[found.pk]),
            current == "policy:change-requests",
        ),
        Tab(_("Languages"), reverse("policy:languages", args=[found.pk]), current == "policy:languages"),
        Tab(_("Examples"), reverse("policy:examples", args=[found.pk]), current == "policy:examples"),
    ]
