"""/api/v1/quality: sampling plans, deliveries, audits, experts' answers, imports, other tools, calibration, agreement."""

from ninja import Router

from . import agreement, audits, calibration, deliveries, experts, imports, plans, tools

router = Router(tags=["quality"])
for _part in (plans, deliveries, audits, experts, imports, tools, calibration, agreement):
    router.add_router("", _part.router)
