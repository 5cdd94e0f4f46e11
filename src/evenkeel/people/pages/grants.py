"""Who may do what: grants in force, and the roles they give."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import all_scopes, is_own, load, require, visible
from evenkeel.ground.pages import Nav, PageRequest, object_url, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.ground.trying import tried

from .. import acts, scopes
from ..forms import GrantForm
from ..models import Person, Role, RoleGrant
from ..places import place, places_for
from ..queries import grants_in_force
from .accounts import account


@page(
    gettext_lazy("Who may do what"),
    name="people:grants",
    nav=Nav(section="people", icon="key", order=40, scope=scopes.GRANT_VIEW),
)
def grants(request: PageRequest) -> HttpResponseBase:
    """Every role that somebody has now, and where."""
    rows = visible(request.actor, scopes.GRANT_VIEW, grants_in_force(request.now))
    table = Table(
        request,
        rows.select_related("person__organisation", "role", "given_by"),
        title=_("Grants in force"),
        columns=[
            Column("person", _("Person"), kind="person", sort="person__name", link=_link),
            Column("role.name", _("Role"), sort="role__name"),
            Column("where", _("Where"), sort=["kind", "target_name"], value=_where),
            Column("since", _("Since"), kind="day", sort="since"),
            Column("until", _("Until"), kind="day", sort="until"),
            Column("given_by.name", _("Given by"), sort="given_by__name", optional=True),
        ],
        filters=[
            TextFilter("q", _("Search by name"), fields=["person__name", "person__organisation__name"]),
            ChoiceFilter("role", _("Role"), choices=lambda: Role.objects.values_list("pk", "name"), field="role_id"),
        ],
        default_sort="person",
        export_name="grants",
        empty=Empty(title=_("No grants within your reach"), icon="key"),
    )
    return table.export() or render(request, "people/grants.html", {"table": table})


def _link(grant: RoleGrant) -> str:
    return object_url("people:account", grant.person_id)


def _where(grant: RoleGrant) -> str:
    return f"{grant.get_kind_display()}: {grant.target_name}" if grant.kind else _("Everywhere")


@page(gettext_lazy("Grants"))
def giving(request: PageRequest, person_id: UUID) -> HttpResponseBase:
    """POST gives a person a role."""
    found = load(request.actor, scopes.PERSON_VIEW, Person.objects.select_related("organisation"), person_id)
    if request.method == "POST":
        form = GrantForm(request.POST, places=places_for(request.actor, found))
        made = tried(form, lambda said: _give(request, found, said))
        if made is None:
            return account(request, person_id, grant_form=form)
        messages.success(request, _("%(name)s is %(role)s now.") % {"name": found.name, "role": made.role.name})
    return redirect("people:account", found.pk)


def _give(request: PageRequest, person: Person, said: dict[str, Any]) -> RoleGrant:
    until = said["until"]
    return acts.give_grant(
        request.actor,
        person=person,
        role=said["role"],
        target=place(request.actor, said["where"]),
        # Midnight where the giver sits: she means her own calendar.
        until=datetime.combine(until, time(), timezone.get_current_timezone()).astimezone(UTC) if until else None,
        now=request.now,
    )


@page(gettext_lazy("End of a grant"))
def ending(request: PageRequest, grant_id: UUID) -> HttpResponse:
    """POST ends a grant now."""
    found = load(request.actor, scopes.GRANT_VIEW, RoleGrant.objects.select_related("person", "role"), grant_id)
    if request.method == "POST":
        acts.end_grant(request.actor, grant=found, now=request.now)
        messages.success(request, _("The role is ended."))
    return redirect("people:account", found.person_id)


@page(
    gettext_lazy("Roles"),
    name="people:roles",
    nav=Nav(section="setup", icon="shield", order=10, scope=scopes.ROLE_VIEW),
)
def roles(request: PageRequest) -> HttpResponse:
    """The roles there are, with how many people have each."""
    require(request.actor, scopes.ROLE_VIEW)
    held = Q(grants__since__lte=request.now) & (Q(grants__until=None) | Q(grants__until__gt=request.now))
    if request.actor.is_outside:
        held &= Q(grants__person__organisation=request.actor.organisation_id)
    rows = Role.objects.annotate(people=Count("grants__person", filter=held, distinct=True)).order_by("name")
    return render(request, "people/roles.html", {"roles": rows})


@page(gettext_lazy("Role"))
def role(request: PageRequest, role_id: UUID) -> HttpResponse:
    """One role: every scope it carries, in words, beside those it does not."""
    require(request.actor, scopes.ROLE_VIEW)
    found = Role.objects.filter(pk=role_id).first() or _missing()
    by_room: defaultdict[str, list[tuple[str, Any, str]]] = defaultdict(list)
    for scope, title in all_scopes().items():
        has = "own" if is_own(scope) else "yes" if scope in found.scopes else "no"
        by_room[scope.partition(":")[0]].append((scope, title, has))
    crumbs = [(gettext_lazy("Roles"), reverse("people:roles"))]
    return render(request, "people/role.html", {"role": found, "rooms": sorted(by_room.items())}, crumbs=crumbs)


def _missing() -> Role:
    from evenkeel.ground.errors import NotFound

    raise NotFound(_("There is no such role."))
