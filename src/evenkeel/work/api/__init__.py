"""/api/v1/work: programmes, queues and items; hand-out and decisions; questions, escalations, appeals, incidents, events."""

from ninja import Router

from . import (
    appeals,
    beside,
    bulk,
    decisions,
    desk,
    escalations,
    event_modes,
    incidents,
    items,
    media,
    programmes,
    questions,
    queues,
    restricted,
    routing,
    transfers,
    webhooks,
)

router = Router(tags=["work"])
for _part in (
    programmes,
    queues,
    items,
    media,
    routing,
    desk,
    decisions,
    beside,
    questions,
    escalations,
    appeals,
    webhooks,
    restricted,
    incidents,
    event_modes,
    transfers,
    bulk,
):
    router.add_router("", _part.router)
