"""/api/v1/work: programmes, queues and items; hand-out and decisions."""

from ninja import Router

from . import decisions, desk, items, media, programmes, routing

router = Router(tags=["work"])
for _part in (programmes, items, media, desk, decisions, routing):
    router.add_router("", _part.router)
