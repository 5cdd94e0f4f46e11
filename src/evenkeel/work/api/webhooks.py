"""Endpoints that are told of rulings, and what was sent to them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Router, Schema

from evenkeel.ground.access import load, visible
from evenkeel.ground.pages import PageRequest

from .. import scopes
from ..acts.webhooks import add_endpoint, close_endpoint, renew_secret, send_again
from ..models import Delivery, Endpoint, Programme

router = Router()


class EndpointIn(Schema):
    name: str
    url: str = Field(description="https, on a public address, unless the operator allowed the host")
    secret: str = Field(default="", description="16 to 200 printable ASCII characters; left out: a new one is made")


class EndpointOut(Schema):
    id: UUID
    name: str
    url: str
    closed_at: datetime | None
    secret: str | None = Field(default=None, description="told once, when it is made")

    @classmethod
    def of(cls, endpoint: Endpoint, *, secret: str | None = None) -> EndpointOut:
        return cls(id=endpoint.pk, name=endpoint.name, url=endpoint.url, closed_at=endpoint.closed_at, secret=secret)


class DeliveryOut(Schema):
    id: UUID
    event: str
    body: str = Field(description="as it was signed")
    created_at: datetime
    tries: int
    next_try_at: datetime | None
    last_status: int | None
    last_error: str
    delivered_at: datetime | None
    dead_at: datetime | None = Field(description="when it was given up; it can be sent again")

    @classmethod
    def of(cls, each: Delivery) -> DeliveryOut:
        return cls(**{name: getattr(each, name) for name in cls.model_fields})


class DeliveriesPage(Schema):
    rows: list[DeliveryOut]
    after: UUID | None = Field(description="send as `after` for the rows that follow; empty at the end")


@router.get("/programmes/{uuid:programme_id}/endpoints", response=list[EndpointOut], operation_id="list_endpoints")
def list_endpoints(request: PageRequest, programme_id: UUID) -> list[EndpointOut]:
    """A programme's endpoints; never their secrets."""
    programme = load(request.actor, scopes.WEBHOOK_EDIT, Programme.objects.all(), programme_id)
    found = visible(request.actor, scopes.WEBHOOK_EDIT, Endpoint.objects.filter(programme=programme))
    return [EndpointOut.of(each) for each in found]


@router.post("/programmes/{uuid:programme_id}/endpoints", response=EndpointOut, operation_id="add_endpoint")
def post_endpoint(request: PageRequest, programme_id: UUID, said: EndpointIn) -> EndpointOut:
    """Tell another system of rulings. The answer holds the secret, this once."""
    programme = load(request.actor, scopes.WEBHOOK_EDIT, Programme.objects.all(), programme_id)
    made, secret = add_endpoint(
        request.actor, programme=programme, name=said.name, url=said.url, secret=said.secret, now=request.now
    )
    return EndpointOut.of(made, secret=secret)


@router.post("/endpoints/{uuid:endpoint_id}/renew_secret", response=EndpointOut, operation_id="renew_secret")
def post_renew(request: PageRequest, endpoint_id: UUID) -> EndpointOut:
    """A new secret, told this once."""
    found = _endpoint(request, endpoint_id)
    return EndpointOut.of(found, secret=renew_secret(request.actor, endpoint=found, now=request.now))


@router.post("/endpoints/{uuid:endpoint_id}/close", response=EndpointOut, operation_id="close_endpoint")
def post_close(request: PageRequest, endpoint_id: UUID) -> EndpointOut:
    """Tell it nothing any more."""
    return EndpointOut.of(close_endpoint(request.actor, endpoint=_endpoint(request, endpoint_id), now=request.now))


@router.get("/endpoints/{uuid:endpoint_id}/deliveries", response=DeliveriesPage, operation_id="list_deliveries")
def list_deliveries(
    request: PageRequest,
    endpoint_id: UUID,
    is_dead: bool | None = None,
    after: UUID | None = None,
    limit: Annotated[int, Field(ge=1, le=1_000)] = 100,
) -> DeliveriesPage:
    """What was written to an endpoint, in order; `is_dead` for what was given up."""
    found = visible(
        request.actor, scopes.WEBHOOK_EDIT, Delivery.objects.filter(endpoint=_endpoint(request, endpoint_id))
    )
    if is_dead is not None:
        found = found.filter(dead_at__isnull=not is_dead)
    if after is not None:
        found = found.filter(id__gt=after)
    rows = list(found.order_by("id")[:limit])
    last = rows[-1].pk if len(rows) == limit else None
    return DeliveriesPage(rows=[DeliveryOut.of(each) for each in rows], after=last)


@router.post("/deliveries/{uuid:delivery_id}/send_again", response=DeliveryOut, operation_id="send_again")
def post_send_again(request: PageRequest, delivery_id: UUID) -> DeliveryOut:
    """Try a message again from the beginning."""
    found = load(request.actor, scopes.WEBHOOK_EDIT, Delivery.objects.select_related("endpoint"), delivery_id)
    return DeliveryOut.of(send_again(request.actor, delivery=found, now=request.now))


def _endpoint(request: PageRequest, endpoint_id: UUID) -> Endpoint:
    return load(request.actor, scopes.WEBHOOK_EDIT, Endpoint.objects.all(), endpoint_id)
