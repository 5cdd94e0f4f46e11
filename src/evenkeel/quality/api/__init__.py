"""/api/v1/quality: sampling plans, audits, experts' answers, imports."""

from ninja import Router

from . import audits, experts, imports, plans

router = Router(tags=["quality"])
for _part in (plans, audits, experts, imports):
    router.add_router("", _part.router)
