"""/api/v1/work: programmes, queues and items; hand-out and decisions."""

from ninja import Router

from . import decisions, desk, items, media, programmes

router = Router(tags=["work"])
for _part in (programmes, items, media, desk, decisions):
    router.add_router("", _part.router)
