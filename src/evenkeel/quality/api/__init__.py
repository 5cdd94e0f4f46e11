"""/api/v1/quality: sampling plans, deliveries, audits, golden items, calibration, disputes, other tools."""

from ninja import Router

from . import (
    agreement,
    audits,
    calibration,
    deliveries,
    experts,
    golden,
    imports,
    plans,
    tools,
)

router = Router(tags=["quality"])
for _part in (
    plans,
    deliveries,
    audits,
    experts,
    imports,
    tools,
    calibration,
    agreement,
    golden,
):
    router.add_router("", _part.router)
