"""How people and organisations are found by name."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.pages import object_url
from evenkeel.ground.search import Hit, searches

from . import scopes
from .models import Organisation, Person, Worker


@searches(gettext_lazy("Workers"), order=60)
def find_workers(actor: Actor, text: str, limit: int) -> list[Hit]:
    """By name or code."""
    rows = visible(actor, scopes.WORKER_VIEW, Worker.objects.filter(Q(name__icontains=text) | Q(code__icontains=text)))
    return [
        Hit(
            title=each.name,
            detail=f"{each.organisation.name}, {each.code}",
            url=object_url("people:worker", each.pk),
            icon="users",
        )
        for each in rows.select_related("organisation").order_by("name")[:limit]
    ]


@searches(gettext_lazy("Accounts"), order=70)
def find_accounts(actor: Actor, text: str, limit: int) -> list[Hit]:
    """By name or mail address."""
    rows = visible(actor, scopes.PERSON_VIEW, Person.objects.filter(Q(name__icontains=text) | Q(email__icontains=text)))
    return [
        Hit(
            title=each.name,
            detail=f"{each.organisation.name}, {each.email}",
            url=object_url("people:account", each.pk),
            icon="user",
        )
        for each in rows.select_related("organisation").order_by("name")[:limit]
    ]


@searches(gettext_lazy("Organisations"), order=80)
def find_organisations(actor: Actor, text: str, limit: int) -> list[Hit]:
    """By name."""
    rows = visible(actor, scopes.ORGANISATION_VIEW, Organisation.objects.filter(name__icontains=text))
    return [
        Hit(
            title=each.name,
            detail=_("Our own") if each.is_house else _("Vendor"),
            url=object_url("people:organisation", each.pk),
            icon="building",
        )
        for each in rows.order_by("name")[:limit]
    ]
