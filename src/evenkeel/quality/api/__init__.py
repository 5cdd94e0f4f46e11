"""/api/v1/quality: sampling plans, deliveries, audits, disputes, experts' answers, imports, other tools."""

from ninja import Router

from . import audits, deliveries, disputes, experts, imports, plans, tools

router = Router(tags=["quality"])
for _part in (plans, deliveries, audits, disputes, experts, imports, tools):
    router.add_router("", _part.router)
