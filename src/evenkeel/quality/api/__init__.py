"""/api/v1/quality: sampling plans, deliveries, audits, experts' answers, imports."""

from ninja import Router

from . import audits, deliveries, experts, imports, plans

router = Router(tags=["quality"])
for _part in (plans, deliveries, audits, experts, imports):
    router.add_router("", _part.router)
