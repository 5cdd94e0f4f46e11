"""/api/v1/work: programmes, queues and items; hand-out and decisions."""

from ninja import Router

from . import beside, decisions, desk, escalations, items, programmes, questions

router = Router(tags=["work"])
for _part in (programmes, items, desk, decisions, beside, questions, escalations):
    router.add_router("", _part.router)
