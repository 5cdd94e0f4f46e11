"""Accounts: who logs in, what she may do and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import all_scopes, load, may, visible
from evenkeel.ground.pages import Nav, PageRequest, object_url, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table, TextFilter
from evenkeel.ground.trying import tried

from .. import acts, scopes
from ..forms import GrantForm, PersonForm, WorkerCodeForm
from ..models import Organisation, Person, RoleGrant, Worker
from ..places import places_for
from ..queries import grants_in_force
from .organisations import list_url, tabs_of


@page(
    gettext_lazy("Accounts"),
    name="people:accounts",
    nav=Nav(section="people", icon="user", order=30, scope=scopes.PERSON_VIEW),
)
def accounts(request: PageRequest) -> HttpResponseBase:
    """Everybody who can log in, of every organisation within reach."""
    rows = visible(request.actor, scopes.PERSON_VIEW, Person.objects.all())
    table = _table(request, rows, has_organisation=True)
    return table.export() or render(request, "people/accounts.html", {"table": table})


@page(gettext_lazy("Accounts"))
def accounts_of(request: PageRequest, organisation_id: UUID) -> HttpResponseBase:
    """The accounts of one organisation; POST gives one."""
    found = load(request.actor, scopes.ORGANISATION_VIEW, Organisation.objects.all(), organisation_id)
    form = PersonForm(request.POST or None)
    if request.method == "POST":
        made = tried(form, lambda said: acts.add_person(request.actor, organisation=found, now=request.now, **said))
        if made is not None:
            messages.success(request, _("%(name)s has an account. Now give her a role.") % {"name": made.name})
            return redirect("people:account", made.pk)
    rows = visible(request.actor, scopes.PERSON_VIEW, Person.objects.filter(organisation=found))
    table = _table(request, rows, has_organisation=False)
    context = {
        "organisation": found,
        "tabs": tabs_of(found, "people:organisation-accounts"),
        "table": table,
        "form": form,
        "may_add": may(request.actor, scopes.PERSON_EDIT, found),
    }
    crumbs = [(gettext_lazy("Organisations"), list_url()), (found.name, object_url("people:organisation", found.pk))]
    return table.export() or render(
        request, "people/organisation_accounts.html", context, crumbs=crumbs, status=422 if form.errors else 200
    )


def _table(request: PageRequest, rows: QuerySet[Person], *, has_organisation: bool) -> Table:
    in_force = Prefetch("role_grants", grants_in_force(request.now).select_related("role"), to_attr="grants_now")
    columns = [
        Column("name", _("Name"), kind="person", value=_whole if has_organisation else _name, sort="name", link=_link),
        Column("email", _("Mail address"), sort="email"),
        Column("roles", _("Roles"), value=_roles, help=_("Those in force now, wherever they reach.")),
        Column("last_login", _("Last log-in"), kind="moment", sort="last_login"),
        Column(
            "is_active",
            _("State"),
            kind="badge",
            sort="is_active",
            value=lambda each: _("Open") if each.is_active else _("Closed"),
            tone=lambda each: "good" if each.is_active else "quiet",
        ),
        Column("created_at", _("Since"), kind="day", sort="created_at", optional=True),
    ]
    if has_organisation:
        columns.insert(2, Column("organisation.name", _("Organisation"), sort="organisation__name", optional=True))
    return Table(
        request,
        rows.select_related("organisation").prefetch_related(in_force),
        title=_("Accounts"),
        columns=columns,
        filters=[
            TextFilter("q", _("Search by name or address"), fields=["name", "email"]),
            ChoiceFilter("open", _("State"), choices=[("True", _("Open")), ("False", _("Closed"))], field="is_active"),
        ],
        default_sort="name",
        export_name="accounts",
        empty=Empty(
            title=_("No accounts yet"),
            body=_("An account lets somebody log in. What she may do, a role says."),
            icon="user",
        ),
    )


def _whole(person: Person) -> Person:
    return person


def _name(person: Person) -> str:
    return person.name


def _link(person: Person) -> str:
    return object_url("people:account", person.pk)


def _roles(person: Any) -> str:
    return ", ".join(sorted({grant.role.name for grant in person.grants_now}))


@page(gettext_lazy("Account"))
def account(
    request: PageRequest,
    person_id: UUID,
    *,
    grant_form: GrantForm | None = None,
    worker_form: WorkerCodeForm | None = None,
) -> HttpResponse:
    """One account: its roles, and everything they allow with the reason."""
    found = load(request.actor, scopes.PERSON_VIEW, Person.objects.select_related("organisation"), person_id)
    grants = _grants(found, request.now)
    may_give = may(request.actor, scopes.GRANT_EDIT, found) and request.actor.person_id != found.pk
    context = {
        "account": found,
        "worker": Worker.objects.filter(person=found).first(),
        "may_add_worker": may(request.actor, scopes.WORKER_EDIT, found.organisation),
        "worker_form": worker_form or _worker_form(found),
        "grants": grants,
        "rights": _rights([grant for grant in grants if grant.is_now]),
        "may_edit": may(request.actor, scopes.PERSON_EDIT, found),
        "may_give": may_give,
        "is_self": request.actor.person_id == found.pk,
        "form": grant_form or (GrantForm(places=places_for(request.actor, found)) if may_give else None),
    }
    crumbs = [
        (gettext_lazy("Accounts"), reverse("people:accounts")),
        (found.organisation.name, object_url("people:organisation-accounts", found.organisation_id)),
    ]
    return render(
        request, "people/account.html", context, crumbs=crumbs, status=422 if grant_form or worker_form else 200
    )


def _worker_form(found: Person, sent: Any = None) -> WorkerCodeForm:
    return WorkerCodeForm(sent, organisation=found.organisation, initial={"name": found.name, "code": found.email[:64]})


@page(gettext_lazy("Worker’s record"))
def worker_record(request: PageRequest, person_id: UUID) -> HttpResponseBase:
    """POST gives an account a worker's record, by which she decides."""
    found = load(request.actor, scopes.PERSON_VIEW, Person.objects.select_related("organisation"), person_id)
    if request.method == "POST":
        form = _worker_form(found, request.POST)
        made = tried(
            form,
            lambda said: acts.add_worker(
                request.actor, organisation=found.organisation, person=found, now=request.now, **said
            ),
        )
        if made is None:
            return account(request, person_id, worker_form=form)
        messages.success(request, _("%(name)s can be handed work now.") % {"name": made.name})
    return redirect("people:account", found.pk)


