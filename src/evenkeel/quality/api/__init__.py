"""/api/v1/quality: sampling plans, deliveries, audits, experts' answers, imports, other tools."""

from ninja import Router

from . import audits, checks, deliveries, experts, imports, plans, scorecards, tools

router = Router(tags=["quality"])
for _part in (plans, deliveries, audits, checks, scorecards, experts, imports, tools):
    router.add_router("", _part.router)
