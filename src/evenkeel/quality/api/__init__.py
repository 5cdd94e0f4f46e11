"""/api/v1/quality: sampling plans, audits, experts' answers, imports, other tools."""

from ninja import Router

from . import audits, experts, imports, plans, tools

router = Router(tags=["quality"])
for _part in (plans, audits, experts, imports, tools):
    router.add_router("", _part.router)