def _grants(person: Person, now: datetime) -> list[RoleGrant]:
    """All grants that a person has or had, those in force first."""
    found = list(person.role_grants.select_related("role", "given_by").order_by("-since")[:100])
    for grant in found:
        grant.is_now = grant.since <= now and (grant.until is None or grant.until > now)
    return sorted(found, key=lambda grant: not grant.is_now)


def _rights(grants: list[RoleGrant]) -> list[tuple[str, Any, list[str]]]:
    """Scope, its title, and by which role and where she has it."""
    why: defaultdict[str, list[str]] = defaultdict(list)
    for grant in grants:
        where = grant.target_name or _("everywhere")
        for scope in grant.role.scopes:
            why[scope].append(_("%(role)s, %(where)s") % {"role": grant.role.name, "where": where})
    return [(scope, title, why[scope]) for scope, title in all_scopes().items() if scope in why]


def _one_step(act: Callable[..., Any], sentence: Any) -> Callable[[PageRequest, UUID], HttpResponse]:
    def step(request: PageRequest, person_id: UUID) -> HttpResponse:
        found = load(request.actor, scopes.PERSON_VIEW, Person.objects.all(), person_id)
        if request.method == "POST":
            act(request.actor, person=found, now=request.now)
            messages.success(request, str(sentence))
        return redirect("people:account", found.pk)

    return step


invitation = page(gettext_lazy("Invitation"))(
    _one_step(acts.invite, gettext_lazy("A link to set a password is on its way."))
)
closing = page(gettext_lazy("Closing"))(_one_step(acts.close_account, gettext_lazy("The account is closed.")))
opening = page(gettext_lazy("Opening"))(_one_step(acts.open_account, gettext_lazy("The account is open again.")))
