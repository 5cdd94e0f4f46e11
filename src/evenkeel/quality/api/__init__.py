"""/api/v1/quality: sampling plans, deliveries, audits, experts' answers, golden items, gates, imports, other tools."""

from ninja import Router

from . import audits, deliveries, experts, golden, imports, plans, tools

router = Router(tags=["quality"])
for _part in (plans, deliveries, audits, experts, golden, imports, tools):
    router.add_router("", _part.router)
