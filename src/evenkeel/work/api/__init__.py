"""/api/v1/work: programmes, queues and items; hand-out and decisions."""

from ninja import Router

from . import bulk, decisions, desk, items, programmes, transfers

router = Router(tags=["work"])
for _part in (programmes, items, desk, decisions, transfers, bulk):
    router.add_router("", _part.router)
