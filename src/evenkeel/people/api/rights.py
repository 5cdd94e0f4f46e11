"""Accounts, and who may do what: for programs that keep who comes and goes elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from pydantic import AwareDatetime

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest

from .. import acts, scopes
from ..models import Organisation, Person, Role, RoleGrant
from ..places import place
from ..queries import grants_in_force

router = Router()
_MOST = 1_000


class AccountIn(Schema):
    email: str = Field(description="what she logs in with; a link to set a password is mailed to it")
    name: str
    time_zone: str = "UTC"


class AccountOut(AccountIn):
    id: UUID
    organisation_id: UUID
    is_active: bool
    last_login: datetime | None


class RoleOut(Schema):
    id: UUID
    slug: str | None
    name: str
    scopes: list[str]


class GrantIn(Schema):
    role_id: UUID
    where: str = Field("", description="kind:id, such as team:0190…; empty for everywhere")
    until: AwareDatetime | None = None


class GrantOut(Schema):
    id: UUID
    person_id: UUID
    role_id: UUID
    where: str
    since: datetime
    until: datetime | None

    @classmethod
    def of(cls, found: RoleGrant) -> GrantOut:
        where = f"{found.kind}:{found.target_id}" if found.kind else ""
        names = ("person_id", "role_id", "since", "until")
        return cls(id=found.pk, where=where, **{name: getattr(found, name) for name in names})


@router.get("/accounts", response=list[AccountOut], operation_id="list_accounts")
def list_accounts(request: PageRequest, email: str | None = None, after: UUID | None = None) -> Any:
    """Accounts in the order in which they were given, at most 1,000; ask for what follows by the last one's id."""
    rows = visible(request.actor, scopes.PERSON_VIEW, Person.objects.order_by("id"))
    said = {"email__iexact": email, "id__gt": after}
    return rows.filter(**{name: value for name, value in said.items() if value is not None})[:_MOST]


@router.post("/organisations/{uuid:organisation_id}/accounts", response=AccountOut, operation_id="add_account")
def post_account(request: PageRequest, organisation_id: UUID, said: AccountIn) -> Person:
    """Give somebody an account; she may do nothing before she has a role."""
    found = load(request.actor, scopes.ORGANISATION_VIEW, Organisation.objects.all(), organisation_id)
    return acts.add_person(request.actor, organisation=found, now=request.now, **said.dict())


@router.post("/accounts/{uuid:person_id}/close", response=AccountOut, operation_id="close_account")
def post_close(request: PageRequest, person_id: UUID) -> Person:
    """Nobody logs in by it from now on, and its tokens end; what she did stays."""
    return acts.close_account(request.actor, person=_person(request, person_id), now=request.now)


@router.post("/accounts/{uuid:person_id}/open", response=AccountOut, operation_id="open_account")
def post_open(request: PageRequest, person_id: UUID) -> Person:
    """Let somebody log in again."""
    return acts.open_account(request.actor, person=_person(request, person_id), now=request.now)


@router.get("/roles", response=list[RoleOut], operation_id="list_roles")
def list_roles(request: PageRequest) -> Any:
    """The roles there are, and what each allows."""
    require(request.actor, scopes.ROLE_VIEW)
    return Role.objects.order_by("name")


@router.get("/accounts/{uuid:person_id}/grants", response=list[GrantOut], operation_id="list_grants")
def list_grants(request: PageRequest, person_id: UUID) -> list[GrantOut]:
    """The roles that somebody has now, and where."""
    found = _person(request, person_id)
    rows = visible(request.actor, scopes.GRANT_VIEW, grants_in_force(request.now).filter(person=found))
    return [GrantOut.of(each) for each in rows.order_by("since", "id")]


@router.post("/accounts/{uuid:person_id}/grants", response=GrantOut, operation_id="give_grant")
def post_grant(request: PageRequest, person_id: UUID, said: GrantIn) -> GrantOut:
    """Give a role, everywhere or at one place; nobody gives more, or further, than she has herself."""
    made = acts.give_grant(
        request.actor,
        person=_person(request, person_id),
        role=role_said(request, said.role_id),
        target=place(request.actor, said.where),
        until=said.until,
        now=request.now,
    )
    return GrantOut.of(made)


@router.post("/grants/{uuid:grant_id}/end", response=GrantOut, operation_id="end_grant")
def post_grant_end(request: PageRequest, grant_id: UUID) -> GrantOut:
    """End a role now."""
    found = load(request.actor, scopes.GRANT_VIEW, RoleGrant.objects.select_related("person", "role"), grant_id)
    return GrantOut.of(acts.end_grant(request.actor, grant=found, now=request.now))


def role_said(request: PageRequest, role_id: UUID) -> Role:
    """The role of an id, for whoever may see roles."""
    require(request.actor, scopes.ROLE_VIEW)
    found = Role.objects.filter(pk=role_id).first()
    if found is None:
        raise NotFound(_("There is no such role."))
    return found


def _person(request: PageRequest, person_id: UUID) -> Person:
    return load(request.actor, scopes.PERSON_VIEW, Person.objects.select_related("organisation"), person_id)
