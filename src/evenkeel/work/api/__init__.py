"""/api/v1/work: programmes, queues and items; hand-out and decisions."""

from ninja import Router

from . import appeals, beside, decisions, desk, escalations, items, programmes, questions, webhooks

router = Router(tags=["work"])
for _part in (programmes, items, desk, decisions, beside, questions, escalations, appeals, webhooks):
    router.add_router("", _part.router)
