"""/api/v1/quality: sampling plans, deliveries, audits, golden items, calibration, disputes, other tools."""

from ninja import Router

from . import (
    agreement,
    auditor_rules,
    audits,
    calibration,
    checks,
    deliveries,
    disputes,
    experts,
    gold_import,
    golden,
    imports,
    plans,
    scorecards,
    skill,
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
    checks,
    scorecards,
    disputes,
    skill,
    gold_import,
    auditor_rules,
):
    router.add_router("", _part.router)
