"""Where other systems are told of rulings: the endpoints of a programme, and what was sent to one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, require, visible
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, PeriodFilter, Table
from evenkeel.ground.trying import tried

from .. import scopes
from ..acts.webhooks import add_endpoint, close_endpoint, renew_secret, send_again
from ..models import Delivery, Endpoint, Programme


class EndpointForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=500,
        help_text=gettext_lazy("https, on a public address. It is called with what was ruled, signed by the secret."),
    )


@page(gettext_lazy("Endpoints"))
def endpoints(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """A programme's endpoints; POST adds one and shows its secret, this once."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    require(request.actor, scopes.WEBHOOK_EDIT, programme)
    form = EndpointForm(request.POST or None)
    made = (
        tried(form, lambda said: add_endpoint(request.actor, programme=programme, now=request.now, **said))
        if request.method == "POST"
        else None
    )
    rows = visible(request.actor, scopes.WEBHOOK_EDIT, Endpoint.objects.filter(programme=programme))
    counted = rows.annotate(
        waiting=Count("deliveries", filter=Q(deliveries__next_try_at__isnull=False)),
        dead=Count("deliveries", filter=Q(deliveries__dead_at__isnull=False)),
    )
    table = Table(
        request,
        counted,
        title=_("Endpoints"),
        columns=[
            Column("name", _("Name"), sort="name", link=lambda each: f"/work/endpoints/{each.pk}/"),
            Column("url", _("Address"), kind="code"),
            Column("waiting", _("Waiting"), kind="count"),
            Column("dead", _("Given up"), kind="count", help=_("Sent again by hand on the endpoint's page.")),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda each: _("closed") if each.closed_at else _("open"),
                tone=lambda each: "quiet" if each.closed_at else "good",
            ),
        ],
        default_sort="name",
        empty=Empty(
            title=_("No endpoint yet"),
            body=_("Add the address of the system that sends appeals, and it is told of every ruling."),
            icon="plug",
        ),
    )
    # The field is emptied for the next one: the secret belongs to what was just added.
    context = {"programme": programme, "table": table, "form": EndpointForm() if made else form}
    context |= {"made": made[0], "secret": made[1]} if made else {}
    crumbs = [(programme.name, programme.get_absolute_url())]
    return render(request, "work/endpoints.html", context, crumbs=crumbs, status=422 if form.errors else 200)


@page(gettext_lazy("Endpoint"))
def endpoint(request: PageRequest, endpoint_id: UUID) -> HttpResponseBase:
    """One endpoint: what was sent to it, what waits, what was given up. POST gives it a new secret."""
    found = _endpoint(request, endpoint_id)
    secret = renew_secret(request.actor, endpoint=found, now=request.now) if request.method == "POST" else None
    table = Table(
        request,
        visible(request.actor, scopes.WEBHOOK_EDIT, Delivery.objects.filter(endpoint=found)),
        title=_("Messages"),
        columns=[
            Column("created_at", _("Written"), kind="moment", sort="created_at"),
            Column("event", _("What happened"), kind="code"),
            Column("state", _("State"), kind="badge", value=_state, tone=_tone),
            Column("tries", _("Tries"), kind="count", sort="tries"),
            Column("last_try_at", _("Last try"), kind="moment", sort="last_try_at"),
            Column("last_status", _("Status"), kind="count"),
            Column("last_error", _("Error")),
            Column("next_try_at", _("Next try"), kind="moment", sort="next_try_at"),
            Column("id", _("Id"), kind="code", optional=True),
        ],
        filters=[
            _StateFilter(
                "state",
                _("State"),
                choices=(("waiting", _("waiting")), ("delivered", _("arrived")), ("dead", _("given up"))),
            ),
            PeriodFilter("written", _("Written"), field="created_at"),
        ],
        default_sort="-created_at",
        export_name="deliveries",
        empty=Empty(title=_("Nothing was sent yet"), body=_("The next ruling is."), icon="send"),
    )
    dead = Delivery.objects.filter(endpoint=found, dead_at__isnull=False).order_by("-dead_at")
    context = {"endpoint": found, "table": table, "secret": secret, "dead": dead[:25]}
    crumbs = [
        (found.programme.name, found.programme.get_absolute_url()),
        (_("Endpoints"), f"{found.programme.get_absolute_url()}endpoints/"),
    ]
    return table.export() or render(request, "work/endpoint.html", context, crumbs=crumbs)


@require_POST
@page(gettext_lazy("Close an endpoint"))
def closing(request: PageRequest, endpoint_id: UUID) -> HttpResponse:
    """Tell it nothing any more."""
    found = close_endpoint(request.actor, endpoint=_endpoint(request, endpoint_id), now=request.now)
    messages.success(request, _("Closed. It is told nothing any more."))
    return redirect("work:endpoints", found.programme_id)


@require_POST
@page(gettext_lazy("Send again"))
def sending(request: PageRequest, delivery_id: UUID) -> HttpResponse:
    """Try a message again."""
    rows = Delivery.objects.select_related("endpoint")
    found = load(request.actor, scopes.WEBHOOK_EDIT, rows, delivery_id)
    send_again(request.actor, delivery=found, now=request.now)
    messages.success(request, _("It is sent again within seconds."))
    return redirect("work:endpoint", found.endpoint_id)


def _endpoint(request: PageRequest, endpoint_id: UUID) -> Endpoint:
    return load(request.actor, scopes.WEBHOOK_EDIT, Endpoint.objects.select_related("programme"), endpoint_id)


def _state(each: Delivery) -> str:
    if each.delivered_at:
        return _("arrived")
    return _("given up") if each.dead_at else _("waiting")


def _tone(each: Delivery) -> str:
    if each.delivered_at:
        return "good"
    return "bad" if each.dead_at else "warn"


class _StateFilter(ChoiceFilter):
    def narrow(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        column = {"waiting": "next_try_at", "delivered": "delivered_at", "dead": "dead_at"}[value[0]]
        return rows.filter(**{f"{column}__isnull": False})
