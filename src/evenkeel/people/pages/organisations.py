"""Organisations, their sites and teams."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, may, visible
from evenkeel.ground.pages import Nav, PageRequest, object_url, page, render
from evenkeel.ground.tables import Column, Empty, Table, TextFilter
from evenkeel.ground.templatetags.layout import Tab
from evenkeel.ground.trying import tried

from .. import acts, scopes
from ..forms import OrganisationForm, SiteForm, TeamForm
from ..models import Organisation, Site, Team


@page(
    gettext_lazy("Organisations"),
    name="people:organisations",
    nav=Nav(section="people", icon="building", order=10, scope=scopes.ORGANISATION_VIEW),
)
def organisations(request: PageRequest) -> HttpResponseBase:
    """Our own organisation and the vendors."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST":
        made = tried(form, lambda said: acts.add_organisation(request.actor, now=request.now, **said))
        if made is not None:
            messages.success(request, _("%(name)s is added.") % {"name": made.name})
            return redirect("people:organisation", made.pk)
    table = Table(
        request,
        visible(request.actor, scopes.ORGANISATION_VIEW, _counted()),
        title=_("Organisations"),
        columns=[
            Column("name", _("Name"), sort="name", link=lambda each: object_url("people:organisation", each.pk)),
            Column(
                "kind",
                _("Kind"),
                sort="is_house",
                kind="badge",
                value=lambda each: _("Our own") if each.is_house else _("Vendor"),
                tone=lambda each: "info" if each.is_house else "quiet",
            ),
            Column("site_count", _("Sites"), kind="count", sort="site_count"),
            Column("team_count", _("Teams"), kind="count", sort="team_count"),
            Column(
                "worker_count", _("Workers"), kind="count", sort="worker_count", help=_("Without those who have left.")
            ),
            Column("created_at", _("Added"), kind="day", sort="created_at", optional=True),
        ],
        filters=[TextFilter("q", _("Search by name"), fields=["name"])],
        default_sort="name",
        export_name="organisations",
        empty=Empty(
            title=_("No organisation within your reach"),
            body=_("Your roles reach teams or sites only."),
            icon="building",
        ),
    )
    context = {"table": table, "form": form, "may_add": may(request.actor, scopes.ORGANISATION_ADD)}
    return table.export() or render(request, "people/organisations.html", context, status=422 if form.errors else 200)


def _counted() -> QuerySet[Organisation]:
    return Organisation.objects.annotate(
        site_count=Count("sites", distinct=True),
        team_count=Count("sites__teams", distinct=True),
        worker_count=Count("workers", filter=Q(workers__left_on=None), distinct=True),
    )


@page(gettext_lazy("Organisation"))
def organisation(
    request: PageRequest, organisation_id: UUID, *, site_form: SiteForm | None = None, team_form: Any = None
) -> HttpResponse:
    """One organisation: its sites with their teams. The forms come back here when something in them was wrong."""
    found = load(request.actor, scopes.ORGANISATION_VIEW, Organisation.objects.all(), organisation_id)
    teams = Team.objects.annotate(people=Count("workers", filter=Q(workers__left_on=None)))
    sites_ = found.sites.annotate(people=Count("workers", filter=Q(workers__left_on=None)))
    context = {
        "organisation": found,
        "tabs": tabs_of(found, "people:organisation"),
        "sites": sites_.prefetch_related(Prefetch("teams", queryset=teams)),
        "may_edit": may(request.actor, scopes.ORGANISATION_EDIT, found),
        "site_form": site_form or SiteForm(),
        "team_form": team_form or TeamForm(auto_id="id_team_%s"),
        "wrong_site": getattr(team_form, "site_id", None),
    }
    crumbs = [(gettext_lazy("Organisations"), list_url())]
    return render(
        request, "people/organisation.html", context, crumbs=crumbs, status=422 if site_form or team_form else 200
    )


def list_url() -> str:
    """The address of the list of organisations."""
    from django.urls import reverse

    return reverse("people:organisations")


def tabs_of(found: Organisation, here: str) -> list[Tab]:
    """The sides of one organisation."""
    sides = (
        (gettext_lazy("Sites and teams"), "people:organisation"),
        (gettext_lazy("Workers"), "people:organisation-workers"),
        (gettext_lazy("Accounts"), "people:organisation-accounts"),
    )
    return [Tab(title, object_url(name, found.pk), name == here) for title, name in sides]


@page(gettext_lazy("Sites"))
def sites(request: PageRequest, organisation_id: UUID) -> HttpResponseBase:
    """POST adds a site."""
    found = load(request.actor, scopes.ORGANISATION_VIEW, Organisation.objects.all(), organisation_id)
    if request.method == "POST":
        form = SiteForm(request.POST)
        made = tried(form, lambda said: acts.add_site(request.actor, organisation=found, now=request.now, **said))
        if made is None:
            return organisation(request, organisation_id, site_form=form)
        messages.success(request, _("The site %(name)s is added.") % {"name": made.name})
    return redirect("people:organisation", found.pk)


@page(gettext_lazy("Teams"))
def teams(request: PageRequest, site_id: UUID) -> HttpResponseBase:
    """POST adds a team to a site."""
    site = load(request.actor, scopes.ORGANISATION_VIEW, Site.objects.all(), site_id)
    if request.method == "POST":
        form = TeamForm(request.POST, auto_id="id_team_%s")
        made = tried(form, lambda said: acts.add_team(request.actor, site=site, now=request.now, **said))
        if made is None:
            form.site_id = site.pk  # type: ignore[attr-defined]
            return organisation(request, site.organisation_id, team_form=form)
        messages.success(request, _("The team %(name)s is added.") % {"name": made.name})
    return redirect("people:organisation", site.organisation_id)
